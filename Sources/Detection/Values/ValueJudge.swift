import Findings
import Rules

/// Tells whether the value beside a secret key name is a credential.
///
/// First what cannot be one is set aside by what it is as a whole; then features are weighed (`ValueWeights`). No word
/// in a value decides by itself.
struct ValueJudge {
  /// What the judge says of a value.
  enum Opinion {
    case secret(Confidence, Severity?, Grounds)
    case dropped(DropReason)
  }

  /// What a judgement rests on; put into words only where it is told.
  enum Grounds {
    case features(Weighing)
    case name

    var facts: [String] {
      switch self {
      case .features(let weighed): weighed.facts
      case .name: ["its key is a secret's name, which a governed document may not hold"]
      }
    }
  }

  let policy: Policy

  /// Weighs a value.
  func opinion(_ context: ValueContext) -> Opinion {
    if context.isDirectory { return .dropped(.publicValue) }
    if isDoubted(context) { return .dropped(.unlikely) }
    return switch policy {
    case .code: likely(context)
    case .artifact: realOrLikely(context)
    case .sot:
      context.isGoverned && context.name.isGoverned ? governed(context) : realOrLikely(context)
    }
  }

  /// What is real, or else likely: a stricter policy finds all that a milder one does.
  private func realOrLikely(_ context: ValueContext) -> Opinion {
    if isWeighedAsInCode(context) { return likely(context) }
    guard let reason = reasonNotReal(context) else { return real(context) }
    let opinion = likely(context)
    if case .secret = opinion { return opinion }
    return .dropped(reason)
  }

  /// Whether the name is rather none of a secret, or the two may be no pair, and the value does not look like one by itself.
  private func isDoubted(_ context: ValueContext) -> Bool {
    let name = context.name
    if context.pair.isLoose, isDoubtedBeside(context) { return true }
    if name.isDoubtful || context.pair.isLoose { return !ValueShape.looksRandom(context.value, context.wording) }
    guard name.isCookieOnly || name.isSessionNumber, !context.isInCookie else { return false }
    return name.isCookieOnly || !ValueShape.mixesCase(context.value)
      || !ValueShape.looksRandom(context.value, context.wording)
  }

  /// Whether the word beside a name is rather another thing: a name in a program, a number of a report or a version, the
  /// fingerprint of a key.
  private func isDoubtedBeside(_ context: ValueContext) -> Bool {
    context.isCode || context.name.isWeak || !ValueShape.alternates(context.value)
      || context.name.role == .key && context.value.allSatisfy(\.isHexDigit)
  }

  /// How the features of a value were weighed that was dropped for them; empty where it was set aside before.
  func account(of context: ValueContext) -> [String] {
    if context.isDirectory || isDoubted(context) || reasonToDrop(context) != nil { return [] }
    return [Weighing(context).account]
  }

  /// What is likely a credential.
  private func likely(_ context: ValueContext) -> Opinion {
    if let reason = reasonToDrop(context) { return .dropped(reason) }
    let weighed = Weighing(context)
    guard weighed.score > 0 else { return .dropped(weighed.isWorded ? .language : .unlikely) }
    return .secret(weighed.confidence, weighed.severity, .features(weighed))
  }

  /// Whether a value that is real is no secret yet: what its name says little about, and what stands in running text.
  private func isWeighedAsInCode(_ context: ValueContext) -> Bool {
    context.name.isWeak && !context.isPIN || context.name.isDoubtful || context.isProse || context.mayBeExpression
      || context.isListOfNames || context.name.mayNamePlace || context.pair.form == .member || context.pair.isLoose
      || mayBeName(context)
  }

  /// Why a value is not real: empty, a reference, redacted, a placeholder or the name of a type; `nil` where it is.
  private func reasonNotReal(_ context: ValueContext) -> DropReason? {
    let value = context.value
    if value.isEmpty { return .placeholder }
    if ValueShape.isReference(value) || context.isMark { return .reference }
    if ValueShape.isTypeName(value) { return .typeName }
    if ValueShape.isRedacted(value) { return .filler }
    if context.isNote || context.isUsage { return .placeholder }
    if context.isForPeople, ValueShape.isLabel(context.phrase) { return .placeholder }
    if isRecord(context) || value.allSatisfy(\.isSpace) { return .unlikely }
    if context.isOfProgram || !context.pair.isQuoted && ValueShape.isCall(value) { return .expression }
    if context.isForPeople, isForeignWord(context) { return .language }
    // `tokens = {`: a mark that is not quoted starts something else.
    if !context.pair.isQuoted, value.allSatisfy({ $0 == value[0] && !$0.isAlphanumeric }) { return .unlikely }
    if standsIn(context) { return .placeholder }
    let mayBeNumber = context.name.role == .password || context.name.role == .url
    if !mayBeNumber, ValueShape.isNumber(value) { return .unlikely }
    return context.isLogProbability ? .unlikely : nil
  }

  /// What is said of a value that is real.
  private func real(_ context: ValueContext) -> Opinion {
    let weighed = Weighing(context)
    return .secret(max(.medium, weighed.confidence), weighed.severity, .features(weighed))
  }

  /// Whether the value may be the name of a thing: one in a program or a text of one, or that of a secret that is kept in a cluster.
  private func mayBeName(_ context: ValueContext) -> Bool {
    let value = context.value
    if context.isDocument, ValueShape.isURL(value) { return true }
    // JSON has nothing bare beside a quoted name that could be one.
    if context.isCode || context.isKeyQuoted && !context.pair.isQuoted && ValueShape.isName(value) {
      return ValueShape.isWordedName(value, context.wording) || ValueShape.isSentence(value, context.wording)
    }
    if ["/", "./", "../", "~/"].contains(where: { value.starts(with: $0.utf8) }) { return ValueShape.isPath(value) }
    return context.name.role == .secret && !context.name.isQualified && context.wording.coverage > 0.6
      && value.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "-") }
      && value.allSatisfy { $0.isLower || $0.isDigit || [0x2D, 0x2E, 0x2F].contains($0) }
  }

  /// Whether letters other than ASCII's, and nothing else, stand where a machine's secret would: people type what they choose, and
  /// programs make tokens and keys of ASCII.
  private func isForeignWord(_ context: ValueContext) -> Bool {
    guard context.name.role != .password, context.name.role != .url, context.name.role != .secret else { return false }
    let value = context.value
    return value.contains { $0 >= 0x80 }
      && value.allSatisfy { $0 >= 0x80 || $0.isBlank || [0x2C, 0x2E, 0x3A].contains($0) }
      && ValueShape.isUTF8(value)
  }

  /// Whether something stands for a value: in programs and documents usual words do, in records and settings only what says so.
  private func standsIn(_ context: ValueContext) -> Bool {
    let value = context.value
    let repeats = ValueShape.repeats(context.key, in: value)
    if context.isCode || context.isDocument { return repeats || ValueShape.isPlaceholder(value, context.wording) }
    return repeats && !value.contains(where: \.isDigit) || ValueShape.isStandIn(value, context.wording)
  }

  /// A secret key name whatever its value: it has no place in a governed document.
  private func governed(_ context: ValueContext) -> Opinion {
    if isWeighedAsInCode(context) {
      let opinion = likely(context)
      if case .secret = opinion { return opinion }
    } else if reasonNotReal(context) == nil {
      return real(context)
    }
    return .secret(.medium, nil, .name)
  }

  /// Why the value as a whole cannot be a credential, `nil` where it may be one.
  func reasonToDrop(_ context: ValueContext) -> DropReason? {
    let value = context.value
    if ValueShape.isReference(value) || context.isMark { return .reference }
    if let reason = reasonToDropAddress(value) { return reason }
    if ValueShape.isTypeName(value) { return .typeName }
    if ValueShape.isPublic(value) || context.isGuest { return .publicValue }
    if ValueShape.isEscapedMark(value) || ValueShape.isFiller(value)
      || !isPassword(context) && ValueShape.holdsAlphabet(value)
    {
      return .filler
    }
    if ValueShape.isPlaceholder(value, context.wording) || ValueShape.repeats(context.key, in: value) {
      return .placeholder
    }
    if context.isNote || context.isUsage { return .placeholder }
    if ValueShape.isSentence(value, context.wording) || ValueShape.isEastAsian(value) || context.isWordOfText
      || ValueShape.isLabel(context.phrase) || isForeignWord(context)
    {
      return .language
    }
    if isTooLittle(context) || ValueShape.isBinary(value) || isRecord(context) { return .unlikely }
    if ValueShape.isPattern(value) || !context.pair.isQuoted && ValueShape.isCall(value) || context.isOfProgram
      || context.mayBeExpression && ValueShape.isExpression(value)
    {
      return .expression
    }
    return nil
  }

  /// Why an address with a user and a password in it is no credential: it is as secret as the password.
  private func reasonToDropAddress(_ value: [UInt8]) -> DropReason? {
    guard ValueShape.isURL(value), let colon = value.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    // SAFETY: the bytes are read within the call only.
    return unsafe value.withUnsafeBytes { buffer in
      let bytes = unsafe ByteView(buffer)
      guard let pair = URLCredentials.pair(in: bytes, at: colon) else { return nil }
      return reasonToDrop(ValueContext(pair, name: KeyName(role: .url), in: bytes, of: .other))
    }
  }

  /// Whether a program wrote the value of itself: a time, a colour, a name in it, bytes of its code.
  private func isRecord(_ context: ValueContext) -> Bool {
    context.isInMachineCode || context.isNameInCall || context.isCounted || isFingerprint(context)
      || ValueShape.isTimestamp(context.value)
      || !isPassword(context) && ValueShape.isColour(context.value)
  }

  /// Whether the value is what a key is asked for by, rather than one: `GPG_KEY` and 40 hex digits.
  private func isFingerprint(_ context: ValueContext) -> Bool {
    context.name.role == .key && ValueShape.isFingerprint(context.value)
      && KeyName.plainWords(context.key).contains { $0 == "gpg" || $0 == "pgp" || $0 == "release" }
  }

  private func isPassword(_ context: ValueContext) -> Bool {
    context.name.role == .password || context.name.role == .url
  }

  /// Whether there is less to the value than any credential of its kind has.
  private func isTooLittle(_ context: ValueContext) -> Bool {
    let value = context.value
    if !ValueShape.holdsLetterOrDigit(value) || context.isTestResult { return true }
    // In a sentence a few letters are a word or an abbreviation.
    let isTold = context.pair.form == .comparison && !context.pair.isQuoted && value.contains(where: \.isLetter)
    if isTold, value.count < (context.name.role == .password ? 5 : 8) { return true }
    if context.name.isWeak, ValueShape.isVersion(value) || context.pair.form == .column && ValueShape.isNumber(value) {
      return true
    }
    if isPassword(context) {
      if value[0] == UInt8(ascii: "-"), ValueShape.isNumber(value) { return true }
      return value.count < 3 || ValueShape.isNumber(value) && ValueShape.isSequence(value)
    }
    if value.count < 6 || ValueShape.isNumber(value) { return true }
    guard context.name.isWeak else { return false }
    if ValueShape.isWordedName(value, context.wording) || ValueShape.isHashedName(value) { return true }
    if ValueShape.isUUID(value) || value.contains(where: \.isBlank) { return true }
    let isMixed = value.contains(where: \.isDigit) && value.contains(where: \.isLetter)
    return !(isMixed && value.count >= 12 || value.count >= 20)
  }
}

/// The features of a value with their weights.
struct Weighing {
  /// Log-odds that the value is a secret.
  let score: Double
  private let features: ValueFeatures
  private let context: ValueContext

  init(_ context: ValueContext) {
    self.context = context
    features = ValueFeatures(context)
    var score = ValueWeights.bias
    for entry in ValueWeights.table { score += entry.weight * features[entry.feature] }
    self.score = score
  }

  /// Whether words make up the value.
  var isWorded: Bool { features[.coverage] > 0.6 }

  private var isWeakPassword: Bool {
    context.name.role == .password && (context.value.count < 8 || features[.wholeWords] == 1)
  }

  var confidence: Confidence { score > 3 ? .high : score > 1 ? .medium : .low }

  /// A password anybody would try first opens less than a key does.
  var severity: Severity? { isWeakPassword ? .medium : nil }

  /// What the judgement rests on: the kind of value, then the features that said most.
  var facts: [String] {
    let kind =
      isWeakPassword ? "a weak password" : context.name.role == .password ? "a password" : "a random token"
    return ["its key is a secret's name", "looks like \(kind): \(account)"]
  }

  /// The score and the features that said most.
  var account: String {
    let told = ValueWeights.table.map { (feature: $0.feature, part: $0.weight * features[$0.feature]) }
      .filter { abs($0.part) >= 0.2 }.sorted { abs($0.part) > abs($1.part) }.prefix(6)
    let parts = told.map { "\($0.feature.name) \(Self.signed($0.part))" }.joined(separator: ", ")
    return "\(Self.signed(score)) (\(parts))"
  }

  /// A number with its sign and one decimal.
  private static func signed(_ number: Double) -> String {
    let tenths = Int((abs(number) * 10).rounded())
    return "\(number < 0 ? "-" : "+")\(tenths / 10).\(tenths % 10)"
  }
}

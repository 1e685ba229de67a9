import ArgumentParser
import Findings
import Reports
import Rules

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Where suppressions come from.
enum Suppressions {
  /// Where a repository keeps its own.
  static let place = ".leakgate/suppressions.toml"

  /// What the files hold that the caller names.
  ///
  /// - Throws: `CommandError` naming the first file that cannot be used.
  static func read(_ files: [PathArgument]) throws(CommandError) -> [Suppression] {
    var all: [Suppression] = []
    for file in files {
      switch FileContents.read(file.bytes) {
      case .success(let bytes): all += try parse(bytes, name: file.name.text)
      case .failure(let error):
        throw .invalid("cannot read the suppressions \(file.name.text): \(error.message); check the path")
      }
    }
    return all
  }

  /// What a file that may be made or added to holds already; `nil` where it is not there.
  ///
  /// - Throws: `CommandError` where it is of no use: nothing added to it would count.
  static func known(in file: PathArgument) throws(CommandError) -> (bytes: [UInt8], suppressions: [Suppression])? {
    // A link to nothing is no place for a file either.
    guard SystemPath(file.bytes).kind(followingLinks: false) != nil else { return nil }
    switch FileContents.read(file.bytes) {
    case .success(let bytes): return (bytes, try parse(bytes, name: file.name.text))
    case .failure(let error):
      throw .invalid("cannot read the suppressions \(file.name.text): \(error.message); check the path")
    }
  }

  /// Writes what a file holds and what is new: entries in the place of expired ones, the others behind.
  ///
  /// - Parameter changes: by index among those known; nothing takes the place of an entry that is taken out.
  static func write(
    _ text: String, to file: PathArgument, known: (bytes: [UInt8], suppressions: [Suppression])?,
    changes: [Int: Suppression?] = [:]
  ) throws(CommandError) {
    guard let known else { return try TextFile.append(text, to: file) }
    let added = text.isEmpty ? "" : "\n" + text
    guard !changes.isEmpty else { return added.isEmpty ? () : try TextFile.append(added, to: file) }
    guard let changed = SuppressionFile.changing(known.bytes, changes) else {
      throw .invalid("what expired in \(file.name.text) cannot be told from the rest of it; take it out by hand")
    }
    try TextFile.replace(changed + added, in: file)
  }

  /// Whether a suppression has had its last day.
  static func hasExpired(_ suppression: Suppression) -> Bool { suppression.expires.map { $0 < today } ?? false }

  /// Looks at a last day as the caller wrote it.
  static func check(expires: String?) throws(CommandError) {
    guard let expires else { return }
    guard Calendar.isDate(expires) else { throw .invalid("--expires '\(expires)' is no date; write it as 2030-12-31") }
    guard expires >= today else { throw .invalid("--expires \(expires) is past") }
  }

  static func parse(_ bytes: [UInt8], name: String) throws(CommandError) -> [Suppression] {
    do throws(SuppressionError) {
      return try SuppressionFile.read(bytes, name: name)
    } catch {
      throw .invalid(error.message)
    }
  }

  /// Looks whether there is a rule a suppression can count for: one that is misspelt would accept nothing.
  static func check(rule: String?, in files: [PathArgument]) throws(CommandError) {
    guard let rule else { return }
    // Under the strict policies rules of keys find what the caller's own rules do not.
    let pack = try PackSource.pack(for: files).adding(KeyRules.pack)
    guard pack.rules.contains(where: { $0.id == rule }) else { throw RuleNames.unknown(rule, in: pack) }
  }

  /// Who decides: as named, else as git or the system has it.
  static func author(_ named: String?) -> String? {
    named ?? Environment.value("GIT_AUTHOR_NAME") ?? Environment.value("USER")
  }

  /// Today, in UTC.
  static var today: String {
    Calendar.date(time(nil) / 86400)
  }
}

/// `leakgate suppress FINGERPRINT`: records that a value is accepted.
struct SuppressCommand: JudgingCommand {
  static let configuration = CommandConfiguration(
    commandName: "suppress",
    abstract: "Record that a value is accepted: why, by whom, until when.",
    discussion: """
      Adds an entry to .leakgate/suppressions.toml (or --file). It counts where a command is told of the file \
      (--suppressions), or once it is committed (git commands with --base-suppressions). The value is accepted, \
      wherever it stands; another one is not. An entry that has expired is renewed: the new one takes its place.

      Examples:
        leakgate suppress FINGERPRINT --rule groq-api-key --reason 'revoked' --expires 2030-12-31
        leakgate suppress FINGERPRINT --rule house-token --rules house.toml --reason 'made up'
      """
  )

  @Argument(help: ArgumentHelp("The fingerprint as a report shows it.", valueName: "fingerprint"))
  var fingerprint: String

  @Option(help: ArgumentHelp("Count for this rule only.", valueName: "id"))
  var rule: String?

  @Option(
    help: ArgumentHelp("Look for the rule in this file; may be given several times.", valueName: "file"),
    completion: .file(extensions: ["toml"])
  )
  var rules: [PathArgument] = []

  @Option(help: ArgumentHelp("Why the value is accepted.", valueName: "text"))
  var reason: String

  @Option(help: ArgumentHelp("The last day it counts on, as 2030-12-31.", valueName: "date"))
  var expires: String?

  @Option(help: ArgumentHelp("Who decides; GIT_AUTHOR_NAME or USER unless given.", valueName: "name"))
  var author: String?

  @Option(help: ArgumentHelp("The file of suppressions.", valueName: "file"), completion: .file())
  var file = PathArgument(bytes: Array(Suppressions.place.utf8))

  func judge() throws(CommandError) -> Verdict {
    guard SuppressionFile.isFingerprint(fingerprint) else {
      throw .invalid("'\(fingerprint)' is no fingerprint; give the 32 hex digits a report shows")
    }
    guard reason.contains(where: { !$0.isWhitespace }) else { throw .invalid("--reason is empty; say why") }
    try Suppressions.check(expires: expires)
    try Suppressions.check(rule: rule, in: rules)
    let suppression = Suppression(
      fingerprint: fingerprint, rule: rule, reason: reason, author: Suppressions.author(author),
      added: Suppressions.today, expires: expires)
    let known = try Suppressions.known(in: file)
    let same = (known?.suppressions ?? []).enumerated().filter {
      $0.element.fingerprint == fingerprint && $0.element.rule == rule
    }
    // Of two the longer one would count, whichever was meant.
    if let (place, entry) = same.first(where: { !Suppressions.hasExpired($0.element) }) {
      let end = entry.expires.map { "until \($0)" } ?? "without a last day"
      throw .invalid("\(file.name.text) accepts this already (suppression \(place + 1), \(end)); change it there")
    }
    var changes: [Int: Suppression?] = [:]
    for (place, _) in same { changes[place] = .some(changes.isEmpty ? suppression : nil) }
    try Suppressions.write(
      same.isEmpty ? SuppressionFile.text(suppression) : "", to: file, known: known, changes: changes)
    try Messages.tell("\(same.isEmpty ? "suppressed" : "renewed") in \(file.name.text): \(suppression.shown)")
    return .clean
  }
}

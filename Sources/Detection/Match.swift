import ByteText
import Findings

/// A pattern hit: where it stands and what was read around it. Offsets are those of the artifact.
struct Match {
  var rule: Int
  /// The whole match.
  var whole: Range<Int>
  /// The secret in it; runs on behind the match where the pattern's bound cut it.
  var secret: Range<Int>
  /// The secret as far as the pattern took it: what is told of its value does not depend on how far it runs on.
  var value: Range<Int>
  /// Whether the end of the secret is not yet known: it runs on behind the bytes at hand.
  var isOpen = false
  /// What the judge of keys and values says, where a key name led to the match.
  var opinion: KeyOpinion?
  /// Whether no key word is looked at before its end.
  var holdsKeys = false
  /// What the rule's proof looks into, and the check it compares with, where it has them.
  var body: Range<Int>?
  var check: Range<Int>?
}

/// Why the value of a key is taken for a secret.
struct KeyOpinion {
  var confidence: Confidence
  /// `nil` leaves the rule's.
  var severity: Severity?
  var grounds: ValueJudge.Grounds
}

/// An accepted match that waits for what else there is around it.
struct PendingFinding {
  var rule: Int
  var secret: Range<Int>
  var isOpen: Bool
  var start: LineCursor
  var end: LineCursor
  var confidence: Confidence
  /// What the rule says of its matches, whatever was proved of this one: the surer rule is the more specific.
  var ruleConfidence: Confidence
  /// How bad its leak is, where that is not the rule's severity.
  var severity: Severity?
  /// Whether a key name led to it: a finding that knows the value by its shape tells more.
  var isOfKey = false
  var facts: [String]
  var fingerprint: Fingerprint?
  /// Equal for equal values within one run.
  var identity: Fingerprint?
  /// Places around the secret where a piece of its value stands again.
  var echoes: [Range<Int>] = []
  /// Up to `ExcerptBuilder.reachBefore` bytes of the line before the secret, as they are.
  var before: [UInt8]
  /// Likewise behind it.
  var after: [UInt8]
  var revealed: [UInt8]?
  /// Whether a marker in its line accepts the value.
  var isMarked = false
  /// The value while the secret's end is not known: what stands behind it may hold pieces of it.
  var openValue: [UInt8] = []
  /// What stands near of each other half its rule requires, once that is known.
  var halves: [CompanionTracker.Sighting?]?
  /// Whether it leads a pair that is whole.
  var isPaired: Bool { halves.map { !$0.isEmpty && !$0.contains(nil) } ?? false }
  /// The list it stands in, while that may turn out to hold no secrets; and what is written for it then.
  var awaited: Int?
  var redaction: Redaction?
  /// Whether it was remembered as a possible half of a pair.
  var isNoted = false

  /// Order of reports: by start, then the longer, the more specific, the surer, the earlier rule.
  static func precedes(_ left: PendingFinding, _ right: PendingFinding) -> Bool {
    if left.secret.lowerBound != right.secret.lowerBound { return left.secret.lowerBound < right.secret.lowerBound }
    if left.secret.upperBound != right.secret.upperBound { return left.secret.upperBound > right.secret.upperBound }
    if left.isOfKey != right.isOfKey { return right.isOfKey }
    if left.ruleConfidence != right.ruleConfidence { return left.ruleConfidence > right.ruleConfidence }
    if left.confidence != right.confidence { return left.confidence > right.confidence }
    return left.rule < right.rule
  }
}

import Rules

/// A key with the value that stands beside it; ranges are indices of the view it was found in.
struct KeyValue: Equatable {
  /// How key and value are joined.
  enum Form: UInt8, CaseIterable {
    /// `=`, `:=`, `+=`, `?=`.
    case equals
    /// `:`, in JSON, YAML, headers.
    case colon
    /// `=>`, `->`, `<-`.
    case arrow
    /// `==`, `!=`, `is`, and turned round.
    case comparison
    /// `f("key", "value")`.
    case argument
    /// `setKey("value")`.
    case call
    /// `--key value`, `machine x login y password z`.
    case option
    /// `<key>value</key>`.
    case element
    /// `| key | value |`.
    case cell
    /// `| key |` above `| value |`.
    case column
    /// `- value` below `keys:`, and `keys: [value, value]`.
    case item
    /// `name: KEY` and `value: …` beside it.
    case pair
    /// A member of an object whose name makes secrets of all of them: `"secrets": {"db": "…"}`.
    case member
    /// `?key=value&`.
    case query
    /// `scheme://user:value@host`.
    case user
  }

  var key: Range<Int>
  /// Empty where the value is a list that starts with nothing: there its rest is read.
  var value: Range<Int>
  var form: Form
  var isQuoted = false
  /// Whether the value's end was not met within the lexer's reach, so that it may run on.
  var isCut = false
  /// Whether the value stands in a call that only wraps it: `aws.String("…")`.
  var isWrapped = false
  /// Whether the value is written as base64.
  var isEncoded = false
  /// Whether key and value only stand side by side, as words of a sentence do too.
  var isLoose = false
}

/// How far the lexer looks.
enum KeyReach {
  /// Bytes before a key word: the rest of the name, a value that is compared with it.
  static let before = KeyRules.reachBefore
  /// Bytes from the start of a key word on: the rest of the name, the sign, the value.
  static let behind = KeyRules.reachBehind
  /// Longest name on each side of a key word.
  static let name = 96
  /// Longest distance between name and value, but for what aligns the two.
  static let gap = 64
  /// Most blanks and line ends in one place: what is aligned, or indented deeply, has many.
  static let blanks = 256
  /// Longest value that is judged; a longer one is judged by its first bytes and covered whole.
  static let value = 1024
}

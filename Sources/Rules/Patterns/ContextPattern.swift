/// What a rule asks to stand around its pattern: context words before it, borders on its sides.
///
/// It is expanded as text, so that what PCRE2 compiles is one pattern and its anchors are derived like any other's.
struct ContextPattern: Sendable, Equatable {
  /// What may stand between a context word and the value.
  enum Gap: String, CaseIterable {
    /// The rest of the key, an assignment, quotes; not what opens a reference, `${` or `{{`.
    case assignment
    /// Anything, line ends included.
    case near

    var pattern: String {
      switch self {
      case .assignment:
        // The rest of the key and what it stands in: `_KEY`, `"]`, `.key`; not the target of a Markdown link. Words end where
        // another sign stands, so that going back in one finds nothing.
        #"[0-9A-Za-z_]{0,40}+(?:(?!\]\()[^0-9A-Za-z_\r\n]{1,12}+[0-9A-Za-z_]{1,40}+){0,3}?(?:"#
          // The value in the colours of a terminal, or in a URL.
          + #"[^0-9A-Za-z_\r\n]{0,16}(?:\x1b|\\(?:u001[bB]|x1[bB]|033|e))\[[0-9;]{0,12}m["'\x60]?|%3[dD](?:%2[27])?|"#
          // An assignment, with a line end where YAML and XML have one.
          + #"[^0-9A-Za-z_\r\n]{0,8}[:=>|][-+]?[\s"'\x60\[{(]{1,12}|[^0-9A-Za-z_\r\n]{1,16}|"#
          // A name, then its value under a key of its own: `value:`.
          + #"["',]{0,3}[\s\\nrt+-]{1,60}["']?(?i:value)\\?["']?\s{0,3}[:=]\s{0,4}\\?["'\x60]?)"#
          // What follows these is a name, not a value.
          + #"(?<![$#%]\{|\{\{|\{\{\x20|\$\(|\]\()"#
      case .near: #"[\x00-\xff]{0,48}?"#
      }
    }
  }

  /// The sides on which the match must not touch another letter or digit.
  enum Boundary: String, CaseIterable {
    case none
    case left
    case right
    case both

    var isLeft: Bool { self == .left || self == .both }
    var isRight: Bool { self == .right || self == .both }
  }

  /// Nothing that belongs to a word before this place, unless it ends an escape: `\n`, `%3D`, `\u0022`, `\x22`, or a
  /// terminal's colour sequence: `[33m`.
  static let left =
    #"(?:(?<![0-9A-Za-z])|(?<=\\[abfnrtv0])|(?<=%[0-9A-Fa-f]{2})|(?<=\\u[0-9A-Fa-f]{4})|(?<=\\x[0-9A-Fa-f]{2})|"#
    + #"(?<=m)(?<=\[m|\[[0-9]m|\[[0-9;]{2}m|\[[0-9;]{4}m|\[[0-9;]{5}m|\[[0-9;]{8}m|\[[0-9;]{10}m))"#
  static let right = "(?![0-9A-Za-z])"

  /// The text of a pattern for people: the long constant pieces are named, as in `(?i:acme)(?&assignment)(?<secret>…)`.
  static func shown(_ pattern: String) -> String {
    let names = [("left", left)] + Gap.allCases.map { ($0.rawValue, $0.pattern) }
    return names.reduce(pattern) { $0.replacing($1.1, with: "(?&\($1.0))") }
  }

  /// The long constant pieces, longest first; what a pack image need not repeat for every rule.
  static var fragments: [String] {
    ([left, right] + Gap.allCases.map(\.pattern)).sorted { $0.utf8.count > $1.utf8.count }
  }

  var words: [String] = []
  var gap = Gap.assignment
  var boundary = Boundary.none

  /// Whether the pattern stays as it is.
  var isEmpty: Bool { words.isEmpty && boundary == .none }

  /// The pattern with everything that is asked for around it.
  ///
  /// - Parameter secretIsWhole: whether the whole of `pattern` is the secret; it then gets a group of that name, since
  ///   the match as a whole will hold the context too.
  func expanded(_ pattern: String, secretIsWhole: Bool) -> String {
    guard !isEmpty else { return pattern }
    var text = ""
    if !words.isEmpty { text += "(?i:" + words.map(Self.pattern(ofWord:)).joined(separator: "|") + ")" + gap.pattern }
    if boundary.isLeft { text += Self.left }
    text += (secretIsWhole && !words.isEmpty ? "(?<secret>" : "(?:") + pattern + ")"
    if boundary.isRight { text += Self.right }
    return text
  }

  /// A word as a pattern: `_` stands for any one usual separator, or none.
  static func pattern(ofWord word: String) -> String {
    word.split(separator: "_", omittingEmptySubsequences: false).map { escaped(String($0)) }
      .joined(separator: #"[_.\-\x20]?"#)
  }

  /// The pattern that matches exactly this text.
  static func escaped(_ text: String) -> String {
    var pattern: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x80..., UInt8(ascii: "_"), UInt8(ascii: "0")...UInt8(ascii: "9"): pattern.append(byte)
      case _ where byte.isASCIILetter: pattern.append(byte)
      case 0x21...0x7E: pattern += [UInt8(ascii: "\\"), byte]
      default: pattern += Array("\\x".utf8) + byte.hexDigits
      }
    }
    return String(decoding: pattern, as: UTF8.self)
  }
}

extension UInt8 {
  /// The two lower-case hex digits.
  var hexDigits: [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return [digits[Int(self >> 4)], digits[Int(self & 15)]]
  }
}

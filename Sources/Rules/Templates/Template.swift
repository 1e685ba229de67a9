/// Text with pieces that are filled in when it is used, so that no secret-shaped text stands in the repository.
///
/// The pieces are listed in docs/rule-format.md, section Templates.
package struct Template: Sendable, Equatable {
  /// A part of a template.
  indirect enum Piece: Sendable, Equatable {
    /// Text as it is; `isPiece` where it was written as `{{=TEXT}}`, so that a checksum may be taken over it.
    case text([UInt8], isPiece: Bool)
    case random(TemplateAlphabet, count: Int)
    case repeated([UInt8], count: Int)
    case uuid
    case crc32(width: Int, isReversed: Bool)
    case crc32hex(isReversed: Bool)
    case encoded(TemplateEncoding, [Piece])
    /// The bytes that nested hex digits write, as text with their sum.
    case checked(CheckedText, [Piece])
    /// A JSON web token with the claims given, or some of its own.
    case jwt([Piece]?)
    case pem(label: [UInt8], lines: Int)
    case opening(String)
    case closing(String)
  }

  let pieces: [Piece]

  /// Names of the marked ranges in the order they open; the name of `{{<}}` is empty.
  package let markNames: [String]

  /// The greatest count a piece may ask for.
  package static let greatestCount = 1 << 20

  /// Reads a template.
  ///
  /// - Throws: `RulesError.template` with the place and the reason.
  /// - Complexity: linear in the length of the text.
  package init(parsing text: String) throws(RulesError) {
    var parser = TemplateParser(text)
    pieces = try parser.parse()
    markNames = parser.markNames
  }

  /// A template filled in.
  package struct Expansion: Sendable, Equatable {
    package var bytes: [UInt8]
    /// The marked ranges by name.
    package var marks: [String: Range<Int>]
  }

  /// Fills the template in: always the same for the same seed.
  ///
  /// - Complexity: linear in the length of the result.
  package func expand(seed: UInt64) -> Expansion {
    var writer = TemplateWriter(seed: seed)
    writer.write(pieces)
    return Expansion(bytes: writer.bytes, marks: writer.marks)
  }
}

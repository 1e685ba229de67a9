/// The text of a pattern: at hand, or still in the pack image it is taken from when it is asked for.
///
/// Of the patterns in the binary most scans need a few, and to take out all of them is much of what a start costs.
package struct PatternText: Sendable, Equatable {
  private enum Place {
    case here(String)
    case image(ImageText, Range<Int>)
  }

  private let place: Place

  package init(_ text: String) { place = .here(text) }

  /// A field of an image that was read.
  init(_ image: ImageText, at range: Range<Int>) { place = .image(image, range) }

  package var isEmpty: Bool {
    switch place {
    case .here(let text): text.isEmpty
    case .image(_, let range): range.isEmpty
    }
  }

  /// - Complexity: linear in the length of the text where it is still in an image.
  package var text: String {
    switch place {
    case .here(let text): text
    case .image(let image, let range): image.text(at: range)
    }
  }

  package static func == (left: PatternText, right: PatternText) -> Bool { left.text == right.text }
}

/// The bytes of a pack image, and the pieces its patterns share.
final class ImageText: Sendable {
  let bytes: ImageBytes
  let fragments: [[UInt8]]

  init(_ bytes: ImageBytes, _ fragments: [[UInt8]]) {
    self.bytes = bytes
    self.fragments = fragments
  }

  /// The text of a field.
  func text(at range: Range<Int>) -> String {
    do throws(RulesError) {
      return String(decoding: try PackImageReader.unescaped(bytes[range], fragments), as: UTF8.self)
    } catch {
      // The image has its checksum, and who wrote it has escaped it: a pattern must not be searched for in part.
      preconditionFailure("the pack image is damaged")
    }
  }
}

/// The name of an artifact as bytes: a path, `-` for standard input, or a place inside a container.
///
/// File names need not be UTF-8 (path_resolution(7)), so the bytes are kept as they are and only escaped to be shown.
package struct ArtifactName: Sendable, Hashable, Comparable {
  /// The name's bytes, without a terminating NUL.
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) { self.bytes = bytes }
  package init(_ string: String) { self.bytes = Array(string.utf8) }

  /// Whether the name is valid UTF-8 and so can stand in a report as it is.
  package var isUTF8: Bool { String(validating: bytes, as: UTF8.self) != nil }

  /// The name as text, each byte that is no valid UTF-8 written as `\xHH`.
  ///
  /// Control characters are kept: whoever shows the text escapes them for where it is shown.
  package var text: String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var text = ""
    var rest = bytes[...]
    while let first = rest.first {
      let length = min(rest.count, first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4)
      if let scalar = String(validating: rest.prefix(length), as: UTF8.self) {
        text += scalar
        rest = rest.dropFirst(length)
      } else {
        let digits = String(first, radix: 16, uppercase: true)
        text += "\\x" + (digits.count < 2 ? "0" : "") + digits
        rest = rest.dropFirst()
      }
    }
    return text
  }

  package static func < (left: ArtifactName, right: ArtifactName) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

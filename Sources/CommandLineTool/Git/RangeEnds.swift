import Findings

/// Reads BASE..HEAD.
enum RangeEnds {
  /// HEAD as a revision.
  static let head = Array("HEAD".utf8)

  /// The two revisions of a range as written; the second is HEAD where it is left out.
  static func of(_ range: PathArgument) throws(CommandError) -> (base: [UInt8], head: [UInt8]) {
    let bytes = range.bytes
    let dot = UInt8(ascii: ".")
    guard let index = bytes.indices.dropLast().first(where: { bytes[$0] == dot && bytes[$0 + 1] == dot }),
      index > 0, bytes.dropFirst(index + 2).first != dot
    else {
      throw .invalid("'\(range.name.text)' is no range; write BASE..HEAD (for BASE...HEAD give --merge-base)")
    }
    let rest = Array(bytes[(index + 2)...])
    return (Array(bytes[..<index]), rest.isEmpty ? head : rest)
  }
}

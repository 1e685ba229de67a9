/// The extra fields of a header in a zip archive (APPNOTE.TXT, section 4.5).
enum ZipExtra {
  /// Fields that writers add as a matter of course, none of which takes more than `usual` bytes: zip64, times of NTFS and Unix, owners, AES,
  /// the mark of a jar.
  private static let common: Set<Int> = [0x0001, 0x000A, 0x5455, 0x5855, 0x7855, 0x7875, 0x9901, 0xCAFE]
  private static let usual = 40

  /// All of it where there is more to it than that: anything can stand in a field that others pass over.
  static func text(of extra: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = extra
    while rest.count >= 4 {
      let start = rest.startIndex
      let length = Int(rest[start + 2]) | Int(rest[start + 3]) << 8
      guard common.contains(Int(rest[start]) | Int(rest[start + 1]) << 8), length <= usual, length <= rest.count - 4
      else { break }
      rest = rest.dropFirst(4 + length)
    }
    // Zeros align what follows.
    return rest.allSatisfy { $0 == 0 } ? [] : extra
  }
}

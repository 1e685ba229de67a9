/// What compressed streams begin with, where something else tells that one may follow.
enum CompressedStart {
  /// gzip, bzip2, xz, lzma, zstd.
  private static let all: [[UInt8]] = [
    [0x1F, 0x8B, 0x08], Array("BZh".utf8), [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], [0x5D, 0x00, 0x00],
    [0x28, 0xB5, 0x2F, 0xFD],
  ]

  /// Whether some bytes, of which there are six, begin one.
  static func isOne(_ bytes: [UInt8]) -> Bool { all.contains(where: bytes.starts) }
}

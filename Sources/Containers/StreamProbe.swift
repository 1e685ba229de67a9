/// Tells compressed streams whose first bytes say little by decoding a little.
package enum StreamProbe {
  /// Output after which nobody takes chance for a stream.
  private static let certainLength = 64
  /// Output that may hold a secret.
  private static let leastLength = 16
  /// Bytes of memory for it; what a stream asks for beyond is not needed for so little.
  private static let memory = 4 << 20

  /// Whether a zlib stream (RFC 1950) stands at the start of some bytes: its two bytes of header may begin a text as well.
  ///
  /// - Parameter isText: whether text is what to expect, so that a stream has to show more.
  package static func isZlib(_ bytes: some Collection<UInt8>, isText: Bool = true) -> Bool {
    let start = Array(bytes)
    guard start.count > 2, hasZlibHeader(start) else { return false }
    let (written, outcome) = decode(start, .zlib)
    switch outcome {
    case .ended: return true
    case .more:
      // A short stream that is cut off still has bytes that no text has.
      return !isText || written >= certainLength || !(0x20...0x7E).contains(start[1])
        || written >= leastLength && !start.allSatisfy(isOfText)
    case .failed, .unwanted: return false
    }
  }

  /// Whether what stands at the start of some bytes can be decoded that far.
  ///
  /// One that asks for more memory than the look at it has does so behind a header that holds.
  package static func isDecoded(_ bytes: some Collection<UInt8>, as compression: Compression) -> Bool {
    let outcome = decode(Array(bytes), compression).outcome
    if case .failed = outcome { return outcome == .tooLarge }
    return true
  }

  private static func isOfText(_ byte: UInt8) -> Bool { (0x20...0x7E).contains(byte) || (0x09...0x0D).contains(byte) }

  /// Method 8, a window of at most 32 KiB, no dictionary, and a check of both bytes.
  private static func hasZlibHeader(_ start: [UInt8]) -> Bool {
    start[0] & 0x0F == 8 && start[0] >> 4 <= 7 && start[1] & 0x20 == 0
      && (Int(start[0]) << 8 | Int(start[1])).isMultiple(of: 31)
  }

  /// Whether the thirteen bytes of a .lzma file's header stand there, by the rules xz(1) tells such files by, and the zero
  /// that LZMA data starts with; by another header, whether what follows can be decoded, as whoever names the format does.
  package static func isLZMA(_ bytes: some Collection<UInt8>) -> Bool {
    let start = Array(bytes.prefix(14))
    guard start.count == 14, start[0] == 0x5D, start[13] == 0 else { return false }
    let dictionary = (1...4).reduce(0) { $0 | UInt32(start[$1]) << (8 * UInt32($1 - 1)) }
    // 2^n or 2^n + 2^(n-1).
    let bits = dictionary.nonzeroBitCount
    let isUsual = dictionary >= 4096 && (bits == 1 || bits == 2 && dictionary & (dictionary << 1) != 0)
    let length = start[5..<13]
    if isUsual, length.allSatisfy({ $0 == 0xFF }) || length.suffix(3).allSatisfy({ $0 == 0 }) { return true }
    // Nothing that is written so soon stands further back than 64 KiB.
    let (written, outcome) = decode([start[0], 0, 0, 1, 0] + bytes.dropFirst(5), .lzma)
    return written >= (outcome == .ended ? leastLength : certainLength)
  }

  private static func decode(_ bytes: [UInt8], _ compression: Compression) -> (written: Int, outcome: DecodingOutcome) {
    var written = 0
    // SAFETY: the bytes are used within the call only.
    let (_, outcome) = unsafe bytes.withUnsafeBytes { bytes in
      unsafe Decompressor(compression, memory: DecoderMemory(ofLook: memory)).decode(bytes) { piece in
        written += piece.count
        return true
      }
    }
    return (written, outcome)
  }

  /// The checksum of zip and gzip (RFC 1952, section 8), which 7z has as well.
  package static func checksum(_ bytes: some Collection<UInt8>) -> UInt {
    var sum = Checksum()
    // SAFETY: the bytes are used within the call only.
    unsafe Array(bytes).withUnsafeBytes { unsafe sum.add($0) }
    return sum.value
  }
}

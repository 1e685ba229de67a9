#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Tells text whose ASCII stands as it is from what is packed or in wide characters: a log is read for what it tells only as
/// such.
struct PlainText {
  /// Whether nothing speaks against it so far.
  private(set) var holds = true
  /// The first bytes, as far as they are looked at.
  private var start: [UInt8] = []

  /// Bytes at the start that have to be text: what is packed begins with none, and in wide characters stand NUL bytes.
  private static let looked = 64

  /// Takes in the next bytes.
  mutating func take(_ piece: UnsafeRawBufferPointer) {
    guard holds, piece.count > 0 else { return }
    // SAFETY: memchr(3) looks at no more bytes than the piece has.
    if unsafe memchr(piece.baseAddress.unsafelyUnwrapped, 0, piece.count) != nil { return holds = false }
    guard start.count < Self.looked else { return }
    let more = unsafe piece.prefix(Self.looked - start.count)
    start += unsafe Array(more)
    holds = Self.isText(start)
  }

  /// Whether bytes are UTF-8 but for a character that is cut at their end, and without the controls no log has.
  private static func isText(_ bytes: [UInt8]) -> Bool {
    // Of the controls text has those from BEL to CR, and ESC.
    guard bytes.allSatisfy({ $0 >= 0x20 || (0x07...0x0D).contains($0) || $0 == 0x1B }) else { return false }
    let whole = (0..<4).lazy.map { bytes.dropLast($0) }
    return whole.contains { $0.isEmpty || String(validating: $0, as: UTF8.self) != nil }
  }
}

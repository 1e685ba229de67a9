import ByteText
import Containers

/// Containers that stand somewhere in an artifact: an archive behind the program that unpacks it, the streams of a PDF file, a
/// compressed text in a picture.
///
/// The bytes that tell one stand in programs that know the format as well, so the bytes behind must agree.
enum EmbeddedSignature {
  /// Bytes behind a place that decide about it: no more than the search keeps at hand there.
  private static let reach = LayerScanner.reachBehind

  private enum Mark: CaseIterable {
    case zip, zipEnd, gzip, bzip2, xz, zstandard, sevenZip, rar, cabinet, squashfs
    /// The word before the bytes of a PDF stream, and the chunks of a PNG file that may hold compressed text.
    case stream, streamReturn, pngText, pngLanguageText, pngProfile
  }

  private static let letters =
    Array(UInt8(ascii: "A")...UInt8(ascii: "Z")) + Array(UInt8(ascii: "a")...UInt8(ascii: "z"))
  /// First bytes of a zlib stream, by the size of its window.
  private static let zlibStarts: [UInt8] = [0x08, 0x18, 0x28, 0x38, 0x48, 0x58, 0x68, 0x78]

  /// What the automaton looks for.
  static let keywords: [Keyword] = Mark.allCases.map { mark in
    func keyword(_ text: String, _ more: [UInt8] = [], following: [[UInt8]] = []) -> Keyword {
      Keyword(Array(text.utf8) + more, isExact: true, following: FollowingBytes(following))
    }
    return switch mark {
    case .zip: keyword("PK", [3, 4])
    case .zipEnd: keyword("PK", [5, 6, 0, 0, 0, 0])
    case .gzip: Keyword([0x1F, 0x8B, 0x08], isExact: true, following: FollowingBytes([Array(0...0x1F)]))
    case .bzip2: keyword("BZh", following: [Array(0x31...0x39), [0x31], [0x41], [0x59], [0x26], [0x53], [0x59]])
    case .xz: Keyword([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], isExact: true)
    case .zstandard: Keyword([0x28, 0xB5, 0x2F, 0xFD], isExact: true)
    case .sevenZip: Keyword([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], isExact: true)
    case .rar: keyword("Rar!", [0x1A, 0x07], following: [[0, 1]])
    case .cabinet: keyword("MSCF", [0, 0, 0, 0])
    case .squashfs: keyword("hsqs")
    case .stream: keyword("stream\n", following: [zlibStarts])
    case .streamReturn: keyword("stream\r\n", following: [zlibStarts])
    case .pngText: keyword("zTXt", following: [letters])
    case .pngLanguageText: keyword("iTXt", following: [letters])
    case .pngProfile: keyword("iCCP")
    }
  }

  /// Whether an archive or a stream that is told by its first bytes may stand somewhere in some bytes.
  static func mayStand(in bytes: [UInt8]) -> Bool {
    bytes.indices.contains { index in certainStarts[Int(bytes[index])].contains { bytes[index...].starts(with: $0) } }
  }

  /// By first byte what such a one may start with.
  private static let certainStarts: [[[UInt8]]] = {
    let starts = [Mark.zip, .gzip, .bzip2, .xz, .zstandard, .sevenZip].compactMap { mark in
      Mark.allCases.firstIndex(of: mark).map { keywords[$0].bytes }
    }
    return (0...255).map { first in starts.filter { $0[0] == first } }
  }()

  /// The container that a keyword at an offset tells, and where it starts.
  static func container(_ keyword: Int, at offset: Int, _ view: BytesAtHand) -> (ContainerSignature, start: Int)? {
    let mark = Mark.allCases[keyword]
    let length = keywords[keyword].bytes.count
    switch mark {
    case .zip: return isZip(offset, view) ? (.zip, offset) : nil
    // Where it is met, none of its members was.
    case .zipEnd: return isZipEnd(offset, view) ? (.zip, offset) : nil
    case .gzip: return isGzip(offset, view) ? (.gzip, offset) : nil
    case .bzip2: return (.bzip2, offset)
    case .xz:
      // The .xz file format, section 2.1.1: twelve bytes of header, with a checksum.
      let start = bytes(offset, 24, view)
      return start.count >= 12 && StreamProbe.isDecoded(start, as: .xz) ? (.xz, offset) : nil
    case .zstandard: return StreamProbe.isDecoded(bytes(offset, 24, view), as: .zstandard) ? (.zstandard, offset) : nil
    case .sevenZip:
      // 7zFormat.txt: two bytes of a version, the checksum of the twenty bytes that tell where the header is.
      let sum = UInt(number(offset + 8, 4, view))
      let place = bytes(offset + 12, 20, view)
      return place.count == 20 && StreamProbe.checksum(place) == sum ? (.sevenZip, offset) : nil
    case .rar:
      // The main header is the first block: its type behind a checksum, and in the newer format behind a length of up to
      // three bytes; there a header that tells how all others are encrypted may stand before it.
      let isOld = view[offset + 6] == 0 && view[offset + 9] == 0x73
      let type = view[offset + 13 + (0..<2).prefix { view[offset + 12 + $0] & 0x80 != 0 }.count]
      let isNew = view[offset + 6] == 1 && (type == 1 || type == 4)
      return isOld || isNew ? (.rar, offset) : nil
    case .cabinet: return view[offset + 24] == 3 && view[offset + 25] == 1 ? (.cabinet, offset) : nil
    case .squashfs: return view[offset + 28] == 4 && view[offset + 29] == 0 ? (.squashfs, offset) : nil
    case .stream, .streamReturn: return zlib(offset + length, view)
    // PNG, section 11.3.3: a name, its end, the method, the stream.
    case .pngText, .pngProfile:
      guard let end = endOfText(offset + length, view), view[end] == 0 else { return nil }
      return zlib(end + 1, view)
    // A name, whether it is compressed, the method, a language, the name in that language, the stream.
    case .pngLanguageText:
      guard let end = endOfText(offset + length, view), view[end] == 1, view[end + 1] == 0,
        let language = endOfText(end + 2, view), let name = endOfText(language, view)
      else { return nil }
      return zlib(name, view)
    }
  }

  private static func zlib(_ offset: Int, _ view: BytesAtHand) -> (ContainerSignature, start: Int)? {
    StreamProbe.isZlib(bytes(offset, 32, view), isText: false) ? (.zlib, offset) : nil
  }

  /// Offset behind the zero that ends a text of at most 79 bytes.
  private static func endOfText(_ offset: Int, _ view: BytesAtHand) -> Int? {
    (offset..<offset + 80).first { $0 < view.end && view[$0] == 0 }.map { $0 + 1 }
  }

  /// RFC 1952, section 2.3.1: the flags of the compression and the system are few.
  private static func isGzip(_ offset: Int, _ view: BytesAtHand) -> Bool {
    [0, 2, 4].contains(view[offset + 8]) && (view[offset + 9] <= 13 || view[offset + 9] == 255)
      && StreamProbe.isDecoded(bytes(offset, 64, view), as: .gzip)
  }

  /// APPNOTE.TXT, section 4.3.7: a version there is, a method there is, and a name of some signs.
  private static func isZip(_ offset: Int, _ view: BytesAtHand) -> Bool {
    let method = number(offset + 8, 2, view)
    let length = number(offset + 26, 2, view)
    guard view[offset + 4] <= 63, method <= 20 || (93...99).contains(method), (1...1024).contains(length),
      number(offset + 28, 2, view) <= 4096
    else { return false }
    return bytes(offset + 30, min(length, reach - 30), view).allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }

  /// APPNOTE.TXT, section 4.3.16: some members, all of them in this part, and a directory with room for them, or for one where
  /// another place tells how many there are; or else what tells where that is, right before it (section 4.3.15).
  private static func isZipEnd(_ offset: Int, _ view: BytesAtHand) -> Bool {
    let members = number(offset + 10, 2, view)
    return members > 0 && number(offset + 8, 2, view) == members
      && (number(offset + 12, 4, view) >= 46 * (members == 0xFFFF ? 1 : members)
        || members == 0xFFFF && number(offset - 20, 4, view) == 0x0706_4B50)
  }

  private static func bytes(_ offset: Int, _ count: Int, _ view: BytesAtHand) -> [UInt8] {
    (offset..<max(offset, min(offset + count, view.end))).map { view[$0] }
  }

  private static func number(_ offset: Int, _ length: Int, _ view: BytesAtHand) -> Int {
    (0..<length).reduce(0) { $0 | Int(view[offset + $1]) << (8 * $1) }
  }
}

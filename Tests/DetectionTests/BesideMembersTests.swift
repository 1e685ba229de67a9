import Findings
import TestSupport
import Testing

@testable import Detection

/// What stands in a container beside its members, where those who unpack it do not look.
struct BesideMembersTests {
  /// Expects one finding, by its way, and nothing unread, however the bytes arrive.
  private static func expect(
    _ way: String, in bytes: [UInt8], location: SourceLocation = #_sourceLocation
  ) throws {
    for chunkSize in [1 << 20, 5000, 700] {
      let (found, failures) = try ContainerSamples.read(bytes, chunkSize: chunkSize)
      #expect(found.map(\.layers.text) == [way], sourceLocation: location)
      #expect(failures.isEmpty, sourceLocation: location)
    }
  }

  private static func hidden(_ seed: UInt64) -> [UInt8] {
    var random = SeededRandom(seed: seed)
    return Packing.gzip(Array("key \(ContainerSamples.token(&random))\n".utf8))
  }

  @Test(arguments: ["x", "X", "g", "L", "K"]) func `C15: headers of a tar are searched`(_ type: String) throws {
    let header = Packing.tarMember("header", Self.hidden(61), type: type)
    try Self.expect("tar → gzip", in: header + Packing.tar([("a.txt", Array("text\n".utf8))]))
  }

  @Test func `C15: what fills the blocks of a tar is searched, zeros are not told`() throws {
    let hidden = Self.hidden(62)
    for zeros in [0, 1, 100] {
      var archive = Packing.tar([("a.txt", [0x31]), ("b.txt", [0x32])])
      archive.replaceSubrange((513 + zeros)..<(513 + zeros + hidden.count), with: hidden)
      try Self.expect("tar → gzip", in: archive)
    }
  }

  @Test func `C15: extra fields and comments of a zip are searched`() throws {
    let hidden = Self.hidden(63)
    let length = [UInt8(hidden.count), 0]
    var member = Packing.ZipMember("a.txt", Array("text\n".utf8))
    // A field nobody knows, and a common one that is longer than it can be.
    for field in [[0x99, 0x99], [0x55, 0x54]] as [[UInt8]] {
      member.extra = field + length + hidden
      try Self.expect("zip → gzip@4", in: Packing.zip([member]))
    }
    member.extra = []
    member.comment = hidden
    try Self.expect("zip → gzip", in: Packing.zip([member]))
    // What writers add as a matter of course is no member.
    member.extra = [0x55, 0x54, 5, 0, 1, 2, 3, 4, 5, 0, 0, 0]
    member.comment = []
    let (found, failures) = try ContainerSamples.read(Packing.zip([member])) { $0.entries = 1 }
    #expect(found.isEmpty && failures.isEmpty)
  }

  @Test func `C15: headers of an rpm are searched`() throws {
    let hidden = Self.hidden(64)
    func header(_ store: [UInt8]) -> [UInt8] {
      [0x8E, 0xAD, 0xE8, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, UInt8(store.count)] + store
    }
    let lead = [0xED, 0xAB, 0xEE, 0xDB] + [UInt8](repeating: 0, count: 92)
    let payload = Packing.cpio([("a.txt", Array("text\n".utf8))])
    let filled = hidden + [UInt8](repeating: 0, count: (8 - hidden.count % 8) % 8)
    try Self.expect("rpm → gzip", in: lead + header(filled) + header([]) + Packing.gzip(payload))
    try Self.expect("rpm → gzip", in: lead + header([]) + header(hidden) + Packing.gzip(payload))
  }

  @Test func `C15: a compressed archive behind an uncompressed one, as a kernel starts from`() throws {
    var random = SeededRandom(seed: 65)
    let late = Packing.cpio([("etc/app.env", ContainerSamples.text(&random))])
    let early = Packing.cpio([("microcode", [1, 2, 3])])
    for (kind, pack) in [("gzip", Packing.gzip), ("xz", Packing.xz), ("zstd", Packing.zstandard)] {
      for zeros in [0, 4, 508] {
        let image = early + [UInt8](repeating: 0, count: zeros) + pack(late)
        try Self.expect("cpio → \(kind) → cpio → etc/app.env", in: image)
      }
    }
    #expect(try ContainerSamples.read(early + Array("anything".utf8)).failures.count == 1)
  }

  @Test func `C15: frames of zstd that decoders skip are searched, and interrupt no text`() throws {
    func skipped(_ bytes: [UInt8]) -> [UInt8] { [0x5A, 0x2A, 0x4D, 0x18, UInt8(bytes.count), 0, 0, 0] + bytes }
    let frame = Packing.zstandard(Array("text\n".utf8))
    let hidden = skipped(Self.hidden(66))
    for bytes in [hidden + frame, frame + hidden, frame + hidden + frame, hidden, frame + skipped([]) + hidden] {
      try Self.expect("zstd → gzip", in: bytes)
    }
    var random = SeededRandom(seed: 67)
    let text = ContainerSamples.text(&random)
    // In the middle of the token.
    let middle = text.count / 2
    let halves =
      Packing.zstandard(Array(text[..<middle])) + skipped([1, 2, 3]) + Packing.zstandard(Array(text[middle...]))
    try Self.expect("zstd", in: halves)
    let long = [0x50, 0x2A, 0x4D, 0x18, 0, 0, 0x20, 0] + [UInt8](repeating: 0x41, count: 0x20_0000)
    #expect(try ContainerSamples.read(frame + long).failures.count == 1)
    #expect(try ContainerSamples.read(frame + hidden.dropLast(3)).failures.contains("zstd: it ends early"))
  }
}

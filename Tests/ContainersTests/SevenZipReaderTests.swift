import TestSupport
import Testing

@testable import Containers

/// A 7z archive is read alike, whether its directory comes before it or is waited for.
@Suite struct SevenZipReaderTests {
  private final class Account: ContainerSink {
    private(set) var events: [String] = []
    private var contents: [UInt8] = []

    func begin(_ name: [UInt8]?, at offset: Int, isVerbatim: Bool) -> Bool {
      events.append("begin \(name.map(ShownName.text) ?? "-")")
      contents = []
      return true
    }
    // SAFETY: the bytes are copied before the call returns.
    func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
      unsafe contents += Array(bytes)
      return true
    }
    func end() { events.append("end \(contents)") }
    func gap(_ reason: String) { events.append("gap \(reason)") }
  }

  private static func told(_ bytes: [UInt8], known: Bool, by length: Int) -> [String] {
    let memory = DecoderMemory()
    // SAFETY: no more is written than the buffer holds.
    let directory = unsafe SevenZipDirectory.of(memory) { offset, buffer in
      guard offset >= 0, offset <= bytes.count, buffer.count <= bytes.count - offset else { return false }
      unsafe buffer.copyBytes(from: bytes[offset..<offset + buffer.count])
      return true
    }
    let reader = SevenZipReader(known ? directory : nil, memory: memory)
    let account = Account()
    for start in stride(from: 0, to: bytes.count, by: length) {
      let piece = Array(bytes[start..<min(bytes.count, start + length)])
      // SAFETY: the bytes are used within the call only.
      let taken = unsafe piece.withUnsafeBytes { unsafe reader.feed($0, to: account) }
      if taken < piece.count { break }
    }
    reader.finish(account)
    return account.events + ["ended \(reader.hasEnded)"]
  }

  /// What 7-Zip packed, and what nobody would.
  private static func samples() throws -> [[UInt8]] {
    let files: [(name: String, bytes: [UInt8]?)] = [
      ("folder", nil), ("a", Array("some text".utf8)), ("empty", []),
      ("b", (0..<4000).map { UInt8(truncatingIfNeeded: $0 / 7) }), ("c", [1, 2, 3]),
    ]
    var samples: [[UInt8]] = []
    for packsDirectory in [true, false] {
      for isSolid in [true, false] {
        var archive = Packing.SevenZip(files)
        archive.packsDirectory = packsDirectory
        archive.isSolid = isSolid
        archive.steps = [.delta, .lzma2]
        samples.append(Packing.sevenZip(archive))
        archive.isDamaged = true
        archive.gap = [1, 2]
        samples.append(Packing.sevenZip(archive) + [7])
      }
    }
    let corpus = "Tests/Fuzz/Corpus/7z"
    return samples + (try RepositoryFiles.paths(below: corpus).map { try RepositoryFiles.bytes($0) })
  }

  @Test func `a directory that is read first gives what one that is waited for does`() throws {
    for (number, bytes) in try Self.samples().enumerated() {
      let held = Self.told(bytes, known: false, by: bytes.count)
      #expect(held.count { $0.hasPrefix("end ") } > 2, "\(number)")
      for length in [1, 33, 1000] {
        #expect(Self.told(bytes, known: true, by: length) == held, "\(number), pieces of \(length) bytes")
        #expect(Self.told(bytes, known: false, by: length) == held, "\(number), pieces of \(length) bytes")
      }
    }
  }

  @Test func `a 7z that is too long to be held is told at its start`() {
    var bytes = Packing.sevenZip([("a", [1, 2, 3])])
    // The place of the directory: 64 MiB and more behind the start.
    bytes[12 + 3] = 4
    let sum = StreamProbe.checksum(bytes[12..<32])
    for index in 0..<4 { bytes[8 + index] = UInt8(truncatingIfNeeded: sum >> (8 * UInt(index))) }
    let told = Self.told(bytes, known: false, by: 100)
    #expect(told.count == 2 && told[0].contains("too long to be held"), "\(told)")
    #expect(Self.told(bytes, known: true, by: 100) == ["gap it ends early", "ended false"])
  }

  @Test func `a directory that leaves lengths out, or tells a part twice, is damaged`() {
    // One folder of so many streams that nothing was done to.
    func folder(_ streams: UInt8) -> [UInt8] {
      [7, 0x0B, 1, 0, 1, 0x11, 0, streams, 1] + (0..<(streams > 1 ? streams : 0)) + [0x0C, 1, 0]
    }
    let files: [UInt8] = [5, 1, 0, 0]
    // What would be taken for the lengths comes to more than a number holds.
    let great: [UInt8] = [UInt8](repeating: 0xFF, count: 8) + [0x7F, 0, 0, 0]
    for streams in [
      [6, 0, 3, 0x0A, 1] + great + [0] + folder(3),
      [6, 0, 1, 9, 1, 0] + folder(1) + [6, 0, 1, 9, 1, 0],
      [6, 0, 1, 9, 1, 9, 1, 0] + folder(1),
      folder(1) + [6, 0, 1, 9, 1, 0],
    ] {
      var archive = Packing.SevenZip([("a", [1])])
      archive.change = { $0 = [1, 4] + streams + [0] + files }
      let told = Self.told(Packing.sevenZip(archive), known: false, by: 1000)
      #expect(told.contains { $0.hasPrefix("gap its directory is ") }, "\(streams): \(told)")
    }
  }
}

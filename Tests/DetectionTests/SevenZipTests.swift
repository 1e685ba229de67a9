import Findings
import TestSupport
import Testing

@testable import Detection

/// 7z archives, whole, odd and broken.
@Suite struct SevenZipTests {
  private static func archive(_ change: (inout Packing.SevenZip) -> Void = { _ in }) -> (bytes: [UInt8], token: String)
  {
    var random = SeededRandom(seed: 41)
    let token = ContainerSamples.token(&random)
    var archive = Packing.SevenZip([
      ("etc", nil), ("etc/a.txt", Array("nothing here\n".utf8)), ("etc/empty", []),
      ("etc/app.env", Array("\(String(repeating: "filler ", count: 30))\nname: \(token)\n".utf8)),
      ("etc/z.txt", Array("the end\n".utf8)),
    ])
    change(&archive)
    return (Packing.sevenZip(archive), token)
  }

  /// Ways in which a token was found, each once; what a step left as it is, is found twice.
  private static func ways(_ bytes: [UInt8], chunkSize: Int = 1 << 20) throws -> (ways: Set<String>, failures: [String])
  {
    let (found, failures) = try ContainerSamples.read(bytes, chunkSize: chunkSize)
    return (Set(found.map(\.layers.text)).subtracting(["raw"]), failures)
  }

  @Test(arguments: [true, false], [true, false]) func `C09: 7z by every method that is read`(
    _ isSolid: Bool, _ packsDirectory: Bool
  ) throws {
    let steps: [[Packing.SevenZip.Step]] = [
      [.copy], [.deflate], [.bzip2], [.lzma], [.lzma2], [.delta, .lzma2], [.delta, .copy], [.delta, .deflate],
      [.delta, .delta, .lzma], [.deflate, .copy, .bzip2],
    ]
    for (number, steps) in steps.enumerated() {
      let bytes = Self.archive {
        $0.steps = steps
        $0.isSolid = isSolid
        $0.packsDirectory = packsDirectory
      }.bytes
      for chunkSize in [1 << 20, 700] {
        let (ways, failures) = try Self.ways(bytes, chunkSize: chunkSize)
        #expect(ways.contains("7z → etc/app.env") && failures.isEmpty, "steps \(number): \(ways) \(failures)")
      }
    }
  }

  @Test func `C09: a 7z within other things has its own place in them`() throws {
    let bytes = Self.archive().bytes
    let program = Array("#!/bin/sh\n".utf8) + [UInt8](repeating: 0x41, count: 3000)
    #expect(try Self.ways(program + bytes).ways == ["7z@\(program.count) → etc/app.env"])
    #expect(try Self.ways(program + bytes).failures.isEmpty)
    #expect(try Self.ways(program + bytes + program).failures.isEmpty)
    let nested = Packing.sevenZip([("in.7z", bytes), ("b", [1])])
    #expect(try Self.ways(Packing.gzip(nested)).ways == ["gzip → 7z → in.7z → 7z → etc/app.env"])
    let (found, failures) = try ContainerSamples.read(Encodings.base64(bytes))
    #expect(found.map(\.layers.text) == ["base64@0 → 7z → etc/app.env"] && failures.isEmpty)
    #expect(try Self.ways(Packing.sevenZip([])).failures.isEmpty)
    #expect(try Self.ways(Packing.sevenZip([("folder", nil), ("empty", [])])).failures.isEmpty)
  }

  @Test func `C10: a packed directory is searched, names and all`() throws {
    var random = SeededRandom(seed: 42)
    let name = ContainerSamples.token(&random)
    for packsDirectory in [true, false] {
      var archive = Packing.SevenZip([("folder/\(name)", [])])
      archive.packsDirectory = packsDirectory
      let (found, failures) = try ContainerSamples.read(Packing.sevenZip(archive))
      #expect(found.contains { $0.layers.text.contains("utf-16") } && failures.isEmpty)
    }
  }

  @Test func `C10: what a 7z does not tell, or tells wrong, makes it incomplete`() throws {
    func failures(_ change: (inout Packing.SevenZip) -> Void) throws -> [String] {
      try Self.ways(Self.archive(change).bytes).failures
    }
    #expect(
      try failures { $0.steps = [.foreign([3, 4, 1])] } == ["7z: etc/a.txt: it is packed by PPMd, which is not read"])
    #expect(try failures { $0.steps = [.foreign([6, 0xF1, 7, 1])] } == ["7z: etc/a.txt: it is encrypted"])
    #expect(
      try failures { $0.steps = [.foreign([7, 7])] } == ["7z: etc/a.txt: it is packed by method 707, which is not read"]
    )
    #expect(try failures { $0.gap = [0] } == ["7z: bytes in it belong to none of its streams"])
    #expect(try failures { $0.isDamaged = true }.contains("7z: etc/app.env: its checksum does not hold"))
    #expect(try failures { $0.leavesOut = 1 } == ["7z: its directory is at odds with its members"])
    #expect(try failures { $0.change = { $0.removeLast(2) } } == ["7z: its directory is damaged"])
    let behind = try Self.ways(Self.archive().bytes + Packing.gzip(Self.archive().token.utf8.map { $0 }))
    #expect(behind.ways.count == 2 && behind.failures == ["7z: what stands behind its end is searched as it is"])
    // The stream ends before the packed bytes do.
    let longer = Packing.SevenZip.Step(method: [4, 1, 8]) { Packing.deflated($0, windowBits: -15) + [1, 2, 3] }
    #expect(try failures { $0.steps = [longer] } == ["7z: a stream in it: it is damaged"])
  }

  /// Bytes that nobody reads (times, attributes, filling) are not written here, so every one of them counts.
  @Test func `C10: no truncation and no flipped byte of a 7z is clean`() throws {
    for packsDirectory in [true, false] {
      let (bytes, _) = Self.archive { $0.packsDirectory = packsDirectory }
      for length in 6..<bytes.count {
        let (ways, failures) = try Self.ways(Array(bytes[..<length]))
        #expect(!ways.isEmpty || !failures.isEmpty, "\(length) bytes")
      }
      for index in 6..<bytes.count {
        for flip in [0x01, 0x80, 0xFF] as [UInt8] {
          var damaged = bytes
          damaged[index] ^= flip
          let (ways, failures) = try Self.ways(damaged)
          #expect(!ways.isEmpty || !failures.isEmpty, "byte \(index) ^ \(flip)")
        }
      }
    }
  }

  @Test func `C10: any directory that its checksum vouches for is read or told`() throws {
    var random = SeededRandom(seed: 43)
    let length = Self.directoryLength
    for round in 0..<1500 {
      let index = Int.random(in: 0..<length, using: &random)
      let value = UInt8.random(in: 0...255, using: &random)
      let second = Int.random(in: 0..<length, using: &random)
      let bytes = Self.archive {
        $0.change = {
          $0[index] = value
          if round.isMultiple(of: 2) { $0[second] = $0[second] &+ 1 }
        }
      }.bytes
      let (ways, failures) = try Self.ways(bytes)
      #expect(!ways.isEmpty || !failures.isEmpty, "\(round): \(index) \(value)")
    }
  }

  private static var directoryLength: Int {
    let bytes = archive().bytes
    return (0..<8).reduce(0) { $0 | Int(bytes[20 + $1]) << (8 * $1) }
  }
}

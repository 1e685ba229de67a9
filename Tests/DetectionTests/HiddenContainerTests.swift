import Findings
import TestSupport
import Testing

/// Containers made so that a reader goes past them.
struct HiddenContainerTests {
  private static let program = Array("#!/bin/sh\n".utf8) + [UInt8](repeating: 0x41, count: 3000)

  /// What is told of some bytes, which has to be the same however they arrive.
  private static func failures(_ bytes: [UInt8], location: SourceLocation = #_sourceLocation) throws -> [String] {
    let (found, failures) = try ContainerSamples.read(bytes)
    #expect(found.isEmpty, sourceLocation: location)
    for chunkSize in [700, 5000] {
      #expect(try ContainerSamples.read(bytes, chunkSize: chunkSize).failures == failures, sourceLocation: location)
    }
    return failures
  }

  private static func deflated(_ name: String, seed: UInt64) -> [UInt8] {
    var random = SeededRandom(seed: seed)
    return Packing.zip([Packing.ZipMember(name, ContainerSamples.text(&random))])
  }

  @Test func `C15: what turns out to be no container hides none that stands in it`() throws {
    let zip = Self.deflated("a.env", seed: 41)
    // A gzip header with a field of 60,000 bytes, and behind it what cannot be decoded, or nothing.
    let start: [UInt8] = [0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 3, 0x60, 0xEA]
    let filler = [UInt8](repeating: 0x42, count: 60_000 - zip.count)
    let place = Self.program.count + start.count
    // By its first member, and by its end.
    let told = [place, place + zip.count - 22].map {
      "a zip archive at byte \($0): what it holds compressed is not read"
    }
    #expect(try Self.failures(Self.program + start + zip + filler + [0xFF, 0xFF, 0xFF, 0xFF]) == told)
    #expect(try Self.failures(Self.program + start + zip) == told)
    // One that ends at once and gives nothing.
    #expect(try Self.failures(Self.program + start + zip + filler + [3, 0, 0, 0, 0, 0, 0, 0, 0, 0]) == told)
    // What is one hides nothing either: its contents are read.
    var random = SeededRandom(seed: 42)
    let (found, failures) = try ContainerSamples.read(Self.program + Packing.gzip(ContainerSamples.text(&random)))
    #expect(found.count == 1 && failures.isEmpty)
  }

  @Test func `C15: an archive behind a program is told by its end where no member looks like one`() throws {
    for name in ["a\u{1}.env", String(repeating: "long/", count: 300) + "a.env"] {
      let zip = Self.deflated(name, seed: 43)
      #expect(try Self.failures(Self.program + zip) == ["zip: its directory is at odds with its members"])
    }
    // The number of members told elsewhere.
    var zip = Self.deflated("a\u{1}.env", seed: 43)
    for index in 8..<12 { zip[zip.count - 22 + index] = 0xFF }
    #expect(try Self.failures(Self.program + zip) == ["zip: its directory is at odds with its members"])
    // The end of an archive without members, as programs hold it.
    #expect(try Self.failures(Self.program + Packing.zip([])) == [])
  }

  @Test func `C15: an archive with encrypted headers behind a program is told`() throws {
    for length: [UInt8] in [[0x21], [0x80, 0x01], [0x80, 0x80, 0x01]] {
      let rar = Array("Rar!".utf8) + [0x1A, 7, 1, 0, 0x11, 0x22, 0x33, 0x44] + length + [4, 0, 0, 0]
      #expect(
        try Self.failures(Self.program + rar + [UInt8](repeating: 0x99, count: 80)) == [
          "a rar archive at byte \(Self.program.count): what it holds compressed is not read"
        ])
    }
  }

  @Test func `C15: streams that take much memory, one behind other bytes within the other`() throws {
    var random = SeededRandom(seed: 46)
    let inner = Packing.xzOfGreatDictionary(ContainerSamples.text(&random))
    let (found, failures) = try ContainerSamples.read(Packing.xzOfGreatDictionary(Self.program + inner + Self.program))
    #expect(found.map(\.layers.text) == ["xz → xz@\(Self.program.count)"] && failures.isEmpty)
    // A third one would take more than an artifact may.
    let third = Packing.xzOfGreatDictionary(Self.program + Packing.xzOfGreatDictionary(Self.program + inner))
    let refused = try ContainerSamples.read(third)
    #expect(refused.found.isEmpty && refused.failures == ["xz: decoding it takes more memory than is allowed"])
    // What is damaged before anything came out of it may be no stream.
    #expect(try Self.failures(Self.program + inner.prefix(30) + Self.program) == [])
  }

  @Test func `C15: LZMA by an unusual dictionary, in a package too`() throws {
    var random = SeededRandom(seed: 44)
    let text = ContainerSamples.text(&random)
    for (bytes, way) in [(text, "lzma"), (Packing.cpio([("a", text)]), "lzma → cpio → a")] {
      var file = Packing.lzma(bytes)
      (file[1], file[2], file[3], file[4]) = (0, 0, 0xD7, 0)
      #expect(try ContainerSamples.read(file).found.map(\.layers.text) == [way])
    }
    var payload = Packing.lzma(Packing.cpio([("a", text)]))
    payload[3] = 0xD7
    #expect(try ContainerSamples.read(Packing.rpm(payload)).found.map(\.layers.text) == ["rpm → lzma → cpio → a"])
  }

  @Test func `C15: a short zlib stream that is cut off is told, whatever its header`() throws {
    var random = SeededRandom(seed: 45)
    var stream = Packing.zlib(Array("k \(ContainerSamples.token(&random))".utf8))
    // The level of the compression, and what makes both bytes a multiple of 31.
    stream[1] = 0x5E
    #expect(try ContainerSamples.read(stream).failures == [])
    #expect(try ContainerSamples.read(Array(stream.dropLast(4))).failures == ["zlib: it ends early"])
    for text in ["x^2 + y^2", "x^n", "(x^", "h^2"] { #expect(try Self.failures(Array(text.utf8)) == []) }
  }

  @Test func `C15: a container in base64 or hex is told by its first digits, whatever it is`() throws {
    var random = SeededRandom(seed: 47)
    let text = Array("key \(ContainerSamples.token(&random)) and no more of it\n".utf8)
    var fast = Packing.zlib(text)
    fast[1] = 0x5E
    let packed: [(String, [UInt8])] = [
      ("zlib", Packing.zlib(text)), ("zlib", fast), ("gzip", Packing.gzip(text)), ("bzip2", Packing.bzip2(text)),
      ("xz", Packing.xz(text)), ("lzma", Packing.lzma(text)), ("zstd", Packing.zstandard(text)),
    ]
    for (kind, bytes) in packed {
      for (layer, digits) in [("base64", Encodings.base64(bytes)), ("hex", Encodings.hex(bytes))] {
        let found = try ContainerSamples.read(Array("x = ".utf8) + digits).found
        // What a compressor left as it is, is found as it stands, too.
        #expect(found.contains { $0.layers.map(\.kind) == [layer, kind] }, "\(layer) \(kind)")
      }
    }
  }

  @Test func `C15: a tar archive whose checksum leaves no blank`() throws {
    var random = SeededRandom(seed: 46)
    var archive = Packing.tar([("a.xz", Packing.xz(ContainerSamples.text(&random)))])
    let digits = archive[148..<154]
    archive.replaceSubrange(148..<156, with: [0x30, 0x30] + digits)
    #expect(try ContainerSamples.read(archive).found.map(\.layers.text) == ["tar → a.xz → xz"])
  }

  @Test func `the end of an archive that a program holds among its constants is none`() throws {
    let end = Array("PK".utf8) + [5, 6, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF] + [UInt8](repeating: 0, count: 40)
    #expect(try Self.failures(Self.program + end + Self.program).isEmpty)
  }

  @Test func `a line of nothing but backslashes is no text in so many strings`() throws {
    let script = "as_echo='" + String(repeating: "\\", count: 95) + "'\nac_pwd=x; echo \"\\`$ac_pwd'\"\n"
    #expect(try Self.failures(Array(script.utf8)).isEmpty)
  }

  @Test func `C15: entries of a zip directory that lead elsewhere do not make up for each other`() throws {
    var archive = Packing.zip([
      Packing.ZipMember("a", Array("one".utf8)), Packing.ZipMember("b", Array("two".utf8)),
    ])
    #expect(try Self.failures(archive) == [])
    let entries = archive.indices.dropLast(3).filter { archive[$0..<($0 + 4)].elementsEqual([0x50, 0x4B, 1, 2]) }
    archive[entries[0] + 42] += 5
    archive[entries[1] + 42] -= 5
    #expect(try Self.failures(archive) == ["zip: its directory is at odds with its members"])
  }

  @Test func `C15: a container behind a few bytes within base64 or hex is opened`() throws {
    var random = SeededRandom(seed: 44)
    let text = ContainerSamples.text(&random)
    for (kind, container) in [
      ("gzip", Packing.gzip(text)), ("xz", Packing.xz(text)), ("zip", Packing.zip([Packing.ZipMember("a", text)])),
      ("7z", Packing.sevenZip([("a", text)])),
    ] {
      for length in [1, 4, 17, 120] {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: 200 + $0) } + container
        for encoded in [Encodings.base64(bytes), Encodings.base64(bytes, width: 76), Encodings.hex(bytes)] {
          let (found, failures) = try ContainerSamples.read(encoded)
          #expect(found.count == 1 && found[0].layers.text.contains("\(kind)@\(length)"), "\(kind) behind \(length)")
          #expect(failures.isEmpty)
        }
      }
    }
  }

  @Test(arguments: [0, 3])
  func `an escape that stands in a compressed stream by chance does not make a second one of it`(
    _ count: Int
  ) throws {
    // Stored as it is: header, length and its complement, the text, its sum (RFC 1950, RFC 1951).
    let shown = String(repeating: "(text) Tj ", count: count)
    let text = Array("BT \(shown)\\x41\\x42\\x43\\x44 \(String(repeating: "(text) Tj ", count: 200))".utf8)
    let sums = text.reduce((1, 0)) { sum, byte in
      let low = (sum.0 + Int(byte)) % 65521
      return (low, (sum.1 + low) % 65521)
    }
    func two(_ number: Int) -> [UInt8] { [UInt8(number & 0xFF), UInt8(number >> 8)] }
    let stream =
      [0x78, 1, 1] + two(text.count) + two(text.count ^ 0xFFFF) + text + two(sums.1).reversed() + two(sums.0).reversed()
    let file = Array("%PDF-1.4\n1 0 obj\n<<>>\nstream\n".utf8) + stream + Array("\nendstream\nendobj\n".utf8)
    #expect(try Self.failures(file).isEmpty)
  }
}

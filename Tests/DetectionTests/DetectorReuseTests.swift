@testable import Detection
import Findings
import Rules
import Testing
import TestSupport

#if canImport(Glibc)
  import Glibc
#endif

/// One detector searches artifact after artifact, in the same memory.
@Suite struct DetectorReuseTests {
  private static func engine() throws -> Engine {
    var half = try Rule("sec=(?<secret>[a-z]{10})", id: "half")
    half.required = [Rule.Requirement(id: "long")]
    return try Engine(testing: [
      Rule("(?m)^key:(?<secret>[a-f]{4,16})", id: "long"), Rule("zk_[0-9]{6}", id: "token"), half,
      Rule("evil(?:[a-z]|[a-z][a-z]){2,60}[!?]", id: "costly"), Rule("\\babc\\b", id: "edge"),
      Rule("\\Azz[0-9]\\z", id: "ends"),
    ])
  }

  private static func text(_ random: inout SeededRandom) -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0..<Int.random(in: 0...30, using: &random) {
      let run = String(repeating: "abcdef", count: Int.random(in: 1...40, using: &random))
      text +=
        random.pick(["key:", run, "\n", "\nkey:abcdef", "zk_123456", "sec=qzjwmrhvbk ", "abc", " ", "zz7", "\r\n", "é"])
        .utf8
    }
    return text
  }

  @Test(arguments: 0..<10) func `artifacts searched one after the other tell what each tells alone`(_ seed: Int) throws
  {
    var random = SeededRandom(seed: 900 + UInt64(seed))
    let engine = try Self.engine()
    for size in [1, 30, 4096] {
      let detector = Detector(engine: engine, chunkSize: size)
      for number in 0..<25 {
        let text = Self.text(&random)
        let name = "artifact-\(number)"
        let found = detector.findings(in: text, named: name, cutAt: [size])
        #expect(found == engine.findings(in: text, named: name, chunkSize: size))
        #expect(found.allSatisfy { $0.artifact == ArtifactName(name) } && detector.failures.isEmpty)
      }
    }
  }

  @Test func `an artifact that is given up leaves nothing to the next`() throws {
    let engine = try Self.engine()
    let detector = Detector(engine: engine, chunkSize: 64)
    var random = SeededRandom(seed: 31)
    for round in 0..<60 {
      // Begun, fed and not finished: as after a read error.
      detector.begin(ArtifactName("given up"))
      detector.feed(Self.text(&random) + Array("key:abcdefabcdefabcdefabc".utf8))
      if round % 3 == 0 { detector.feed(Array(("evil" + String(repeating: "a", count: 60)).utf8)) }
      let text = Self.text(&random)
      #expect(detector.findings(in: text, named: "next") == engine.findings(in: text, named: "next"))
      #expect(detector.failures.isEmpty)
    }
  }

  @Test func `X05: bytes of an artifact that was given up are wiped with the next`() throws {
    let detector = Detector(engine: try Engine(testing: [Rule("zk_[0-9]{6}")]), chunkSize: 64)
    detector.begin(ArtifactName("given up"))
    let text = Array(("zk_" + "271828 ").utf8)
    // More than the window holds, so that it is searched and found to hold secrets.
    detector.feed(Array(repeating: text, count: detector.window.capacity / text.count + 2).flatMap { $0 })
    _ = detector.findings(in: Array("nothing".utf8), named: "next")
    let capacity = detector.window.capacity
    // SAFETY: the window's storage holds its capacity, whatever of it is at hand.
    let left = unsafe Array(UnsafeRawBufferPointer(start: detector.window.bytes.baseAddress, count: capacity))
    #expect(!left.indices.contains { left[$0...].starts(with: text.prefix(9)) })
  }

  @Test func `nothing is found in nothing`() throws {
    let detector = Detector(engine: try Self.engine())
    for _ in 0..<3 {
      #expect(detector.findings(in: []).isEmpty && detector.failures.isEmpty && detector.takeDropped().isEmpty)
    }
    #expect(detector.findings(in: Array("zz7".utf8)).map(\.rule) == ["ends"])
  }

  @Test func `what was dropped is counted once, over all artifacts`() throws {
    let engine = try Engine(testing: [Rule("key=(?<secret>[a-z]{6})") { $0.allowlists = [Allowlist(patterns: ["^q"])] }]
    )
    let detector = Detector(engine: engine)
    for _ in 0..<3 { _ = detector.findings(in: Array("key=qzjwmr key=qhvbkt key=zjwmrh".utf8)) }
    #expect(detector.takeDropped() == ["allowlist": 6])
    #expect(detector.takeDropped().isEmpty)
  }

  @Test func `a source that throws ends the artifact with its error`() throws {
    struct Broken: Error, Equatable {}
    let detector = Detector(engine: try Self.engine())
    detector.begin(ArtifactName("broken"))
    #expect(throws: Broken()) { _ = try unsafe detector.read { _ throws in throw Broken() } }
    #expect(detector.findings(in: Array("zk_123456".utf8)).count == 1)
  }

  @Test(arguments: ["plain", "redacted", "tar"])
  func `findings leave while what holds them is read, so that any number of them needs little memory`(
    _ kind: String
  ) throws {
    let detector = Detector(engine: try Self.engine(), chunkSize: 1 << 12)
    detector.keepsRedactions = kind == "redacted"
    var random = SeededRandom(seed: 51)
    let lines = (0..<16).flatMap { _ in
      Array("\n zk_123456 key\n".utf8) + Array(random.value(Letters.base64 + [0x20, 0x2E], 20_000).utf8)
    }
    let bytes = kind == "tar" ? Packing.tar([("lines", lines)]) : lines
    detector.begin(ArtifactName("many"))
    detector.feed(bytes[..<(bytes.count * 3 / 4)])
    let early = detector.takeFindings().count
    #expect(early > 4, "\(early)")
    detector.feed(bytes[(bytes.count * 3 / 4)...])
    detector.finish()
    #expect(early + detector.takeFindings().count == 16)
  }

  #if os(Linux)
    /// A line of /proc/self/status (proc_pid_status(5)), in bytes.
    private static func status(_ key: String) -> Int {
      guard let file = unsafe fopen("/proc/self/status", "r") else { return 0 }
      defer { unsafe fclose(file) }
      var buffer = [UInt8](repeating: 0, count: 8192)
      // SAFETY: the file was opened just above; no more is read than the buffer holds.
      let count = unsafe fread(&buffer, 1, buffer.count, file)
      let lines = String(decoding: buffer[..<count], as: UTF8.self).split(separator: "\n")
      let words = lines.first { $0.hasPrefix(key + ":") }?.split { $0 == " " || $0 == "\t" } ?? []
      return words.count > 1 ? (Int(words[1]) ?? 0) * 1024 : 0
    }

    @Test func `memory stays where it is however long the artifact`() throws {
      let detector = Detector(engine: try Self.engine(), chunkSize: 1 << 18)
      var random = SeededRandom(seed: 50)
      let block = Array(random.value(Letters.base64, 20_000).utf8) + Array("\n zk_123456 key\n".utf8)
      detector.begin(ArtifactName("long"))
      var fed = 0
      var count = 0
      // Other tests take memory meanwhile, but not as much in each stretch as one would take that is kept.
      var growths: [Int] = []
      var last = Self.status("VmRSS")
      #expect(last > 0)
      while growths.count < 4 {
        detector.feed(block)
        fed += block.count
        count += detector.takeFindings().count
        guard fed > (growths.count + 1) * 16 << 20 else { continue }
        let now = Self.status("VmRSS")
        growths.append(now - last)
        last = now
      }
      detector.finish()
      count += detector.takeFindings().count
      #expect(count == fed / block.count)
      #expect((growths.min() ?? 0) < 8 << 20, "\(growths)")
    }
  #endif
}

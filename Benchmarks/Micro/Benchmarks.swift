import ByteText
import Detection
import Findings
import PCRE2
import Rules

/// The keyword search: the pack's anchors, and twice as many.
func searchBenchmarks(_ text: [UInt8]) throws -> [Benchmark] {
  let anchors = Set(try RulePack.default.rules.flatMap(\.shape.anchors))
  let keywords = anchors.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.map {
    Keyword($0.bytes, isExact: $0.isExact)
  }
  let padded = text + [UInt8](repeating: 0, count: KeywordAutomaton.padding)
  func search(_ name: String, _ keywords: [Keyword]) -> Benchmark {
    let automaton = KeywordAutomaton(keywords)
    var hits: [KeywordHit] = []
    return Benchmark(name: name, unit: .bytes(text.count)) {
      hits.removeAll(keepingCapacity: true)
      // SAFETY: the array holds the padding behind the bytes that are searched.
      unsafe padded.withUnsafeBytes { bytes in
        let subject = unsafe UnsafeRawBufferPointer(rebasing: bytes[..<text.count])
        unsafe automaton.search(subject, starts: 0..<text.count, into: &hits)
      }
      return hits.count
    }
  }
  let more = keywords + Generated.keywords(count: keywords.count)
  return [
    search("keywords: \(keywords.count)", keywords), search("keywords: \(more.count)", more),
    Benchmark(name: "keywords: build \(keywords.count)", unit: .calls(1)) {
      _ = KeywordAutomaton(keywords)
      return keywords.count
    },
  ]
}

/// The confirmation of a candidate by PCRE2.
func matchBenchmarks() throws -> [Benchmark] {
  let pattern = try Pattern("(?<secret>zq_[0-9A-Za-z]{36})(?![0-9A-Za-z])", options: .anchored)
  pattern.optimize()
  let scratch = MatchScratch()
  func confirm(_ name: String, _ subject: String) -> Benchmark {
    let bytes = Array(subject.utf8)
    return Benchmark(name: "confirm: " + name, unit: .calls(1000)) {
      var matches = 0
      for _ in 0..<1000 {
        // SAFETY: the buffer is used within the call only.
        let outcome = unsafe bytes.withUnsafeBufferPointer { buffer in
          unsafe scratch.search(pattern, in: buffer, from: 0, edges: [])
        }
        matches += outcome == .matched ? 1 : 0
      }
      return matches
    }
  }
  return [
    confirm("match", "zq_" + String(repeating: "aB3d", count: 9) + " and more"),
    confirm("fails at once", "zq_ is no token, just text that goes on and on"),
    confirm("fails at the end", "zq_" + String(repeating: "aB3d", count: 9) + "x and more"),
  ]
}

/// A detector from first to last byte, as a worker uses it.
func detectorBenchmarks(_ text: [UInt8]) throws -> [Benchmark] {
  let pack = try RulePack.default
  func detect(_ name: String, _ pack: RulePack, _ text: [UInt8]) throws -> Benchmark {
    let detector = Detector(engine: try Engine(pack: pack, options: EngineOptions()))
    return Benchmark(name: "detector: " + name, unit: .bytes(text.count)) {
      detector.begin(ArtifactName("input"))
      detector.feed(text)
      detector.finish()
      return detector.takeFindings().count
    }
  }
  let line = "a line with github_pat_ and AKI" + "A and xoxb- and nothing behind\n"
  let near = Array(String(repeating: line, count: 20_000).utf8)
  return try [
    detect("\(pack.rules.count) rules", pack, text),
    detect("\(pack.rules.count * 2) rules", try Generated.doubled(pack), text),
    detect("candidates everywhere", pack, near),
    Benchmark(name: "detector: engine of \(pack.rules.count) rules", unit: .calls(1)) {
      (try? Engine(pack: pack, options: EngineOptions())) == nil ? 0 : 1
    },
  ]
}

/// What is done once per finding.
func smallBenchmarks(_ text: [UInt8]) throws -> [Benchmark] {
  let value = Array(text.prefix(40))
  return [
    Benchmark(name: "fingerprint", unit: .calls(1000)) {
      (0..<1000).reduce(0) { sum, _ in sum &+ Fingerprint(of: value, key: .fixed).hashValue }
    },
    Benchmark(name: "lines", unit: .bytes(text.count)) {
      var cursor = LineCursor()
      // SAFETY: the buffer is used within the call only.
      unsafe text.withUnsafeBytes { bytes in
        unsafe cursor.move(to: text.count, in: bytes, at: 0, earliest: LineCursor())
      }
      return cursor.line
    },
  ]
}

import Detection
import Findings
import Rules
import Testing
import TestSupport

/// The laws of the engine, on corpus input.
@Suite struct CorpusLawTests {
  @Test(arguments: Corpus.folders) func `findings equal those of the naive oracle`(_ folder: String) throws {
    // What drops or doubts a match is not the prefilter's business, and the oracle does not know it.
    let rules = try RulePack.default.rules.map { rule in
      Rule(
        id: rule.id, pattern: rule.pattern, secretGroup: rule.secretGroup, shape: rule.shape,
        confidence: rule.confidence
      )
    }
    let engine = try Engine(pack: RulePack(testing: rules), options: EngineOptions(policy: .artifact))
    let oracle = try NaiveOracle(rules)
    let detector = Detector(engine: engine, chunkSize: 1 << 16)
    for artifact in try Corpus.artifacts() where artifact.folder == folder {
      let text = artifact.text(seed: 4)
      let found = detector.findings(in: text.bytes).map(NaiveOracle.Sighting.init)
      #expect(found == oracle.sightings(in: text.bytes), "\(artifact.file)")
    }
  }

  @Test(arguments: [37, 509, 4096]) func `findings do not depend on the chunk size`(_ size: Int) throws {
    let engine = try Engine(pack: RulePack.default, options: EngineOptions(policy: .code))
    // One after the other, since one alone would fit into the window of a single chunk.
    var all: [UInt8] = []
    for artifact in try Corpus.artifacts() { all += artifact.text(seed: 5).bytes + Array("\n\n".utf8) }
    let whole = Detector(engine: engine, chunkSize: all.count).findings(in: all)
    #expect(whole.count > 100)
    #expect(Detector(engine: engine, chunkSize: size).findings(in: all, cutAt: [size * 3, 1, size]) == whole)
  }

  @Test(arguments: [60, 700, 9000]) func `findings do not depend on who looks for keywords, nor on when`(
    _ pieceLength: Int
  ) throws {
    let engine = try Engine(pack: RulePack.default, options: EngineOptions(policy: .artifact))
    var all: [UInt8] = []
    for artifact in try Corpus.artifacts() { all += artifact.text(seed: 8).bytes + Array("\n\n".utf8) }
    let alone = Detector(engine: engine, chunkSize: 1 << 16)
    let whole = alone.findings(in: all)
    #expect(whole.count > 100)
    var random = SeededRandom(seed: UInt64(pieceLength))
    for isFirst in [true, false] {
      let assisted = Detector(engine: engine, chunkSize: pieceLength * random.pick([1, 2, 5]))
      var pieces = 0
      assisted.assistant = Assistant(pieceLength: pieceLength) { other, own in
        pieces += 1
        if isFirst { other() }
        own()
        if !isFirst { other() }
      }
      let lengths = (0..<999).map { _ in Int.random(in: 1...(pieceLength * 2), using: &random) }
      #expect(assisted.findings(in: all, cutAt: lengths) == whole)
      #expect(assisted.failures == alone.failures)
      #expect(pieces > 3)
    }
  }

  @Test func `no finding tells five bytes of any secret beyond the first four`() throws {
    let engine = try Engine(pack: RulePack.default, options: EngineOptions(policy: .code))
    let detector = Detector(engine: engine, chunkSize: 1 << 16)
    for artifact in try Corpus.artifacts() where !artifact.secrets.isEmpty {
      let text = artifact.text(seed: 6)
      let pieces = Self.pieces(ofSecretsIn: text, unlike: artifact.text(seed: 7))
      for finding in detector.findings(in: text.bytes, named: artifact.path) {
        let fields: [[UInt8]] =
          [
            finding.excerpt.before, finding.excerpt.after, Array(finding.redacted.utf8), Array(finding.summary.utf8),
            Array(finding.rule.utf8), Array(finding.layers.text.utf8), finding.artifact.bytes, finding.revealed ?? [],
          ] + finding.facts.map { Array($0.utf8) }
        for field in fields where field.count >= 5 {
          let leaks = (0...(field.count - 5)).contains { pieces.contains(Array(field[$0..<($0 + 5)])) }
          #expect(!leaks, "\(artifact.file): line \(finding.location.line): \(finding.rule)")
        }
      }
    }
  }

  /// All runs of five bytes of the secrets, but for those that are the same whatever the seed: these are part of the
  /// format, not of the value.
  private static func pieces(ofSecretsIn text: MarkedText, unlike other: MarkedText) -> Set<[UInt8]> {
    var pieces: Set<[UInt8]> = []
    for (name, mark) in text.marks {
      guard let same = other.marks[name], mark.count >= 9 else { continue }
      for start in (mark.lowerBound + 4)...(mark.upperBound - 5) {
        let piece = Array(text.bytes[start..<(start + 5)])
        let place = start - mark.lowerBound + same.lowerBound
        let isFixed = place + 5 <= other.bytes.count && Array(other.bytes[place..<(place + 5)]) == piece
        if !isFixed { pieces.insert(piece) }
      }
    }
    return pieces
  }
}

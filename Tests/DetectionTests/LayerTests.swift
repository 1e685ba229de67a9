@testable import Detection
import Findings
import Rules
import Testing
import TestSupport

/// What is encoded is found, and told by where its encoded form stands.
@Suite struct LayerTests {
  private static func engine(depth: Int = EngineOptions.usualDepth) throws -> Engine {
    let rules = try [
      Rule("zk_[0-9A-Za-z]{24}", id: "token"),
      Rule("(?i)passphrase\"?\\s{0,4}[:=]\\s{0,4}\"(?<secret>[^\"\n]{6,40})\"", id: "pass"),
      Rule("qk/[0-9a-z]{10}/[0-9a-z=]{10}", id: "slashes"),
      Rule("-----BEGIN KEY-----\n[0-9A-Za-z\n]{40,400}\n-----END KEY-----", id: "pem"),
    ]
    return try Engine(pack: RulePack(testing: rules), options: EngineOptions(policy: .artifact, depth: depth))
  }

  private static func token(_ random: inout SeededRandom) -> String { "zk_" + random.value(Letters.alphanumeric, 24) }

  /// A text with a token in it, and what stands around its encoded form.
  private static func sample(_ random: inout SeededRandom) -> (before: String, text: String, after: String) {
    let before = random.pick(["", "data: ", "{\"a\": \"", "line\nvalue=", "  <a b='"])
    let text = random.pick(["", "user name, ", "x\n"]) + token(&random) + random.pick(["", "\n", " and so on"])
    return (before, text, random.pick(["", "\"}", "\nnext line", "'>"]))
  }

  private static func expect(
    _ encoded: [UInt8], in sample: (before: String, text: String, after: String), layers: [String],
    engine: Engine, _ what: Comment, location: SourceLocation = #_sourceLocation
  ) {
    let bytes = Array(sample.before.utf8) + encoded + Array(sample.after.utf8)
    let detector = Detector(engine: engine)
    let found = detector.findings(in: bytes)
    #expect(found.map(\.rule) == ["token"], what, sourceLocation: location)
    #expect(detector.failures.isEmpty, what, sourceLocation: location)
    guard let finding = found.first else { return }
    #expect(finding.layers.map(\.kind) == layers, what, sourceLocation: location)
    let range = sample.before.utf8.count..<sample.before.utf8.count + encoded.count
    #expect(
      range.contains(finding.location.start) && finding.location.end <= range.upperBound, what, sourceLocation: location
    )
    // The line of the offset, counted the plain way.
    let line = bytes[..<finding.location.start].filter { $0 == 0x0A }.count + 1
    #expect(finding.location.line == line, what, sourceLocation: location)
    let start = bytes[..<finding.location.start].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    #expect(finding.location.column == finding.location.start - start + 1, what, sourceLocation: location)
  }

  @Test(arguments: 0..<25) func `C06: base64 of every kind`(_ seed: Int) throws {
    var random = SeededRandom(seed: 600 + UInt64(seed))
    let engine = try Self.engine()
    for url in [false, true] {
      for padded in [false, true] {
        let sample = Self.sample(&random)
        let bytes = Array(sample.text.utf8)
        Self.expect(
          Encodings.base64(bytes, url: url, padded: padded), in: sample, layers: ["base64"], engine: engine,
          "url \(url)")
      }
    }
    for (width, end) in [(64, "\n"), (76, "\r\n"), (64, "\\n"), (76, "\n    "), (70, "\n"), (33, "\n")] {
      var sample = Self.sample(&random)
      sample.text = random.value(Letters.lower, 90) + " " + sample.text + " " + random.value(Letters.lower, 70)
      let encoded = Encodings.base64(Array(sample.text.utf8), width: width, end: end)
      Self.expect(encoded, in: sample, layers: ["base64"], engine: engine, "width \(width)")
    }
  }

  @Test func `C06: digits before a run hide nothing, and binary data around a token neither`() throws {
    var random = SeededRandom(seed: 61)
    let engine = try Self.engine()
    for length in 0...9 {
      let prefix = random.value(Letters.alphanumeric, length)
      let encoded = Encodings.base64(Array("the text: \(Self.token(&random))!".utf8))
      let found = engine.findings(in: Array(prefix.utf8) + encoded)
      #expect(found.map(\.rule) == ["token"], "prefix of \(length)")
    }
    for size in [0, 1, 2, 50, 20_000, 60_000] {
      let noise = (0..<size).map { _ in UInt8.random(in: 0x80...0xFF, using: &random) }
      let encoded = Encodings.base64(noise + Array(Self.token(&random).utf8) + noise, width: 76)
      #expect(engine.findings(in: encoded).map(\.rule) == ["token"], "\(size) bytes around")
    }
  }

  @Test func `C06: layers in layers are found to the depth allowed, and deeper ones told`() throws {
    var random = SeededRandom(seed: 62)
    var text = Array("text \(Self.token(&random)) text".utf8)
    for depth in 1...7 {
      text = Encodings.base64(text)
      let detector = Detector(engine: try Self.engine())
      let found = detector.findings(in: text)
      #expect(found.count == (depth <= 5 ? 1 : 0))
      #expect(detector.failures.isEmpty == (depth <= 5))
      if depth <= 5 {
        #expect(found.first?.layers.count == depth)
        #expect(found.first?.inner?.start == 5)
      }
    }
  }

  @Test(arguments: 0..<15) func `C07: hex, percent, backslashes, entities, quoted-printable`(_ seed: Int) throws {
    var random = SeededRandom(seed: 700 + UInt64(seed))
    let engine = try Self.engine()
    func expect(_ layers: [String], _ encode: ([UInt8]) -> [UInt8]) {
      let sample = Self.sample(&random)
      Self.expect(encode(Array(sample.text.utf8)), in: sample, layers: layers, engine: engine, "\(layers)")
    }
    expect(["hex"]) { Encodings.hex($0) }
    expect(["hex"]) { Encodings.hex($0, upper: true) }
    expect(["percent"]) { Encodings.hex($0, prefix: "%") }
    expect(["percent", "percent"]) { Encodings.hex(Encodings.hex($0, prefix: "%"), prefix: "%") }
    expect(["percent", "percent"]) { Encodings.hex($0, prefix: "%25") }
    expect(["escapes"]) { Encodings.hex($0, prefix: "\\x") }
    expect(["escapes"]) { Encodings.octal($0) }
    expect(["escapes"]) { Encodings.unicode($0) }
    expect(["escapes"]) { Encodings.unicode($0, braces: true) }
    expect(["html"]) { Encodings.entities($0, hex: true) }
    expect(["html"]) { Encodings.entities($0, hex: false) }
    expect(["quoted-printable"]) {
      Encodings.quotedPrintable(Array(("\u{e9}t\u{e9} " + String(decoding: $0, as: UTF8.self)).utf8), width: 12)
    }
    expect(["quoted-printable"]) { Encodings.hex($0, prefix: "=", upper: true) }
  }

  @Test func `C08: JSON in JSON in JSON lines, escaped slashes and an escaped PEM block`() throws {
    var random = SeededRandom(seed: 80)
    let engine = try Self.engine()
    let password = random.value(Letters.alphanumeric, 9)
    var text = Array("{\"passphrase\": \"\(password)\"}".utf8)
    for depth in 0...3 {
      let line = Array("{\"n\": 1, \"message\": ".utf8) + text + Array("}\n".utf8)
      let found = engine.findings(in: Array("{\"n\": 0}\n".utf8) + line)
      #expect(found.map(\.rule) == ["pass"], "\(depth) strings around")
      #expect(found.first?.layers.count == depth && found.first?.location.line == 2)
      text = Encodings.json(text)
    }
    let path = "qk/" + random.value(Letters.lower, 10) + "/" + random.value(Letters.lower, 10)
    #expect(engine.findings(in: Encodings.json(Array(path.utf8))).map(\.rule) == ["slashes"])
    let body = (0..<5).map { _ in random.value(Letters.alphanumeric, 64) }.joined(separator: "\n")
    let block = "-----BEGIN KEY-----\n" + body + "\n-----END KEY-----\n"
    let log = Array("12:00 info {\"key\":".utf8) + Encodings.json(Array(block.utf8)) + Array("}\n".utf8)
    let found = engine.findings(in: log)
    #expect(found.map(\.rule) == ["pem"])
    #expect(found.first?.location.start == 19 && found.first?.location.end == log.count - 5)
  }

  @Test func `C03: wide characters beside escapes lie no deeper than without them`() throws {
    // Tables of escapes, in UTF-16 and in UTF-32, as every reader of JSON holds them: each reads as the other's escapes.
    let table = #"\\\"\b\f\n\r\t\u00\"#
    let bytes =
      Encodings.utf16(table, isBigEndian: false)
      + Array(table.unicodeScalars).flatMap { [UInt8($0.value), 0, 0, 0] as [UInt8] }
    for before in [[], [0x41], [UInt8](repeating: 0, count: 40)] as [[UInt8]] {
      let detector = Detector(engine: try Self.engine())
      _ = detector.findings(in: before + bytes + bytes)
      #expect(detector.failures.isEmpty, "\(detector.failures)")
    }
  }

  @Test(arguments: 0..<10) func `C03: wide characters in either order, marked or not, at any offset`(_ seed: Int) throws
  {
    var random = SeededRandom(seed: 300 + UInt64(seed))
    let engine = try Self.engine()
    for isBigEndian in [false, true] {
      for hasMark in [false, true] {
        for tail in [[], [0x41]] as [[UInt8]] {
          let text = random.pick(["", "h\u{e9}llo w\u{f6}rld \u{1F511}\n"]) + Self.token(&random) + "\n"
          for (name, bytes) in [
            ("utf-16", Encodings.utf16(text, isBigEndian: isBigEndian, hasMark: hasMark)),
            ("utf-32", Encodings.utf32(text, isBigEndian: isBigEndian, hasMark: hasMark)),
          ] {
            let found = engine.findings(in: bytes + tail)
            #expect(found.map(\.rule) == ["token"], "\(name), big endian \(isBigEndian)")
            #expect(found.first?.layers.first?.kind == name + (isBigEndian ? "be" : "le"))
            guard let finding = found.first else { continue }
            let width = name == "utf-16" ? 2 : 4
            #expect(finding.location.end - finding.location.start == 27 * width)
            #expect(finding.location.end == bytes.count - width)
            // Parts of a log that is not wide itself.
            let before = Array(random.value(Letters.lower, Int.random(in: 1...40, using: &random)).utf8) + [0x0A]
            let mixed = engine.findings(in: before + bytes + Array("more text\n".utf8))
            #expect(mixed.map(\.rule) == ["token"], "\(name) in a log, big endian \(isBigEndian)")
          }
        }
      }
    }
  }

  @Test func `C03: of two texts in wide characters the second is read wherever it starts`() throws {
    var random = SeededRandom(seed: 310)
    let engine = try Self.engine()
    let ways: [(String) -> [UInt8]] = [
      { Encodings.utf16($0, isBigEndian: false) }, { Encodings.utf16($0, isBigEndian: true) },
      { Encodings.utf32($0, isBigEndian: false) }, { Encodings.utf32($0, isBigEndian: true) },
    ]
    for (first, second) in ways.flatMap({ way in ways.map { (way, $0) } }) {
      // Line ends of one byte, as where programs of two minds write to one log.
      for between in ["", "\n", "\r\n", "\n\n\n", "\u{0}", "12:00 "] {
        let length = Int.random(in: 0...80, using: &random)
        let line = random.value(Letters.lower, length) + "\u{e9} " + Self.token(&random) + " and more\n"
        let text = first("the first line of a log\n") + Array(between.utf8) + second(line)
        #expect(engine.layeredFindings(in: text, sameCutAt: [1, 13, 64]) == 1, "\(between.utf8.count), \(length)")
      }
    }
  }

  @Test func `what the artifact itself tells is not told again`() throws {
    var random = SeededRandom(seed: 90)
    let engine = try Self.engine()
    let token = Self.token(&random)
    for text in [
      "a%20b \(token) c%20d", "\\u0041 \(token) \\x41", "&#65; \(token)", "=3D=3D \(token)", "say \\\"\(token)\\\"",
    ] {
      let found = engine.findings(in: text)
      #expect(found.map(\.layers) == [[]], "\(text.utf8.count) bytes")
    }
  }

  @Test(arguments: 0..<12) func `C12: layers do not depend on how the bytes arrive`(_ seed: Int) throws {
    var random = SeededRandom(seed: 1200 + UInt64(seed))
    let engine = try Self.engine()
    var text: [UInt8] = []
    for _ in 0..<14 {
      text += Array(random.value(Letters.printable + [0x0A, 0x20, 0x20], Int.random(in: 0...900, using: &random)).utf8)
      let plain = Array(
        (random.value(Letters.lower, Int.random(in: 0...60, using: &random)) + " " + Self.token(&random)).utf8)
      text += random.pick([
        Encodings.base64(plain), Encodings.base64(plain, width: 40), Encodings.hex(plain),
        Encodings.hex(plain, prefix: "%"),
        Encodings.unicode(plain), Encodings.octal(plain), Encodings.entities(plain, hex: true),
        Encodings.hex(Encodings.base64(plain), prefix: "\\x"), Encodings.quotedPrintable(plain, width: 16),
        Encodings.utf16(String(decoding: plain, as: UTF8.self), isBigEndian: false),
        Encodings.json(Encodings.json(plain)),
      ])
    }
    #expect(engine.layeredFindings(in: text, sameCutAt: [1, 7, 64, 333, 2048]) >= 14)
  }

  @Test func `a layer of many chunks is searched to its end, in bounded memory`() throws {
    var random = SeededRandom(seed: 5)
    let engine = try Self.engine()
    var plain: [UInt8] = []
    var tokens = 0
    while plain.count < 1_000_000 {
      plain += Array(random.value(Letters.lower + [0x20, 0x0A], 20_000).utf8) + Array(" \(Self.token(&random)) ".utf8)
      tokens += 1
    }
    #expect(engine.findings(in: Encodings.base64(plain, width: 76)).count == tokens)
    #expect(engine.findings(in: Encodings.json(plain)).count == tokens)
  }
}

@testable import Detection
import Findings
import Rules
import Testing
import TestSupport

/// What ordinary files write beside names of secrets that is none, and what stands close to it and is one.
@Suite struct KeyOrdinaryTests {
  private static let engines = Result {
    try [Policy.code, .artifact].map { try Engine(pack: RulePack.default, options: EngineOptions(policy: $0)) }
  }

  private func counts(_ text: String, named name: String) throws -> [Int] {
    try Self.engines.get().map { $0.findings(in: text, named: name).count }
  }

  @Test(arguments: [
    "configs/messages.properties", "configs/postgresql.conf", "configs/translations.json", "configs/values.yaml",
    "documents/usage.txt", "logs/terraform-plan.log", "logs/workflow.log",
    "configs/vocab.json", "logs/kubectl.log", "traces/code.jsonl",
  ])
  func `ordinary files are clean where they are records too`(_ file: String) throws {
    let text = try RepositoryFiles.bytes("corpus/clean/\(file).template")
    let engine = try Self.engines.get()[1]
    // The templates of these files hold no piece but hashes.
    let plain = String(decoding: text, as: UTF8.self).split(separator: "\n").filter { !$0.contains("{{") }
    for finding in engine.findings(in: plain.joined(separator: "\n"), named: file) {
      Issue.record("\(file):\(finding.location.line): \(finding.rule)")
    }
  }

  @Test func `a password beside words is found`() throws {
    let words = [["Sommer", "2024!"], ["pass", "wort"], ["Neues", "Pa55wort"], ["Hq7x", "Tz2mWp4k"]].map { $0.joined() }
    for word in words {
      #expect(try counts("{\"newPassword\": \"\(word)\"}\n", named: "trace.jsonl")[1] == 1, "\(word)")
    }
    for text in ["password: \(words[0]) neues Passwort\n", "tool --password  \(words[3]) and more\n"] {
      #expect(try counts(text, named: "run.log") == [1, 1], "\(text)")
    }
  }

  @Test func `words that name a secret are a label where people read, and may be a password in a record`() throws {
    for words in ["my secret password", "Neues geheimes Passwort", "密码很长很长很长"] {
      let text = "{\"password\": \"\(words)\"}\n"
      #expect(try counts(text, named: "trace.jsonl")[1] == 1, "\(words)")
      #expect(try counts(text, named: "web/locales/en.json") == [0, 0], "\(words)")
    }
  }

  @Test func `escapes by number are read before a value is weighed`() throws {
    #expect(ValueShape.unescaped(Array("Potvr\\u010fte".utf8)) == Array("Potvrďte".utf8))
    #expect(ValueShape.unescaped(Array("\\uD83D\\ude00".utf8)) == Array("😀".utf8))
    #expect(ValueShape.unescaped(Array("\\u12".utf8)) == Array("\\u12".utf8))
    let escaped = "Hq7xTz2m" + "Wp4k9Lc3"
    let letters = escaped.utf8.map { "\\u00" + String($0, radix: 16) }.joined()
    #expect(try counts("{\"client_secret\": \"\(letters)\"}\n", named: "a.json") == [1, 1])
  }

  @Test func `a name made by chance in compressed bytes leads to no value`() throws {
    let noise: [UInt8] = [0x8F, 0x02, 0xE1, 0x07, 0x96, 0x78]
    let value: [UInt8] = [0xF7, 0xC6, 0xBF, 0x70, 0x73, 0xB2, 0xB0, 0xC8, 0x97, 0x5E, 0xBC, 0xFA, 0xE6, 0xED]
    let engine = try Self.engines.get()[0]
    let compressed = noise + Array("Pw=".utf8) + value + [0x15, 0x1A, 0x4E]
    #expect(engine.findings(in: compressed, named: "a.gz").isEmpty)
    // Without control characters around it is text in another encoding.
    let text = Array("pw=M".utf8) + [0xFC] + Array("nchen7Xq!vt\n".utf8)
    #expect(engine.findings(in: text, named: "a.ini").count == 1)
  }

  @Test func `a key of a cache ends in a hash, and a key with a beginning of its own is found`() throws {
    var random = SeededRandom(seed: 47)
    let hash = random.value(Array("0123456789abcdef".utf8), 64)
    #expect(try counts("    key: Linux-pip-\(hash)\n", named: "a.log") == [0, 0])
    #expect(try counts("    api_key: sk-or-v9-\(hash)\n", named: "a.log") == [1, 1])
  }

  @Test func `a number between others is a password all the same`() throws {
    for text in ["{\"uid\": 48210, \"pin\": 48211}\n", "{\"user\": 48210, \"password\": 73915, \"port\": 48212}\n"] {
      #expect(try counts(text, named: "trace.jsonl")[1] == 1, "\(text)")
    }
  }

  @Test func `what an element holds is found where a tag closes it`() throws {
    let word = ["Hq7x", "Tz2mWp4k"].joined()
    #expect(try counts("<password>\"\(word)\"</password>\n", named: "a.xml") == [1, 1])
    #expect(try counts("curl -H 'X-Key: <password>' -u x\n", named: "a.log") == [0, 0])
  }

  @Test func `a sealed secret is encrypted, and base64 of less is not`() throws {
    var random = SeededRandom(seed: 48)
    let body = random.value(Letters.alphanumeric, 720)
    #expect(try counts("    password: AgB\(body)\n", named: "a.yaml") == [0, 0])
    #expect(try counts("    password: AgB\(body.prefix(60))\n", named: "a.yaml") == [1, 1])
  }

  @Test func `a date with a time is no password, and a number behind one may be`() throws {
    #expect(try counts("{\"PasswordLastSeen\": \"2016-09-08T21:47:36Z\"}\n", named: "a.json") == [0, 0])
    let word = ["1990-05-17", "x"].joined()
    #expect(try counts("{\"password\": \"\(word)\"}\n", named: "a.json")[1] == 1)
  }
}

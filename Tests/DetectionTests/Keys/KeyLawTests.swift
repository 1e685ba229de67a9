import ByteText
@testable import Detection
import Findings
import Rules
import Testing
import TestSupport

/// The laws of the engine hold for what keys lead to.
@Suite struct KeyLawTests {
  private static let pieces = [
    "password", "\"", "'", "\\\"", ": ", "=", " => ", " ", "\n", "&quot;", "(", ")", "[", "{", "},", "<", ">", "value",
    "name: ", "://", "user:", "@host", "| ", "api_key", "client_secret=", "token", "==", ", ", "secret", "auth",
    "https", "max_tokens", "token_type: ", "keyword", "author=", "\n| api key ", "\n| Password |\n|---|\n| ",
  ]

  /// What leads to several values at once.
  private static let lists = [
    "secrets: {x: ", "passwords:\n  x: ", ", y: ", "\n  y: ", "\nkind: Secret\nstringData:\n  x: ", "\n[secrets]\nx = ",
    "'), ('",
    "INSERT INTO t (password) VALUES ('", "create secret generic x --from-literal=x=", " --from-literal=y=", "}", "'",
  ]

  private static func text(_ random: inout SeededRandom, _ count: Int, withLists: Bool = false) -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0..<count {
      if random.oneIn(3) {
        text +=
          random.value(
            Letters.alphanumeric, !withLists && random.oneIn(9) ? 1500 : Int.random(in: 4...40, using: &random)
          ).utf8
      } else {
        text += random.pick(withLists && random.oneIn(2) ? lists : pieces).utf8
      }
    }
    return text
  }

  @Test(arguments: 0..<10) func `findings of keys do not depend on how the bytes arrive`(_ seed: Int) throws {
    var random = SeededRandom(seed: 40 + UInt64(seed))
    let engine = try Engine(pack: KeyRules.pack, options: EngineOptions(policy: .code))
    let text = Self.text(&random, 300, withLists: seed >= 6)
    let whole = Detector(engine: engine).findings(in: text)
    #expect(!whole.isEmpty)
    for size in [1, 7, 64, 511, 4096] {
      let found = Detector(engine: engine, chunkSize: size).findings(in: text, cutAt: [size])
      #expect(found.map(NaiveOracle.Sighting.init) == whole.map(NaiveOracle.Sighting.init), "chunk size \(size)")
      for (one, other) in zip(found, whole) {
        #expect(one.facts == other.facts && one.location == other.location && one.fingerprint == other.fingerprint)
        #expect(one.excerpt == other.excerpt, "chunk size \(size): \(one.location)")
      }
    }
  }

  @Test(arguments: [1, 511, 2000])
  func `a value that runs on in a list and in a pair within it is told in its place`(_ size: Int) throws {
    var random = SeededRandom(seed: 39)
    let engine = try Engine(pack: KeyRules.pack, options: EngineOptions(policy: .code))
    func value(_ length: Int) -> String { random.value(Letters.alphanumeric, length) }
    // More than is read where the list's name stands.
    let members = (0..<200).map { "  x\($0): \(value(8))\n" }.joined()
    for behind in ["\"token=\(value(9))", "password=\(value(3000))\""] {
      let text = "passwords:\n\(members)  x: password=\(value(9000))\(behind)\nsecret = '\(value(9))'\n"
      let whole = engine.findings(in: text)
      #expect(whole.contains { $0.range.count > 9000 })
      #expect(engine.findings(in: text, chunkSize: size) == whole, "\(behind.prefix(9))")
    }
  }

  /// Without the automaton: at every byte every key word is compared.
  @Test(arguments: 0..<10) func `findings of keys equal those of looking for key words at every byte`(
    _ seed: Int
  ) throws {
    var random = SeededRandom(seed: 80 + UInt64(seed))
    let engine = try Engine(pack: KeyRules.pack, options: EngineOptions(policy: .code))
    let text = Self.text(&random, 120, withLists: seed >= 6)
    let found = Detector(engine: engine).findings(in: text).map(\.range)
    let expected = NaiveKeys.secrets(in: text)
    #expect(Set(found).isSubset(of: expected))
    // What a longer one covers is not told.
    for secret in expected where !found.contains(secret) {
      #expect(
        found.contains { $0.lowerBound <= secret.lowerBound && secret.upperBound <= $0.upperBound },
        "\(secret): \(String(decoding: text[max(0, secret.lowerBound - 120)..<secret.lowerBound], as: UTF8.self))")
    }
  }
}

/// The values of keys, by comparing every key word with the bytes at every place.
private enum NaiveKeys {
  static func secrets(in bytes: [UInt8]) -> Set<Range<Int>> {
    var secrets: Set<Range<Int>> = []
    var next = 0
    for place in bytes.indices {
      for (index, keyword) in KeyWords.all.enumerated() where place >= next {
        let end = place + keyword.bytes.count
        guard end <= bytes.count, bytes[place..<end].map(\.lowercased).elementsEqual(keyword.bytes) else { continue }
        next = max(next, judge(index, at: place, in: bytes, &secrets))
      }
    }
    return secrets
  }

  private static func judge(_ index: Int, at place: Int, in bytes: [UInt8], _ secrets: inout Set<Range<Int>>) -> Int {
    // SAFETY: the bytes do not move during the call.
    unsafe bytes.withUnsafeBytes { buffer in
      let view = unsafe ByteView(buffer)
      var names = KeyNames()
      var pairs: [(pair: KeyValue, name: KeyName)] = []
      var next = place
      if index == KeyWords.indexOfURLMark {
        pairs = URLCredentials.pair(in: view, at: place).map { [($0, KeyName(role: .url))] } ?? []
      } else {
        // Every name is followed, harmless or not.
        let lexer = KeyLexer(view)
        let name = lexer.name(around: place..<(place + KeyWords.all[index].bytes.count))
        let members = KeySearch.members(of: name, in: view, &names, isEnd: true).pairs
        let own = lexer.reading(of: name, isEnd: true).pairs.map { (pair: $0, name: lexer.judgedName($0.key, &names)) }
        let isObject = own.allSatisfy { !$0.pair.isQuoted && view[$0.pair.value.lowerBound] == UInt8(ascii: "{") }
        pairs = isObject && !members.isEmpty ? members : own
        next = name.upperBound
      }
      for (pair, name) in pairs {
        guard name.role != nil else { continue }
        let context = ValueContext(pair, name: name, in: view, of: .other)
        guard case .secret = ValueJudge(policy: .code).opinion(context) else { continue }
        var end = pair.value.upperBound
        if pair.isCut {
          while end < bytes.count, bytes[end] > 0x20, ![0x22, 0x27, 0x3C, 0x3E, 0x60, 0x7F].contains(bytes[end]) {
            end += 1
          }
          next = max(next, end)
        }
        secrets.insert(pair.value.lowerBound..<end)
      }
      return next
    }
  }
}

@testable import Detection
import Findings
import Rules
import TestSupport

extension Engine {
  /// An engine of rules made for a test.
  convenience init(
    testing rules: [Rule], allowlists: [Allowlist] = [], policy: Policy = .artifact, key: FingerprintKey = .fixed,
    reveals: Bool = false
  ) throws {
    let options = EngineOptions(policy: policy, key: key, reveals: reveals)
    try self.init(pack: RulePack(testing: rules, allowlists: allowlists), options: options)
  }

  /// The findings in a text, by a detector of its own.
  func findings(in text: String, named name: String = "test", chunkSize: Int = 1 << 20) -> [Finding] {
    findings(in: Array(text.utf8), named: name, chunkSize: chunkSize)
  }

  func findings(in bytes: [UInt8], named name: String = "test", chunkSize: Int = 1 << 20) -> [Finding] {
    Detector(engine: self, chunkSize: chunkSize).findings(in: bytes, named: name, cutAt: [chunkSize])
  }

  /// What is dropped in a text, by reason.
  func dropped(in text: String, named name: String = "test") -> [String: Int] {
    let detector = Detector(engine: self)
    _ = detector.findings(in: Array(text.utf8), named: name)
    return detector.takeDropped()
  }
}

extension Rule {
  /// A rule of a pattern with some of its properties changed.
  init(_ pattern: String, id: String = "test", _ change: (inout Rule) -> Void = { _ in }) throws {
    self = try Rule(testing: pattern, id: id)
    change(&self)
  }
}

extension Finding {
  /// Where the secret stands.
  var range: Range<Int> { location.start..<location.end }
}

/// The bytes of letters by which random values are made.
enum Letters {
  static let digits = Array("0123456789".utf8)
  static let hex = Array("0123456789abcdef".utf8)
  static let upperHex = Array("0123456789ABCDEF".utf8)
  static let lower = Array("abcdefghijklmnopqrstuvwxyz".utf8)
  static let upper = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
  static let alphanumeric = digits + lower + upper
  static let base32 = upper + Array("234567".utf8)
  static let base64 = alphanumeric + Array("+/".utf8)
  static let base64url = alphanumeric + Array("-_".utf8)
  static let printable = Array(0x21...0x7E) as [UInt8]
}

extension SeededRandom {
  /// A random value over an alphabet.
  mutating func value(_ alphabet: [UInt8], _ length: Int) -> String {
    String(decoding: (0..<length).map { _ in pick(alphabet) }, as: UTF8.self)
  }
}

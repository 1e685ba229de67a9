import Detection
import Findings
import Rules
import Testing
import TestSupport

/// Forms of pairs in which more than a sign stands between name and value: a random value is found whole, under each policy and
/// however the bytes arrive.
@Suite struct KeyFormTests {
  private static let engines = Result {
    try [Policy.code, .artifact].map { try Engine(pack: KeyRules.pack, options: EngineOptions(policy: $0)) }
  }

  private func secrets(_ text: String, _ engine: Engine, named name: String, cutAt size: Int? = nil) -> [String] {
    let bytes = Array(text.utf8)
    let detector = size.map { Detector(engine: engine, chunkSize: $0) } ?? Detector(engine: engine)
    return detector.findings(in: bytes, named: name, cutAt: [size ?? bytes.count]).map {
      String(decoding: bytes[$0.range], as: UTF8.self)
    }
  }

  private func check(_ template: String, _ file: String = "a", _ count: Int? = nil) throws {
    var random = SeededRandom(seed: 91)
    var expected: [String] = []
    let text = template.map { sign -> String in
      guard sign == "§" else { return String(sign) }
      expected.append(random.value(Letters.alphanumeric, 16))
      return expected[expected.count - 1]
    }.joined()
    if let count { expected = Array(expected.prefix(count)) }
    for engine in try Self.engines.get() {
      let found = secrets(text, engine, named: file)
      #expect(found == expected, "\(text.debugDescription): \(found)")
      for size in [1, 50] {
        #expect(secrets(text, engine, named: file, cutAt: size) == found, "\(text.debugDescription)")
      }
    }
  }

  @Test(arguments: [
    "\u{1B}[36mpassword\u{1B}[0m: §\n", "password: \u{1B}[32m§\u{1B}[0m\n",
    "\u{1B}[mpassword=\u{1B}[1;32m§\u{1B}(B\u{1B}[m\n",
    "\u{1B}[34;1m\"password\"\u{1B}[0m\u{1B}[1;39m:\u{1B}[0m \u{1B}[0;32m\"§\"\u{1B}[0m\n",
    "DB_\u{1B}[01;31m\u{1B}[KPASSWORD\u{1B}[m\u{1B}[K=§\n", "[36mpassword[0m: [32m§[0m\n",
    #"{"out": "\u001b[36mpassword\u001b[0m: §\u001b[0m"}"#,
    #"{"out": "DB_\u001b[01;31m\u001b[KPASSWORD\u001b[m\u001b[K=§"}"#,
    #"out: "\x1b[36mpassword\x1b[0m: \x1b[32m§\x1b[0m""#, #"out: "\033[36mpassword\033[0m=§\033[0m""#,
    #"out: "\e[36mpassword\e[0m=§\e[0m""#,
  ]) func `colours of a terminal part neither name nor value`(_ template: String) throws { try check(template) }

  @Test(arguments: [
    #"{"out": "user:\tbob\npassword:\t§\n"}"#, #"{"out": "DB_PASSWORD=\t§"}"#, #"{"out": "password\t=\t§"}"#,
    #"{"out": "{\"x\": \"password:\\t§\"}"}"#,
  ]) func `a written-out tab is a blank`(_ template: String) throws { try check(template) }

  @Test(arguments: [
    "spring.security.user.password={noop}§\n", "userPassword: {CLEARTEXT}§\n", "password = '{PLAIN}§'\n",
    "Driver={x};Server=h;Uid=b;Pwd={§};\n", "c = \"Driver={x};Server=h;Uid=b;Pwd={§};Port=1\"\n",
  ]) func `what says how a value is written is no part of it`(_ template: String) throws { try check(template) }

  @Test(arguments: [
    "db_password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n", "password: !secret db_password\n",
    "password: !env_var DB_PASSWORD\n",
    "Driver={x};Uid={user};Pwd={password};\n", "userPassword: {SSHA}§\n", "password: [0m\n", "password[100m]\n",
  ]) func `where a value is kept elsewhere there is none`(_ template: String) throws { try check(template, "a.yml", 0) }
}

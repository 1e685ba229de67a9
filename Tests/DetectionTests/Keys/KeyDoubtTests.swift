@testable import Detection
import Findings
import Rules
import Testing
import TestSupport

/// Names that say little, or rather something else: the value decides.
@Suite struct KeyDoubtTests {
  private static let engines = Result {
    try Policy.allCases.map { try Engine(pack: RulePack.default, options: EngineOptions(policy: $0)) }
  }

  private func counts(_ text: String, named name: String = "trace.jsonl") throws -> [Int] {
    try Self.engines.get().map { $0.findings(in: text, named: name).count }
  }

  private static let doubtful = [
    "reset_token", "password_reset_token", "remember_token", "remember_me_token", "verify_token", "CHANGE_PASSWORD",
    "changed_password", "show_password", "min_password", "missing_secret", "count_secret",
  ]

  @Test(arguments: doubtful) func `a random value under a doubtful name is found`(_ name: String) throws {
    var random = SeededRandom(seed: 31)
    for length in [20, 32, 40] {
      let value = random.value(Letters.alphanumeric, length)
      #expect(try counts("{\"\(name)\": \"\(value)\"}\n") == [1, 1, 1], "\(name) \(length)")
      #expect(try counts("\(name)=\(value)\n", named: ".env") == [1, 1, 1], "\(name) \(length)")
    }
  }

  @Test func `letters of the alphabet in a row make a token up, and perhaps a password`() throws {
    for (key, value, count) in [
      ("secret_access_key", "abcdefg12346" + "+FJQCK", 0), ("client_secret", "q7ABCDEFGH" + "+FJQCK2x", 0),
      ("client_secret", "q7ABCDEF2H" + "+FJQCK2x", 1), ("password", "abcdefg12346" + "+FJQCK", 1),
    ] {
      #expect(try counts("\(key) = '\(value)'\n", named: "a.py")[0] == count, "\(key)")
    }
  }

  @Test func `a password may begin and go on as hashes do, and hold marks of patterns`() throws {
    for (value, count) in [
      ("$ecret$Pa55" + "word1", 1), ("$Zy?$*^CHB" + "fYxJgi", 1), ("$w7m-6dpai" + "IcVhx$", 1),
      ("$" + "1$" + "ab3dRt9k$" + "Qm7Zx2Lp8Wv4Ys6Tn0Kc1H", 0), ("$" + "P$" + "B7Qm7Zx2Lp8Wv4Ys6Tn0Kc1HaGd5Rj/", 0),
      ("cO@*(?0B." + "5}u", 1), ("ydR.|[,jp" + "{[^", 1), ("=K[^QFcvd" + "TCd", 1), ("]{b4hbuYG" + "6f3", 1),
      ("(?:[a-z]+)" + "9Qx", 0), ("^[^ab]{2,9}" + "X9q$", 0), ("[a-zQ]{8,1" + "6}X9", 0),
    ] {
      // Rules of their own know hashes.
      let found = try Self.engines.get()[0].findings(in: "db_password = \"\(value)\"\n", named: "a.py")
      #expect(found.count { $0.rule.hasPrefix("key-name") } == count, "\(value)")
    }
  }

  @Test func `bytes of a program behind a name are none, and text in any encoding may be one`() throws {
    let engine = try Self.engines.get()[0]
    let code =
      Array("H\u{1}\"pa".utf8) + Array("ss\":\"".utf8) + [0x48, 0x89, 0x08, 0x48, 0x8B, 0x7B, 0x41, 0x39, 0x22, 0x0A]
    #expect(engine.findings(in: code).isEmpty)
    let latin = Array("{\"password\": \"M".utf8) + [0xFC] + Array("nchen7Xq!vt".utf8) + [0x22, 0x7D, 0x0A]
    #expect(engine.findings(in: latin).count == 1)
  }

  @Test(arguments: doubtful) func `an ordinary value under a doubtful name is none`(_ name: String) throws {
    for value in [
      "true", "4096", "\"Did you lose it? Ask again.\"", "\"/accounts/password/change/\"", "null", "\"\"", "\"on\"",
    ] {
      #expect(try counts("{\"\(name)\": \(value)}\n") == [0, 0, 0], "\(name) \(value)")
    }
  }

  @Test(arguments: ["public_key", "hashed_password", "encrypted_token", "page_token", "nextPageToken"])
  func `what everybody may know is none, random or not`(_ name: String) throws {
    var random = SeededRandom(seed: 32)
    #expect(try counts("{\"\(name)\": \"\(random.value(Letters.alphanumeric, 20))\"}\n") == [0, 0, 0])
  }

  @Test(arguments: [
    "Cookie: PHPSESSID=§", "Cookie: a=b; JSESSIONID=§; c=d", "Set-Cookie: connect.sid=§; Path=/; HttpOnly",
    "Cookie: sid=§",
    "Cookie: session_id=§", "Cookie: ASP.NET_SessionId=§", "{\"cookies\":[{\"name\":\"JSESSIONID\",\"value\":\"§\"}]}",
    "{\"session_id\": \"§\"}", "pass_phrase=§", "recovery_code: §", "{\"seed_phrase\":\"§\"}", "otp_secret=§", "jwt: §",
    "rootpw=§",
  ]) func `J03 sessions and secrets of two words are found`(_ template: String) throws {
    var random = SeededRandom(seed: 33)
    for _ in 0..<4 {
      let value = random.value(Letters.alphanumeric, 24)
      let text = template.split(separator: "§", omittingEmptySubsequences: false).joined(separator: value) + "\n"
      #expect(try counts(text) == [1, 1, 1], "\(template)")
    }
  }

  @Test func `numbers of sessions outside of cookies are none`() throws {
    var random = SeededRandom(seed: 34)
    let hex = random.value(Letters.hex, 32)
    let uuid = [8, 4, 4, 4, 12].map { random.value(Letters.hex, $0) }.joined(separator: "-")
    for value in [
      hex, uuid, "ses_" + random.value(Letters.alphanumeric, 24), random.value(Letters.upper + Letters.digits, 26),
    ] {
      #expect(try counts("{\"session_id\": \"\(value)\"}\n") == [0, 0, 0])
    }
    #expect(try counts("(CONNECT_DATA=(SID=\(random.value(Letters.alphanumeric, 20))))") == [0, 0, 0])
  }

  @Test(arguments: [
    "PWD=/home/user/project\n", "OLDPWD=/\n", "declare -x PWD=\"/builds/a8Xk3jd9/w0\"\n", "{\"PWD\":\"/srv/app\"}\n",
    "{\"pwd\": \"/home/user\"}\n", "PWD=/workspace\n", "PWD=C:/Users/me\n",
  ]) func `the directory a shell works in is no password`(_ text: String) throws {
    #expect(try counts(text) == [0, 0, 0])
    #expect(try counts(text, named: ".env") == [0, 0, 0])
  }

  @Test func `a password in the variable of the directory is one`() throws {
    var random = SeededRandom(seed: 35)
    for value in [random.value(Letters.alphanumeric, 20), "/" + random.value(Letters.alphanumeric, 19)] {
      #expect(try counts("PWD=\(value)\n", named: "log") == [1, 1, 1])
    }
  }

  @Test(arguments: ["password: *shared\n", "password: !secret wifi_password\n", "password: !Ref DatabasePassword\n"])
  func `what names a value kept elsewhere in YAML is none`(_ text: String) throws {
    #expect(try counts(text, named: "a.yaml").prefix(2) == [0, 0])
  }

  @Test func `an anchor of YAML does not hide the value behind it`() throws {
    var random = SeededRandom(seed: 36)
    let value = random.value(Letters.alphanumeric, 20)
    for engine in try Self.engines.get() {
      let found = engine.findings(in: "password: &pw \(value)\n", named: "a.yaml")
      #expect(found.map(\.range) == [14..<34])
    }
  }
}

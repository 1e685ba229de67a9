import Detection
import Findings
import Rules
import TestSupport
import Testing

/// Tables as programs draw them: with bars and rules, or aligned by blanks.
@Suite struct TableTests {
  private static let engine = Result { try Engine(pack: KeyRules.pack, options: EngineOptions(policy: .artifact)) }

  private func secrets(_ text: String, cutAt size: Int? = nil) throws -> [String] {
    let bytes = Array(text.utf8)
    let engine = try Self.engine.get()
    let detector = size.map { Detector(engine: engine, chunkSize: $0) } ?? Detector(engine: engine)
    return detector.findings(in: bytes, named: "out.log", cutAt: [size ?? bytes.count]).map {
      String(decoding: bytes[$0.range], as: UTF8.self)
    }
  }

  private func filled(_ template: String, _ values: [String]) -> String {
    template.split(separator: "§", omittingEmptySubsequences: false).joined(separator: values[0])
      .split(separator: "¤", omittingEmptySubsequences: false).joined(separator: values[1])
  }

  private func values(_ seed: UInt64) -> [String] {
    var random = SeededRandom(seed: seed)
    return (0..<2).map { _ in random.value(Letters.alphanumeric, 20) }
  }

  @Test(arguments: [
    " id | username |       password       \n----+----------+------\n  1 | me       | §\n  2 | you      | ¤\n(2 rows)\n",
    "       password       | username \n----------------------+------\n § | me\n ¤ | you\n(2 rows)\n",
    "+----+----------------------+------+\n| id | password             | role |\n+----+-----+---+\n| 1  | § | x |\n| 2  | ¤ | y |\n+----+\n",
    "┌────┬──────────┐\n│ id │ password │\n├────┼──────────┤\n│ 1  │ § │\n│ 2  │ ¤ │\n└────┴──────────┘\n",
    "┏━━━━━━┳━━━━━━━━━━┓\n┃ User ┃ Password ┃\n┡━━━━━━╇━━━━━━━━━━┩\n│ me   │ § │\n│ you  │ ¤ │\n└──────┴──────────┘\n",
    "+------+----------+\n| User | Password |\n+======+==========+\n| me   | § |\n+------+------+\n| you  | ¤ |\n+------+-----+\n",
    "User | Password\n--- | ---\nme | §\nyou | ¤\n", "| Password |\n|---|\n| § |\n| ¤ |\n",
    "-[ RECORD 1 ]---\nid       | 1\npassword | §\n-[ RECORD 2 ]---\nid       | 2\npassword | ¤\n",
    "+----------+------+\n| Field    | Value |\n+----------+------+\n| name     | me   |\n| password | § |\n| adminPass| ¤ |\n+----------+---+\n",
    "id  username  password            \n--  --------  --------------------\n1   me        §\n2   you       ¤\n",
    "  username              password  age\n0       me  §   12\n1      you  ¤    7\n",
    "||user||password||role||\n|me|§|x|\n|you|¤|y|\n",
    "|===\n|User |Password |Role\n\n|me\n|§\n|x\n\n|you |¤ |y\n|===\n",
    "<table><tr><th>User</th><th class=\"x\">Password</th></tr>\n<tr><td>me</td><td>§</td></tr>\n<tr><td>you</td><td class=\"y\"><code>¤</code></td></tr></table>\n",
    "<thead>\n<tr>\n  <th>User</th>\n  <th>Initial password</th>\n  <th>Role</th>\n</tr>\n</thead>\n<tr>\n  <td>me</td>\n  <td>§</td>\n  <td>x</td>\n</tr>\n<tr><td>you</td>\n<td>\n¤</td></tr>\n</table>\n",
    "password\n§\n¤\n", "Password\r\n§\r\n¤\r\n",
    "NAME      PASSWORD              AGE\nme        §  2d\nyou       ¤  2d\n",
  ]) func `every value of a column of secrets is found`(_ template: String) throws {
    let values = values(81)
    let text = filled(template, values) + "\nThe end.\n"
    #expect(try secrets(text) == values, "\(text)")
    for size in [1, 50] { #expect(try secrets(text, cutAt: size) == values, "\(size)") }
  }

  @Test(arguments: ["User      Password              Age\n", "| User | Password | Age |\n|---|---|---|\n"])
  func `a table whose head comes again and again is read to its end`(_ head: String) throws {
    var random = SeededRandom(seed: 84)
    let all = (0..<150).map { _ in random.value(Letters.alphanumeric, 20) }
    let rows = all.map { head.hasPrefix("|") ? "| me | \($0) | 2d |\n" : "me        \($0)  2d\n" }
    let text = rows.map { head + $0 }.joined() + "\nThe end.\n"
    // Of a column aligned by blanks only what looks random counts, however often its head is there.
    let once = try secrets(head + rows.joined() + "\nThe end.\n")
    #expect(once.count > 120)
    #expect(try secrets(text) == once)
    #expect(try secrets(text, cutAt: 70) == once)
    let detector = Detector(engine: try Self.engine.get())
    _ = detector.findings(in: Array(text.utf8), named: "out.log")
    #expect(detector.failures.isEmpty)
  }

  @Test func `rules and rows of any width belong to a table`() throws {
    let values = values(82)
    for width in [1, 60, 200, 255, 256, 257, 900, 4000] {
      let rule = "----------+" + String(repeating: "-", count: width) + "\n"
      let wide = String(repeating: "w", count: width)
      let text = " password | note\n\(rule) \(values[0]) | \(wide)\n \(values[1]) | x\n(2 rows)\n"
      #expect(try secrets(text) == values, "\(width)")
      #expect(try secrets(text, cutAt: 100) == values, "\(width)")
    }
  }

  @Test(arguments: [
    // Options in a text, and expressions.
    "  password              the password to be used\n  username              the name of the account\n",
    "  token                 string    required\n  session               string    optional\n",
    "let mask = password | other\nlet x = 1\n", "grep password | sort\ngrep user | sort\n",
    "| Key | Default |\n|---|---|\n| password | empty |\n", "+-------+\n| token |\n+-------+\n",
    "NAME      KEY       AGE\nme        ready     2d\nyou       pending   12d\n",
    " a | password \n---+----------\n 1 | \n 2 | ********\n(2 rows)\n",
  ]) func `what is no table of secrets stays clean`(_ text: String) throws {
    #expect(try secrets(text) == [], "\(text)")
  }
}

import Detection
import Findings
import Rules
import TestSupport
import Testing

/// Lists of secrets are read to their end, however long they are and wherever they are cut.
@Suite struct ListTests {
  private static let engine = Result {
    try Engine(pack: KeyRules.pack, options: EngineOptions(policy: .code))
  }

  /// What stands before a list, each value of it with what stands around that, and what stands behind the list.
  struct Form: Sendable, CustomTestStringConvertible {
    var before: String
    var value: (before: String, after: String)
    var between = ""
    var after: String
    var empty = ""

    var testDescription: String { before }

    /// A text with values; a value that is `nil` is written as an empty one.
    func text(_ values: [String?]) -> String {
      before + values.map { value.before + ($0 ?? empty) + value.after }.joined(separator: between)
        + after
    }
  }

  private static let long = String(repeating: "Some (words), it''s; here. ", count: 90)

  private static let forms = [
    Form(
      before: "INSERT INTO users (id, password, note) VALUES ", value: ("(1, '", "', 'x')"),
      between: ",\n", after: ";\n"),
    Form(
      before: "INSERT INTO users (note, password) VALUES ", value: ("('\(long)', '", "')"),
      between: ", ", after: ";\n"),
    Form(
      before: "| User | Password | Role |\n|---|---|---|\n", value: ("| me | ", " | x |\n"),
      after: "\nText.\n", empty: "-"),
    Form(before: "API_KEYS = [\"zero\", ", value: ("\"", "\""), between: ", ", after: "]\n"),
    Form(before: "api_keys: [zero, ", value: ("", ""), between: ", ", after: "]\n", empty: "none"),
    Form(before: "api_keys:\n  - zero\n", value: ("  - ", "\n"), after: "next: 1\n", empty: "\"\""),
    Form(before: "{\"secrets\": {", value: ("\"foo\": \"", "\""), between: ", ", after: "}}\n"),
    Form(before: "secrets:\n", value: ("  foo: \"", "\"\n"), after: "next: 1\n"),
    Form(before: "[secrets]\n", value: ("foo = \"", "\"\n"), after: "[next]\n"),
    Form(
      before: "kind: Secret\nmetadata:\n  name: x\nstringData:\n", value: ("  foo: \"", "\"\n"),
      after: "type: Opaque\n"),
    Form(
      before: "{\"apiVersion\": \"v1\", \"data\": {", value: ("\"foo\": \"", "\""),
      between: ", ", after: "}, \"kind\": \"Secret\"}\n"),
    Form(
      before: "apiVersion: v1\ndata:\n", value: ("  foo: ", "\n"), after: "kind: Secret\n", empty: "\"\""),
    Form(
      before: "{\"kind\": \"Secret\", \"stringData\": {", value: ("\"foo\": \"", "\""),
      between: ",\n", after: "}}\n"),
  ]

  /// Lists from their start on, in the languages that write them.
  private static let starts = [
    Form(before: "passwords = [", value: ("\"", "\""), between: ", ", after: "]\n"),
    Form(before: "passwords = [\n", value: ("    \"", "\",\n"), after: "]\n"),
    Form(
      before: "passwords = [\n", value: (String(repeating: " ", count: 90) + "'", "',  # why\n"),
      after: "]\n"),
    Form(before: "passwords = [None, null, 7, ", value: ("b'", "'"), between: ", ", after: "]\n"),
    Form(before: "passwords = [ /* one */ ", value: ("\"", "\" /* or */"), between: ", ", after: "]\n"),
    Form(before: "passwords = [\n  // one\n", value: ("  \"", "\", // two\n"), after: "]\n"),
    Form(before: "passwords := []string{", value: ("\"", "\""), between: ", ", after: "}\n"),
    Form(before: "let passwords = vec![", value: ("\"", "\""), between: ", ", after: "];\n"),
    Form(before: "passwords = List.of(", value: ("\"", "\""), between: ", ", after: ");\n"),
    Form(before: "$passwords = array(", value: ("'", "'"), between: ", ", after: ");\n"),
    Form(before: "$passwords = @(", value: ("'", "'"), between: ", ", after: ")\n"),
    Form(before: "passwords:\n", value: ("  - ", "\n"), after: "next: 1\n", empty: "\"\""),
    Form(before: "passwords:\n\n# who\n  - a: b\n    c: d\n", value: ("  - ", "\n"), after: "next: 1\n", empty: "''"),
    Form(before: "passwords = %w[", value: ("", ""), between: " ", after: "]\n", empty: "none"),
    Form(before: "PASSWORDS = %W(\n", value: ("  ", "\n"), after: ").freeze\n", empty: "none"),
    Form(before: "passwords = [", value: ("(\"bob\", \"", "\")"), between: ", ", after: "]\n"),
    Form(before: "user_passwords = [\n", value: ("  [\"bob\", \"", "\", 7],\n"), after: "]\n"),
    Form(before: "[users]\n# who\n", value: ("bob = ", ", admin\n"), after: "[roles]\n", empty: "none"),
    Form(
      before: "x.PlainLoginModule required\n  username=\"bob\"\n", value: ("  user_eve=\"", "\"\n"),
      after: "  serviceName=\"kafka\";\n};\n"),
    Form(before: "passwords: [none, ", value: ("'", "'"), between: ", ", after: "]\n"),
    Form(
      before: "secrets = {\n  // one\n", value: ("  foo: \"", "\", // two\n  # three\n"), after: "}\n"),
  ]

  @Test(arguments: starts) func `a list is read from its start on, whatever stands between its values`(
    _ form: Form
  ) throws {
    let values = values(40)
    // A mapping first is none of the list's values.
    let text = form.text(values)
    let found = try secrets(text)
    #expect(found == (form.before.contains("a: b") ? [] : values))
    for size in [1, 700] { #expect(try secrets(text, cutAt: size) == found, "\(size)") }
  }

  @Test(arguments: starts.filter { !$0.before.contains("a: b") })
  func `no number of empty values at its start hides a list`(_ form: Form) throws {
    let value = values(1)[0]
    for count in [1, 2, 14, 15, 16, 17, 30, 31, 32, 33, 34, 63, 64, 65, 66, 255, 256, 257, 300, 350, 700] {
      let text = form.text([String?](repeating: nil, count: count) + [value])
      #expect(try secrets(text) == [value], "\(count)")
    }
  }

  @Test func `a sum starts with as many empty strings as lie within reach`() throws {
    let value = values(1)[0]
    for count in [1, 31, 32, 33, 34, 100, 150] {
      #expect(
        try secrets("password = " + String(repeating: "\"\" + ", count: count) + "\"\(value)\"\n") == [value],
        "\(count)")
    }
  }

  @Test func `blanks that align do not part a name and its value`() throws {
    let value = values(1)[0]
    for count in [1, 63, 64, 65, 66, 128, 250] {
      let blanks = String(repeating: " ", count: count)
      for text in ["password\(blanks)= \"\(value)\"", "password =\(blanks)'\(value)'", "password:\(blanks)\(value)"] {
        #expect(try secrets(text) == [value], "\(count): \(text.prefix(12))")
      }
    }
  }

  @Test func `columns before and behind one of a statement do not hide it`() throws {
    let value = values(1)[0]
    for count in [1, 8, 20, 35, 70, 90] {
      let columns = (0..<count).map { "column_\($0)" }.joined(separator: ", ")
      let ones = [String](repeating: "1", count: count).joined(separator: ", ")
      #expect(try secrets("INSERT INTO u (\(columns), password) VALUES (\(ones), '\(value)');") == [value], "\(count)")
      #expect(try secrets("INSERT INTO u (password, \(columns)) VALUES ('\(value)', \(ones));") == [value], "\(count)")
    }
  }

  private func values(_ count: Int) -> [String] {
    var random = SeededRandom(seed: 91)
    return (0..<count).map { _ in random.value(Letters.alphanumeric, 20) }
  }

  private func secrets(_ text: String, cutAt size: Int? = nil) throws -> [String] {
    let bytes = Array(text.utf8)
    let engine = try Self.engine.get()
    let detector = size.map { Detector(engine: engine, chunkSize: $0) } ?? Detector(engine: engine)
    let found = detector.findings(in: bytes, named: "a", cutAt: [size ?? bytes.count])
    #expect(detector.failures.isEmpty, "\(detector.failures)")
    return found.map { String(decoding: bytes[$0.range], as: UTF8.self) }
  }

  @Test(arguments: forms) func `every value of a list is found, the last like the first`(
    _ form: Form
  ) throws {
    let values = values(300)
    let text = form.text(values) + "foo = \"\(values[0])\"\n"
    #expect(try secrets(text) == values)
    for size in [1, 700, 4096] { #expect(try secrets(text, cutAt: size) == values, "\(size)") }
  }

  @Test(arguments: forms) func `empty values before one do not hide it`(_ form: Form) throws {
    let value = values(1)[0]
    #expect(try secrets(form.text([String?](repeating: nil, count: 200) + [value])) == [value])
  }

  @Test(arguments: forms) func `a stream that is passed on lets no value of a list through`(
    _ form: Form
  ) throws {
    let values = values(form.before.contains("note, password") ? 4 : 90)
    let text = Array(form.text(values).utf8)
    let starts = try values.map { try #require(text.firstRange(of: Array($0.utf8))).lowerBound }
    let detector = Detector(engine: try Self.engine.get(), chunkSize: 256)
    detector.keepsRedactions = true
    detector.begin(ArtifactName(bytes: Array("log".utf8)))
    for end in stride(from: 0, to: text.count, by: 13) {
      detector.feed(text[end..<min(end + 13, text.count)])
      let outlook = detector.outlook()
      for start in starts where start < outlook.certain {
        #expect(
          outlook.redactions.contains {
            $0.range.lowerBound <= start && start < $0.range.upperBound
          }, "byte \(end): \(start)")
      }
    }
  }

  @Test func `more lists at once than are read make the artifact incomplete`() throws {
    let columns = (0..<70).map { "p\($0)_password" }.joined(separator: ",")
    let detector = Detector(engine: try Self.engine.get())
    let table = "| \(columns.split(separator: ",").joined(separator: " | ")) |\n|---|\n"
    let row = "| " + [String](repeating: "-", count: 70).joined(separator: " | ") + " |\n"
    _ = detector.findings(in: Array((table + String(repeating: row, count: 200)).utf8))
    #expect(
      detector.failures == [
        "holds more than 64 lists of secrets at once: not all are read to their end"
      ])
  }

  @Test(arguments: ["Secret", "ConfigMap"])
  func `a secret whose kind stands far behind its values makes the artifact incomplete`(_ kind: String) throws {
    let detector = Detector(engine: try Self.engine.get())
    let words = String(repeating: "Some words, one after the other. ", count: 70_000)
    let text =
      "{\"apiVersion\": \"v1\", \"data\": {\"foo\": \"\(values(1)[0])\"}, \"x\": \"\(words)\", \"kind\": \"\(kind)\"}"
    #expect(detector.findings(in: Array(text.utf8)).isEmpty)
    let told = ["holds a Kubernetes secret whose kind stands too far behind its values"]
    #expect(detector.failures == (kind == "Secret" ? told : []))
  }

  @Test(arguments: [
    ("chpasswd <<EOF\n", "u:", "\n", "EOF\n", 32), ("echo '", "u:", "\\n", "' | chpasswd\n", 32),
    ("kubectl create secret generic x", " --from-literal=a=", "", "\n", 64),
  ])
  func `a command with more secrets than are read together makes the artifact incomplete`(
    _ before: String, _ between: String, _ behind: String, _ after: String, _ most: Int
  ) throws {
    let detector = Detector(engine: try Self.engine.get())
    for count in [1, 3, most, most + 1, 4 * most] {
      let text = before + String(repeating: between + "x" + behind, count: count) + after
      // What is piped has to lie within the bytes a pipe is looked for in.
      if text.utf8.count > 200, behind == "\\n" { continue }
      detector.begin(ArtifactName("f"))
      _ = detector.findings(in: Array(text.utf8))
      let isTold = detector.failures == ["holds a command with more secrets than are read together"]
      #expect(count <= most ? detector.failures.isEmpty : isTold, "\(count): \(detector.failures)")
    }
  }
}

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
      before: "{\"kind\": \"Secret\", \"stringData\": {", value: ("\"foo\": \"", "\""),
      between: ",\n", after: "}}\n"),
  ]

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

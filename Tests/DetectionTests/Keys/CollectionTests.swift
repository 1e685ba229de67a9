import Detection
import Findings
import Rules
import Testing
import TestSupport

/// What stands in a collection of secrets is one, whatever its own name is.
@Suite struct CollectionTests {
  private static let engine = Result { try Engine(pack: KeyRules.pack, options: EngineOptions(policy: .code)) }

  private func secrets(_ text: String, named name: String = "a", cutAt size: Int? = nil) throws -> [String] {
    try Self.engine.get().secrets(in: text, named: name, cutAt: size)
  }

  /// A text with `§` and `¤` filled in, `¶` with the first of the two as base64 writes it.
  private func filled(_ template: String, _ values: [String]) throws -> String {
    let encoded = try Template(parsing: "{{base64(\(values[0]))}}").expand(seed: 1).bytes
    return String(
      template.flatMap { sign -> [Character] in
        switch sign {
        case "§": Array(values[0])
        case "¤": Array(values[1])
        case "¶": Array(String(decoding: encoded, as: UTF8.self))
        default: [sign]
        }
      })
  }

  private func values(_ seed: UInt64) -> [String] {
    var random = SeededRandom(seed: seed)
    return (0..<2).map { _ in random.value(Letters.alphanumeric, 20) }
  }

  @Test(arguments: [
    #"{"secrets": {"foo": "§", "n": 1, "bar": "¤"}}"#,
    "{\n  \"passwords\": {\n    \"bob\": \"§\",\n    \"eve\": \"¤\"\n  }\n}",
    #"{"api_keys": {"a": {"b": "x", "c": ["}"]}, "one": "§", "two": "¤"}}"#,
    #""{\"secrets\": {\"foo\": \"§\", \"bar\": \"¤\"}}""#,
    "secrets:\n  foo: §\n  # note\n\n  nested:\n    x: 1\n  bar: '¤' # note\nnext: 1\n",
    "secrets:\n  \"foo\": §\n  \"bar\": ¤",
    "secrets: {foo: §, bar: ¤}\n", "credentials:\n  foo: §\n  bar: ¤\n",
    "[secrets]\nfoo = \"§\"\n\nbar = '¤'\n[next]\n",
    "[passwords]\r\nfoo = §\r\nbar = ¤\r\n", "const secrets = { foo: '§', bar: \"¤\" };\n",
    "$secrets = ['x'];\nSECRETS = {'one' => '§', 'two' => '¤'}\n",
    "apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\nstringData:\n  foo: §\n  bar: \"¤\"\n",
    "- apiVersion: v1\n  kind: Secret\n  metadata:\n    name: x\n  stringData:\n    foo: §\n    bar: ¤\n",
    #"{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "x"}, "stringData": {"foo": "§", "bar": "¤"}}"#,
    "kubectl create secret generic x --from-literal=foo=§ \\\n  --from-literal 'bar=¤' --dry-run\n",
    "kubectl create secret generic x --from-literal=foo='§' --from-literal=bar=¤\n",
    "acl {\n  tokens {\n    agent   = \"§\"\n    # other\n    default = \"¤\"\n  }\n}\n",
    #"{"gitlab-token": {"git.example.org": "§", "git.example.com:8443": "¤"}}"#,
    "passwords.bob = §\nsecrets.eve=¤\n",
    "kind: Secret\nmetadata:\n  annotations:\n\(String(repeating: "    note: some words\n", count: 300))stringData:\n  foo: §\n  bar: ¤\n",
  ]) func `every member is found`(_ template: String) throws {
    let values = values(71)
    let text = try filled(template, values)
    #expect(try secrets(text) == values, "\(text.debugDescription)")
    for size in [1, 50] { #expect(try secrets(text, cutAt: size) == values, "\(size)") }
  }

  @Test(arguments: [
    "apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\ndata:\n  foo: ¶\n",
    #"{"kind":"Secret","data":{"foo":"¶"}}"#,
    #"{"kind":"List","items":[{"kind":"Secret","data":{"a":"eA==","foo":"¶"}}]}"#,
  ]) func `what is written as base64 is judged by what it says`(_ template: String) throws {
    let values = values(72)
    #expect(try secrets(filled(template, values)) == [filled("¶", values)])
    #expect(try secrets(filled(template, ["is not here", ""])) == [])
  }

  @Test(arguments: [
    #"{"apiVersion": "v1", "data": {"foo": "¶", "bar": {}}, "kind": "Secret", "metadata": {"name": "x"}, "stringData": {"bar": "¤"}}"#,
    #"{"metadata": {"name": "x"}, "stringData": {"foo": "§", "bar": "¤"}, "kind": "Secret", "apiVersion": "v1"}"#,
    "{\n  \"apiVersion\": \"v1\",\n  \"data\": {\n    \"foo\": \"¶\"\n  },\n  \"stringData\": {\"bar\": \"¤\"},\n  \"kind\": \"Secret\"\n}",
    #"note: '{\"apiVersion\":\"v1\",\"data\":{\"foo\":\"¶\"},\"immutable\":true,\"kind\":\"Secret\",\"stringData\":{\"bar\":\"¤\"}}'"#,
    "apiVersion: v1\ndata:\n  foo: ¶\nkind: Secret\nstringData:\n  bar: ¤\n",
    "apiVersion: v1\nitems:\n- apiVersion: v1\n  data:\n    foo: ¶\n  kind: Secret\n- apiVersion: v1\n  stringData:\n    bar: ¤\n  kind: Secret\nkind: List\n",
    #"{"kind": "Secret", "metadata": {"annotations": {"note": "\#(String(repeating: "some words ", count: 300))"}}, "stringData": {"foo": "§", "bar": "¤"}}"#,
    #"{"apiVersion": "v1", "data": {"foo": "¶"}, "immutable": "\#(String(repeating: "some words ", count: 3000))", "kind": "Secret", "stringData": {"bar": "¤"}}"#,
  ]) func `what stands before the kind of a manifest, or far behind it, is found`(_ template: String) throws {
    let values = values(75)
    let first = template.contains("¶") ? try filled("¶", values) : values[0]
    let text = try filled(template, values)
    for size in [nil, 1, 700] {
      #expect(try secrets(text, cutAt: size) == [first, values[1]], "\(text.debugDescription) \(size ?? 0)")
    }
  }

  @Test(arguments: [
    #"{"apiVersion": "v1", "data": {"foo": "¶"}, "kind": "ConfigMap", "metadata": {"name": "x"}}"#,
    #"{"apiVersion": "v1", "data": {"foo": "¶"}}, {"kind": "Secret"}"#, #"{"apiVersion": "v1", "data": {"foo": "¶"}"#,
    #"{"apiVersion": "v2", "data": {"foo": "¶"}, "kind": "Secret"}"#,
    "apiVersion: v1\ndata:\n  foo: ¶\nkind: ConfigMap\n",
    "apiVersion: v1\ndata:\n  foo: ¶\n  # note\n---\nkind: Secret\n",
    "kind: SecretStore\ndata:\n  foo: ¶\n",
  ]) func `what stands in another manifest stays clean`(_ template: String) throws {
    let text = try filled(template, values(76))
    for size in [nil, 1] { #expect(try secrets(text, cutAt: size) == [], "\(text.debugDescription)") }
  }

  @Test func `a member with a secret's name is told once`() throws {
    let values = values(73)
    #expect(
      try secrets(filled(#"{"secrets": {"db_password": "§", "other": "¤"}}"#, values)).sorted() == values.sorted())
  }

  @Test(arguments: [
    // No values: references, names of files and of things, sentences, words.
    "secrets:\n  db:\n    file: ./db.txt\n", "secrets:\n  DB: ${{ secrets.DB }}\n  X: ${X}\n",
    "secrets:\n  backend: vault\n",
    #"{"passwords": {"reset": "Your password has been reset!", "sent": "We have sent you a mail with a link."}}"#,
    #"{"tokens": {"bos": "<s>", "sum": 4096}}"#, "type Config = { secrets: { foo: string, bar: boolean } }\n",
    // No secrets: what everybody may know.
    #"{"credentials": {"user": "§", "host": "§", "client_id": "§"}}"#,
    // No collections.
    "kind: ConfigMap\ndata:\n  foo: ¶\n",
    "kind: Secret\n---\ndata:\n  foo: ¶\n",
    #"{"kind":"Secret"},{"data":{"foo":"¶"}}"#, #"{"secrets": {"a": 1}, "foo": "§"}"#, "secrets:\n  a: 1\nfoo: §\n",
    "[secrets]\na = 1\n[b]\nfoo = \"§\"\n", "kubectl create configmap x --from-literal=foo=§\n",
    "kubectl create secret generic x\ntool --from-literal=foo=§\n", #"{"secret_names": {"foo": "§"}}"#,
    "kind: Secret\nText goes on.\ndata:\n  foo: ¶\n", #"{"token": {"a.b": 1, "foo": "x"}, "bar": "§"}"#,
    #"{"token": {"kind": "§", "text": "§"}}"#, "passwords.length = 12\nsecrets.name = §\n",
    "passwords.bob = required\n",
    "see [secrets] foo = §\n", "secrets = {\n  f: { g() // don't\n  } }\nit's }, foo: \"§\" }\n",
  ]) func `what is no secret of a collection stays clean`(_ template: String) throws {
    let text = try filled(template, values(74))
    #expect(try secrets(text) == [], "\(text.debugDescription)")
  }
}

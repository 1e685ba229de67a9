import Harness
import TestSupport
import Testing

struct JSONReaderTests {
  private func read(_ text: String, limit: Int = 1 << 20) throws(JSONError) -> JSONNode {
    try JSONReader.read(Array(text.utf8), limit: limit)
  }

  private func refusal(_ text: String, limit: Int = 1 << 20) -> String? {
    do {
      _ = try read(text, limit: limit)
      return nil
    } catch {
      return error.description
    }
  }

  @Test func `values are read as they stand, with their places`() throws {
    let node = try read(#" {"a" : [1, -2.5e+3, true, false, null, "x\né\ud83d\udd11\/"], "b":{}} "#)
    let list = try #require(node["a"]?.array)
    #expect(
      list.map(\.value) == [
        .number("1"), .number("-2.5e+3"), .bool(true), .bool(false), .null, .string("x\né🔑/"),
      ])
    #expect(node["b"]?.object == [])
    #expect(node.offset == 1 && list[0].offset == 9)
    #expect(node["c"] == nil)
  }

  @Test(arguments: [
    "", " ", "{", "[", "[1,]", "{\"a\":1,}", "{a:1}", "{'a':1}", "[1 2]", "{\"a\" 1}", "01", "1.", ".5", "-", "+1",
    "1e",
    "tru", "nul", "NaN", "Infinity", "\"a", "\"\u{0}\"", "\"a\nb\"", #""\x""#, #""\u12""#, #""\ud800""#,
    #""\udc00""#, #""\ud800A""#, "{} {}", "// no\n1", "1 // no", "\u{FEFF}{}", "[1]]",
  ])
  func `what is not one JSON value is refused`(_ text: String) {
    #expect(refusal(text) != nil)
  }

  @Test func `a name that stands twice is refused, however it is written`() {
    #expect(refusal(#"{"a":1,"a":2}"#) == "1:8: a name stands twice in one object")
    #expect(refusal("{\"model\":1,\n \"\\u006dodel\":2}") == "2:2: a name stands twice in one object")
    #expect(refusal(#"{"a":{"b":1},"c":{"b":2}}"#) == nil)
  }

  @Test func `bytes that are no UTF-8 are refused`() {
    for bytes: [UInt8] in [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]] {
      #expect((try? JSONReader.read(bytes)) == nil)
    }
  }

  @Test func `depth and size are bounded`() {
    let deep = { (count: Int) in String(repeating: "[", count: count) + String(repeating: "]", count: count) }
    #expect(refusal(deep(64)) == nil)
    #expect(refusal(deep(65))?.contains("more than 64 deep") == true)
    #expect(refusal(deep(100_000))?.contains("more than 64 deep") == true)
    #expect(refusal("[1,2,3]", limit: 6) == "1:1: it has more than 6 bytes")
  }

  @Test func `names and texts that only look alike are told apart`() throws {
    let node = try read("{\"\u{212A}\": 1}")
    #expect(node["K"] == nil && node["\u{212A}"] != nil)
    #expect("e\u{301}" == "é" && !"e\u{301}".isExactly("é"))
  }

  @Test func `nothing that is cut off or changed by a byte makes the reader fall over`() throws {
    let text = Array(#"{"a":[1,{"b":"cd\n"},null],"e":-1.5e2,"f":"🔑"}"#.utf8)
    for end in 0..<text.count { #expect((try? JSONReader.read(Array(text[..<end]))) == nil) }
    var random = SeededRandom(seed: 7)
    for _ in 0..<5000 {
      var changed = text
      changed[Int.random(in: 0..<text.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      _ = try? JSONReader.read(changed)
    }
  }
}

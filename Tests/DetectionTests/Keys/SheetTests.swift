import Detection
import Findings
import Rules
import Testing
import TestSupport

/// Tables of separated values: a column whose head is a secret's name holds secrets, in the last row as in the first.
@Suite struct SheetTests {
  private static let engine = Result { try Engine(pack: KeyRules.pack, options: EngineOptions(policy: .code)) }

  private func secrets(_ text: String, named name: String = "export", cutAt size: Int? = nil) throws -> [String] {
    try Self.engine.get().secrets(in: text, named: name, cutAt: size)
  }

  private func value(_ random: inout SeededRandom) -> String { random.value(Letters.alphanumeric, 14) }

  @Test(arguments: [
    "user,password,role\nme,§,x\n", "user\tpassword\nme\t§\n", "\"user\";\"password\"\r\n\"me\";\"§\"\r\n",
    "name,url,username,password\nx,https://host.example,me,§", "# accounts\nid,password\n1,§\n", "a,API key,b\n1,§,2\n",
    "User name,Password,Access key ID,Console\nme,§,x1,https://host.example\n", "id,user password\n1,\"§\"\n",
    "user|password|role\nme|§|x\n",
    "text\n\nDB_PASSWORD,n\n§,1\n", "note,password\n\"a, b\nc \"\"d\"\"\",§\n", "пользователь,пароль\nя,§\n",
  ]) func `a value in a column of secrets is found`(_ template: String) throws {
    var random = SeededRandom(seed: 61)
    let value = value(&random)
    let text = template.split(separator: "§", omittingEmptySubsequences: false).joined(separator: value)
    #expect(try secrets(text) == [value], "\(text.debugDescription)")
  }

  @Test func `every row is read, however many and wherever they are cut`() throws {
    var random = SeededRandom(seed: 62)
    var text = "id,login_password,note,client secret\n"
    var expected: [String] = []
    for row in 0..<400 {
      let (one, other) = (value(&random), random.value(Letters.alphanumeric, 32))
      let note = random.oneIn(5) ? "\"some, \"\"text\"\"\n\(String(repeating: "long ", count: 400))\"" : "n"
      text += "\(row),\(random.oneIn(2) ? one : "\"\(one)\""),\(note),\(other)\n"
      expected += [one, other]
    }
    let whole = try secrets(text)
    #expect(whole == expected, "\(Set(whole).symmetricDifference(expected))")
    for size in [1, 100, 4096] { #expect(try secrets(text, cutAt: size) == expected, "\(size)") }
  }

  @Test(arguments: [
    // No table: a sentence, arguments, a row of another table, rows of another width, code.
    "Ask for the user, password and role.\nme,§,x\n", "user, password, role\nme, §, x\n", "user,password,\nme,§,\n",
    "id,comment\n1,x\nforgot,password\n2,§\n", "user,password\nme,§,x\n", "user,password\n", "user,password\n\nme,§\n",
    // No column of secrets, or no values in it.
    "user,max_tokens\nme,§\n", "key,count\n§,1\n", "suite,pass,fail\nunit,4821,17\n", "user,password_hint\nme,§\n",
    "user,password\nme,\nyou,\"\"\n", "user,password\nme,${PASSWORD}\n", "user,password\nme,********\n",
  ]) func `what is no table of secrets stays clean`(_ template: String) throws {
    var random = SeededRandom(seed: 63)
    let text = template.split(separator: "§", omittingEmptySubsequences: false).joined(separator: value(&random))
    #expect(try secrets(text) == [], "\(text.debugDescription)")
  }

  @Test func `a head with many columns is one`() throws {
    var random = SeededRandom(seed: 66)
    let value = value(&random)
    for count in [1, 12, 15, 16, 17, 40, 80] {
      let (columns, fields) = (
        (0..<count).map { "column_\($0)" }.joined(separator: ","),
        [String](repeating: "x", count: count).joined(separator: ",")
      )
      #expect(try secrets("\(columns),password\n\(fields),\(value)\n") == [value], "\(count)")
      #expect(try secrets("password,\(columns)\n\(value),\(fields)\n") == [value], "\(count)")
    }
  }

  @Test func `neither a row that does not fit nor a long field ends a table`() throws {
    var random = SeededRandom(seed: 67)
    let values = (0..<3).map { _ in value(&random) }
    for row in [
      "a,\(values[1]),b, c", "a,\(values[1])", "a,\(values[1]),\"\(String(repeating: "long text\n", count: 2000))\"",
      "a,\(values[1]),\(String(repeating: "long ", count: 2000))",
    ] {
      let text = "user,password,note\nme,\(values[0]),x\n\(row)\nyou,\(values[2]),y\n"
      #expect(try secrets(text) == values, "\(row.prefix(40))")
      #expect(try secrets(text, cutAt: 100) == values, "\(row.prefix(40))")
    }
  }

  @Test(arguments: [
    "COPY public.users (id, password, name) FROM stdin;\n1\t§\tme\n2\t\\N\tx\n3\t¤\t\"y\n\\.\n",
    "COPY \"users\" (\"name\", \"api_key\") FROM stdin WITH (FORMAT csv);\nme,§\nyou,\"¤\"\n",
    "db_password,§\nother,x\nAPI_KEY,¤\n", "\"DB_PASSWORD\";\"§\"\n\"API_KEY\";\"¤\"\n",
    "name\tvalue\ndb_password\t§\tx\napi_secret\t¤\n",
  ]) func `what a database writes and rows of names and values are read`(_ template: String) throws {
    var random = SeededRandom(seed: 68)
    let values = (0..<2).map { _ in random.value(Letters.alphanumeric, 20) }
    let text = template.split(separator: "§", omittingEmptySubsequences: false).joined(separator: values[0])
      .split(separator: "¤", omittingEmptySubsequences: false).joined(separator: values[1])
    let name = template.hasPrefix("COPY") ? "dump.sql" : "export"
    #expect(try secrets(text, named: name) == values, "\(text.debugDescription)")
    for size in [1, 40] { #expect(try secrets(text, named: name, cutAt: size) == values, "\(size)") }
  }

  @Test func `a table ends with its last row`() throws {
    var random = SeededRandom(seed: 64)
    let (one, other) = (value(&random), value(&random))
    #expect(try secrets("user,password\nme,\(one)\n\nname,number\nx,\(other)\n") == [one])
    #expect(try secrets("let t = x\nuser,password\nme,\(one)\n", named: "a.swift") == [])
  }

  @Test func `a stream that is passed on lets no field of such a column through`() throws {
    var random = SeededRandom(seed: 65)
    let (one, other) = (value(&random), value(&random))
    let text = Array("user,password,n\nme,\(one),1\nyou,\(other),2\n".utf8)
    let detector = Detector(engine: try Self.engine.get(), chunkSize: 256)
    detector.keepsRedactions = true
    detector.begin(ArtifactName(bytes: Array("log".utf8)))
    for end in text.indices {
      detector.feed(text[end...end])
      let outlook = detector.outlook()
      for secret in [one, other] {
        let start = try #require(text.firstRange(of: Array(secret.utf8))).lowerBound
        let isRedacted = outlook.redactions.contains { $0.range.lowerBound <= start && start < $0.range.upperBound }
        #expect(outlook.certain <= start || isRedacted, "byte \(end): \(secret)")
      }
    }
  }
}

import Rules
import Testing

@Suite("Files written for gitleaks")
struct CompatibilityTests {
  /// What a team's file looks like: the older and the newer way to write things, Go's regular expressions.
  private static let config = #"""
    title = "platform team"
    minVersion = "v8.18.0"

    [extend]
    useDefault = true
    disabledRules = ["generic-api-key", "no-such-rule"]

    [[rules]]
    id = "internal-service-token"
    description = "Internal service token"
    regex = '''(?i)\b(svc-(?P<env>dev|prod)-[a-z0-9]{24,})(?:['"\s;]|$)'''
    secretGroup = 1
    entropy = 3
    keywords = ["svc-dev-", "svc-prod-"]
    tags = ["internal", "token"]

      [rules.allowlist]
      description = "fixtures"
      regexTarget = "match"
      regexes = ['''svc-dev-0{24}''']
      paths = ['''(^|/)testdata/.*''', '''\.md$''']

    [[rules]]
    id = "ldap-bind"
    description = "LDAP bind password"
    regex = '''ldap_bind_pw\s*[:=]\s*["']?([^\s"']{8,64})'''
    keywords = ["ldap_bind_pw"]
    [[rules.allowlists]]
    condition = "AND"
    paths = ['''\.example$''']
    stopwords = ["changeme"]
    [[rules.required]]
    id = "ldap-user"
    withinLines = 10

    [[rules]]
    id = "ldap-user"
    description = "LDAP bind user"
    regex = '''ldap_bind_dn\s*=\s*(\S+)'''
    skipReport = true
    keywords = ["ldap_bind_dn"]

    [[rules]]
    id = "keystore"
    description = "A key store"
    path = '''(?i)\.(jks|p12)$'''

    [[rules]]
    id = "acme-token"
    [[rules.allowlists]]
    stopwords = ["sample"]

    [allowlist]
    description = "global"
    paths = ['''vendor/''', '''go\.(mod|sum)$''']
    commits = ["0123456"]
    regexes = ['''(?i)example''']
    """#

  private func base() throws -> RulePack {
    let second = ownRule(["id": "\"key-generic\"", "aliases": "[\"generic-api-key\"]", "regex": "'''key_[0-9]{20}'''"])
    return try load(ownRule() + second, origin: .own).pack
  }

  @Test("load as they are")
  func loads() throws {
    let loaded = try load(Self.config)
    #expect(loaded.warnings.allSatisfy { !$0.isError })
    #expect(loaded.pack.title == "platform team" && loaded.extendsDefault)
    #expect(loaded.pack.rules.map(\.id) == ["internal-service-token", "ldap-bind", "ldap-user", "keystore"])
    let first = loaded.pack.rules[0]
    #expect(first.secretGroup == 1 && first.entropy == 3)
    #expect(first.allowlists[0].target == .match && first.allowlists[0].paths.count == 2)
    #expect(loaded.pack.rules[1].required == [Rule.Requirement(id: "ldap-user", withinLines: 10)])
    #expect(loaded.pack.rules[1].allowlists[0].condition == .all)
    #expect(!loaded.pack.rules[2].isReported)
    #expect(loaded.pack.rules[3].pattern.isEmpty)
    #expect(loaded.pack.allowlists.count == 1 && loaded.pack.allowlists[0].rules.isEmpty)
  }

  @Test("join the default pack, disabling and changing what they name there by id or alias")
  func combines() throws {
    let base = try base()
    let (pack, warnings) = try base.combining([try load(Self.config)])
    #expect(pack.rules.map(\.id) == ["acme-token", "internal-service-token", "ldap-bind", "ldap-user", "keystore"])
    #expect(pack.rules[0].allowlists == [Allowlist(stopwords: ["sample"])])
    #expect(pack.details(at: 0).summary == "Acme token." && pack.details(at: 4).summary == "A key store")
    #expect(warnings.map(\.message) == ["disabledRules names no-such-rule, which the default pack does not have"])
    #expect(pack.digest != base.digest && pack.digest.utf8.count == 64)
  }

  @Test("run a rule whose id is taken beside the other one, under the name of their file")
  func takenIds() throws {
    let text = """
      [[rules]]
      id = "acme-token"
      regex = "acme-[0-9]{8}"
      [[rules]]
      id = "acme-pair"
      regex = "acme_pair_[0-9]{8}"
      required = [{ id = "acme-token" }]
      [allowlist]
      paths = ["x"]
      """
    let added = try RulePack.load([source(text, name: "conf/.gitleaks.toml")], origin: .foreign)
    let (pack, warnings) = try base().combining([added])
    #expect(pack.rules.map(\.id) == ["acme-token", "key-generic", "gitleaks:acme-token", "acme-pair"])
    #expect(pack.rules[3].required.map(\.id) == ["gitleaks:acme-token"])
    #expect(pack.allowlists == [Allowlist(paths: ["x"], rules: ["gitleaks:acme-token", "acme-pair"])])
    #expect(warnings.count == 1)
  }

  @Test("never allow anything for all rules because the rules they name are not there")
  func vanishedTargets() throws {
    let text = """
      [extend]
      useDefault = true
      [[allowlists]]
      targetRules = ["gone"]
      paths = ["x"]
      [[allowlists]]
      targetRules = ["generic-api-key", "gone"]
      paths = ["y"]
      """
    let (pack, _) = try base().combining([try load(text)])
    #expect(pack.allowlists == [Allowlist(paths: ["y"], rules: ["key-generic"])])
  }

  @Test("extend other files, rule by rule")
  func extendsPath() throws {
    let parent = """
      [[rules]]
      id = "one"
      regex = "abc_([0-9]{4})"
      entropy = 1
      keywords = ["abc_"]
      [[rules.allowlists]]
      paths = ["p"]
      [[rules]]
      id = "two"
      regex = "abd_[0-9]{4}"
      [allowlist]
      paths = ["q"]
      """
    let child = """
      [extend]
      path = "parent.toml"
      disabledRules = ["two", "three"]
      [[rules]]
      id = "one"
      entropy = 2
      [[rules.allowlists]]
      paths = ["r"]
      [[rules]]
      id = "four"
      regex = "abe_[0-9]{4}"
      """
    let loaded = try RulePack.load([source(child)], origin: .foreign) { path in
      path == "parent.toml" ? .file(source(parent, name: path)) : .unreadable("no such file")
    }
    #expect(loaded.pack.rules.map(\.id) == ["one", "four"])
    #expect(loaded.pack.rules[0].entropy == 2)
    #expect(loaded.pack.rules[0].allowlists.map(\.paths) == [["p"], ["r"]])
    #expect(loaded.pack.allowlists.map(\.paths) == [["q"]])
    #expect(
      loaded.warnings.map(\.message) == ["disabledRules names three, which no extended file has: it has no effect"])
  }

  @Test("are refused where what they extend cannot be read, is a URL, or is a circle")
  func extendsNothing() {
    let text = "[extend]\npath = 'x.toml'\n[[rules]]\nid = 'a'\nregex = 'abcd'"
    #expect(errors(text) == ["2: cannot read x.toml: no file"])
    #expect(
      errors("[extend]\nurl = 'https://x.example'\n[[rules]]\nid = 'a'\nregex = 'abcd'").first?.hasPrefix("2:") == true)
    let circle = problems("[extend]\npath = 'rules.toml'\n[[rules]]\nid = 'a'\nregex = 'abcd'") { path in
      .file(source("[extend]\npath = 'rules.toml'", name: path))
    }
    #expect(circle.filter(\.isError).map(\.message) == ["files extend each other more than 8 deep, or in a circle"])
    #expect(errors("[extend]\nuseDefault = true\n" + ownRule(), origin: .own).count == 1)
  }
}

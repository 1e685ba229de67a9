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
    "^[[36mpassword^[[0m: ^[[32m§\n",
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

  @Test(arguments: ["DB_PASSWORD=${1:-§}\n", "PASSWORD=\"${P-§}\"\n", "PASSWORD=${P:=§}\n"])
  func `a word that a shell expands to is found`(_ template: String) throws { try check(template) }

  @Test(arguments: [
    "password: process.env.DB_PASSWORD || \"§\",\n", "password: process.env.DB_PASSWORD ?? '§'\n",
    "password = os.environ.get('DB_PASSWORD') or '§'\n", "password = ENV.fetch(\"X\") { \"§\" }\n",
    "password=${PASSWORD:-\"§\"}\n",
    "let password = env::var(\"DB_PASSWORD\").unwrap_or(\"§\".to_string());\n",
    "password: {{ .Values.password | default \"§\" }}\n", "password: \"{{ pw|default('§') }}\"\n",
    "password: <%= ENV[\"P\"] || \"§\" %>\n", "val password = System.getenv(\"P\") ?: \"§\"\n",
    "password = conf.get(\"p\").orElse(\"§\");\n",
  ]) func `a literal behind a reference is found`(_ template: String) throws {
    try check(template)
    try check(template, "a.js")
  }

  @Test(arguments: [
    "password       §\n", "<match>\n  shared_key §\n</match>\n", "set $token §;\n", "fastcgi_param DB_PASSWORD §;\n",
    "proxy_set_header X-Api-Key §;\n", "RequestHeader set X-Api-Key §\n", "insecure-password §\n",
    "  set psksecret §\n", " neighbor 192.0.2.1 password §\n", "ip ospf authentication-key §\n",
    "remote_password §\n", "defAuthPassphrase §\n", "HSET user:1 password §\n", "set -gx DB_PASSWORD §\n",
    "set(API_KEY §)\n", "git config user.password §\n", #"{"cmd": "set -gx DB_PASSWORD §\n"}"#,
  ]) func `a random word behind a name at the end of a line is found`(_ template: String) throws {
    try check(template)
  }

  @Test(arguments: [
    "args:\n- --password\n- §\n", "  args:\n    - \"--password\"\n    - \"§\"\n", "\"--password\" \"§\" \"-v\"\n",
    "[\"redis-server\", \"--db-password\", \"§\"]\n", "[\"x\",\n  \"--password\",\n  \"§\"]\n",
    "tool\0--password\0§\0--verbose\0",
  ]) func `an argument in an element of its own is found`(_ template: String) throws { try check(template) }

  @Test(arguments: [
    "DBPassword:\n  Type: String\n  Default: §\n", "variables:\n  DB_PASSWORD:\n    value: \"§\"\n    description: x\n",
    #"{"adminPassword": {"type": "securestring", "defaultValue": "§"}}"#,
    #"{"password": {"type": "string", "default": "§"}}"#,
  ]) func `a preset among the members of a key is found`(_ template: String) throws { try check(template) }

  @Test(arguments: [
    "password = <<~EOS\n  §\nEOS\n", "$password = <<<EOT\n§\nEOT;\n", "password=$(cat <<EOF\n§\nEOF\n)\n",
    "password: <<-'EOS'\n§\nEOS\n", "password:\n    §\n", "a:\n  \"password\":\n    §\n", "### Password\n\n§\n",
    "## Root password\n`§`\n", "password = \"\" + \\\n  \"§\"\n",
  ]) func `a value on a line below is found`(_ template: String) throws { try check(template) }

  @Test(arguments: [
    "passwords = [\"\", \"§\"]\n", "API_KEYS:\n - \"\"\n - §\n", "api_keys: (\"§\", \"§\")\n",
    "String[] passwords = {\"§\", \"\", \"§\"};\n", "passwords:\n  - §\n  - ''\n  - §\n",
    "\"Authorization\": \"Bearer \" + \"§\"\n", "$headers['Authorization'] = 'Bearer ' . '§';\n",
  ]) func `no string of a list and no part of a sum hides another`(_ template: String) throws { try check(template) }

  @Test(arguments: [
    // References without a literal, and literals that stand for a value.
    "password: process.env.A || process.env.B\n", "password=${P:-${Q}}\n", "password=${P:-}\n",
    "password: {{ pw | default('changeme') }}\n", "password: process.env.A || \"\"\n",
    // Words of sentences, of programs and of statements.
    "Forgot your password yesterday\n", "see the token documentation\n", "the password authentication-method\n",
    "the secret §: is told elsewhere\n", "set password for §\n", "int token handler2;\n", "pass §\n", "cache key §\n",
    "x \"ApiKey-v1 §\"\n",
    "an old token (CVE-2019-13117)\n",
    // Options that take no value, and such as take another.
    "- --password\n- --verbose\n", "- --password-file\n- §\n", "\"--password\" \"--next\"\n",
    // Members and texts that are none of the key's.
    "password:\n  Type: String\nDefault: §\n", "password:\nnext: §\n", "password:\n  nested:\n    default: §\n",
    "password:\n  min: 8\n", "### Password\n\nIt is §\n", "### Password\n\n\n\n§\n", "x = password << §\n",
    "passwords = [\"\", \"\"]\n", "f(\"password\", \"\", \"§\")\n", "\"Authorization\": \"Bearer \" + token\n",
  ]) func `what belongs to no name stays clean`(_ template: String) throws { try check(template, "a", 0) }

  @Test(arguments: [
    "<td>Password</td><td>§</td>", "<auth-user-pass>\nbob\n§\n</auth-user-pass>",
    "<tr>\n  <td class=\"x\">API token</td>\n  <td><code>§</code></td>\n</tr>",
    "<b>Password:</b> §<br>", "<p><strong>Password</strong>: §</p>", "<b>Password:</b>&nbsp;§</p>",
    "<dt>Password</dt>\n<dd>§</dd>", "<p>Password: <code>§</code></p>",
    "<span class=\"nt\">password</span><span class=\"p\">:</span> <span class=\"s\">§</span>",
    "<w:r><w:t>Password:</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>§</w:t></w:r>",
    "<text:span text:style-name=\"T1\">Password:</text:span> <text:span>§</text:span>",
  ]) func `tags that dress text part neither name nor value`(_ template: String) throws {
    try check(template)
    try check(template, "a.html")
  }

  @Test(arguments: [
    "p.add_argument(\"--password\", help=\"x\", default=\"§\")\n", "@click.option('--password', '-p', default='§')\n",
    "flag.String(\"password\", \"§\", \"usage\")\n", "cmd.Flags().String(\"api-token\", \"§\", \"usage\")\n",
    "type C struct {\n  Password string `json:\"p\" default:\"§\"`\n}\n", "setenv(\"API_TOKEN\", \"§\", 1);\n",
    "[Environment]::SetEnvironmentVariable(\"API_KEY\", \"§\", \"User\")\n",
    "buildConfigField \"String\", \"API_KEY\", \"\\\"§\\\"\"\n", "resValue(\"string\", \"maps_api_key\", \"§\")\n",
    "password: str = Field(default=\"§\", min_length=3)\n",
  ]) func `the default of a field or of an option is found`(_ template: String) throws { try check(template) }

  @Test(arguments: [
    "Dim password As String = \"§\"\n", "PASSWORD constant varchar2(30) := '§';\n",
    "01 WS-PASSWORD PIC X(20) VALUE \"§\".\n",
    "(defvar *api-key* \"§\")\n", "{default_pass, <<\"§\">>}.\n", "[\"password\"]=>\n  string(16) \"§\"\n",
    "DefaultPassword    REG_SZ    §\n", "new PasswordAuthentication(\"bob\", \"§\".toCharArray());\n",
    "new NetworkCredential(\"bob\", \"§\");\n",
    "password ==> §\n", "password::§\n", "password[\"bob\"] = \"§\"\n", "passwords['bob'] = '§'\n",
    "<string name=\"client_secret\" translatable=\"false\">§</string>", #"{"label": "password", "value": "§"}"#,
    "<Key>Password</Key>\n<Value ProtectInMemory=\"True\">§</Value>",
  ]) func `more than a sign stands in a declaration`(_ template: String) throws { try check(template) }

  @Test func `both sides of a change are found`() throws {
    try check("~ password = \"§\" -> \"§\"\n")
    try check("~ password: \"§\" => \"§\"\n")
  }

  @Test(arguments: [
    "<td>Password</td><td>Required field</td>", "<b>Password:</b> <i>required</i>", "<p>Password</p><p>§ is it</p>",
    "Password: <your password> §\n", "<th>Password</th><th>§</th>",
    "p.add_argument(\"--password\", help=\"x\")\ndefault=\"§\"\n",
    "f(\"password\", \"§\", \"x\")\n", "Dim password As String\nx = \"§\"\n", "password[\"bob\"] == x\n",
    "<tr><th>Password</th></tr><tr><td>is required</td></tr>", "a || password || b\n|x|§|y|\n",
    "tokens = (None, (), (\"§\", 1))\n", "token::Kind\n", "passwords['bob'].value = '§'\n",
    "<string name=\"password\"/>§",
  ]) func `what is beside a name without belonging to it stays clean`(_ template: String) throws {
    try check(template, "a.html", 0)
  }

  @Test func `the fingerprint of a key is none`() throws {
    var random = SeededRandom(seed: 92)
    try check("a new signing key \(random.value(Letters.hex, 40))\n", "a", 0)
  }
}

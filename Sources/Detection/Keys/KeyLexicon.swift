import Rules

/// The words key names are made of, by what they do to the name they stand in.
enum KeyLexicon {
  /// A word that says that the value is secret.
  struct Noun {
    var role: KeyRole
    var isWeak = false
    var isPlural = false
    /// Words before it that make another thing of it: `max_tokens`, `public_key`.
    var harmless: Set<String> = []

    func isHarmless(after words: [String]) -> Bool { words.contains(where: harmless.contains) }
  }

  static let nouns: [String: Noun] = {
    var nouns: [String: Noun] = [:]
    func add(
      _ role: KeyRole, _ words: [String], isWeak: Bool = false, isPlural: Bool = false, harmless: Set<String> = []
    ) {
      for word in words {
        nouns[word] = Noun(role: role, isWeak: isWeak, isPlural: isPlural, harmless: harmless)
      }
    }
    let names = [
      "password", "passwd", "passwort", "passphrase", "passcode", "pwd", "pswd", "psswd", "paswd", "pssword", "passwrd",
      "passw", "psw", "passord", "kennwort", "contrasena", "contrasenya", "senha", "motdepasse", "passe", "mdp",
      "wachtwoord",
      "losenord", "kodeord", "adgangskode", "salasana", "parool", "parola", "haslo", "heslo", "lozinka", "geslo",
      "slaptazodis", "jelszo", "sifre", "katasandi", "matkhau", "userpwd", "passworsd", "passkey", "psk",
    ]
    add(.password, names, harmless: harmlessOfPasswords)
    add(.password, ["passwords", "passphrases", "senhas"], isPlural: true, harmless: harmlessOfPasswords)
    add(.password, ["pass", "pw", "pin", "pincode"], isWeak: true, harmless: harmlessOfPasswords.union(harmlessOfPass))
    add(.secret, ["secret", "segredo", "geheimnis", "mnemonic", "secrete"])
    add(.secret, ["secrets"], isPlural: true)
    add(
      .secret, ["seed"], isWeak: true,
      harmless: ["random", "rng", "rand", "np", "torch", "data", "db", "global", "test"])
    add(.token, ["token", "bearer"], harmless: harmlessOfTokens)
    add(.token, ["tokens"], isPlural: true, harmless: harmlessOfTokens)
    add(.token, ["session", "sessionid"], isWeak: true)
    add(.key, ["apikey", "privkey", "nkey"])
    add(.key, ["apikeys"], isPlural: true)
    add(.key, ["key", "pkey", "clave", "chave", "schluessel"], isWeak: true, harmless: harmlessOfKeys)
    add(.key, ["keys"], isWeak: true, isPlural: true, harmless: harmlessOfKeys)
    add(.credential, ["credential", "cred"], isWeak: true)
    add(.credential, ["credentials", "creds"], isWeak: true, isPlural: true)
    add(.credential, ["auth", "authorization", "authentication"], isWeak: true)
    return nouns
  }()

  /// Nouns that are found within a word, the longest first.
  static let fusingNouns: [FusingNoun] =
    nouns.filter { $0.key.count > 2 && !["pin", "seed", "psw", "psk", "mdp", "cred"].contains($0.key) }
    .map { FusingNoun(text: $0.key, isWeak: $0.value.isWeak) }
    .sorted { ($0.text.count, $0.text) > ($1.text.count, $1.text) }

  /// A noun that may stand within a word.
  struct FusingNoun {
    let text: String
    let isWeak: Bool
    private let first: UInt8?
    private let last: UInt8?

    init(text: String, isWeak: Bool) {
      self.text = text
      self.isWeak = isWeak
      first = text.utf8.first
      last = text.utf8.last
    }

    /// Whether a word may start with the noun, by its first byte: to compare strings takes a hundred times as long.
    func mayStart(_ byte: UInt8?) -> Bool { byte == first }

    /// Whether a word may end with the noun, by its last byte.
    func mayEnd(_ byte: UInt8?) -> Bool { byte == last }
  }

  /// Whether a word is made of qualifiers and neutral words alone (`mysql`, `dbuser`).
  static func isQualifierText(_ text: String) -> Bool {
    if text.isEmpty || qualifiers.contains(text) || neutralEnds.contains(text) || nouns[text] != nil { return true }
    for cut in text.indices.dropFirst() where text.distance(from: text.startIndex, to: cut) >= 2 {
      if qualifiers.contains(String(text[..<cut])), isQualifierText(String(text[cut...])) { return true }
    }
    return false
  }

  /// The role of a name in a script other than Latin, or with its letters, by the stem it holds.
  static func foreignRole(_ name: [UInt8]) -> KeyRole? {
    guard name.contains(where: { $0 >= 0x80 }) else { return nil }
    let text = String(decoding: name, as: UTF8.self)
    return foreignStems.first { text.contains($0.stem) }?.role
  }

  private static let foreignStems: [(stem: String, role: KeyRole)] = [
    ("ароль", .password), ("ароля", .password), ("арола", .password), ("озинка", .password), ("contraseña", .password),
    ("Contraseña", .password), ("CONTRASEÑA", .password), ("hasło", .password), ("Hasło", .password),
    ("lösenord", .password), ("Lösenord", .password), ("slaptaž", .password), ("Slaptaž", .password),
    ("jelszó", .password), ("Jelszó", .password), ("şifre", .password), ("Şifre", .password), ("mật khẩu", .password),
    ("κωδικ", .password), ("סיסמ", .password), ("كلمة المرور", .password), ("كلمة السر", .password),
    ("पासवर्ड", .password), ("รหัสผ่าน", .password), ("密码", .password), ("密碼", .password), ("口令", .password),
    ("パスワード", .password), ("暗証番号", .password), ("비밀번호", .password), ("비번", .password), ("암호", .password),
    ("екрет", .secret), ("秘密", .secret), ("окен", .token), ("令牌", .token), ("ключ", .key), ("Ключ", .key),
    ("密钥", .key), ("秘钥", .key), ("schlüssel", .key), ("Schlüssel", .key),
  ]
}

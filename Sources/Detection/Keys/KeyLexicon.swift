import Rules

/// The words key names are made of, by what they do to the name they stand in.
enum KeyLexicon {
  /// A word that says that the value is secret.
  struct Noun {
    var role: KeyRole
    var isWeak = false
    var isPlural = false
    /// Words before it that make another thing of it: `max_tokens`, `public_key`.
    var harmless: NameWords = []

    func isHarmless(after words: ArraySlice<NameWord>) -> Bool { words.contains(where: harmless.contains) }
  }

  static let nouns: NameTable<Noun> = {
    var nouns: [(NameWord, Noun)] = []
    func add(
      _ role: KeyRole, _ words: [NameWord], isWeak: Bool = false, isPlural: Bool = false, harmless: NameWords = []
    ) {
      let noun = Noun(role: role, isWeak: isWeak, isPlural: isPlural, harmless: harmless)
      nouns += words.map { ($0, noun) }
    }
    let names: [NameWord] = [
      "password", "passwd", "passwort", "passphrase", "passcode", "pwd", "pswd", "psswd", "paswd", "pssword", "passwrd",
      "passw", "psw", "passord", "kennwort", "contrasena", "contrasenya", "senha", "motdepasse", "passe", "mdp",
      "wachtwoord",
      "losenord", "kodeord", "adgangskode", "salasana", "parool", "parola", "haslo", "heslo", "lozinka", "geslo",
      "slaptazodis", "jelszo", "sifre", "katasandi", "matkhau", "userpwd", "passworsd", "passkey", "psk", "rootpw",
      "recoverycode", "bindpw", "rootbindpw", "dbpw", "adminpw", "userpw", "dnpass", "authtok", "requirepass",
      "remotepass", "storepass", "accesscode",
    ]
    add(.password, names, harmless: harmlessOfPasswords)
    add(
      .password, ["passwords", "passphrases", "senhas", "recoverycodes"], isPlural: true, harmless: harmlessOfPasswords)
    add(.password, ["pass", "pw", "pin", "pincode"], isWeak: true, harmless: harmlessOfPasswords.union(harmlessOfPass))
    // Charts of Helm name the secret that is there already so.
    add(.secret, ["secret", "segredo", "geheimnis", "mnemonic", "secrete"], harmless: ["existing"])
    add(.secret, ["pepper"], isWeak: true)
    add(.secret, ["secrets"], isPlural: true)
    add(
      .secret, ["seed"], isWeak: true,
      harmless: ["random", "rng", "rand", "np", "torch", "data", "db", "global", "test"])
    add(.token, ["token", "bearer"], harmless: harmlessOfTokens)
    add(.token, ["tokens"], isPlural: true, harmless: harmlessOfTokens)
    add(.token, ["session", "sessionid", sessionNumber, "jsessionid", "phpsessid", "sessid", "jwt"], isWeak: true)
    add(.key, ["apikey", "privkey", "nkey"])
    add(.key, ["apikeys"], isPlural: true)
    add(.key, ["key", "pkey", "clave", "chave", "schluessel"], isWeak: true, harmless: harmlessOfKeys)
    add(.key, ["keys"], isWeak: true, isPlural: true, harmless: harmlessOfKeys)
    add(.credential, ["credential", "cred"], isWeak: true)
    add(.credential, ["credentials", "creds"], isWeak: true, isPlural: true)
    add(.credential, ["auth", "authorization", "authentication"], isWeak: true)
    return NameTable(nouns)
  }()

  /// Nouns that are found within a word.
  static let fusingNouns = FusingNouns(
    nouns.entries.filter { $0.word.count > 2 && !["pin", "seed", "psw", "psk", "mdp", "cred"].contains($0.word) })

  /// Whether a word is made of qualifiers and neutral words alone (`mysql`, `dbuser`).
  static func isQualifierText(_ text: ArraySlice<UInt8>) -> Bool {
    let word = NameWord(text)
    if text.isEmpty || qualifiers.contains(word) || neutralEnds.contains(word) || nouns[word] != nil { return true }
    return text.indices.dropFirst(2).contains { cut in
      qualifiers.contains(NameWord(text[..<cut])) && isQualifierText(text[cut...])
    }
  }

  /// The role of a name in a script other than Latin, or with its letters, by the stem it holds.
  static func foreignRole(_ name: ArraySlice<UInt8>) -> KeyRole? {
    guard name.contains(where: { $0 >= 0x80 }) else { return nil }
    let text = String(decoding: name, as: UTF8.self)
    return foreignStems.first { isHeld($0.stem, in: text) }?.role
  }

  /// Whether a name holds a stem; that of the Russian key stands in many verbs, and counts where a name begins.
  private static func isHeld(_ stem: String, in name: String) -> Bool {
    stem == "ключ" ? name.hasPrefix(stem) : name.contains(stem)
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

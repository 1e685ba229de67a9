import ByteText

/// The literals at which the lexer looks for a key: every secret noun of the lexicon holds one of them.
enum KeyWords {
  /// Pieces of nouns, at least `KeywordAutomaton.leastLength` bytes each; ASCII letters count in either case.
  static let pieces: [String] = [
    // English, and what other languages took from it
    "pass", "pwd", "pswd", "psw", "psswd", "paswd", "secret", "token", "key", "auth", "cred", "bearer", "session",
    "sessid", "connect.sid", "sid=", "jwt", "rootpw", "recovery",
    "pin:", "pin=", "pin\"", "pin'", "pincode", "pin_code", "pw:", "pw=", "pw\"", "pw'", "_pw", "pw ", "mnemonic",
    "seed", "psk=", "psk:", "psk\"", "psk'", "_psk", "psk ", "authtok", "p_word", "pepper", "access_code",
    "accesscode", "unlock_code", "backup code", "backup_code", "backupcode",
    // Spanish, Portuguese, French, Italian, Catalan, Romanian
    "contrase", "clave", "senha", "segredo", "chave", "mot de passe", "motdepasse", "mdp", "parola",
    // German, Dutch, the languages of the north
    "kennwort", "geheim", "schluessel", "schlüssel", "wachtwoord", "lösenord", "losenord", "kodeord", "adgangskode",
    "salasana", "parool",
    // Slavic and Baltic languages, Hungarian, Turkish, Indonesian
    "hasło", "haslo", "heslo", "lozinka", "geslo", "ароль", "ароля", "екрет", "окен", "ключ", "Ключ", "озинка", "арола",
    "slaptaž", "slaptaz", "jelsz", "sifre", "şifre", "Şifre", "kata sandi", "katasandi", "mật khẩu", "matkhau",
    // Greek, Hebrew, Arabic, Hindi, Thai
    "κωδικ", "סיסמ", "كلمة", "पासवर्ड", "รหัสผ่าน",
    // Chinese, Japanese, Korean
    "密码", "密碼", "口令", "秘钥", "密钥", "令牌", "パスワード", "暗証番号", "秘密", "비밀번호", "비번", "암호",
  ]

  /// Literals at which something else than an assignment may tell a secret.
  static let urlMark = "://"

  static let manifestMark = "apiversion"
  static let textsMark = "stringdata"
  /// Sections of accounts: svnserve's `passwd`, Shiro's and CouchDB's settings; and what JAAS gives a module.
  static let accountMarks = ["[users]", "[admins]", "loginmodule"]

  static let all: [Keyword] = (pieces + [urlMark, manifestMark, textsMark] + accountMarks).map {
    Keyword(Array($0.utf8))
  }
  static let indexOfURLMark = pieces.count
  static let indexOfManifestMark = pieces.count + 1
  static let indexOfAccountMarks = pieces.count + 3
}

import Rules

/// What forms and messages say where a value would stand, in the languages they are translated into.
extension ValueShape {
  /// Whether nothing but words stand here, one of which names a secret: `Neues Passwort`, `确认密码`, `Hasło musi mieć 8 znaków`.
  ///
  /// A word by itself has to be the name, written as labels are: people do take `passwort` for one.
  static func isLabel(_ text: [UInt8]) -> Bool {
    guard text.count >= 3, isWorded(text) else { return false }
    let words = text.split(whereSeparator: \.isBlank)
    if words.count > 1 || text.contains(where: { $0 >= 0x80 }) { return secretStems.stand(in: text) }
    guard text[0].isUpper, text.contains(where: \.isLower), !text.contains(where: \.isDigit) else { return false }
    // `API-sleutel`, `Passwort:`.
    let parts = text.split(whereSeparator: { !$0.isLetter })
    return parts.contains { KeyLexicon.nouns[NameWord($0)] != nil || secretWords.contains(NameWord($0)) }
  }

  /// Whether letters make words with blanks and the marks of a sentence between them, and numbers of two digits at most.
  private static func isWorded(_ text: [UInt8]) -> Bool {
    var digits = 0
    for (index, byte) in text.enumerated() {
      let before = index > 0 ? text[index - 1] : 0x20
      let next = index + 1 < text.count ? text[index + 1] : 0x20
      digits = byte.isDigit ? digits + 1 : 0
      if byte.isDigit {
        if digits > 2 || before.isLetter || next.isLetter { return false }
      } else if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "'") {
        if !before.isWordByte || !next.isWordByte { return false }
      } else if endMarks.contains(byte) {
        if !next.isBlank, !endMarks.contains(next) { return false }
      } else if byte == UInt8(ascii: "(") {
        if !before.isBlank { return false }
      } else if !byte.isWordByte, !byte.isBlank {
        return false
      }
    }
    return true
  }

  private static let endMarks = ByteSet(".,:;?!*)".utf8)

  /// Names of secrets that stand by themselves in no key of a program.
  private static let secretWords: NameWords = [
    "salaisuus", "hemlighet", "hemmelighet", "hemmelighed", "geheim", "segreto", "secreto", "sekret", "titok", "gizli",
    "tajomstvo", "jeton", "klucz", "sleutel", "nyckel", "avain", "kulcs", "anahtar", "chiave", "codigo", "kode",
  ]

  /// What the names of passwords, secrets, tokens and keys have in common where they are bent, by language.
  private static let secretStems = Stems([
    // Latin letters; those of ASCII alone count where a word begins.
    "passw", "passord", "kennwort", "contrase", "senha", "wachtwoord", "adgangskode", "kodeord", "salasan", "hesl",
    "lozink", "jelsz", "parol", "haslo", "hasł", "haseł", "geslo", "gesl", "lösenord", "losenord", "passe", "şifre",
    "Şifre",
    "sifre", "kata sandi", "katasandi", "mật khẩu", "mật mã", "slaptaž", "palavra-passe", "pasahitz", "pasvort",
    "lykilorð", "fjalëkalim", "lozinc", "secret", "segret", "segred", "sekret", "geheim", "tajemstv", "tajomstv",
    "tajn", "titk", "titok", "gizli", "hemlig", "hemmelig", "salais", "bí mật", "token", "jeton", "belirte", "clave",
    "chave", "chiav", "clé", "klucz", "klíč", "kľúč", "ključ", "kulcs", "anahtar", "sleutel", "nyckel", "nøgle",
    "nøkkel", "schlüssel", "avain", "avaime", "khóa", "cheie", "kunci",
    // Other letters.
    "арол", "озинк", "екрет", "тайн", "Тайн", "окен", "люч", "юч", "κωδικ", "Κωδικ", "κλειδ", "Κλειδ", "υστικ",
    "סיסמ", "סוד", "מפתח", "كلمة", "المرور", "مرور", "السر", "سر", "مفتاح", "الرمز", "رمز", "पासवर्ड", "कुंजी",
    "रहस्य", "टोकन", "রহস্য", "রিসেট", "รหัสผ่าน", "รหัส", "პაროლ", "գաղտնաբառ", "密码", "密碼", "口令", "令牌", "密钥",
    "密鑰", "金鑰", "秘钥", "秘密", "パスワード", "トークン", "シークレット", "キー", "暗証", "비밀", "암호", "토큰", "키",
  ])
}

extension UInt8 {
  /// A letter, or a piece of one that is not of ASCII.
  fileprivate var isWordByte: Bool { isLetter || self >= 0x80 }
}

/// Pieces of words that may stand anywhere in a text, by their first byte.
private struct Stems {
  private let stems: [[[UInt8]]]

  init(_ texts: [StaticString]) {
    var lists = [[[UInt8]]](repeating: [], count: 256)
    for text in texts {
      // SAFETY: the buffer is read within the closure only.
      let bytes = text.withUTF8Buffer { unsafe Array($0) }
      lists[Int(bytes[0])].append(bytes)
    }
    stems = lists
  }

  /// Whether one of them stands in a text, in either case of ASCII; what starts with a letter of ASCII only where a word does.
  func stand(in text: [UInt8]) -> Bool {
    text.indices.contains { index in
      let first = text[index].lowercased
      if first.isLetter, index > 0, text[index - 1].isLetter || text[index - 1] >= 0x80 { return false }
      return stems[Int(first)].contains { stem in
        stem.count <= text.count - index
          && stem.indices.allSatisfy { stem[$0] == text[index + $0].lowercased }
      }
    }
  }
}

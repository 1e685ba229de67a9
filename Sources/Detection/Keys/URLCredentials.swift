/// User name and password in a URL (RFC 3986, section 3.2.1).
enum URLCredentials {
  /// Longest user information that is looked at.
  static let reach = 512

  /// The pair of user name and password behind `://`, where there is one.
  static func pair(in bytes: ByteView, at mark: Int) -> KeyValue? {
    guard bytes[mark - 1].isAlphanumeric else { return nil }
    let start = mark + 3
    var index = start
    var colon: Int?
    var at: Int?
    while index - start < reach, isUserInfoByte(bytes[index]) {
      if bytes[index] == UInt8(ascii: ":"), colon == nil { colon = index }
      if bytes[index] == UInt8(ascii: "@") { at = index }
      if bytes[index] == UInt8(ascii: "/"), at != nil || colon == nil { break }
      index += 1
    }
    guard let colon, let at, at > colon + 1,
      bytes[at + 1].isAlphanumeric || bytes[at + 1] == UInt8(ascii: "[")
        || bytes[at + 1] == UInt8(ascii: "$") || bytes[at + 1] == UInt8(ascii: "{")
    else { return nil }
    return KeyValue(key: start..<colon, value: (colon + 1)..<at, form: .user)
  }

  /// What may stand in user information as people write it: all but what ends a URL in text.
  private static func isUserInfoByte(_ byte: UInt8) -> Bool {
    !byte.isSpace && !byte.isQuote && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">")
      && byte != UInt8(ascii: "\\")
      && byte != UInt8(ascii: ",") && byte != UInt8(ascii: "?") && byte != UInt8(ascii: "|")
  }
}

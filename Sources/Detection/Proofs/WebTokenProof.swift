/// What a JSON web token says of itself: its header names an algorithm, its claims who made it and how long it lives.
///
/// RFC 7519, sections 4.1.1 and 4.1.4; RFC 7515, section 4.1.1. Of an encrypted one (RFC 7516) only the header can be read.
/// The signature is not looked at: it is the secret part.
enum WebTokenProof {
  static func evidence(of value: [UInt8]) -> Evidence {
    let parts = value.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3 || parts.count == 5 else { return Evidence(.leaves) }
    guard let header = object(parts[0]), case .string(let algorithm)? = header["alg"] else {
      return Evidence(.refutes, ["no JSON web token: its header names no algorithm"])
    }
    guard parts.count == 3 else { return Evidence(.proves, ["its header is that of an encrypted token"]) }
    guard let claims = object(parts[1]) else {
      return Evidence(.refutes, ["no JSON web token: its claims are no JSON object"])
    }
    var facts = ["header and claims are JSON"]
    if algorithm == Array("none".utf8) { facts.append("not signed") }
    if case .string(let issuer)? = claims["iss"], let host = HostName(issuer) { facts.append("issued by \(host.text)") }
    if let seconds = claims["exp"]?.seconds, let date = CalendarDate(secondsSince1970: seconds) {
      facts.append((date < .certainlyPast ? "expired " : "expires ") + date.text)
    } else if claims["exp"] == nil {
      facts.append("never expires")
    }
    return Evidence(.proves, facts)
  }

  private static func object(_ part: ArraySlice<UInt8>) -> [String: JSONObject.Value]? {
    BinaryText.base64(part).flatMap { JSONObject($0)?.members }
  }
}

extension JSONObject.Value {
  /// Whole seconds of a NumericDate (RFC 7519, section 2).
  fileprivate var seconds: Int? {
    guard case .number(let digits) = self, digits.count <= 32,
      let number = Double(String(decoding: digits, as: UTF8.self))
    else { return nil }
    return number >= 0 && number < 1e12 ? Int(number) : nil
  }
}

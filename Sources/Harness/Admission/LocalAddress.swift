#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Whether a base URL leads to a provider on the own network and nowhere else.
enum LocalAddress {
  /// What is wrong with the URL, as a clause; `nil` where it is good.
  ///
  /// Taken apart by hand and narrowly: what two readers of URLs (RFC 3986) could understand differently is refused.
  static func problem(in url: String) -> String? {
    guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !url.contains(where: "\\\"<>^`{|}".contains) else {
      return "holds a character that stands in no URL"
    }
    guard let scheme = ["http://", "https://"].first(where: { url.lowercased().hasPrefix($0) }) else {
      return "is no http or https URL"
    }
    if url.contains(where: "?#".contains) { return "has a query or a fragment" }
    let rest = url.dropFirst(scheme.count)
    let authority = rest.prefix { $0 != "/" }
    if authority.contains("@") { return "carries user information" }
    guard let host = host(of: authority) else { return "names no host, or a port that is none" }
    return isAllowed(host) ? nil : "names a host outside the allowed network"
  }

  private enum Host {
    case name(String)
    case address4([UInt8])
    case address6([UInt8])
  }

  private static func host(of authority: Substring) -> Host? {
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { return nil }
      let behind = authority[authority.index(after: end)...]
      guard behind.isEmpty || behind.hasPrefix(":") && isPort(behind.dropFirst()) else { return nil }
      return address(String(authority[authority.index(after: authority.startIndex)..<end]), AF_INET6, 16)
        .map(Host.address6)
    }
    let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, !first.isEmpty, parts.count == 1 || isPort(parts[1]) else { return nil }
    let name = first.lowercased()
    if let bytes = address(name, AF_INET, 4) { return .address4(bytes) }
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    let isName = labels.allSatisfy { label in
      !label.isEmpty && label.utf8.allSatisfy { $0 == UInt8(ascii: "-") || $0.isDigit || (0x61...0x7A).contains($0) }
    }
    // A name that ends in digits is an address in one of the spellings of inet_aton(3).
    guard isName, labels.last?.utf8.first?.isDigit == false else { return nil }
    return .name(name)
  }

  private static func isPort(_ text: Substring) -> Bool {
    guard !text.isEmpty, text.count <= 5, text.utf8.allSatisfy(\.isDigit), let port = Int(text) else { return false }
    return (1...65_535).contains(port)
  }

  /// The bytes of an address as inet_pton(3) reads it, which is strict.
  private static func address(_ text: String, _ family: Int32, _ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    // SAFETY: the text is NUL-terminated for the call; inet_pton writes 4 or 16 bytes, as many as there are.
    return unsafe inet_pton(family, text, &bytes) == 1 ? bytes : nil
  }

  private static func isAllowed(_ host: Host) -> Bool {
    switch host {
    case .name(let name):
      name == "localhost"
        || [".localhost", ".ts.net", ".local"].contains { name.hasSuffix($0) && name.count > $0.count }
    case .address4(let bytes): isAllowed4(bytes)
    case .address6(let bytes):
      // Loopback; unique local addresses (RFC 4193); an address of version 4 in its mapped form (RFC 4291).
      bytes == Array(repeating: 0, count: 15) + [1] || bytes[0] & 0xFE == 0xFC
        || bytes.starts(with: Array(repeating: 0, count: 10) + [0xFF, 0xFF]) && isAllowed4(Array(bytes[12...]))
    }
  }

  /// Loopback (RFC 1122), private use (RFC 1918), shared between carriers and customers (RFC 6598).
  private static func isAllowed4(_ bytes: [UInt8]) -> Bool {
    switch (bytes[0], bytes[1]) {
    case (127, _), (10, _), (192, 168): true
    case (172, 16...31), (100, 64...127): true
    default: false
    }
  }
}

extension UInt8 {
  /// Whether it is a decimal digit of ASCII.
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
}

/// The name of a host that a token says it comes from, where it may be shown.
///
/// What stands in a token is not to be trusted: only what looks like a name of a host passes, and a label that could be a
/// token of its own does not.
struct HostName {
  let text: String

  /// The host of a URL, or a bare name; `nil` where it is neither.
  init?(_ bytes: [UInt8]) {
    var rest = bytes[...]
    for scheme in ["https://", "http://"] where rest.starts(with: scheme.utf8) {
      rest = rest.dropFirst(scheme.utf8.count)
    }
    let host = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    let labels = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (3...100).contains(host.count), labels.allSatisfy(Self.isLabel) else { return nil }
    text = String(decoding: host, as: UTF8.self)
  }

  private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
    let isName = label.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x7A ~= $0 || $0 == UInt8(ascii: "-") }
    return isName && (1...24).contains(label.count) && label.count { 0x30...0x39 ~= $0 } <= 6
  }
}

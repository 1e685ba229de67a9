import Detection
import Findings
import Harness
import Reports
import Rules

/// The value of a variable handed over by name, in the forms a backend may print it in.
///
/// Layers are opened where they are long enough to be told from other text; a short value encoded by itself is not, so its
/// forms are looked for as they are.
struct PassedValue {
  let bytes: [UInt8]

  /// A pattern of all forms; no part of any is fixed text that a label may show.
  var pattern: String {
    let forms = [Self.literal(bytes)] + hexForms + base64Forms
    let distinct = forms.reduce(into: [String]()) { all, form in if !all.contains(form) { all.append(form) } }
    return "(?<secret>\(distinct.joined(separator: "|")))"
  }

  private static func literal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { "\\x" + Digest.digits(of: [$0]) }.joined()
  }

  /// Base 16 in either case (RFC 4648, section 8).
  private var hexForms: [String] {
    let digits = Digest.digits(of: bytes)
    return [Self.literal(digits.utf8), Self.literal(digits.uppercased().utf8)]
  }

  /// Base 64 and its form for URLs (RFC 4648, sections 4 and 5), behind none, one and two other bytes of a group of three.
  private var base64Forms: [String] {
    (0..<3).flatMap { before in
      let count = before + bytes.count
      let digits = Array(Base64.encoded([UInt8](repeating: 0, count: before) + bytes).utf8)
      // Digits that are made of other bytes, too, may be any; 8 bits a byte, 6 bits a digit.
      let whole = digits[((8 * before + 5) / 6)..<(8 * count / 6)]
      let any = "[A-Za-z0-9+/_-]"
      let (start, end) = (before == 0 ? "" : any, 8 * count % 6 == 0 ? "" : any)
      let forURLs = whole.map {
        $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0
      }
      return [Array(whole), forURLs].map { start + Self.literal($0) + end }
    }
  }
}

extension EngineSource {
  /// An engine under policy `artifact` that knows these values as well as the rules.
  static func streamEngine(hiding values: [[UInt8]]) throws(CommandError) -> Engine {
    let pack = try PackSource.builtIn()
    let rules = values.enumerated().map { index, value in
      "[[rules]]\nid = 'passed-variable-\(index + 1)'\nregex = '''\(PassedValue(bytes: value).pattern)'''\n"
    }
    let text = "[extend]\nuseDefault = true\n" + rules.joined()
    let combined: RulePack
    do throws(RulesError) {
      let own = try RulePack.load(
        [RuleSource(name: "passed variables", bytes: Array(text.utf8))], origin: .foreign,
        read: { _ in .unreadable("") })
      combined = try pack.combining([own]).pack
    } catch {
      // The lines would hold the values.
      throw .invalid("the values of --pass-env cannot be searched for")
    }
    return try proven(combined, EngineOptions(policy: .artifact))
  }
}

/// The colours of human output, or none.
package struct Palette: Sendable {
  /// What a colour is for.
  package enum Role: Sendable {
    case place
    case bad
    case warning
    case good
    case gutter
  }

  private let isColoured: Bool

  /// Text as it is.
  package static let plain = Palette(isColoured: false)
  /// Text within the SGR sequences of ECMA-48, section 8.3.117.
  package static let ansi = Palette(isColoured: true)

  /// The text in the colour of a role; it must be escaped already.
  package func paint(_ text: String, _ role: Role) -> String {
    guard isColoured, !text.isEmpty else { return text }
    let code =
      switch role {
      case .place: "1"
      case .bad: "1;31"
      case .warning: "1;33"
      case .good: "1;32"
      case .gutter: "34"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}

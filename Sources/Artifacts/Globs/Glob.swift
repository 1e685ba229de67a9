/// A file name pattern as in gitignore(5), over bytes.
///
/// `*` and `?` match within one path component, `[…]` one byte of a set, `**` any number of components. Without a
/// slash the pattern is held against every component of a path, with one against the path from its root. A trailing
/// slash matches folders only. Matching a folder covers everything in it.
package struct Glob: Sendable, Hashable {
  /// The pattern as the caller wrote it.
  package let text: String
  /// Whether it is held against whole paths and not against single components.
  package let isAnchored: Bool
  /// Whether it matches folders only.
  let isForFolders: Bool
  /// What it matches, token by token.
  let tokens: [Token]
  /// The bytes every match begins with.
  let head: [UInt8]

  /// One step of a pattern.
  enum Token: Hashable, Sendable {
    case byte(UInt8)
    case set(ByteClass)
    /// Any number of bytes but a slash.
    case star
    /// Any number of whole components, each with its slash; stands only where a component begins.
    case components
    /// Any number of bytes.
    case rest
  }

  /// Reads a pattern; `invalidPattern` says what is wrong with it.
  package init(_ text: String) throws(ArtifactError) {
    var parser = GlobParser(text)
    self = try parser.parse()
  }

  init(text: String, isAnchored: Bool, isForFolders: Bool, tokens: [Token]) {
    self.text = text
    self.isAnchored = isAnchored
    self.isForFolders = isForFolders
    self.tokens = tokens
    var head: [UInt8] = []
    for case .byte(let byte) in tokens.prefix(while: { if case .byte = $0 { true } else { false } }) {
      head.append(byte)
    }
    self.head = head
  }
}

/// A set of byte values.
struct ByteClass: Hashable, Sendable {
  private var words: SIMD4<UInt64> = .zero

  func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] & (1 << UInt64(byte & 63)) != 0 }

  mutating func insert(_ range: ClosedRange<UInt8>) {
    for byte in range { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
  }

  mutating func remove(_ byte: UInt8) { words[Int(byte >> 6)] &= ~(1 << UInt64(byte & 63)) }

  mutating func invert() { words = ~words }

  /// Every byte.
  static var all: ByteClass {
    var all = ByteClass()
    all.invert()
    return all
  }

  /// Every byte but the slash.
  static var component: ByteClass {
    var component = ByteClass.all
    component.remove(.slash)
    return component
  }
}

/// Reads UTF-8 scalar by scalar out of bytes that need not be valid.
struct UTF8Reader {
  /// What stands at a position.
  enum Element: Equatable {
    case scalar(Unicode.Scalar)
    /// A byte that is no part of a valid sequence (RFC 3629, section 4).
    case invalid(UInt8)
  }

  /// The element that starts at `index` and its length in bytes.
  static func element(in bytes: Span<UInt8>, at index: Int) -> (element: Element, length: Int) {
    let first = bytes[index]
    if first < 0x80 { return (.scalar(Unicode.Scalar(first)), 1) }
    let length: Int
    var value: UInt32
    // The second byte's range rules out overlong forms, surrogates and values over 10FFFF.
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch first {
    case 0xC2...0xDF: (length, value) = (2, UInt32(first & 0x1F))
    case 0xE0: (length, value, second) = (3, 0, 0xA0...0xBF)
    case 0xED: (length, value, second) = (3, 0xD, 0x80...0x9F)
    case 0xE1...0xEF: (length, value) = (3, UInt32(first & 0x0F))
    case 0xF0: (length, value, second) = (4, 0, 0x90...0xBF)
    case 0xF4: (length, value, second) = (4, 4, 0x80...0x8F)
    case 0xF1...0xF3: (length, value) = (4, UInt32(first & 0x07))
    default: return (.invalid(first), 1)
    }
    guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return (.invalid(first), 1) }
    for offset in 1..<length {
      let byte = bytes[index + offset]
      guard byte & 0xC0 == 0x80 else { return (.invalid(first), 1) }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    guard let scalar = Unicode.Scalar(value) else { return (.invalid(first), 1) }
    return (.scalar(scalar), length)
  }

  /// Whether the scalar can move a cursor, reorder, hide or break text, and so is never written as it is.
  static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E: return false
    case 0..<0xA0: return true
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: return true
    default: return false
    }
  }
}

/// What joins a key and its value.
struct Sign {
  var form: KeyValue.Form
  /// Bytes of the sign.
  var length: Int

  init(_ form: KeyValue.Form, _ length: Int) {
    self.form = form
    self.length = length
  }

  /// The sign that stands at an index.
  init?(at index: Int, in bytes: ByteView) {
    let next = bytes[index + 1]
    switch bytes[index] {
    case UInt8(ascii: "="):
      if next == UInt8(ascii: ">") {
        self.init(.arrow, 2)
      } else if next == UInt8(ascii: "=") {
        let isArrow = bytes[index + 2] == UInt8(ascii: ">")
        self.init(isArrow ? .arrow : .comparison, isArrow || bytes[index + 2] == UInt8(ascii: "=") ? 3 : 2)
      } else {
        self.init(.equals, next == UInt8(ascii: "~") ? 2 : 1)
      }
    case UInt8(ascii: ":"):
      if next == UInt8(ascii: "=") {
        self.init(.equals, 2)
      } else if next == UInt8(ascii: ":") {
        return nil
      } else if next == UInt8(ascii: "/"), bytes[index + 2] == UInt8(ascii: "/") {
        return nil
      } else {
        self.init(.colon, 1)
      }
    case UInt8(ascii: "!"):
      guard next == UInt8(ascii: "=") else { return nil }
      self.init(.comparison, bytes[index + 2] == UInt8(ascii: "=") ? 3 : 2)
    case UInt8(ascii: "<"):
      guard next == UInt8(ascii: "-") else { return nil }
      self.init(.arrow, 2)
    case UInt8(ascii: "-"):
      guard next == UInt8(ascii: ">") else { return nil }
      self.init(.arrow, 2)
    case UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "|"):
      if next == UInt8(ascii: "=") {
        self.init(.equals, 2)
      } else if bytes[index] == UInt8(ascii: "|"), next == UInt8(ascii: "|"), bytes[index + 2] == UInt8(ascii: "=") {
        self.init(.equals, 3)
      } else {
        return nil
      }
    case 0xEF:
      // `：` and `＝`.
      guard next == 0xBC, bytes[index + 2] == 0x9A || bytes[index + 2] == 0x9D else { return nil }
      self.init(bytes[index + 2] == 0x9A ? .colon : .equals, 3)
    case 0xE2:
      // `—`, `–` and `→`, as people write them.
      let isDash = next == 0x80 && (bytes[index + 2] == 0x93 || bytes[index + 2] == 0x94)
      guard isDash || next == 0x86 && bytes[index + 2] == 0x92 else { return nil }
      self.init(.comparison, 3)
    case UInt8(ascii: "{"):
      // C++: `std::string password{"…"}`; not `token in {"and", "or"}`.
      guard next == 0x22, !bytes[index - 1].isBlank else { return nil }
      self.init(.equals, 1)
    case UInt8(ascii: ","): self.init(.argument, 1)
    case UInt8(ascii: "("): self.init(.call, 1)
    case UInt8(ascii: "%"):
      // `%3D` and `%3A`, themselves escaped or not (RFC 3986, section 2.1).
      if bytes.holds("%3d", at: index) {
        self.init(.query, 3)
      } else if bytes.holds("%253d", at: index) {
        self.init(.query, 5)
      } else if bytes.holds("%3a", at: index) {
        self.init(.colon, 3)
      } else {
        return nil
      }
    default: return nil
    }
  }
}

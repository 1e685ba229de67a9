/// Numbers as people read them.
package enum Quantity {
  /// A whole number with commas between thousands.
  package static func count(_ value: Int) -> String {
    let digits = Array(String(value.magnitude).utf8)
    var text: [UInt8] = value < 0 ? [UInt8(ascii: "-")] : []
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(UInt8(ascii: ",")) }
      text.append(digit)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// A number with its noun, in the plural unless there is one.
  package static func count(_ value: Int, _ singular: String, _ plural: String? = nil) -> String {
    count(value) + " " + (value == 1 ? singular : plural ?? singular + "s")
  }

  /// A number of bytes in powers of ten, two or three digits of it.
  package static func bytes(_ value: Int) -> String {
    if value < 1000 { return count(value, "byte") }
    var unit = 0
    var tenths = value / 100
    let units = ["kB", "MB", "GB", "TB", "PB", "EB"]
    while tenths >= 10_000, unit + 1 < units.count {
      tenths /= 1000
      unit += 1
    }
    return tenths < 1000 ? "\(tenths / 10).\(tenths % 10) \(units[unit])" : "\(tenths / 10) \(units[unit])"
  }

  /// A time in seconds with two decimals, from a minute on in minutes and seconds.
  package static func time(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    if seconds >= 60 { return "\(count(Int(seconds / 60))) min \(seconds % 60) s" }
    let hundredths = attoseconds / 10_000_000_000_000_000
    return "\(seconds).\(hundredths < 10 ? "0" : "")\(hundredths) s"
  }
}

/// Days and times of the calendar, in UTC.
package enum Calendar {
  /// Seconds of the years that RFC 3339 can write, 0000 to 9999.
  private static let known = -62_167_219_200...253_402_300_799

  /// The time so many seconds after 1970 as RFC 3339 writes it; the nearest it can write where there are too many, as
  /// anybody can date a commit.
  package static func text(_ seconds: Int) -> String {
    let seconds = min(max(seconds, known.lowerBound), known.upperBound)
    let day = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
    let rest = seconds - day * 86_400
    return "\(date(day))T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
  }

  /// The date so many days after 1970-01-01.
  ///
  /// Counts in cycles of 400 Gregorian years, which have 146097 days, from 1 March of the year 0, so that leap days
  /// come last.
  package static func date(_ day: Int) -> String {
    let shifted = day + 719_468
    let cycle = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let inCycle = shifted - cycle * 146_097
    let yearInCycle = (inCycle - inCycle / 1460 + inCycle / 36_524 - inCycle / 146_096) / 365
    let inYear = inCycle - (365 * yearInCycle + yearInCycle / 4 - yearInCycle / 100)
    let march = (5 * inYear + 2) / 153
    let month = march < 10 ? march + 3 : march - 9
    let year = yearInCycle + cycle * 400 + (month <= 2 ? 1 : 0)
    let text = String(year)
    return String(repeating: "0", count: max(0, 4 - text.count)) + text
      + "-\(two(month))-\(two(inYear - (153 * march + 2) / 5 + 1))"
  }

  /// Whether a text is a date as `date` writes it, so that dates compare like their texts.
  package static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard text.utf8.count == 10, parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2],
      parts.allSatisfy({ $0.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month)
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    return (1...days).contains(day)
  }

  private static func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
}

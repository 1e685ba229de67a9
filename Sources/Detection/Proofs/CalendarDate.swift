/// A day of the calendar (ISO 8601, UTC).
struct CalendarDate: Comparable {
  var year: Int
  var month: Int
  var day: Int

  /// Everybody who reads a report of this version does so later: what expired before this day has expired.
  ///
  /// A report must not depend on when it is made (docs/decisions/0028-proofs.md), so it never says so of a later day.
  static let certainlyPast = CalendarDate(year: 2026, month: 1, day: 1)

  init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day of a number of seconds since 1970; `nil` outside the years 1970 to 9999.
  init?(secondsSince1970 seconds: Int) {
    guard seconds >= 0, seconds < 253_402_300_800 else { return nil }
    // Years that begin in March put the leap day last; 400 of them have 146,097 days.
    let days = seconds / 86_400 + 719_468
    let era = days / 146_097
    let dayOfEra = days % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + 400 * era + (month <= 2 ? 1 : 0)
  }

  /// `2027-01-31`.
  var text: String { "\(year)-\(Self.twoDigits(month))-\(Self.twoDigits(day))" }

  static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}

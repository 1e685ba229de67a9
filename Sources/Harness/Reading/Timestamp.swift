#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A moment, read and written as RFC 3339 has it.
package struct Timestamp: Sendable, Hashable, Comparable {
  /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX.1, 4.19).
  package let seconds: Int
  package let nanoseconds: Int

  package init(seconds: Int, nanoseconds: Int = 0) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// What the system's clock says now.
  package static var now: Timestamp {
    var time = timespec()
    // SAFETY: clock_gettime fills the one structure it is given.
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(seconds: time.tv_sec, nanoseconds: time.tv_nsec)
  }

  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }

  package func advanced(by seconds: Int) -> Timestamp {
    Timestamp(seconds: self.seconds + seconds, nanoseconds: nanoseconds)
  }

  /// Reads a `date-time` of RFC 3339, section 5.6; `nil` for anything else, a day that is not in the calendar included.
  package init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    guard let day = Self.takeDate(&rest), let separator = rest.popFirst(),
      separator == UInt8(ascii: "T") || separator == UInt8(ascii: "t") || separator == UInt8(ascii: " "),
      let hour = Self.takeNumber(&rest, 2), hour < 24, Self.take(&rest, ":"),
      let minute = Self.takeNumber(&rest, 2), minute < 60, Self.take(&rest, ":"),
      let second = Self.takeNumber(&rest, 2), second <= 60
    else { return nil }
    var nanoseconds = 0
    if Self.take(&rest, ".") {
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard !digits.isEmpty else { return nil }
      for place in 0..<9 {
        let digit = place < digits.count ? Int(digits[digits.startIndex + place] - UInt8(ascii: "0")) : 0
        nanoseconds = nanoseconds * 10 + digit
      }
      rest = rest.dropFirst(digits.count)
    }
    guard let offset = Self.takeOffset(&rest), rest.isEmpty else { return nil }
    self.init(
      seconds: day * 86_400 + hour * 3600 + minute * 60 + min(second, 59) - offset, nanoseconds: nanoseconds)
  }

  /// The end of a `full-date` of RFC 3339 in UTC; `nil` for anything else.
  package init?(endOfDate text: String) {
    var rest = Array(text.utf8)[...]
    guard let day = Self.takeDate(&rest), rest.isEmpty else { return nil }
    self.init(seconds: (day + 1) * 86_400)
  }

  /// `2026-05-31T18:40:00.123Z`: UTC, to the millisecond.
  package var text: String {
    let (year, month, day) = Self.date(seconds.quotient(86_400))
    let rest = seconds - seconds.quotient(86_400) * 86_400
    let clock = [rest / 3600, rest / 60 % 60, rest % 60].map { Self.digits($0, 2) }.joined(separator: ":")
    return "\(Self.digits(year, 4))-\(Self.digits(month, 2))-\(Self.digits(day, 2))T\(clock)."
      + "\(Self.digits(nanoseconds / 1_000_000, 3))Z"
  }
}

// Days are counted by era of 400 years, in years that begin in March, so that a leap day comes last.
extension Timestamp {
  /// Days since 1970-01-01.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = year.quotient(400)
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The date of a number of days since 1970-01-01.
  private static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted.quotient(146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  private static func takeDate(_ rest: inout ArraySlice<UInt8>) -> Int? {
    guard let year = takeNumber(&rest, 4), take(&rest, "-"), let month = takeNumber(&rest, 2), take(&rest, "-"),
      let day = takeNumber(&rest, 2), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    let days = days(year, month, day)
    return date(days) == (year, month, day) ? days : nil
  }

  /// Seconds that the local time is before UTC.
  private static func takeOffset(_ rest: inout ArraySlice<UInt8>) -> Int? {
    switch rest.popFirst() {
    case UInt8(ascii: "Z"), UInt8(ascii: "z"): return 0
    case let sign? where sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"):
      guard let hour = takeNumber(&rest, 2), hour < 24, take(&rest, ":"), let minute = takeNumber(&rest, 2), minute < 60
      else { return nil }
      return (sign == UInt8(ascii: "-") ? -1 : 1) * (hour * 3600 + minute * 60)
    default: return nil
    }
  }

  private static func takeNumber(_ rest: inout ArraySlice<UInt8>, _ count: Int) -> Int? {
    let digits = rest.prefix(count)
    guard digits.count == count, digits.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else { return nil }
    rest = rest.dropFirst(count)
    return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  private static func take(_ rest: inout ArraySlice<UInt8>, _ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }

  private static func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}

extension Int {
  /// The quotient, rounded down.
  fileprivate func quotient(_ divisor: Int) -> Int { self >= 0 ? self / divisor : (self - divisor + 1) / divisor }
}

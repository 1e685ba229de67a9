import Foundation
import Harness
import TestSupport
import Testing

struct TimestampTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2026-05-31T18:41:30Z", 1_780_252_890), ("2000-02-29T23:59:59Z", 951_868_799),
    ("2026-05-31t20:41:30.5+02:00", 1_780_252_890), ("1969-12-31T23:59:59Z", -1),
    ("2026-05-31 18:41:30z", 1_780_252_890),
    ("2016-12-31T23:59:60Z", 1_483_228_799),
  ])
  func `moments are read as RFC 3339 has them`(_ text: String, _ seconds: Int) {
    #expect(Timestamp(text)?.seconds == seconds)
  }

  @Test(arguments: [
    "", "2026-05-31", "2026-05-31T18:41Z", "2026-05-31T18:41:30", "2026-02-30T00:00:00Z", "2025-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-05-31T24:00:00Z", "2026-05-31T18:60:00Z",
    "2026-05-31T18:41:61Z", "2026-05-31T18:41:30.Z", "2026-05-31T18:41:30+2:00", "2026-05-31T18:41:30Z ",
    " 2026-05-31T18:41:30Z", "26-05-31T18:41:30Z", "2026-5-31T18:41:30Z", "２026-05-31T18:41:30Z",
  ])
  func `what is no moment is refused`(_ text: String) { #expect(Timestamp(text) == nil) }

  @Test func `a date lasts to its end`() {
    #expect(Timestamp(endOfDate: "2026-05-31") == Timestamp("2026-06-01T00:00:00Z"))
    #expect(Timestamp(endOfDate: "2026-05-32") == nil && Timestamp(endOfDate: "2026-05-31T00:00:00Z") == nil)
  }

  @Test func `what is written is read again, and agrees with another calendar`() {
    var random = SeededRandom(seed: 3)
    let calendar = ISO8601DateFormatter()
    for _ in 0..<2000 {
      let moment = Timestamp(
        seconds: Int.random(in: -2_000_000_000...40_000_000_000, using: &random),
        nanoseconds: Int.random(in: 0..<1000, using: &random) * 1_000_000)
      #expect(Timestamp(moment.text) == moment)
      let whole = String(moment.text.prefix(19)) + "Z"
      #expect(calendar.string(from: Date(timeIntervalSince1970: Double(moment.seconds))) == whole)
    }
  }
}

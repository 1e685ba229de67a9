import Findings
import Testing

struct CalendarTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (86_399, "1970-01-01T23:59:59Z"),
    (-86_400, "1969-12-31T00:00:00Z"), (951_827_696, "2000-02-29T12:34:56Z"),
    (253_402_300_799, "9999-12-31T23:59:59Z"), (-62_167_219_200, "0000-01-01T00:00:00Z"),
  ])
  func `a time is written as RFC 3339 has it`(_ seconds: Int, _ text: String) {
    #expect(Calendar.text(seconds) == text)
  }

  @Test(arguments: [253_402_300_800, 1 << 53, .max]) func `a time too late to be written is the last one`(
    _ seconds: Int
  ) {
    #expect(Calendar.text(seconds) == "9999-12-31T23:59:59Z")
  }

  @Test(arguments: [-62_167_219_201, -1 << 53, .min]) func `a time too early to be written is the first one`(
    _ seconds: Int
  ) {
    #expect(Calendar.text(seconds) == "0000-01-01T00:00:00Z")
  }
}

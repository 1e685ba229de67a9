#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension CommonWords {
  /// Share of the places of ordinary text at which letters stand as a common word or part of one; 0 where no common word
  /// holds them.
  ///
  /// - Parameter letters: ASCII letters in lower case.
  /// - Complexity: one search of the table.
  static func share(of letters: [UInt8]) -> Double {
    let needle = letters.map(CChar.init) + [0]
    var share = 0.0
    // SAFETY: a static string ends with a NUL (documentation of `utf8Start`), and so does the needle; what is found lies in
    // the table, which ends with a letter in upper case.
    var from = unsafe UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
    while let found = unsafe strstr(from, needle) {
      var end = unsafe UnsafePointer(found) + letters.count
      // SAFETY: as above; the letter in upper case behind the word tells how often it stands.
      while unsafe end.pointee >= CChar(UInt8(ascii: "a")) { unsafe end += 1 }
      share += unsafe 1 / Double(UInt64(1) << UInt64(end.pointee - 64))
      unsafe from = end
    }
    return share
  }
}

/// How far letters are words, by the tables of common words and pairs of letters.
struct Wording {
  /// Number of letters in the value.
  private(set) var letters = 0
  /// Share of the letters that common words cover, 0 to 1.
  private(set) var coverage = 0.0
  /// Mean surprise of a letter behind another one, in bits; ordinary words stay near 4, random letters near 7.
  private(set) var surprise = 4.0

  /// - Complexity: linear in the length of the value.
  init(_ value: [UInt8]) {
    var run: [UInt8] = []
    var best: [Int] = []
    run.reserveCapacity(value.count)
    best.reserveCapacity(value.count + 1)
    var covered = 0
    var bits = 0
    var pairs = 0
    func end() {
      guard !run.isEmpty else { return }
      letters += run.count
      covered += Self.covered(run, &best)
      run.removeAll(keepingCapacity: true)
    }
    for byte in value {
      guard byte.isLetter else {
        end()
        continue
      }
      let letter = (byte | 0x20) - 0x60
      if let last = run.last {
        bits += Int(CommonWords.pairs[Int(last - 1) * 26 + Int(letter - 1)])
        pairs += 1
      }
      run.append(letter)
    }
    end()
    if letters > 0 { coverage = Double(covered) / Double(letters) }
    if pairs > 0 { surprise = Double(bits) / 8 / Double(pairs) }
  }

  /// Most letters of a run that words which do not overlap can cover.
  ///
  /// - Parameters:
  ///   - run: letters, `a` being 1.
  ///   - best: room for that number of each beginning of the run.
  private static func covered(_ run: [UInt8], _ best: inout [Int]) -> Int {
    let table = CommonWordTable.common
    best.removeAll(keepingCapacity: true)
    best.append(0)
    var ending: UInt64 = 0
    for end in 1...run.count {
      var most = best[end - 1]
      ending = (ending << 5 | UInt64(run[end - 1])) & 0x7FFF
      if end >= 3, table.ends(ending) {
        var word = ending
        for length in 3...CommonWordTable.longest where length <= end {
          if length > 3 { word |= UInt64(run[end - length]) << UInt64(5 * (length - 1)) }
          if table.contains(word) { most = max(most, best[end - length] + length) }
        }
      }
      best.append(most)
    }
    return best[run.count]
  }
}

import ByteText
import Rules

/// A rule to be tried where one of its anchors stands: plain numbers, so that most places are dismissed without touching
/// the rule itself.
struct Probe {
  var rule: Int32
  /// Least and greatest distance from the start of a match to the anchor.
  var leastOffset: Int32
  var greatestOffset: Int32
  /// Number of bytes in the run every match holds behind the anchor; 0 where there is none.
  var runCount: Int32 = 0
  /// Distances from the start of the anchor at which the run may start.
  var runFrom: Int32 = 0
  var runTo: Int32 = 0
  /// Where the run's alphabet starts in the engine's tables.
  var runTable: Int32 = 0
  /// Whether all of the alphabet are digits of base64, which are told sixteen at a time.
  var isOfDigits = false

  /// Distances are from the end of the anchor until `behind` says how long it is.
  init(rule: Int, shape: PatternShape, tables: inout RunTables) {
    self.rule = Int32(rule)
    leastOffset = Int32(shape.anchorOffset.lowerBound)
    greatestOffset = Int32(shape.anchorOffset.upperBound)
    guard let run = shape.run else { return }
    runCount = Int32(run.count)
    runFrom = Int32(run.distance.lowerBound)
    runTo = Int32(run.distance.upperBound)
    runTable = Int32(tables.place(of: run.alphabet))
    isOfDigits = run.alphabet.union(Self.digits) == Self.digits
  }

  private static let digits = ByteSet((0...255).filter { DigitRun.isDigit($0) })

  /// The same behind an anchor of that many bytes.
  func behind(_ length: Int) -> Probe {
    var probe = self
    probe.runFrom += Int32(length)
    probe.runTo += Int32(length)
    return probe
  }

  /// Whether the run is there.
  ///
  /// Looks at the last byte of where a run could be first: a run cannot avoid it, so most places cost one look.
  @inline(__always)
  func hasRun(at place: Int, in bytes: UnsafeRawBufferPointer, _ tables: UnsafeBufferPointer<UInt8>) -> Bool {
    let count = Int(runCount)
    let table = Int(runTable)
    var start = place &+ Int(runFrom)
    let last = min(place &+ Int(runTo), bytes.count &- count)
    guard start <= last, let base = bytes.baseAddress else { return false }
    // Where the run is not there its digits end somewhere nearly always, at a place nobody can guess: all are looked at together.
    let length = last &- start &+ count
    if isOfDigits,
      // SAFETY: the bytes end at `last` and `count` behind it; the window's padding may be read behind its bytes.
      unsafe !LayerFilter.mayHoldDigits(count, in: base + start, length: length)
    {
      return false
    }
    while start <= last {
      var index = start &+ count &- 1
      // Where the run is not there a block of digits ends before its start nearly always, at a place nobody can guess: to find it
      // without a branch takes half of the time.
      if isOfDigits, index >= LayerFilter.blockLength {
        // SAFETY: a whole block stands before the place behind the index, which is at most the number of bytes.
        let row = unsafe LayerFilter.digits(endingAt: base + (index &+ 1))
        if row < min(count, LayerFilter.blockLength) {
          start = index &- row &+ 1
          continue
        }
      }
      // SAFETY: index is at least start and below the number of bytes; a table has an entry for every byte value.
      while index >= start, unsafe tables[table &+ Int(bytes[index])] != 0 { index &-= 1 }
      if index < start { return true }
      start = index &+ 1
    }
    return false
  }
}

/// The alphabets of required runs, each once.
struct RunTables {
  private(set) var bytes: [UInt8] = []
  private var places: [ByteSet: Int] = [:]

  /// Where the alphabet's table starts; enters it the first time.
  mutating func place(of alphabet: ByteSet) -> Int {
    if let place = places[alphabet] { return place }
    let place = bytes.count
    places[alphabet] = place
    bytes += alphabet.table
    return place
  }
}

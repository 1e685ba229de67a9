import ByteText
import Rules

/// A place at which escaped text has to be read unescaped.
///
/// Within a layer, an escape that stood there as it is before the layer was undone was read then. It counts only beside those of the
/// layer, where its family comes behind theirs: so what is written in both is read without both, in one order of the two.
struct EscapeTrigger {
  var family: EscapeFamily
  var offset: Int
  /// Offset up to which it has to be read at least.
  var reach: Int
  /// Whether it stands beside the escapes of the layer it was found in.
  var isBeside: Bool
  /// Whether a backslash stands before what it stands for, a quote or another backslash.
  var isPlain: Bool

  /// Adds the escapes that start in a range and may hide a token by themselves.
  static func add(in range: Range<Int>, _ view: BytesAtHand, in detector: Detector, to triggers: inout [EscapeTrigger])
  {
    forEachEscape(in: range, view) { family, offset in
      guard let code = family.code(at: offset, view),
        code.isStrong || detector.anchorSigns.mayStand(code, at: offset, view),
        let isBeside = isBeside(family, offset..<offset + code.length, in: detector)
      else { return }
      let reach = offset + code.length
      triggers.append(
        EscapeTrigger(family: family, offset: offset, reach: reach, isBeside: isBeside, isPlain: code.isPlain))
    }
  }

  /// Adds what a keyword gives reason for: escaped quotes and brackets near it, which by themselves mean nothing.
  static func add(
    near keyword: FoundKeyword, marked wanted: UInt8, in marks: LayerMarks, _ view: BytesAtHand, in detector: Detector,
    to triggers: inout [EscapeTrigger]
  ) {
    let surroundings = keyword.surroundings.clamped(to: view.base..<view.end)
    // A bit for each family.
    var seen = 0
    marks.forEach(wanted, in: surroundings) { block, marks in
      // One of a family is enough, and a block marked for quotes alone holds those behind backslashes.
      if seen & 1 << EscapeFamily.backslash.rawValue != 0, marks & wanted & ~LayerFilter.quote == 0 { return }
      let range = (block..<block + LayerFilter.blockLength).clamped(to: surroundings)
      forEachEscape(in: range, view) { family, offset in
        guard seen & 1 << family.rawValue == 0, let code = family.code(at: offset, view),
          keyword.asks(for: code, of: family),
          let isBeside = isBeside(family, offset..<offset + code.length, in: detector)
        else { return }
        let reach = keyword.surroundings.upperBound
        triggers.append(
          EscapeTrigger(
            family: family, offset: keyword.offset, reach: reach, isBeside: isBeside, isPlain: code.isPlain))
        seen |= 1 << family.rawValue
      }
    }
  }

  /// The first place in a range at which an escape stands that may be a reason to read on unescaped, with a keyword near or without.
  static func first(in range: Range<Int>, _ view: BytesAtHand, in detector: Detector) -> Int? {
    var first: Int?
    forEachEscape(in: range, view) { family, offset in
      guard first == nil, let code = family.code(at: offset, view) else { return }
      let mayCount =
        code.isStrong || FoundKeyword(offset: offset, isKey: false).asks(for: code, of: family)
        || detector.anchorSigns.mayStand(code, at: offset, view)
      if mayCount { first = offset }
    }
    return first
  }

  /// Whether an escape stands beside those of the layer; `nil` where it was read before the layer was undone.
  private static func isBeside(_ family: EscapeFamily, _ range: Range<Int>, in detector: Detector) -> Bool? {
    if detector.isFresh(range) { return false }
    guard let outer = detector.family, outer.rawValue < family.rawValue else { return nil }
    return true
  }

  /// Calls for every sign that may start an escape.
  private static func forEachEscape(
    in range: Range<Int>, _ view: BytesAtHand, _ body: (EscapeFamily, Int) -> Void
  ) {
    var start = max(range.lowerBound, view.base)
    while start < range.upperBound {
      let signs = view.places(in: start..<range.upperBound) { bytes in
        (bytes .== SIMD16(repeating: 0x5C)) .| (bytes .== SIMD16(repeating: 0x25))
          .| (bytes .== SIMD16(repeating: 0x26)) .| (bytes .== SIMD16(repeating: 0x3D))
      }
      for place in signs {
        let offset = start + place
        if let family = EscapeFamily(sign: view[offset]) { body(family, offset) }
      }
      start += 16
    }
  }
}

/// A keyword that was met, and what around it makes the text worth reading unescaped.
struct FoundKeyword {
  /// Bytes around a keyword in which an escape counts.
  static let reachBefore = 48
  static let reachBehind = 96

  let offset: Int
  /// Whether it is a key word: the key lexer reads escaped quotes by itself.
  let isKey: Bool

  var surroundings: Range<Int> { max(0, offset - Self.reachBefore)..<(offset + Self.reachBehind) }

  /// Whether an escape near it counts: what stands in quotes may be JSON or an attribute, in brackets an element, behind
  /// dashes the body of a PEM block. Other line ends and tabs are too common to tell anything.
  func asks(for code: EscapeFamily.Code, of family: EscapeFamily) -> Bool {
    guard code.bytes.count == 1 else { return false }
    switch code.bytes.first {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return !isKey || family != .entity && code.length > 2
    case UInt8(ascii: "<"), UInt8(ascii: ">"): return true
    case 0x0A, 0x0D: return !isKey && code.isBehindDashes
    default: return false
    }
  }
}

/// The escapes of one family in an artifact: stretches of text in which they stand, read unescaped.
final class EscapedText {
  /// Bytes read before a trigger, and behind the last escape.
  private static let reach = 512

  let family: EscapeFamily
  /// The stretch under way.
  private(set) var session: LayerSession?
  /// Offset up to which text was read, or left alone.
  private(set) var position = 0
  /// Offset behind the last escape, or that a trigger asked for.
  private var last = 0
  private var line = 0
  private var lineStart: Int?

  init(_ family: EscapeFamily) { self.family = family }

  /// Forgets the stretch under way.
  func reset() {
    session = nil
    position = 0
    last = 0
  }

  /// Reads up to a bound: the stretch under way, and those that triggers start or make longer, which are in order.
  func read(_ triggers: [EscapeTrigger], _ view: BytesAtHand, to bound: Int, isEnd: Bool, in detector: Detector) {
    for trigger in triggers where trigger.family == family && (trigger.offset < bound || isEnd) {
      advance(view, to: trigger.offset, in: detector)
      if session != nil {
        last = max(last, trigger.reach)
      } else if trigger.offset >= position {
        start(trigger, view, in: detector)
      }
    }
    advance(view, to: bound, in: detector)
    guard let session else { return }
    if isEnd {
      close(session, in: detector)
    } else {
      session.fixStart()
      detector.collect(session)
    }
  }

  private func start(_ trigger: EscapeTrigger, _ view: BytesAtHand, in detector: Detector) {
    // What stands behind the last escape may be read again: a token may lie over the end of the stretch before.
    let from = max(last, trigger.offset - Self.reach, view.base)
    // Backslashes in a row are half as many in each layer, so these end by themselves: a line of a script that is nothing else is
    // no text in so many strings.
    let isHalved = family == .backslash && detector.family == .backslash && trigger.isPlain
    guard let session = detector.openLayer(family.kind, at: from, counts: !trigger.isBeside && !isHalved) else {
      position = trigger.reach + Self.reach
      return
    }
    self.session = session
    position = from
    last = trigger.reach
    line = 0
    lineStart = nil
  }

  private func close(_ session: LayerSession, in detector: Detector) {
    detector.closeLayer(session)
    self.session = nil
  }

  /// Reads the stretch under way up to a bound, or to its end.
  private func advance(_ view: BytesAtHand, to bound: Int, in detector: Detector) {
    guard let session else { return }
    while position < bound {
      let stop = min(bound, last + Self.reach)
      guard position < stop else { return close(session, in: detector) }
      let offset = signOrLineEnd(in: position..<stop, view) ?? stop
      if offset < stop, view[offset] != family.sign {
        append(position..<offset + 1, view, to: session)
        if view[offset] == 0x0A || view[offset + 1] != 0x0A { startLine(at: offset + 1) }
        continue
      }
      if offset > position { append(position..<offset, view, to: session) }
      guard offset < stop else { continue }
      if let code = family.code(at: offset, view) {
        append(code, view, to: session)
        last = max(last, position)
      } else {
        append(offset..<offset + 1, view, to: session)
      }
    }
  }

  /// The first place in a range at which an escape may start or a line ends.
  private func signOrLineEnd(in range: Range<Int>, _ view: BytesAtHand) -> Int? {
    let sign = SIMD16<UInt8>(repeating: family.sign)
    var start = range.lowerBound
    while start < range.upperBound {
      var places = view.places(in: start..<range.upperBound) { bytes in
        (bytes .== sign) .| (bytes .== SIMD16(repeating: 0x0A)) .| (bytes .== SIMD16(repeating: 0x0D))
      }
      if let place = places.next() { return start + place }
      start += 16
    }
    return nil
  }

  /// Takes bytes of one line over as they are.
  private func append(_ range: Range<Int>, _ view: BytesAtHand, to session: LayerSession) {
    session.map.add(symbol: session.count, from: position, line: line, lineStart: lineStart)
    // SAFETY: the bytes are copied at once.
    unsafe session.append(view.pointer(range))
    position = range.upperBound
  }

  private func append(_ code: EscapeFamily.Code, _ view: BytesAtHand, to session: LayerSession) {
    if !code.bytes.isEmpty {
      session.map.add(
        symbol: session.count, from: position, line: line, lineStart: lineStart, symbols: code.bytes.count,
        bytes: code.length, isPlain: code.isPlain)
      session.append(code.bytes)
    }
    position += code.length
    // An escaped line end that is taken out is one of the artifact's all the same.
    let end = view[position - 1]
    if code.bytes.isEmpty, end == 0x0A || end == 0x0D { startLine(at: position) }
  }

  private func startLine(at offset: Int) {
    line += 1
    lineStart = offset
  }
}

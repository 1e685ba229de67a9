internal import CPCRE2

/// What matching needs beside the pattern: offsets, limits, the machine code's stack. One per worker.
@safe package final class MatchScratch {
  /// How a search ended.
  package enum Outcome: Equatable, Sendable {
    case matched
    case none
    /// PCRE2 gave up: a limit was hit or its stack ran out. Not the same as no match.
    case failed(code: Int32)
  }

  /// Where a search stands in the artifact.
  package struct Edges: OptionSet, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The edges of a subject that begins, or ends, where its artifact does.
    package init(isBeginning: Bool, isEnd: Bool) {
      rawValue = (isBeginning ? 0 : PCRE2_NOTBOL) | (isEnd ? 0 : PCRE2_NOTEOL)
    }

    /// The subject does not begin where the artifact begins: `^` does not hold at its start.
    package static let notBeginning = Edges(rawValue: PCRE2_NOTBOL)
    /// The subject does not end where the artifact ends: `$` does not hold at its end.
    package static let notEnd = Edges(rawValue: PCRE2_NOTEOL)
  }

  /// Backtracking steps one search may take; counts work, never time (pcre2_set_match_limit(3)).
  package static let matchLimit: UInt32 = 5_000_000
  /// Nested backtracking points one search may hold.
  package static let depthLimit: UInt32 = 100_000
  /// KiB of heap the interpreter may take.
  package static let heapLimit: UInt32 = 16_384
  private static let jitStackSize = (start: 32 * 1024, most: 1024 * 1024)

  private let data: OpaquePointer
  private let context: OpaquePointer
  private let jitStack: OpaquePointer?
  private let offsets: UnsafeMutablePointer<Int>
  /// Groups beyond this number are matched, but their ranges are not told.
  package static let greatestGroup = 31

  package init(matchLimit: UInt32 = MatchScratch.matchLimit) {
    // SAFETY: these only fail when memory ran out, which ends the process like every failed allocation.
    unsafe data = pcre2_match_data_create_8(UInt32(Self.greatestGroup + 1), nil)!
    unsafe context = pcre2_match_context_create_8(nil)!
    unsafe pcre2_set_match_limit_8(context, matchLimit)
    unsafe pcre2_set_depth_limit_8(context, Self.depthLimit)
    unsafe pcre2_set_heap_limit_8(context, Self.heapLimit)
    unsafe jitStack = pcre2_jit_stack_create_8(Self.jitStackSize.start, Self.jitStackSize.most, nil)
    if let stack = unsafe jitStack {
      // SAFETY: with no callback the last argument is the stack to use (pcre2_jit_stack_assign(3)).
      unsafe pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
    }
    // SAFETY: the vector belongs to the match data and lives as long as it.
    unsafe offsets = pcre2_get_ovector_pointer_8(data)
  }

  deinit {
    // SAFETY: made in init, freed once; the stack is freed after the context that refers to it.
    unsafe pcre2_match_data_free_8(data)
    unsafe pcre2_match_context_free_8(context)
    if let stack = unsafe jitStack { unsafe pcre2_jit_stack_free_8(stack) }
  }

  /// Searches for the pattern from an offset on.
  ///
  /// - Parameters:
  ///   - start: where the search begins; what stands before it in the subject is seen by lookbehinds.
  ///   - last: last offset a match may start at, for patterns compiled with `.limitsOffset`.
  /// - Returns: `matched`, after which `range(of:)` tells where.
  package func search(
    _ pattern: Pattern, in subject: UnsafeBufferPointer<UInt8>, from start: Int, startingUpTo last: Int? = nil,
    edges: Edges
  ) -> Outcome {
    // SAFETY: the subject is given with its length and outlives the call; PCRE2_UNSET lifts the limit.
    unsafe pcre2_set_offset_limit_8(context, last ?? Int(bitPattern: UInt.max))
    let result: Int32
    if pattern.isOptimized {
      result = unsafe pcre2_jit_match_8(
        pattern.code, subject.baseAddress, subject.count, start, edges.rawValue, data, context
      )
    } else {
      result = unsafe pcre2_match_8(
        pattern.code, subject.baseAddress, subject.count, start, edges.rawValue | UInt32(PCRE2_NO_JIT), data, context
      )
    }
    // 0 says that there were more groups than the vector holds: a match all the same.
    if result >= 0 { return .matched }
    return result == PCRE2_ERROR_NOMATCH ? .none : .failed(code: result)
  }

  /// What bytes still to come can do to a search.
  package enum Prospect: Equatable, Sendable {
    /// There is a match, whatever comes; `range(of:)` tells where.
    case matched
    /// There is none, whatever comes, that starts in the range.
    case none
    /// What comes decides about a match that starts here (pcre2partial(3), hard).
    case open(from: Int)
    case failed(code: Int32)
  }

  /// Searches a subject behind which more may come, by the interpreter.
  ///
  /// - Parameters:
  ///   - starts: where a match may start; a pattern compiled with `.anchored` is tried at each.
  package func foresee(
    _ pattern: Pattern, isAnchored: Bool, in subject: UnsafeBufferPointer<UInt8>, starts: ClosedRange<Int>, edges: Edges
  ) -> Prospect {
    let flags = edges.rawValue | UInt32(PCRE2_NO_JIT) | PCRE2_PARTIAL_HARD
    // SAFETY: the subject is given with its length and outlives the call; PCRE2_UNSET lifts the limit.
    unsafe pcre2_set_offset_limit_8(context, isAnchored ? Int(bitPattern: UInt.max) : starts.upperBound)
    for start in isAnchored ? starts : starts.lowerBound...starts.lowerBound {
      let result = unsafe pcre2_match_8(
        pattern.code, subject.baseAddress, subject.count, start, flags, data, context)
      if result >= 0 { return .matched }
      // SAFETY: after a partial match the first pair of the vector tells where it stands.
      if result == PCRE2_ERROR_PARTIAL { return .open(from: unsafe offsets[0]) }
      if result != PCRE2_ERROR_NOMATCH { return .failed(code: result) }
    }
    return .none
  }

  /// Where a group of the last match stands in its subject, `nil` where it took no part.
  package func range(of group: Int) -> Range<Int>? {
    guard group <= Self.greatestGroup else { return nil }
    // SAFETY: the vector holds a pair for each group up to the greatest; unset groups hold PCRE2_UNSET.
    let start = unsafe offsets[2 * group]
    let end = unsafe offsets[2 * group + 1]
    return start >= 0 && end >= start ? start..<end : nil
  }

  /// PCRE2's text for the code of a failure.
  package static func reason(for code: Int32) -> String { message(for: code) }
}

package import ByteText

/// Finds keywords before somebody asks for them: beside the search that looks at those of the parts before.
package protocol KeywordSearch: AnyObject {
  /// Takes on the parts of some bytes, which stay where they are until the hits of the last part were asked for.
  func begin(_ automaton: KeywordAutomaton, _ bytes: UnsafeRawBufferPointer, parts: [Range<Int>])

  /// The hits of the next part, in ascending order.
  func next() -> [KeywordHit]
}

/// Sees what is searched of one file: what it says of it is said of the very bytes that were searched.
///
/// Called on the thread of the worker that searches the file.
package protocol Onlooker {
  /// The next bytes, good for the call only.
  func look(at piece: UnsafeRawBufferPointer)
  /// Nothing comes any more.
  ///
  /// - Parameter isWhole: whether the file was read to its end and did not change meanwhile.
  func end(isWhole: Bool)
}

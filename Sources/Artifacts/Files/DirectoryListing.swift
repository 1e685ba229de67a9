#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The names in one folder in byte order, without `.` and `..`.
///
/// Names lie in one array, so that a folder of a million files costs two allocations that grow, not a million.
package struct DirectoryListing: Sendable {
  fileprivate struct Slot: Sendable {
    /// The first eight bytes of the name, most significant first, padded with zeros: most comparisons end here.
    var key: UInt64
    var offset: UInt32
    var length: UInt16
    var kind: FileKind
  }

  private var names: [UInt8] = []
  private var slots: [Slot] = []
  /// Error number of the read that failed before the end; what was listed until then is here.
  package private(set) var failure: Int32?

  /// Names in the folder.
  package var count: Int { slots.count }

  /// What a name stands for, as the folder tells; `unknown` where its file system does not.
  package func kind(at index: Int) -> FileKind { slots[index].kind }

  /// The bytes of a name.
  package func name(at index: Int) -> ArraySlice<UInt8> {
    let slot = slots[index]
    return names[Int(slot.offset)..<(Int(slot.offset) + Int(slot.length))]
  }

  /// Whether the name is in the folder.
  ///
  /// - Complexity: logarithmic in the number of names.
  func contains(_ name: StaticString) -> Bool {
    // SAFETY: the bytes of a static string live as long as the process.
    let wanted = unsafe UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    var range = 0..<slots.count
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      let other = self.name(at: middle)
      if unsafe other.elementsEqual(wanted) { return true }
      range =
        unsafe other.lexicographicallyPrecedes(wanted)
        ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
    }
    return false
  }

  /// Lists a folder.
  ///
  /// - Complexity: O(n log n) in the number of names.
  package init(of directory: Directory) {
    // A descriptor of its own: closedir(3) closes the one it was given, and the folder's is needed to open files.
    let own = fcntl(directory.descriptor.raw, F_DUPFD_CLOEXEC, 0)
    // SAFETY: `own` is an open descriptor of a folder and now belongs to the stream.
    guard own >= 0, let stream = unsafe fdopendir(own) else {
      failure = errno
      if own >= 0 { close(own) }
      return
    }
    // SAFETY: `stream` was opened above and is closed once, here.
    defer { unsafe closedir(stream) }
    while true {
      errno = 0
      // SAFETY: `stream` is open. The entry stays valid until the next readdir on it, and is copied before that.
      guard let entry = unsafe readdir(stream) else {
        if errno != 0 { failure = errno }
        break
      }
      unsafe append(entry)
    }
    sort()
  }

  private mutating func append(_ entry: UnsafeMutablePointer<dirent>) {
    // SAFETY: readdir(3) gives an entry whose d_name is NUL-terminated. It may run over the declared 256 bytes, so
    // it is reached by its offset and not through the imported tuple.
    let start = unsafe UnsafeRawPointer(entry) + MemoryLayout<dirent>.offset(of: \.d_name).unsafelyUnwrapped
    let length = unsafe strlen(start.assumingMemoryBound(to: CChar.self))
    let name = unsafe UnsafeRawBufferPointer(start: start, count: length)
    if unsafe name[0] == .dot, unsafe length == 1 || length == 2 && name[1] == .dot { return }
    guard let offset = UInt32(exactly: names.count) else {
      // Four gigabytes of names in one folder: say so instead of leaving some out.
      failure = EOVERFLOW
      return
    }
    // SAFETY: the name is read before the entry's memory is used again; its indices are below its length.
    var key: UInt64 = 0
    for index in 0..<8 { key = key << 8 | (index < length ? UInt64(unsafe name[index]) : 0) }
    unsafe names.append(contentsOf: name)
    slots.append(
      Slot(
        key: key, offset: offset, length: UInt16(clamping: length),
        kind: FileKind(entryType: unsafe entry.pointee.d_type)))
  }

  private mutating func sort() {
    let names = names
    slots.sort { left, right in
      if left.key != right.key { return left.key < right.key }
      return names[left.range].lexicographicallyPrecedes(names[right.range])
    }
  }
}

extension DirectoryListing.Slot {
  fileprivate var range: Range<Int> { Int(offset)..<(Int(offset) + Int(length)) }
}

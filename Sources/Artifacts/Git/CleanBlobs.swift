import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Blobs that were judged clean before, by the same build, rules and policy, so that they need not be read again.
///
/// A file of the user's own folder, never one of the scanned repository, since who writes it decides what is clean:
///
///     bytes 0..<8    `LGCLEAN1`
///     bytes 8..<16   FNV-1a of all that follows, most significant byte first
///     then records   a length (20 or 32), the id, and the blob's size in 8 bytes, most significant first
///
/// Only blobs without any match are entered: those with a dropped one are counted anew each time.
package final class CleanBlobs: Sendable {
  private struct State: Sendable {
    var known: [ObjectID: Int]
    var hasNew = false
  }

  private static let magic = Array("LGCLEAN1".utf8)
  /// Bytes over which a file is none of ours: some thirty million blobs.
  private static let greatestSize = 1 << 30

  private let path: [UInt8]
  private let state: Mutex<State>
  /// Why the file could not be used although it was there; one lower-case clause.
  package let complaint: String?

  /// Reads a file; one that is not there, or damaged, knows nothing.
  package init(path: [UInt8]) {
    self.path = path
    var known: [ObjectID: Int] = [:]
    var complaint: String?
    if let file = try? Descriptor.open(path: path, for: .reading), let state = try? FileState(descriptor: file.raw) {
      if state.kind == .regular, state.size <= Self.greatestSize,
        let records = Self.records(of: file.contents(limit: state.size))
      {
        known = records
      } else {
        complaint = "the cache of clean blobs is damaged and was not used: \(String(decoding: path, as: UTF8.self))"
      }
    }
    self.complaint = complaint
    state = Mutex(State(known: known))
  }

  /// The size of a blob that is known to be clean, else `nil`.
  package func size(of id: ObjectID) -> Int? { state.withLock { $0.known[id] } }

  /// Enters a blob that was read to its end and in which nothing matched.
  package func enter(_ id: ObjectID, size: Int) {
    state.withLock { state in
      state.hasNew = state.known.updateValue(size, forKey: id) == nil || state.hasNew
    }
  }

  /// Writes what is known, whole or not at all; what fails only costs time.
  package func save() {
    let known = state.withLock { $0.hasNew ? $0.known : [:] }
    if known.isEmpty { return }
    var records: [UInt8] = []
    records.reserveCapacity(known.count * 29)
    for (id, size) in known {
      let bytes = id.bytes
      records.append(UInt8(bytes.count))
      records += bytes
      records += Self.bytes(of: UInt64(size))
    }
    let fresh = path + Array(".\(getpid())".utf8)
    var content = Self.magic + Self.bytes(of: Self.checksum(records[...]))
    content += records
    let (from, to) = (Self.terminated(fresh), Self.terminated(path))
    // SAFETY: both paths end with a NUL and live during the calls, which do not keep them.
    let raw = unsafe open(from, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard raw >= 0 else { return }
    let isWritten = Descriptor(raw: raw).write(all: content.span) == 0
    let isThere = isWritten ? unsafe rename(from, to) == 0 : false
    if !isThere { unsafe unlink(from) }
  }

  private static func terminated(_ path: [UInt8]) -> [CChar] { path.map { CChar(bitPattern: $0) } + [0] }

  private static func records(of content: [UInt8]) -> [ObjectID: Int]? {
    guard content.count >= 16, content.starts(with: magic) else { return nil }
    let body = content[16...]
    guard number(content[8..<16]) == checksum(body) else { return nil }
    var known: [ObjectID: Int] = [:]
    known.reserveCapacity(body.count / 29)
    var index = body.startIndex
    while index < body.endIndex {
      let length = Int(body[index])
      guard length == 20 || length == 32, index + 1 + length + 8 <= body.endIndex else { return nil }
      let id = body[(index + 1)..<(index + 1 + length)]
      index += 1 + length
      guard let size = Int(exactly: number(body[index..<(index + 8)])) else { return nil }
      known[ObjectID(bytes: id)] = size
      index += 8
    }
    return known
  }

  /// The FNV-1a hash of 64 bits: against accidents, not against forgery.
  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  private static func bytes(of number: UInt64) -> [UInt8] {
    (0..<8).reversed().map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
}

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file in which one run leaves something for the next: read whole, written whole or not at all.
///
///     bytes 0..<8    what it holds, in eight letters
///     bytes 8..<16   FNV-1a of its name, which tells what it counts for, and of all that follows, most significant byte first
///
/// It lies in the user's own folder, never in the scanned repository, since who writes it has a say: one that somebody else
/// owns or may write to is not read.
struct RememberedFile: Sendable {
  /// What is found of it.
  enum Content {
    case missing
    /// Why it is of no use: a verb and what follows it.
    case unusable(String)
    case body(ByteCursor)
  }

  let path: [UInt8]
  private let mark: [UInt8]

  /// - Parameter mark: eight letters.
  init(path: [UInt8], mark: StaticString) {
    self.path = path
    self.mark = Array(String(describing: mark).utf8)
  }

  /// Reads it, unless it has more than `limit` bytes and so is none of ours.
  func read(limit: Int) -> Content {
    guard let file = try? Descriptor.open(path: path, for: .reading), let state = try? FileState(descriptor: file.raw)
    else { return .missing }
    guard Self.isOwn(file.raw) else { return .unusable("belongs to others, or may be written by them,") }
    let damaged = Content.unusable("is damaged")
    guard state.kind == .regular, (16...limit).contains(state.size) else { return damaged }
    let content = file.contents(limit: state.size)
    var cursor = ByteCursor(content, from: 8)
    guard content.count == state.size, content.starts(with: mark), cursor.number(8) == checksum(content, from: 16)
    else { return damaged }
    return .body(cursor)
  }

  /// Writes it; what fails only costs time.
  func write(_ body: [UInt8]) {
    var content = mark
    content.append(checksum(body, from: 0), bytes: 8)
    content += body
    let (from, to) = (Self.terminated(path + Array(".\(getpid())".utf8)), Self.terminated(path))
    // SAFETY: both paths end with a NUL and live during the calls, which do not keep them.
    let raw = unsafe open(from, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard raw >= 0 else { return }
    let isWritten = Descriptor(raw: raw).write(all: content.span) == 0
    let isThere = isWritten ? unsafe rename(from, to) == 0 : false
    if !isThere { unsafe unlink(from) }
  }

  private static func isOwn(_ descriptor: Int32) -> Bool {
    var status = stat()
    // SAFETY: fstat fills the one structure it is given.
    return unsafe fstat(descriptor, &status) == 0 && status.st_uid == geteuid() && status.st_mode & 0o022 == 0
  }

  private static func terminated(_ path: [UInt8]) -> [CChar] { path.map { CChar(bitPattern: $0) } + [0] }

  /// The FNV-1a hash of 64 bits: against accidents, not against forgery.
  private func checksum(_ bytes: [UInt8], from start: Int) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in path[((path.lastIndex(of: .slash) ?? -1) + 1)...] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    for index in start..<bytes.count { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: hash)
  }
}

extension [UInt8] {
  /// Adds a number, most significant byte first.
  mutating func append(_ number: Int, bytes count: Int) {
    for place in (0..<count).reversed() { append(UInt8(truncatingIfNeeded: number >> (8 * place))) }
  }

  /// Adds an id and before it how long it is.
  mutating func append(_ id: ObjectID) {
    let bytes = id.bytes
    append(UInt8(bytes.count))
    self += bytes
  }

  /// Adds at most 255 bytes and before them how many.
  mutating func append(short text: some Collection<UInt8>) {
    append(UInt8(text.count))
    self += text
  }
}

/// Reads numbers and ids that follow each other; `nil` where there are not so many bytes, or senseless ones.
struct ByteCursor {
  let bytes: [UInt8]
  private(set) var position: Int

  init(_ bytes: [UInt8], from position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  var isAtEnd: Bool { position == bytes.count }

  /// A number of so many bytes, most significant first; of eight bytes it may come out negative.
  mutating func number(_ count: Int) -> Int? {
    guard let part = take(count) else { return nil }
    return part.reduce(0) { $0 << 8 | Int($1) }
  }

  mutating func id() -> ObjectID? {
    guard let length = number(1), length == 20 || length == 32, let part = take(length) else { return nil }
    return ObjectID(bytes: part)
  }

  mutating func short() -> ArraySlice<UInt8>? { number(1).flatMap { take($0) } }

  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, count <= bytes.count - position else { return nil }
    defer { position += count }
    return bytes[position..<(position + count)]
  }
}

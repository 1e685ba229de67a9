#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A `git cat-file --batch` that lives as long as its worker (git-cat-file(1), "Batch output").
package final class GitObjectReader {
  private let git: Git
  private var process: GitProcess?
  private var buffer = [UInt8](repeating: 0, count: 64 << 10)
  private var position = 0
  private var filled = 0
  /// Bytes of the object begun last that were not read yet, its line end included.
  fileprivate var rest = 0
  private let provesIDs: Bool
  /// What the bytes of the object begun last come to.
  private var proof: ObjectProof?

  /// - Parameter provesIDs: whether each object that is read to its end has to be what its id stands for.
  package init(_ repository: GitRepository, provesIDs: Bool = false) {
    git = repository.git
    self.provesIDs = provesIDs
  }

  /// Asks for objects, to be read in this order. At most as many as fit into a pipe: see `greatestRequest`.
  package func request(_ objects: some Sequence<GitObject>) throws(ArtifactError) {
    var lines: [UInt8] = []
    for object in objects { lines += object.id.hex + [.lineFeed] }
    if process == nil { process = try git.start(["cat-file", "--batch"], input: .pipe) }
    process?.write(lines.span)
  }

  /// Objects that may be asked for at once, so that git never waits for us while we wait for git.
  ///
  /// A pipe holds at least 4096 bytes (pipe(7)), and a request takes up to 65.
  package static let greatestRequest = 60

  /// The next object asked for.
  ///
  /// - Throws: `git` where it is missing or cannot be read. In the second case nothing that was asked for behind it
  ///   comes any more, and `isReady` is false.
  package func next(_ object: GitObject) throws(ArtifactError) -> GitObjectSource {
    try skip(rest)
    let line = try header()
    let parts = line.split(separator: .blank)
    guard parts.count == 3, parts[0].elementsEqual(object.id.hex),
      let size = Int(String(decoding: parts[2], as: UTF8.self))
    else {
      if parts.count == 2, parts[1].elementsEqual("missing".utf8) {
        throw .missing(object.id)
      }
      throw broken("git cat-file gave an answer that cannot be read")
    }
    rest = size + 1
    proof = provesIDs ? ObjectProof(object.id, kind: parts[1], size: size) : nil
    return GitObjectSource(reader: self, size: size)
  }

  /// All bytes of the next object asked for.
  func whole(_ object: GitObject) throws(ArtifactError) -> [UInt8] {
    _ = try next(object)
    var bytes: [UInt8] = []
    while rest > 1 {
      if position == filled { try fill() }
      let step = min(rest - 1, filled - position)
      bytes += buffer[position..<(position + step)]
      position += step
      rest -= step
    }
    return bytes
  }

  /// Whether what was asked for can still be read.
  package var isReady: Bool { process != nil }

  /// Waits for git's end and looks at how it ended.
  package func end() throws(ArtifactError) {
    guard let process else { return }
    self.process = nil
    let complaints = try process.end()
    if let first = complaints.first { throw .git("git cat-file complained: \(first)") }
  }

  /// The first bytes of the object begun last, which stay to be read.
  ///
  /// - Parameter count: at most as many as the object has, and far fewer than the buffer holds.
  fileprivate func peek(_ count: Int) throws(ArtifactError) -> ArraySlice<UInt8> {
    while filled - position < count { try fill() }
    return buffer[position..<(position + count)]
  }

  /// Reads bytes of the object begun last, never its line end.
  fileprivate func read(into target: UnsafeMutableRawBufferPointer) throws(ArtifactError) -> Int {
    let wanted = min(target.count, rest - 1)
    if wanted <= 0 { return 0 }
    if position == filled {
      if wanted >= buffer.count {
        guard let process else { throw broken("git cat-file ended early") }
        // SAFETY: the slice is a part of the caller's buffer.
        let count = try unsafe process.read(into: UnsafeMutableRawBufferPointer(rebasing: target[..<wanted]))
        if count == 0 { throw broken("git cat-file ended early") }
        rest -= count
        unsafe proof?.take(UnsafeRawBufferPointer(rebasing: target[..<count]))
        return count
      }
      try fill()
    }
    let count = min(wanted, filled - position)
    // SAFETY: `count` is at most what both hold.
    unsafe target.copyBytes(from: buffer[position..<(position + count)])
    unsafe proof?.take(UnsafeRawBufferPointer(rebasing: target[..<count]))
    position += count
    rest -= count
    return count
  }

  /// Looks whether the object begun last, which was read to its end, is what its id stands for.
  fileprivate func prove() throws(ArtifactError) {
    guard let proof, !proof.holds else { return }
    throw .git("the object is damaged: what is kept under its id is something else (git fsck)")
  }

  private func skip(_ count: Int) throws(ArtifactError) {
    var left = count
    while left > 0 {
      if position == filled { try fill() }
      let step = min(left, filled - position)
      position += step
      left -= step
    }
    rest = 0
  }

  private func header() throws(ArtifactError) -> [UInt8] {
    var line: [UInt8] = []
    while true {
      if position == filled { try fill() }
      let part = buffer[position..<filled]
      if let end = part.firstIndex(of: .lineFeed) {
        line += part[..<end]
        position = end + 1
        return line
      }
      line += part
      position = filled
    }
  }

  /// Reads on behind what is at hand, which moves to the front.
  private func fill() throws(ArtifactError) {
    guard let process else { throw broken("git cat-file ended early") }
    for index in position..<filled { buffer[index - position] = buffer[index] }
    filled -= position
    position = 0
    let count = try process.read(into: &buffer, from: filled)
    filled += count
    if count == 0 { throw broken("git cat-file ended early") }
  }

  /// Gives the process up and says why; git's own words are better than ours.
  private func broken(_ clause: String) -> ArtifactError {
    let process = self.process
    self.process = nil
    position = 0
    filled = 0
    rest = 0
    do throws(ArtifactError) {
      _ = try process?.end()
      return .git(clause)
    } catch {
      return error
    }
  }
}

/// The bytes of one object as they come from git.
package struct GitObjectSource: ByteSource, ~Copyable {
  private let reader: GitObjectReader
  package let size: Int?
  /// Whether the blob only says where git LFS keeps the content (git-lfs, docs/spec.md, "The Pointer").
  package let isLargeFilePointer: Bool

  fileprivate init(reader: GitObjectReader, size: Int) {
    self.reader = reader
    self.size = size
    let start = Array("version https://git-lfs.github.com/spec/".utf8)
    // Pointers are shorter than 1024 bytes. What cannot be read is told by the read that follows.
    isLargeFilePointer =
      size < 1024 && size > start.count && (try? reader.peek(start.count).elementsEqual(start)) ?? false
  }

  package var isExhausted: Bool { reader.rest <= 1 }

  package mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(ArtifactError) -> Int {
    // SAFETY: the reader writes no more than the buffer holds.
    try unsafe reader.read(into: buffer)
  }

  package mutating func finish() throws(ArtifactError) { try reader.prove() }
}

extension ArtifactError {
  /// git does not have an object that something names.
  static func missing(_ id: ObjectID) -> ArtifactError {
    .git("object \(id.text) is missing: the repository is not whole")
  }
}

/// Hands out the members of a 7z archive whose directory is known, as its packed streams come.
final class SevenZipContents {
  private let directory: SevenZipDirectory
  private let memory: DecoderMemory
  private var streams: SevenZipStreams
  private var files: SevenZipFiles
  /// Bytes before the next packed stream, and those of it that are to come.
  private var gap: Int
  private var packedLeft = 0
  private var folder: SevenZipStreams.Folder?
  /// What unpacks the folder, `nil` where nothing does, or it broke.
  private var pipeline: SevenZipPipeline?
  private var member: Member?
  /// Whether no more is read.
  private(set) var isOver = false

  private struct Member {
    let name: [UInt8]?
    let told: UInt?
    var left: Int
    var sum = Checksum()

    var shownName: String { name.map(ShownName.text) ?? "a member" }
  }

  init(_ directory: SevenZipDirectory, _ memory: DecoderMemory) {
    self.directory = directory
    self.memory = memory
    streams = directory.streams
    files = directory.files
    gap = streams.start
  }

  /// Begins with what needs no packed stream.
  func begin(_ sink: any ContainerSink) {
    if !directory.isCovered { sink.gap("bytes in it belong to none of its streams") }
    guard sink.begin(nil, at: 0, isVerbatim: false) else { return stop() }
    // SAFETY: the bytes are used within the call only.
    let isWanted = unsafe sink.take(directory.bytes.bytes(0..<directory.bytes.count))
    sink.end()
    if !isWanted { return stop() }
    nextFolder(sink)
  }

  /// Takes the next of the bytes between the header it starts with and its end.
  // SAFETY: pieces of the bytes are used within the calls only.
  func take(_ bytes: UnsafeRawBufferPointer, _ sink: any ContainerSink) {
    var index = 0
    while index < bytes.count, !isOver, folder != nil {
      let passed = min(gap, bytes.count - index)
      gap -= passed
      index += passed
      let piece = unsafe UnsafeRawBufferPointer(rebasing: bytes[index...].prefix(packedLeft))
      if piece.count == 0 { continue }
      index += piece.count
      packedLeft -= piece.count
      unsafe unpack(piece, sink)
      if packedLeft == 0, !isOver {
        endFolder(sink)
        nextFolder(sink)
      }
    }
  }

  /// All bytes came, or no more do.
  func finish(_ sink: any ContainerSink) {
    if member != nil { sink.end() }
    member = nil
    isOver = true
  }

  private func stop() { isOver = true }

  /// Ends reading for a reason that holds for all that is left.
  private func refuse(_ refusal: SevenZipRefusal, _ sink: any ContainerSink) {
    finish(sink)
    sink.gap(refusal.reason)
  }

  // MARK: Folders

  private func nextFolder(_ sink: any ContainerSink) {
    do throws(SevenZipRefusal) {
      while !isOver {
        folder = try streams.nextFolder()
        guard let folder else { return try endFiles(sink) }
        packedLeft = folder.packedLength
        guard folder.memberCount > 0 else { throw .atOdds }
        do throws(SevenZipRefusal) {
          pipeline = try SevenZipPipeline(folder.folder, memory)
          try nextMember(sink)
        } catch {
          pipeline = nil
          try leaveMembers(error.reason, sink)
        }
        if packedLeft > 0 { return }
        endFolder(sink)
      }
    } catch {
      refuse(error, sink)
    }
  }

  private func endFolder(_ sink: any ContainerSink) {
    if pipeline != nil, member != nil { fail("it ends early", sink) }
    pipeline = nil
  }

  /// The files behind the last folder have no contents.
  private func endFiles(_ sink: any ContainerSink) throws(SevenZipRefusal) {
    if try nextFile(sink) != nil { throw .atOdds }
  }

  /// Tells why the members of the folder that are left are not read, by the name of the first.
  private func leaveMembers(_ reason: String, _ sink: any ContainerSink) throws(SevenZipRefusal) {
    var isTold = false
    while var folder, folder.memberCount > 0 {
      guard let file = try nextFile(sink) else {
        if isOver { return }
        throw .atOdds
      }
      _ = try streams.nextMember(of: &folder)
      self.folder = folder
      if !isTold { sink.gap("\(file.name.map(ShownName.text) ?? "a member"): \(reason)") }
      isTold = true
    }
  }

  /// The folder is not read on: the member that is open ends here, and those behind it are left.
  private func fail(_ reason: String, _ sink: any ContainerSink) {
    pipeline = nil
    if member != nil { sink.end() }
    sink.gap("\(member?.shownName ?? "a stream in it"): \(reason)")
    member = nil
    do throws(SevenZipRefusal) { try leaveMembers(reason, sink) } catch { refuse(error, sink) }
  }

  // MARK: Members

  /// The next file with contents; empty ones before it are handed out.
  private func nextFile(_ sink: any ContainerSink) throws(SevenZipRefusal) -> SevenZipFiles.File? {
    while let file = try files.next() {
      if file.hasContents { return file }
      if file.isFolder { continue }
      guard sink.begin(file.name, at: 0, isVerbatim: false) else {
        stop()
        return nil
      }
      sink.end()
    }
    return nil
  }

  /// Begins the next member of the folder, and those that are empty before it.
  private func nextMember(_ sink: any ContainerSink) throws(SevenZipRefusal) {
    member = nil
    while member == nil, var folder, folder.memberCount > 0 {
      guard let file = try nextFile(sink) else {
        if isOver { return }
        throw .atOdds
      }
      let (length, sum) = try streams.nextMember(of: &folder)
      self.folder = folder
      guard sink.begin(file.name, at: 0, isVerbatim: false) else { return stop() }
      member = Member(name: file.name, told: sum, left: length)
      if length == 0 { endMember(sink) }
    }
  }

  private func endMember(_ sink: any ContainerSink) {
    guard let member else { return }
    sink.end()
    if let told = member.told, told != member.sum.value {
      sink.gap("\(member.shownName): its checksum does not hold")
    }
    self.member = nil
  }

  // SAFETY: pieces of the bytes are used within the calls only.
  private func unpack(_ bytes: UnsafeRawBufferPointer, _ sink: any ContainerSink) {
    guard let pipeline else { return }
    var refusal: SevenZipRefusal?
    let outcome = unsafe pipeline.decode(bytes) { piece in
      do throws(SevenZipRefusal) {
        return try unsafe give(piece, sink)
      } catch {
        refusal = error
        return false
      }
    }
    if let refusal { return refuse(refusal, sink) }
    switch outcome {
    case .failed(let reason): fail(reason, sink)
    case .unwanted: finish(sink)
    case .more, .ended: break
    }
  }

  /// Hands out what came of a folder; `false` where no more is wanted.
  // SAFETY: pieces of the bytes are used within the calls only.
  private func give(_ bytes: UnsafeRawBufferPointer, _ sink: any ContainerSink) throws(SevenZipRefusal) -> Bool {
    var index = 0
    while index < bytes.count {
      guard var member else { throw .atOdds }
      let piece = unsafe UnsafeRawBufferPointer(rebasing: bytes[index...].prefix(member.left))
      index += piece.count
      unsafe member.sum.add(piece)
      member.left -= piece.count
      self.member = member
      guard unsafe sink.take(piece) else { return false }
      if member.left == 0 {
        endMember(sink)
        try nextMember(sink)
        if isOver { return false }
      }
    }
    return true
  }
}

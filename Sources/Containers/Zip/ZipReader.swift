/// Reads a zip archive by its local headers, and holds it against its directory (APPNOTE.TXT, section 4.3).
///
/// Every byte belongs to a header, a member or the directory: nothing hides between members, before the first or behind the end.
package final class ZipReader: ArchiveReader, ContainerReader {
  enum State {
    /// Four bytes tell what follows.
    case signature
    case localHeader
    case contents
    case descriptor
    case directoryEntry
    case end
    case longEnd
    /// The rest of a record, which says nothing.
    case skip(Int)
    case comment(Int)
    case ended
    case failed
  }

  var state = State.signature
  var member: ZipMember?
  /// What is known of the directory.
  var directory: ZipDirectory
  /// Decoders made up to now: most archives have one method.
  private var decompressors: [Compression: Decompressor] = [:]
  private let memory: DecoderMemory

  /// - Parameter isEmbedded: whether the archive stands behind other bytes.
  package init(isEmbedded: Bool = false, memory: DecoderMemory) {
    directory = ZipDirectory(isEmbedded: isEmbedded)
    self.memory = memory
  }

  package var hasEnded: Bool { if case .ended = state { true } else { false } }

  // SAFETY: pieces of the input are used within the call only.
  package func step(_ rest: UnsafeRawBufferPointer, to sink: any ContainerSink) -> Int? {
    let taken: Int
    switch state {
    case .signature: taken = unsafe gather(4, rest) { readSignature(sink) }
    case .localHeader: taken = unsafe gather(localLength, rest) { readLocal(sink) }
    case .contents: taken = unsafe readContents(rest, sink)
    case .descriptor: taken = unsafe gather(descriptorLength, rest) { readDescriptor(sink) }
    case .directoryEntry: taken = unsafe gather(entryLength, rest) { readEntry(sink) }
    case .end: taken = unsafe gather(22, rest) { readEnd(sink) }
    case .longEnd: taken = unsafe gather(12, rest) { readLongEnd(sink) }
    case .skip(let left):
      taken = unsafe pass(left, rest).count
      state = taken == left ? .signature : .skip(left - taken)
    case .comment(let left):
      let piece = unsafe pass(left, rest)
      taken = piece.count
      state = taken == left ? .ended : .comment(left - taken)
      if unsafe !sink.take(piece) { fail(nil, sink) }
      if taken == left { sink.end() }
    case .ended, .failed: return nil
    }
    return taken
  }

  package func finish(_ sink: any ContainerSink) {
    switch state {
    case .ended, .failed: break
    case .comment: sink.end(); sink.gap("it ends early")
    default: fail("it ends early", sink)
    }
  }

  /// Reads on no more; the reason is `nil` where the sink knows it.
  func fail(_ reason: String?, _ sink: any ContainerSink) {
    if member?.isOpen == true { sink.end() }
    member = nil
    state = .failed
    if let reason { sink.gap(reason) }
  }

  private func readSignature(_ sink: any ContainerSink) {
    switch header.number(at: 0, length: 4) {
    case 0x0403_4B50 where !directory.hasBegun: state = .localHeader
    case 0x0201_4B50:
      directory.begin(at: offset - 4)
      state = .directoryEntry
    case 0x0605_4B50:
      directory.begin(at: offset - 4)
      state = .end
    case 0x0606_4B50:
      directory.begin(at: offset - 4)
      state = .longEnd
    // Where the end of a zip64 directory stands.
    case 0x0706_4B50:
      header.clear()
      state = .skip(16)
    // The mark of an archive in parts, all of which came to be in one (section 8.5.4).
    case 0x0807_4B50 where offset == 4, 0x3030_4B50 where offset == 4: header.clear()
    default: fail("what stands at byte \(offset - 4) is no header of it", sink)
    }
  }

  // MARK: Members

  private var localLength: Int {
    let length = ZipMember.headerLength
    return header.bytes.count < length
      ? length : length + header.number(at: 26, length: 2) + header.number(at: 28, length: 2)
  }

  private func readLocal(_ sink: any ContainerSink) {
    guard header.bytes.count == localLength else { return }
    var member = ZipMember(header, at: offset - header.bytes.count)
    guard give(ZipExtra.text(of: header.bytes[(ZipMember.headerLength + member.name.count)...]), sink) else { return }
    header.clear()
    state = .contents
    let name = ShownName.text(member.name)
    if member.isEncrypted {
      sink.gap("\(name) is encrypted")
    } else if case .unknown(let number) = member.method {
      sink.gap("\(name) is compressed by method \(number), which is not known")
    } else if member.hasDescriptor, member.method == .stored || member.method == .compressed(.lzma) {
      return fail("\(name) does not tell its length: what follows is searched as it is", sink)
    } else if !member.isFolder {
      if case .compressed(let compression) = member.method { prepare(compression) }
      guard sink.begin(member.name, at: offset, isVerbatim: member.method == .stored) else { return fail(nil, sink) }
      member.isOpen = true
    }
    if !member.isOpen, member.hasDescriptor { return fail("what follows \(name) is searched as it is", sink) }
    self.member = member
    if member.size == 0 { endMember(sink) }
  }

  private func prepare(_ compression: Compression) {
    if let decompressor = decompressors[compression] {
      decompressor.restart()
    } else {
      decompressors[compression] = Decompressor(compression, memory: memory)
    }
  }

  /// Hands out what stands in a header beside what it is for, as a member without a name; `false` where no more is wanted.
  private func give(_ bytes: ArraySlice<UInt8>, _ sink: any ContainerSink) -> Bool {
    if bytes.isEmpty { return true }
    var isWanted = sink.begin(nil, at: offset, isVerbatim: false)
    if isWanted {
      // SAFETY: the bytes are used within the call only.
      isWanted = unsafe bytes.withUnsafeBytes { unsafe sink.take($0) }
      sink.end()
    }
    if !isWanted { fail(nil, sink) }
    return isWanted
  }

  private func readContents(_ bytes: UnsafeRawBufferPointer, _ sink: any ContainerSink) -> Int {
    guard var member else { return 0 }
    let room = member.size.map { min(bytes.count, $0 - member.taken) } ?? bytes.count
    // SAFETY: pieces of the input are used within the calls only.
    let piece = unsafe UnsafeRawBufferPointer(rebasing: bytes[..<room])
    var taken = room
    var outcome = DecodingOutcome.more
    if member.isOpen, !member.hasEnded {
      switch member.method {
      case .compressed(.lzma): unsafe (taken, outcome) = readLZMA(piece, &member, sink)
      case .compressed(let compression): unsafe (taken, outcome) = decode(piece, compression, &member, sink)
      default: if unsafe !Self.give(piece, &member, sink) { outcome = .unwanted }
      }
    }
    member.taken += taken
    _ = unsafe pass(taken, bytes)
    let isWhole = member.taken == member.size
    if outcome == .ended {
      member.hasEnded = true
      if member.size != nil, !isWhole { outcome = .failed("its length is not what its header says") }
    } else if outcome == .more, isWhole, member.isOpen, member.method != .stored {
      outcome = .failed("it ends early")
    }
    self.member = member
    switch outcome {
    case .failed(let reason): fail("\(ShownName.text(member.name)): \(reason)", sink)
    case .unwanted: fail(nil, sink)
    case .more, .ended: if isWhole || member.hasEnded { endMember(sink) }
    }
    return taken
  }

  // SAFETY: pieces of the input are used within the calls only.
  private func decode(
    _ bytes: UnsafeRawBufferPointer, _ compression: Compression, _ member: inout ZipMember, _ sink: any ContainerSink
  ) -> (Int, DecodingOutcome) {
    guard let decompressor = decompressors[compression] else { return (0, .failed("it is damaged")) }
    return unsafe decompressor.decode(bytes) { unsafe Self.give($0, &member, sink) }
  }

  // SAFETY: as above.
  private static func give(
    _ bytes: UnsafeRawBufferPointer, _ member: inout ZipMember, _ sink: any ContainerSink
  ) -> Bool {
    unsafe member.sum.add(bytes)
    member.written += bytes.count
    return unsafe sink.take(bytes)
  }

  /// An LZMA stream has a header of its own in a zip archive: two bytes of a version, two that tell how many follow, and five
  /// that are those of a .lzma file (section 5.8.8). The decoder is given a .lzma file's header made of them.
  // SAFETY: pieces of the input, and the header made here, are used within the calls only.
  private func readLZMA(
    _ bytes: UnsafeRawBufferPointer, _ member: inout ZipMember, _ sink: any ContainerSink
  ) -> (Int, DecodingOutcome) {
    guard member.taken < 9 else { return unsafe decode(bytes, .lzma, &member, sink) }
    // SAFETY: the bytes are copied before the call returns.
    let taken = unsafe header.fill(to: 9, from: bytes)
    guard header.bytes.count == 9 else { return (taken, .more) }
    defer { header.clear() }
    guard header.number(at: 2, length: 2) == 5 else { return (taken, .failed("it is damaged")) }
    let length = member.hasEndMarker ? UInt64.max : UInt64(member.length ?? 0)
    let start = Array(header.bytes[4...]) + (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) }
    // SAFETY: the bytes are used within the call only.
    let (_, outcome) = unsafe start.withUnsafeBytes { unsafe decode($0, .lzma, &member, sink) }
    return (taken, outcome)
  }

  private func endMember(_ sink: any ContainerSink) {
    guard let member else { return }
    if member.isOpen { sink.end() }
    self.member?.isOpen = false
    header.clear()
    if member.hasDescriptor {
      state = .descriptor
      return
    }
    if member.isOpen {
      if Int(member.sum.value) != member.checksum {
        sink.gap("\(ShownName.text(member.name)): its checksum does not hold")
      } else if member.written != member.length {
        sink.gap("\(ShownName.text(member.name)): its length is not what its header says")
      }
    }
    closeMember(member)
  }

  private func closeMember(_ member: ZipMember) {
    directory.add(member)
    self.member = nil
    state = .signature
  }

  // MARK: Data descriptors

  /// With or without a signature, with lengths of four or of eight bytes (section 4.3.9).
  private var descriptorLength: Int {
    guard header.bytes.count >= 12, let member else { return 12 }
    let hasSignature = header.number(at: 0, length: 4) == 0x0807_4B50
    let start = hasSignature ? 8 : 4
    if header.bytes.count < start + 4 { return start + 4 }
    guard header.number(at: start, length: 4) == member.taken & 0xFFFF_FFFF else { return start + 8 }
    if header.bytes.count < start + 8 { return start + 8 }
    return header.number(at: start + 4, length: 4) == member.written & 0xFFFF_FFFF ? start + 8 : start + 16
  }

  private func readDescriptor(_ sink: any ContainerSink) {
    guard header.bytes.count == descriptorLength, var member else { return }
    let hasSignature = header.number(at: 0, length: 4) == 0x0807_4B50
    let start = hasSignature ? 8 : 4
    let isLong = header.bytes.count == start + 16
    let size = header.number(at: start, length: isLong ? 8 : 4)
    member.checksum = header.number(at: start - 4, length: 4)
    header.clear()
    if member.checksum != Int(member.sum.value) || size != (isLong ? member.taken : member.taken & 0xFFFF_FFFF) {
      return fail("\(ShownName.text(member.name)): its checksum does not hold", sink)
    }
    closeMember(member)
  }

  // MARK: Directory

  private var entryLength: Int {
    guard header.bytes.count >= ZipMember.entryLength else { return ZipMember.entryLength }
    return ZipMember.entryLength + [28, 30, 32].reduce(0) { $0 + header.number(at: $1, length: 2) }
  }

  private func readEntry(_ sink: any ContainerSink) {
    guard header.bytes.count == entryLength else { return }
    directory.take(entry: header)
    let rest = header.bytes[(ZipMember.entryLength + header.number(at: 28, length: 2))...]
    let extra = header.number(at: 30, length: 2)
    guard give(ZipExtra.text(of: rest.prefix(extra)), sink), give(rest.dropFirst(extra), sink) else { return }
    header.clear()
    state = .signature
  }

  private func readLongEnd(_ sink: any ContainerSink) {
    let size = header.number(at: 4, length: 7)
    header.clear()
    guard size <= 1 << 20 else { return fail("the end of its directory is damaged", sink) }
    state = size == 0 ? .signature : .skip(size)
  }

  private func readEnd(_ sink: any ContainerSink) {
    if let reason = directory.complaint(header) { sink.gap(reason) }
    let comment = header.number(at: 20, length: 2)
    header.clear()
    state = comment == 0 ? .ended : .comment(comment)
    // Another archive may stand in the comment, and be what others read.
    if comment > 0, !sink.begin(nil, at: offset, isVerbatim: true) { fail(nil, sink) }
  }
}

/// What the directory of a zip archive says, held against its members while it is read.
struct ZipDirectory {
  /// Whether the archive stands behind other bytes, which its directory may count or not.
  private let isEmbedded: Bool
  private var start: Int?
  private var members = 0
  private var entries = 0
  /// Digests of members, less those of entries, and places of members, less those the entries tell.
  private var balance: UInt64 = 0
  private var distance = 0

  init(isEmbedded: Bool) { self.isEmbedded = isEmbedded }

  var hasBegun: Bool { start != nil }

  mutating func begin(at offset: Int) { if start == nil { start = offset } }

  mutating func add(_ member: ZipMember) {
    members += 1
    let (digest, place) = member.account
    balance &+= placed(digest, place)
    distance &+= place
  }

  mutating func take(entry: HeaderBuffer) {
    let (digest, place) = ZipMember.account(ofEntry: entry)
    entries += 1
    balance &-= placed(digest, place)
    distance &-= place
  }

  /// A digest that tells the place, too, where all count it alike: no two entries can then make up for each other.
  private func placed(_ digest: UInt64, _ place: Int) -> UInt64 {
    isEmbedded ? digest : ZipMember.digest([], [Int(bitPattern: UInt(digest)), place])
  }

  /// What is wrong with it, by the record that ends it (section 4.3.16).
  func complaint(_ end: HeaderBuffer) -> String? {
    func isWrong(_ number: Int, _ offset: Int, _ length: Int) -> Bool {
      let told = end.number(at: offset, length: length)
      let most = 1 << (8 * length) - 1
      return told != most && told != number & most
    }
    if isWrong(0, 4, 2) || isWrong(0, 6, 2) { return "it is one of several parts" }
    let told = end.number(at: 16, length: 4)
    // Behind other bytes all places are off by one number, or by none.
    let shift = isEmbedded && told != 0xFFFF_FFFF ? (start ?? 0) - told : 0
    let isOff = isEmbedded ? distance != shift * members && distance != 0 : distance != 0
    let places = !isEmbedded && isWrong(start ?? 0, 16, 4)
    // The greatest number stands for one that is told elsewhere.
    let isEmpty = members == 0 && end.number(at: 10, length: 2) != 0
    return members != entries || balance != 0 || isOff || places || isWrong(entries, 10, 2) || isEmpty
      ? "its directory is at odds with its members" : nil
  }
}

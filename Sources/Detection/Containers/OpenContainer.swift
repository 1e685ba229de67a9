import ByteText
import Containers
import Findings

/// A container that an artifact, or a layer, is or holds: its members are searched as they come.
final class OpenContainer: ContainerSink {
  private unowned let detector: Detector
  private let kind: String
  private let reader: any ContainerReader
  /// Where it starts.
  let start: Int
  /// The place of the start: members may be handed out when the bytes they come from are gone.
  private let place: LineCursor
  /// Whether other bytes stand before it.
  let isEmbedded: Bool
  /// Offset behind the last byte that was read.
  private(set) var position: Int
  /// Whether it is read no further.
  private(set) var isOver = false
  private var member: LayerSession?
  /// Whether something of it came out: what is damaged before that may be no container.
  private(set) var isCertain: Bool
  /// Whether its header holds a checksum: what that asks for is no chance, though what follows may be damaged or cut off.
  private let isChecked: Bool
  /// What is noted of its members, in case it is a container image.
  private var image: ImageMembers?

  init?(_ signature: ContainerSignature, at start: Int = 0, isEmbedded: Bool = false, in detector: Detector) {
    guard let (kind, reader) = signature.reader(isEmbedded: isEmbedded, in: detector) else { return nil }
    self.kind = kind
    self.reader = reader
    self.start = start
    self.isEmbedded = isEmbedded
    self.detector = detector
    position = start
    place = detector.place(start)
    isCertain = !isEmbedded || signature == .zip || signature == .sevenZip
    isChecked = signature == .xz
    if signature == .tar { image = ImageMembers() }
  }

  /// Offset before which nothing more will be found in members.
  var horizon: Int { member?.horizon ?? Int.max }

  /// Reads what came in since the last time.
  func read(_ window: borrowing Window) {
    let view = BytesAtHand(window)
    guard !isOver, view.end > position else { return }
    // SAFETY: the window does not move before the call returns.
    unsafe position += reader.feed(view.pointer(position..<view.end), to: self)
    if position < view.end {
      isOver = true
      if reader.hasEnded, !isEmbedded { gap("what stands behind its end is searched as it is") }
    }
    if let member { detector.collect(member) }
  }

  /// The artifact ends here.
  func finish() {
    if !isOver { reader.finish(self) }
    isOver = true
    closeMember()
    for reason in image?.gaps() ?? [] { gap(reason) }
    image = nil
  }

  func abandon() {
    if let member { detector.abandonLayer(member) }
    member = nil
  }

  // MARK: What the reader tells

  func begin(_ name: [UInt8]?, at offset: Int, isVerbatim: Bool) -> Bool {
    if let refusal = detector.live.refusal(entries: 1) {
      gap(refusal)
      return false
    }
    if let name { image?.begin(name) }
    let place = offset == 0 ? place : detector.place(start + offset)
    let layer = Layer(
      kind: kind, offset: isEmbedded ? start : nil, member: name.map { ArtifactName(bytes: $0) })
    member = detector.openLayer(layer, map: LayerMap(of: place, isVerbatim: isVerbatim))
    if isVerbatim, member != nil { detector.held.append(place.offset..<place.offset) }
    return member != nil
  }

  func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    isCertain = true
    guard let member else { return false }
    if let refusal = detector.live.refusal(bytes: bytes.count) {
      gap(refusal)
      return false
    }
    // SAFETY: the bytes are copied before the call returns.
    unsafe member.append(bytes)
    unsafe image?.take(bytes)
    if member.map.isVerbatim, let last = detector.held.popLast() {
      detector.held.append(last.lowerBound..<last.upperBound + bytes.count)
    }
    return true
  }

  func end() {
    image?.end()
    closeMember()
  }

  func link(_ name: [UInt8], to target: [UInt8]) { image?.link(name, to: target) }

  func gap(_ reason: String) {
    if isCertain || isChecked && reason == Decompressor.tooLarge { detector.tell("\(kind): \(reason)") }
  }

  private func closeMember() {
    if let member { detector.closeLayer(member) }
    member = nil
  }
}

extension ContainerSignature {
  /// Whether something here reads it.
  func isRead(in detector: Detector) -> Bool { reader(isEmbedded: false, in: detector) != nil }

  /// What a layer of the container is called, and what reads it; `nil` where nothing does.
  fileprivate func reader(
    isEmbedded: Bool, in detector: Detector
  ) -> (kind: String, reader: any ContainerReader)? {
    let memory = detector.live.memory
    func stream(_ kind: String, _ compression: Compression) -> (String, any ContainerReader) {
      (kind, CompressedReader(compression, isSingle: isEmbedded, memory: memory))
    }
    return switch self {
    case .gzip: stream("gzip", .gzip)
    case .zlib: stream("zlib", .zlib)
    case .bzip2: stream("bzip2", .bzip2)
    case .xz: stream("xz", .xz)
    case .lzma: stream("lzma", .lzma)
    case .zstandard: stream("zstd", .zstandard)
    case .zip: ("zip", ZipReader(isEmbedded: isEmbedded, memory: memory))
    case .tar: ("tar", TarReader())
    case .ar: ("ar", ArReader())
    case .cpio: ("cpio", CpioReader())
    case .rpm: ("rpm", RPMReader())
    case .sevenZip: ("7z", SevenZipReader(isEmbedded ? nil : detector.directory, memory: memory))
    case .otherGzip, .rar, .cabinet, .lha, .xar, .wim, .oldCpio, .lz4, .lzip, .lzop, .compress, .snappy, .squashfs,
      .arj, .zoo, .stuffIt, .zpaq, .lrzip, .lzfse, .cramfs, .vmdk, .parquet, .oldZstandard, .gitPack, .gitBundle:
      nil
    }
  }
}

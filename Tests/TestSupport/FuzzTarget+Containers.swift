import Containers

extension FuzzTarget {
  /// A new reader of the target's containers, `nil` where it is none of them.
  private var reader: (any ContainerReader)? {
    switch self {
    case .keys, .layers, .decoding: nil
    case .ar: ArReader()
    case .cpio: CpioReader()
    case .rpm: RPMReader()
    case .sevenZip: SevenZipReader(memory: DecoderMemory())
    case .tar: TarReader()
    case .zip: ZipReader(memory: DecoderMemory())
    case .bzip2: CompressedReader(.bzip2, memory: DecoderMemory())
    case .gzip: CompressedReader(.gzip, memory: DecoderMemory())
    case .lzma: CompressedReader(.lzma, memory: DecoderMemory())
    case .xz: CompressedReader(.xz, memory: DecoderMemory())
    case .zlib: CompressedReader(.zlib, memory: DecoderMemory())
    case .zstd: CompressedReader(.zstandard, memory: DecoderMemory())
    }
  }

  /// However a container is cut, the same is told of it, and what is told can be so.
  func piecesShow(in bytes: [UInt8]) -> String? {
    let whole = told(of: bytes, by: max(1, bytes.count))
    if let fault = whole.fault { return fault }
    for length in [1, 7, 512] where length < bytes.count {
      let cut = told(of: bytes, by: length)
      if let fault = cut.fault { return "\(fault), in pieces of \(length) bytes" }
      // Where a library meets damage, and how much it has let out by then, is its own matter.
      if (cut.events + whole.events).contains(where: { $0.hasSuffix("it is damaged") }) { continue }
      if cut.events != whole.events { return "pieces of \(length) bytes show" }
    }
    return nil
  }

  private func told(of bytes: [UInt8], by length: Int) -> ContainerAccount {
    let account = ContainerAccount(bytes)
    guard let reader else { return account }
    var offset = 0
    while offset < bytes.count {
      let piece = Array(bytes[offset..<min(bytes.count, offset + length)])
      // SAFETY: the piece is used within the call only.
      let taken = unsafe piece.withUnsafeBytes { unsafe reader.feed($0, to: account) }
      account.expect((0...piece.count).contains(taken), "more is taken than given")
      offset += max(0, taken)
      if taken < piece.count { break }
    }
    if offset == bytes.count { reader.finish(account) }
    account.close(hasEnded: reader.hasEnded)
    return account
  }
}

/// What a reader tells of a container, in a form that can be compared.
private final class ContainerAccount: ContainerSink {
  /// Bytes let out after which a reader is told to stop.
  private static let most = 1 << 20

  private(set) var events: [String] = []
  /// The first thing told that cannot be.
  private(set) var fault: String?
  private let container: [UInt8]
  private var isOpen = false
  private var start = 0
  private var isVerbatim = false
  private var member: [UInt8] = []
  private var total = 0

  init(_ container: [UInt8]) { self.container = container }

  func expect(_ isSo: Bool, _ fault: String) {
    if !isSo, self.fault == nil { self.fault = fault }
  }

  func begin(_ name: [UInt8]?, at offset: Int, isVerbatim: Bool) -> Bool {
    expect(!isOpen, "a member begins within another")
    expect((0...container.count).contains(offset), "a member begins out of the container")
    isOpen = true
    start = offset
    self.isVerbatim = isVerbatim
    member = []
    events.append("begin \(name ?? []) \(offset) \(isVerbatim)")
    return true
  }

  // SAFETY: the bytes are copied before the call returns.
  func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    expect(isOpen, "bytes of no member")
    unsafe member += Array(bytes)
    total += bytes.count
    return total < Self.most
  }

  func end() {
    expect(isOpen, "the end of no member")
    isOpen = false
    if isVerbatim { expect(container.dropFirst(start).starts(with: member), "a member is not what stands there") }
    // Where it became too much depends on the pieces.
    events.append("end \(total < Self.most ? member : [])")
  }

  func gap(_ reason: String) { events.append("gap \(reason)") }

  /// Nothing more is told; whether the reader came to the end of the container.
  func close(hasEnded: Bool) {
    expect(!isOpen, "a member without an end")
    events.append("ended \(hasEnded)")
  }
}

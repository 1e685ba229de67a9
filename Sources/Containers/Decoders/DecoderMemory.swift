#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

import Synchronization

/// The memory the decoders of one artifact take.
///
/// All decoders of the process hold at most `greatest` bytes at any time. What one artifact may take is fixed, so that what comes
/// of it never depends on the others: a little is there for everybody, and who wants more waits until nobody else has more.
package final class DecoderMemory {
  /// Bytes of all decoders together.
  package static let greatest = 256 << 20
  /// Bytes of the decoders of one artifact: enough for `xz -9` (65 MiB) twice over, and for `zstd --ultra --long=27`.
  package static let most = 160 << 20
  /// Bytes an artifact takes before it waits for its turn to take more.
  private static let little = 24 << 20
  /// Bytes before each block that say how long it is and from which part it was taken; malloc(3) aligns to no more.
  private static let headLength = 16

  /// Bytes taken by all artifacts without a turn.
  private static let common = Atomic<Int>(0)
  private static let turn = Turn()

  /// Bytes that may be held.
  private let limit: Int
  /// Whether they count among those of all artifacts.
  private let isShared: Bool
  /// Bytes taken, and those of them taken in turn.
  private(set) var held = 0
  private var heldInTurn = 0

  package init() {
    limit = Self.most
    isShared = true
  }

  /// The memory of a look at a few bytes: so little that nobody is asked for it, since whoever looks may hold the turn himself.
  ///
  /// - Parameter limit: bytes that may be held.
  init(ofLook limit: Int) {
    self.limit = limit
    isShared = false
  }

  deinit { if heldInTurn > 0 { Self.turn.end() } }

  /// Whether others may have to wait until this has given its memory back.
  package var isInTurn: Bool { heldInTurn > 0 }
  /// Whether anybody waits for more memory.
  package static var isAwaited: Bool { turn.isAwaited }

  // SAFETY: the block is `size` bytes behind a head of its own, which `free` reads again; null where there is no memory, as
  // every one of the libraries allows.
  /// Memory for a decoder, or null where the artifact has all it may take.
  func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
    guard size >= 0, size <= limit - held - Self.headLength else { return nil }
    let length = size + Self.headLength
    let isCommon = heldInTurn == 0 && (!isShared || held + length <= Self.little && Self.takeCommon(length))
    if !isCommon, heldInTurn == 0 { Self.turn.begin() }
    guard let block = unsafe malloc(length) else {
      if isCommon { giveBackCommon(length) } else if heldInTurn == 0 { Self.turn.end() }
      return nil
    }
    held += length
    if !isCommon { heldInTurn += length }
    unsafe block.storeBytes(of: length, as: Int.self)
    unsafe block.storeBytes(of: isCommon, toByteOffset: 8, as: Bool.self)
    return unsafe block + Self.headLength
  }

  // SAFETY: the pointer is one `allocate` gave, or null; what was decoded is wiped before the block is given back.
  /// Takes memory back; nothing that was decoded stays in it.
  func free(_ pointer: UnsafeMutableRawPointer?) {
    guard let block = unsafe pointer.map({ unsafe $0 - Self.headLength }) else { return }
    let length = unsafe block.load(as: Int.self)
    let isCommon = unsafe block.load(fromByteOffset: 8, as: Bool.self)
    unsafe Self.wipe(block, length)
    unsafe Self.giveBack(block)
    held -= length
    if isCommon {
      giveBackCommon(length)
    } else {
      heldInTurn -= length
      if heldInTurn == 0 { Self.turn.end() }
    }
  }

  /// What the libraries are given as the place of their memory; alive as long as this is.
  // SAFETY: only `of` turns it back.
  var opaque: UnsafeMutableRawPointer { unsafe Unmanaged.passUnretained(self).toOpaque() }

  // SAFETY: the pointer is that of `opaque`: a decoder keeps the object alive until its library has given all back.
  static func of(_ opaque: UnsafeMutableRawPointer?) -> DecoderMemory? {
    unsafe opaque.map { unsafe Unmanaged<DecoderMemory>.fromOpaque($0).takeUnretainedValue() }
  }

  private func giveBackCommon(_ length: Int) {
    if isShared { Self.common.subtract(length, ordering: .relaxed) }
  }

  private static func takeCommon(_ length: Int) -> Bool {
    let (_, taken) = common.add(length, ordering: .relaxed)
    if taken <= greatest - most { return true }
    common.subtract(length, ordering: .relaxed)
    return false
  }

  // SAFETY: the block is `length` bytes long. A plain memset before free(3) may be left out by the compiler.
  private static func wipe(_ block: UnsafeMutableRawPointer, _ length: Int) {
    #if canImport(Darwin)
      _ = unsafe memset_s(block, length, 0, length)
    #else
      unsafe explicit_bzero(block, length)
    #endif
  }

  // SAFETY: the block came from malloc(3).
  private static func giveBack(_ block: UnsafeMutableRawPointer) {
    #if canImport(Darwin)
      unsafe Darwin.free(block)
    #elseif canImport(Musl)
      unsafe Musl.free(block)
    #else
      unsafe Glibc.free(block)
    #endif
  }
}

/// What only one artifact has at a time. It may end on another thread than it began.
@safe private final class Turn: Sendable {
  // SAFETY: made in init and never given back: there is one for the process. `isTaken` is touched with the mutex held.
  nonisolated(unsafe) private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  nonisolated(unsafe) private let isFree: UnsafeMutablePointer<pthread_cond_t>
  nonisolated(unsafe) private let isTaken: UnsafeMutablePointer<Bool>
  private let waiting = Atomic(0)

  // SAFETY: as above.
  init() {
    unsafe mutex = .allocate(capacity: 1)
    unsafe isFree = .allocate(capacity: 1)
    unsafe isTaken = .allocate(capacity: 1)
    unsafe isTaken.initialize(to: false)
    _ = unsafe pthread_mutex_init(mutex, nil)
    _ = unsafe pthread_cond_init(isFree, nil)
  }

  // SAFETY: as above.
  func begin() {
    _ = unsafe pthread_mutex_lock(mutex)
    waiting.add(1, ordering: .relaxed)
    while unsafe isTaken.pointee { _ = unsafe pthread_cond_wait(isFree, mutex) }
    waiting.subtract(1, ordering: .relaxed)
    unsafe isTaken.pointee = true
    _ = unsafe pthread_mutex_unlock(mutex)
  }

  var isAwaited: Bool { waiting.load(ordering: .relaxed) > 0 }

  // SAFETY: as above.
  func end() {
    _ = unsafe pthread_mutex_lock(mutex)
    unsafe isTaken.pointee = false
    _ = unsafe pthread_cond_signal(isFree)
    _ = unsafe pthread_mutex_unlock(mutex)
  }
}

import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Containers

/// All decoders share a bounded memory, and what one artifact may take does not depend on the others.
@Suite(.serialized) struct DecoderMemoryTests {
  // SAFETY: made of what `allocate` gave, and given back once.
  /// A block of a decoder's memory.
  @safe private struct Block {
    let pointer: UnsafeMutableRawPointer

    init?(_ size: Int, of memory: DecoderMemory) {
      guard let pointer = unsafe memory.allocate(size) else { return nil }
      unsafe self.pointer = pointer
    }

    func free(in memory: DecoderMemory) { unsafe memory.free(pointer) }
  }

  /// Bytes that all threads hold, and the most they ever held.
  private final class Sum: Sendable {
    private let bytes = Mutex((held: 0, highest: 0))

    var held: Int { bytes.withLock { $0.held } }
    var highest: Int { bytes.withLock { $0.highest } }

    func add(_ count: Int) {
      bytes.withLock {
        $0.held += count
        $0.highest = max($0.highest, $0.held)
      }
    }
  }

  @Test func `an artifact takes as much as it may and no more`() {
    let memory = DecoderMemory()
    var blocks: [Block] = []
    while let block = Block(8 << 20, of: memory) { blocks.append(block) }
    #expect(blocks.count == 19, "19 blocks of 8 MiB, each with its head, are the most in 160 MiB")
    #expect(memory.held <= DecoderMemory.most)
    for block in blocks { block.free(in: memory) }
    #expect(memory.held == 0)
  }

  @Test func `many artifacts at once stay within what all of them share`() {
    let sum = Sum()
    let threads = (0..<12).map { index in
      Self.thread {
        let memory = DecoderMemory()
        for round in 0..<20 {
          var blocks: [(block: Block, size: Int)] = []
          for size in [1 << 20, 5 << 20, (index + round) % 4 == 0 ? 90 << 20 : 3 << 20] {
            guard let block = Block(size, of: memory) else { continue }
            sum.add(size)
            blocks.append((block, size))
            // Give the others a chance to be in the way.
            sched_yield()
          }
          for (block, size) in blocks {
            sum.add(-size)
            block.free(in: memory)
          }
        }
      }
    }
    for thread in threads { pthread_join(thread, nil) }
    #expect(sum.held == 0)
    #expect(sum.highest > 0 && sum.highest <= DecoderMemory.greatest)
  }

  @Test func `a decoder gives back what it took`() {
    let text = [UInt8](repeating: 0x61, count: 100_000)
    for (compression, bytes) in [
      (Compression.gzip, Packing.gzip(text)), (.zlib, Packing.zlib(text)), (.bzip2, Packing.bzip2(text)),
      (.xz, Packing.xz(text)), (.lzma, Packing.lzma(text)), (.zstandard, Packing.zstandard(text)),
    ] {
      let memory = DecoderMemory()
      var decompressor: Decompressor? = Decompressor(compression, memory: memory)
      var count = 0
      for _ in 0..<2 {
        let outcome = unsafe bytes.withUnsafeBytes { bytes in
          unsafe decompressor?.decode(bytes) {
            count += $0.count
            return true
          }.outcome
        }
        #expect(outcome == .ended, "\(compression)")
        decompressor?.restart()
      }
      #expect(count == 2 * text.count && memory.held > 0)
      decompressor = nil
      #expect(memory.held == 0, "\(compression)")
    }
  }

  @Test func `a look at a few bytes waits for nobody, not even for the artifact it belongs to`() throws {
    let memory = DecoderMemory()
    let block = try #require(Block(30 << 20, of: memory))
    #expect(memory.isInTurn)
    let answer = Mutex<Bool?>(nil)
    let looking = Self.thread {
      let start = Packing.xzOfGreatDictionary(Array("text".utf8)).prefix(24)
      answer.withLock { $0 = StreamProbe.isDecoded(start, as: .xz) }
    }
    var waits = 0
    while answer.withLock({ $0 == nil }), waits < 10_000 {
      usleep(1000)
      waits += 1
    }
    #expect(answer.withLock(\.self) == true)
    block.free(in: memory)
    pthread_join(looking, nil)
    #expect(!memory.isInTurn)
  }

  /// Runs a body on a thread of its own.
  private static func thread(_ body: @escaping @Sendable () -> Void) -> pthread_t {
    final class Box {
      let body: @Sendable () -> Void
      init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    // SAFETY: the box is taken back by the thread, once.
    let box = unsafe Unmanaged.passRetained(Box(body)).toOpaque()
    let code = unsafe pthread_create(
      &thread, nil,
      { box in
        unsafe box.map { unsafe Unmanaged<Box>.fromOpaque($0).takeRetainedValue().body() }
        return nil
      }, box)
    precondition(code == 0)
    return thread
  }
}

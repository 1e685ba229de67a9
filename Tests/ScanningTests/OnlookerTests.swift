import Artifacts
import Findings
import Synchronization
import TestSupport
import Testing

@testable import Scanning

struct OnlookerTests {
  private final class Seen: Sendable {
    let bytes = Mutex<[ArtifactName: [UInt8]]>([:])
    let ends = Mutex<[ArtifactName: [Bool]]>([:])
  }

  private struct Recorder: Onlooker {
    let name: ArtifactName
    let seen: Seen

    func look(at piece: UnsafeRawBufferPointer) {
      let piece = unsafe Array(piece)
      seen.bytes.withLock { $0[name, default: []] += piece }
    }

    func end(isWhole: Bool) { seen.ends.withLock { $0[name, default: []].append(isWhole) } }
  }

  @Test(arguments: [1, 3]) func `who looks on sees every byte of each file once, and its end`(_ jobs: Int) {
    let tree = TemporaryTree()
    var contents: [ArtifactName: [UInt8]] = [:]
    for size in [0, 1, 999, 1 << 12, 1 << 20, (1 << 20) + 1, 3_000_000] {
      let content = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ size) }
      tree.file(bytes: Array("\(size)".utf8), content)
      contents[tree.name("\(size)")] = content
    }
    tree.fifo("pipe")
    tree.file("nobody")
    let seen = Seen()
    let unseen = tree.name("nobody")
    var request = ScanRequest([tree.name], jobs: jobs)
    request.onlooker = { $0 == unseen ? nil : Recorder(name: $0, seen: seen) }
    let result = ScanRun(request).collect().result
    #expect(result.ledger.artifacts == contents.count + 1)
    let (bytes, ends) = (seen.bytes.withLock(\.self), seen.ends.withLock(\.self))
    #expect(ends == contents.mapValues { _ in [true] })
    for (name, content) in contents { #expect(bytes[name] ?? [] == content, "\(name.text)") }
    #expect(bytes.count == contents.count - 1)
  }
}

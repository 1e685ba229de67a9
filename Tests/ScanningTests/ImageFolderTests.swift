import Artifacts
import Findings
import TestSupport
import Testing

@testable import Scanning

/// A folder that is a container image has to hold what it says it is made of.
@Suite struct ImageFolderTests {
  private let tree = TemporaryTree()
  private let image: MadeImage

  init() {
    var random = SeededRandom(seed: 71)
    image = MadeImage("app:1", layers: [Array("LEAK below".utf8), Array("above".utf8)], &random)
    for part in image.parts { tree.folder("image/" + part.split(separator: "/").dropLast().joined(separator: "/")) }
    for file in image.files { tree.file(bytes: Array("image/\(file.name)".utf8), file.bytes) }
  }

  private func scan() -> (lines: [String], result: ScanResult) {
    let (events, result) = ScanRun(ScanRequest([tree.name("")])).collect()
    return (events.map { $0.line.replacing(tree.path + "/", with: "") }, result)
  }

  @Test func `a finding in an image that is whole names its layer`() {
    let (lines, result) = scan()
    #expect(lines == ["image/\(image.parts[1])@0"])
    #expect(result.verdict == .leaking)
  }

  @Test func `C10: an image folder that lacks any of what it names is incomplete`() {
    tree.remove("image/" + image.parts[1])
    let digest = image.parts[1].split(separator: "/").dropFirst().joined(separator: ":")
    let (lines, result) = scan()
    #expect(lines == ["image: image app:1: its layer \(digest) is not in it"])
    #expect(result.verdict == .incomplete)
    tree.remove("image/index.json")
    tree.file("image/index.json", "{")
    #expect(scan().lines.contains { $0.contains("index.json cannot be read") })
    tree.remove("image/oci-layout")
    tree.remove("image/manifest.json")
    #expect(scan().result.verdict == .clean)
  }

  @Test func `names in an image do not lead out of it`() {
    tree.file("outside")
    tree.file("image/manifest.json", #"[{"Config":"../outside","Layers":["/etc/passwd","blobs/../../outside"]}]"#)
    let (lines, _) = scan()
    #expect(lines.filter { $0.hasSuffix("is not in it") }.count == 3)
  }
}

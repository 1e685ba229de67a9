import Findings
import TestSupport
import Testing

@testable import Detection

/// A container image is read with all its layers, and one that names what it does not hold is not read whole.
@Suite struct ImageTests {
  private func image(_ seed: UInt64, foreign: Bool = false) -> (made: MadeImage, tokens: [String]) {
    var random = SeededRandom(seed: seed)
    let tokens = (0..<2).map { _ in ContainerSamples.token(&random) }
    let below = Packing.tar([("etc/app.env", Array("key \(tokens[0])\n".utf8))])
    let above = Packing.tar([("etc/.wh.app.env", [])])
    let made = MadeImage(
      "app:1", layers: [Packing.gzip(below), Packing.zstandard(above)], history: "ENV KEY=\(tokens[1])",
      foreign: foreign,
      &random)
    return (made, tokens)
  }

  @Test func `every layer and the history of an image are read, hidden files too`() throws {
    let (made, _) = image(1)
    let (found, failures) = try ContainerSamples.read(Packing.tar(made.files))
    #expect(
      Set(found.map(\.layers.text)) == ["tar → \(made.parts[1]) → gzip → tar → etc/app.env", "tar → \(made.parts[0])"])
    #expect(failures.isEmpty)
  }

  @Test(arguments: [1 << 20, 333]) func `C10: an image that lacks any of what it names is incomplete`(
    _ chunkSize: Int
  )
    throws
  {
    let (made, _) = image(2)
    for (part, kind) in zip(made.parts, ["configuration", "layer", "layer", "manifest"]) {
      // With and without what `docker save` adds.
      for isSaved in [false, true] {
        let files = made.without { $0 == part || !isSaved && $0 == "manifest.json" }
        let failures = try ContainerSamples.read(Packing.tar(files), chunkSize: chunkSize).failures
        let digest = part.split(separator: "/").dropFirst().joined(separator: ":")
        #expect(failures == ["tar: image app:1: its \(kind) \(digest) is not in it"])
      }
    }
    let saved = made.without { ["index.json", "oci-layout", made.parts[2]].contains($0) }
    #expect(
      try ContainerSamples.read(Packing.tar(saved)).failures == [
        "tar: image app:1: its layer \(made.parts[2]) is not in it"
      ])
  }

  @Test func `a layer that lies elsewhere, and an index that cannot be read, are told`() throws {
    let foreign = try ContainerSamples.read(Packing.tar(image(3, foreign: true).made.files)).failures
    #expect(
      foreign.count == 1
        && foreign.allSatisfy { $0.contains("app:1") && $0.hasSuffix("lies elsewhere and is not in it") })
    let (made, _) = image(4)
    for broken in ["", "{", "[]", #"{"manifests":[{"digest":"sha256:../../etc"}]}"#] {
      let files = made.without { $0 == "index.json" || $0 == "manifest.json" } + [("index.json", Array(broken.utf8))]
      #expect(try ContainerSamples.read(Packing.tar(files)).failures.count == 1, "\(broken)")
    }
    let unread = made.files.map { $0.name == made.parts[3] ? ($0.name, Array("{\"config\":".utf8)) : $0 }
    let failures = try ContainerSamples.read(Packing.tar(unread.filter { $0.0 != "manifest.json" })).failures
    #expect(failures.count == 1 && failures.allSatisfy { $0.hasSuffix("cannot be read") })
  }

  @Test func `layers that are links to others, and indices in indices, are followed`() throws {
    let list = #"[{"Config":"c.json","RepoTags":null,"Layers":["aa/layer.tar","bb/layer.tar"]}]"#
    func saved(_ target: String) -> [UInt8] {
      Packing.tarMember("bb/layer.tar", [], type: "2") { block in
        for (index, byte) in target.utf8.enumerated() { block[157 + index] = byte }
      }
        + Packing.tar([
          ("c.json", Array("{}".utf8)), ("aa/layer.tar", Packing.tar([])), ("manifest.json", Array(list.utf8)),
        ])
    }
    #expect(try ContainerSamples.read(saved("../aa/layer.tar")).failures.isEmpty)
    #expect(
      try ContainerSamples.read(saved("../cc/layer.tar")).failures == [
        "tar: image c.json: its layer bb/layer.tar is not in it"
      ])
    let (made, _) = image(5)
    let files = made.without { $0 == "index.json" || $0 == "manifest.json" || $0 == made.parts[2] }
    let top = made.files.first { $0.name == "index.json" }?.bytes ?? []
    let index = #"{"manifests":[{"digest":"sha256:00"}]}"#
    let nested = files + [("blobs/sha256/00", top), ("index.json", Array(index.utf8))]
    let failures = try ContainerSamples.read(Packing.tar(nested.map { ("./" + $0.name, $0.bytes) })).failures
    #expect(failures.count == 1 && failures.allSatisfy { $0.contains("layer") && $0.hasSuffix("is not in it") })
  }

  @Test func `an archive with files of these names is no image`() throws {
    for text in ["{}", "[]", "[{\"Config\":1}]", "not JSON", #"{"name":"extension","manifests":3}"#] {
      let files = [("manifest.json", Array(text.utf8)), ("index.json", Array(text.utf8))]
      #expect(try ContainerSamples.read(Packing.tar(files)).failures.isEmpty)
    }
  }
}

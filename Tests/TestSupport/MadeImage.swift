/// A container image made for a test, as an image layout (OCI Image Format, image-layout.md) that `docker load` takes as well.
///
/// Digests are drawn, not worked out: what reads images does not ask whether they hold.
package struct MadeImage {
  package typealias File = (name: String, bytes: [UInt8])

  /// What it is made of, each with its name.
  package private(set) var files: [File] = []
  /// Names of the parts that a manifest names: the manifest itself, the configuration, the layers.
  package private(set) var parts: [String] = []

  /// - Parameters:
  ///   - name: what the image is called.
  ///   - foreign: whether its manifest names a layer that lies elsewhere, too.
  package init(
    _ name: String, layers: [[UInt8]], history: String = "", foreign: Bool = false, _ random: inout SeededRandom
  ) {
    let configuration = #"{"architecture":"amd64","history":[{"created_by":"\#(history)"}]}"#
    var texts: [String] = []
    let kind = "application/vnd.oci.image"
    let config = Self.descriptor("\(kind).config.v1+json", add(Array(configuration.utf8), &random))
    for layer in layers { texts.append(Self.descriptor("\(kind).layer.v1.tar+gzip", add(layer, &random))) }
    if foreign {
      let digest = Self.digest(&random)
      texts.append(
        #"{"mediaType":"\#(kind).layer.nondistributable.v1.tar+gzip","digest":"\#(digest)","urls":["https://a.example/b"]}"#
      )
    }
    let names = parts
    let manifest = #"{"schemaVersion":2,"config":\#(config),"layers":[\#(texts.joined(separator: ","))]}"#
    let top = Self.descriptor(
      "\(kind).manifest.v1+json", add(Array(manifest.utf8), &random),
      more: #","annotations":{"org.opencontainers.image.ref.name":"\#(name)"}"#)
    files.append(("index.json", Array(#"{"schemaVersion":2,"manifests":[\#(top)]}"#.utf8)))
    files.append(("oci-layout", Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8)))
    let saved = names.map { "\"\($0)\"" }
    let list = saved.dropFirst().joined(separator: ",")
    files.append(
      ("manifest.json", Array(#"[{"Config":\#(saved[0]),"RepoTags":["\#(name)"],"Layers":[\#(list)]}]"#.utf8)))
  }

  /// The image without some of its files.
  package func without(_ isLeftOut: (String) -> Bool) -> [File] { files.filter { !isLeftOut($0.name) } }

  private mutating func add(_ bytes: [UInt8], _ random: inout SeededRandom) -> String {
    let digest = Self.digest(&random)
    let name = "blobs/" + digest.split(separator: ":").joined(separator: "/")
    files.append((name, bytes))
    parts.append(name)
    return digest
  }

  private static func descriptor(_ kind: String, _ digest: String, more: String = "") -> String {
    #"{"mediaType":"\#(kind)","digest":"\#(digest)","size":1\#(more)}"#
  }

  private static func digest(_ random: inout SeededRandom) -> String {
    "sha256:" + (0..<64).map { _ in String(Int.random(in: 0..<16, using: &random), radix: 16) }.joined()
  }
}

/// What a container image says it is made of, held against what it holds: an image layout (OCI Image Format, image-layout.md,
/// image-index.md, manifest.md), and what `docker save` writes.
///
/// An image of which a part lies elsewhere is not read whole, though all there is of it is.
package struct ImageInventory {
  /// Names of the files that say what there is.
  package static let index = "index.json"
  package static let saved = "manifest.json"
  package static let mark = "oci-layout"
  /// Bytes a manifest has at most: what registries have to take (OCI Distribution, Pushing Manifests).
  package static let greatestDocument = 4 << 20
  /// Indices one in another, and parts looked at, at most.
  private static let greatestDepth = 8
  private static let mostParts = 100_000

  private let holds: (String) -> Bool
  private let document: (String) -> [UInt8]?
  private var seen: Set<String> = []
  private var found: [String] = []

  private init(holds: @escaping (String) -> Bool, document: @escaping (String) -> [UInt8]?) {
    self.holds = holds
    self.document = document
  }

  /// Tells what an image names and does not hold, each with a clause; nothing where it is no image.
  ///
  /// - Parameters:
  ///   - holds: whether there is something of a name in the image.
  ///   - document: the contents of a small file of a name.
  package static func gaps(
    holds: @escaping (String) -> Bool, document: @escaping (String) -> [UInt8]?
  ) -> [String] {
    var inventory = ImageInventory(holds: holds, document: document)
    inventory.readIndex()
    inventory.readSaved()
    return inventory.found
  }

  private func json(_ name: String) -> JSONValue? { document(name).flatMap(JSONValue.init(parsing:)) }

  private mutating func readIndex() {
    guard holds(Self.mark) else { return }
    guard let manifests = json(Self.index)?["manifests"]?.list else {
      found.append("image: its \(Self.index) cannot be read, so it is not known whether all of it is here")
      return
    }
    for manifest in manifests { visit(manifest, of: Self.name(manifest), depth: 0) }
  }

  /// What `docker save` writes: a list of images, each with its configuration and layers as names of files.
  private mutating func readSaved() {
    guard let images = json(Self.saved)?.list else { return }
    for image in images {
      guard let configuration = image["Config"]?.text, let layers = image["Layers"]?.list else { continue }
      let name = image["RepoTags"]?.list?.first?.text ?? configuration
      note("configuration", configuration, at: configuration, of: name, nil)
      for layer in layers.compactMap(\.text) { note("layer", layer, at: layer, of: name, nil) }
    }
  }

  /// Follows a descriptor (OCI Image Format, descriptor.md) of a manifest or an index.
  private mutating func visit(_ descriptor: JSONValue, of image: String, depth: Int) {
    guard let path = Self.path(descriptor), note("manifest", path.digest, at: path.name, of: image, descriptor) else {
      if Self.path(descriptor) == nil {
        found.append("image \(image): a manifest of it has no digest that can be read")
      }
      return
    }
    guard depth < Self.greatestDepth, let manifest = json(path.name) else {
      found.append("image \(image): its manifest \(path.digest) cannot be read")
      return
    }
    for inner in manifest["manifests"]?.list ?? [] { visit(inner, of: image, depth: depth + 1) }
    let parts = [("configuration", manifest["config"])] + (manifest["layers"]?.list ?? []).map { ("layer", $0) }
    for (kind, part) in parts {
      guard let part else { continue }
      guard let path = Self.path(part) else {
        found.append("image \(image): a \(kind) of it has no digest that can be read")
        continue
      }
      note(kind, path.digest, at: path.name, of: image, part)
    }
  }

  /// Notes a part, and gives whether it is there and was not met before.
  @discardableResult
  private mutating func note(
    _ kind: String, _ part: String, at name: String, of image: String, _ descriptor: JSONValue?
  ) -> Bool {
    guard seen.count < Self.mostParts else {
      if seen.count == Self.mostParts, seen.insert("").inserted {
        found.append("image \(image): it names more parts than are looked at")
      }
      return false
    }
    guard seen.insert(Self.plain(name)).inserted else { return false }
    if Self.isWithin(name), holds(Self.plain(name)) { return true }
    let reason = Self.liesElsewhere(descriptor) ? "lies elsewhere and is not in it" : "is not in it"
    found.append("image \(image): its \(kind) \(part.prefix(Self.greatestName)) \(reason)")
    return false
  }

  private static let greatestName = 200

  /// Whether a layer is one that is not handed on with its image (OCI Image Format, layer.md, non-distributable layers).
  private static func liesElsewhere(_ descriptor: JSONValue?) -> Bool {
    let kind = descriptor?["mediaType"]?.text ?? ""
    return descriptor?["urls"]?.list?.isEmpty == false || kind.contains(".nondistributable.")
      || kind.contains(".foreign.")
  }

  private static func name(_ descriptor: JSONValue) -> String {
    let notes = descriptor["annotations"]
    let name = notes?["io.containerd.image.name"]?.text ?? notes?["org.opencontainers.image.ref.name"]?.text
    return String((name ?? descriptor["digest"]?.text ?? "without a name").prefix(greatestName))
  }

  /// The digest of a descriptor, and the name of the file it stands for; `nil` where it is none (descriptor.md, Digests).
  private static func path(_ descriptor: JSONValue) -> (digest: String, name: String)? {
    guard let digest = descriptor["digest"]?.text else { return nil }
    let parts = digest.split(separator: ":", omittingEmptySubsequences: false)
    func isPlain(_ text: Substring) -> Bool {
      !text.isEmpty
        && text.utf8.allSatisfy { byte in
          (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
        }
    }
    guard parts.count == 2, parts.allSatisfy(isPlain), digest.utf8.count <= greatestName else { return nil }
    return (digest, "blobs/\(parts[0])/\(parts[1])")
  }

  /// Whether a name leads nowhere but into the image.
  private static func isWithin(_ name: String) -> Bool {
    !name.hasPrefix("/") && !name.split(separator: "/").contains("..")
  }

  /// A name without `./` before it.
  static func plain(_ name: String) -> String { name.hasPrefix("./") ? String(name.dropFirst(2)) : name }
}

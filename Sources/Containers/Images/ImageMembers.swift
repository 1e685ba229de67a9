/// What of an archive's members matters where it is a container image: names, and what is small enough to be a manifest.
package struct ImageMembers {
  /// Bytes of manifests, and names, kept at most.
  private static let greatestTotal = 32 << 20
  private static let mostNames = 1 << 17

  private var names: Set<String> = []
  /// What links stand for.
  private var links: [String: String] = [:]
  private var documents: [String: [UInt8]] = [:]
  private var total = 0
  /// The member that may be a manifest, as far as it came.
  private var open: (name: String, bytes: [UInt8])?
  private var isWhole = true

  package init() {}

  /// A member follows.
  package mutating func begin(_ name: [UInt8]) {
    open = nil
    guard let name = Self.shown(name) else { return }
    guard names.count < Self.mostNames else {
      isWhole = false
      return
    }
    names.insert(name)
    if !name.hasSuffix(".tar") { open = (name, []) }
  }

  /// A link stands for another member.
  package mutating func link(_ name: [UInt8], to target: [UInt8]) {
    guard let name = Self.shown(name), links.count < Self.mostNames else { return }
    var parts = name.split(separator: "/").dropLast()
    for part in String(decoding: target, as: UTF8.self).split(separator: "/") where part != "." {
      if part == ".." { parts = parts.dropLast() } else { parts.append(part) }
    }
    links[name] = parts.joined(separator: "/")
  }

  // SAFETY: the bytes are copied before the call returns.
  /// The next bytes of the member.
  package mutating func take(_ bytes: UnsafeRawBufferPointer) {
    guard let count = open?.bytes.count, bytes.count > 0 else { return }
    total += bytes.count
    let isText = unsafe count > 0 || bytes[0] == UInt8(ascii: "{") || bytes[0] == UInt8(ascii: "[")
    guard isText, count + bytes.count <= ImageInventory.greatestDocument, total <= Self.greatestTotal else {
      total -= bytes.count + count
      open = nil
      return
    }
    unsafe open?.bytes.append(contentsOf: bytes)
  }

  /// The member is over.
  package mutating func end() {
    if let open, !open.bytes.isEmpty { documents[open.name] = open.bytes }
    open = nil
  }

  /// What the archive, where it is an image, names and does not hold.
  package func gaps() -> [String] {
    let gaps = ImageInventory.gaps(
      holds: { name in names.contains(name) || links[name].map(names.contains) ?? false },
      document: { documents[$0] ?? links[$0].flatMap { documents[$0] } })
    return isWhole || gaps.isEmpty ? gaps : ["image: it has more members than are looked at"]
  }

  /// A name that a part of an image may have: in `blobs`, or not more than one folder down.
  private static func shown(_ name: [UInt8]) -> String? {
    let text = ImageInventory.plain(String(decoding: name.prefix(400), as: UTF8.self))
    let depth = text.utf8.count { $0 == UInt8(ascii: "/") }
    return text.hasPrefix("blobs/") || depth < 2 ? text : nil
  }
}

import Crypto

/// Whether bytes are what an id stands for: git names an object by the hash of its kind, its length and its bytes
/// (git-hash-object(1)), but does not look whether what it keeps under a name has that hash.
struct ObjectProof {
  private let id: ObjectID
  private var short = Insecure.SHA1()
  private var long = SHA256()

  init(_ id: ObjectID, kind: ArraySlice<UInt8>, size: Int) {
    self.id = id
    let header = kind + Array(" \(size)\0".utf8)
    // SAFETY: the bytes are read within the call only.
    unsafe Array(header).withUnsafeBytes { unsafe take($0) }
  }

  /// Takes the next bytes of the object.
  // SAFETY: the bytes are read within the call only.
  mutating func take(_ bytes: UnsafeRawBufferPointer) {
    if id.isLong { unsafe long.update(bufferPointer: bytes) } else { unsafe short.update(bufferPointer: bytes) }
  }

  /// Whether all bytes taken have the id.
  var holds: Bool {
    id == ObjectID(bytes: id.isLong ? Array(long.finalize())[...] : Array(short.finalize())[...])
  }
}

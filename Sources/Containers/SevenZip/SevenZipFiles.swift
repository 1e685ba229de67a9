/// What the directory of a 7z archive says of its files (7zFormat.txt, "Files Info"), one after the other.
struct SevenZipFiles {
  /// A file, or a folder.
  struct File {
    /// `nil` where the directory holds no names.
    let name: [UInt8]?
    let hasContents: Bool
    let isFolder: Bool
  }

  private static let greatestName = 1 << 16
  /// Files there are at most: a few bytes of bits would stand for many without names.
  private static let most = 1 << 24

  /// Number of files not read yet.
  private(set) var count = 0
  private var names: SevenZipCursor?
  /// Files without contents, and those of them that are no folders.
  private var empty = SevenZipFlags.none
  private var emptyFiles = SevenZipFlags.none
  private var index = 0
  private var emptyIndex = 0

  /// No files.
  init() {}

  init(_ cursor: inout SevenZipCursor) throws(SevenZipRefusal) {
    count = try cursor.number()
    guard count <= Self.most else { throw SevenZipRefusal(reason: "it tells of too many files") }
    var emptyCount = 0
    var known: Set<UInt8> = []
    while let kind = try SevenZipStreams.part(&cursor) {
      var part = try cursor.part(try cursor.number())
      // Readers would take one of the two.
      guard known.insert(kind).inserted || kind == 0x19 else { throw .damaged }
      switch kind {
      case 0x0E:
        empty = try part.flags(count)
        emptyCount = (0..<count).count { empty[$0] }
      case 0x0F: emptyFiles = try part.flags(emptyCount)
      case 0x11:
        guard try part.byte() == 0 else { throw SevenZipRefusal(reason: "a part of its directory stands elsewhere") }
        names = part
      // Times, attributes, files that stand for a removed one, a comment, filling: nothing of theirs is contents.
      default: break
      }
    }
  }

  /// The next file, `nil` where there is none.
  mutating func next() throws(SevenZipRefusal) -> File? {
    guard count > 0 else { return nil }
    count -= 1
    let isEmpty = empty[index]
    let isFolder = isEmpty && !emptyFiles[emptyIndex]
    index += 1
    if isEmpty { emptyIndex += 1 }
    return File(name: try nextName(), hasContents: !isEmpty, isFolder: isFolder)
  }

  /// UTF-16, the lower byte first, with a zero behind.
  private mutating func nextName() throws(SevenZipRefusal) -> [UInt8]? {
    guard var cursor = names else { return nil }
    var units: [UInt16] = []
    while let unit = UInt16(exactly: try cursor.number(length: 2)), unit != 0 {
      guard units.count < Self.greatestName else { throw SevenZipRefusal(reason: "a name in it is too long") }
      units.append(unit)
    }
    names = cursor
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
}

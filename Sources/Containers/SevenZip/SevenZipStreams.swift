/// What the directory of a 7z archive says of its packed streams, folders and their members (7zFormat.txt, "Streams Info").
///
/// All of it stands there in the order in which the streams do, so that nothing is kept but places in the directory.
struct SevenZipStreams {
  /// Offset of the first packed stream behind the header the archive starts with, and bytes of all together.
  private(set) var start = 0
  private(set) var packedLength = 0
  /// Number of folders not read yet, and of members of all folders.
  private(set) var folderCount = 0
  private(set) var memberCount = 0

  private var packedLengths: SevenZipCursor
  private var folders: SevenZipCursor
  private var lengths: SevenZipCursor
  private var folderSums = SevenZipSums.none
  /// Where it is not told, each folder has one member.
  private var memberCounts: SevenZipCursor?
  private var memberLengths: SevenZipCursor
  private var memberSums = SevenZipSums.none

  /// The folder that is read.
  struct Folder {
    let folder: SevenZipFolder
    let packedLength: Int
    /// What is told of the folder as a whole, and so of its member where there is one.
    let sum: UInt?
    /// Members not read yet, and their bytes.
    fileprivate(set) var memberCount: Int
    fileprivate(set) var left: Int
    fileprivate let isSingle: Bool
  }

  /// No streams: an archive of folders and empty files.
  init(none cursor: SevenZipCursor) {
    packedLengths = cursor
    folders = cursor
    lengths = cursor
    memberLengths = cursor
  }

  /// - Parameter most: bytes that may be packed.
  init(_ cursor: inout SevenZipCursor, most: Int) throws(SevenZipRefusal) {
    self.init(none: cursor)
    var packedCount = 0
    var last: UInt8 = 0
    while let part = try Self.part(&cursor, after: last) {
      last = part
      switch part {
      case 0x06: packedCount = try readPacked(&cursor, most: most)
      case 0x07: try readFolders(&cursor, packedCount)
      case 0x08: try readMembers(&cursor)
      default: throw .damaged
      }
    }
    if memberCounts == nil { memberCount = folderCount }
  }

  /// The number that tells what follows, `nil` where nothing more does.
  ///
  /// - Parameter last: the part before it, where parts stand in ascending order, each of them once: of two, readers
  ///   would take one each.
  static func part(_ cursor: inout SevenZipCursor, after last: UInt8 = 0) throws(SevenZipRefusal) -> UInt8? {
    let part = try cursor.byte()
    if part == 0 { return nil }
    guard part > last else { throw .damaged }
    return part
  }

  // MARK: Finding the places

  private mutating func readPacked(_ cursor: inout SevenZipCursor, most: Int) throws(SevenZipRefusal) -> Int {
    start = try cursor.number()
    let count = try cursor.number()
    var last: UInt8 = 0
    while let part = try Self.part(&cursor, after: last) {
      // The lengths are there where there are streams.
      guard part == 0x09 || last == 0x09 || count == 0 else { throw .damaged }
      last = part
      switch part {
      case 0x09:
        packedLengths = cursor
        for _ in 0..<count {
          let length = try cursor.number()
          guard start <= most, length <= most - start - packedLength else { throw .damaged }
          packedLength += length
        }
      // What is unpacked has checksums of its own.
      case 0x0A: _ = try cursor.sums(count)
      default: throw .damaged
      }
    }
    guard count == 0 || last > 0 else { throw .damaged }
    return count
  }

  private mutating func readFolders(_ cursor: inout SevenZipCursor, _ packedCount: Int) throws(SevenZipRefusal) {
    guard try cursor.byte() == 0x0B else { throw .damaged }
    folderCount = try cursor.number()
    guard try cursor.byte() == 0 else { throw SevenZipRefusal(reason: "a part of its directory stands elsewhere") }
    folders = cursor
    var (outputs, packed) = (0, 0)
    for _ in 0..<folderCount {
      let folder = try SevenZipFolder.skip(&cursor)
      outputs += folder.outputs
      packed += folder.packed
    }
    guard packed == packedCount else { throw .atOdds }
    guard try cursor.byte() == 0x0C else { throw .damaged }
    lengths = try cursor.numbers(outputs)
    while let part = try Self.part(&cursor) {
      guard part == 0x0A else { throw .damaged }
      folderSums = try cursor.sums(folderCount)
    }
  }

  private mutating func readMembers(_ cursor: inout SevenZipCursor) throws(SevenZipRefusal) {
    memberCount = folderCount
    var part = try Self.part(&cursor)
    if part == 0x0D {
      var counts = try cursor.numbers(folderCount)
      memberCounts = counts
      memberCount = 0
      for _ in 0..<folderCount {
        let count = try counts.number()
        // The length of each but the last is told.
        guard count <= cursor.left + 1 else { throw .damaged }
        memberCount += count
      }
      part = try Self.part(&cursor)
    }
    var (told, unknown) = (0, 0)
    var counts = memberCounts
    for index in 0..<folderCount {
      let count = try counts?.number() ?? 1
      told += max(0, count - 1)
      if count != 1 || !folderSums.flags[index] { unknown += count }
    }
    if part == 0x09 {
      memberLengths = try cursor.numbers(told)
      part = try Self.part(&cursor)
    } else if told > 0 {
      throw .damaged
    }
    if part == 0x0A {
      memberSums = try cursor.sums(unknown)
      part = try Self.part(&cursor)
    }
    guard part == nil else { throw .damaged }
  }

  // MARK: Going along

  /// The next folder, `nil` where there is none.
  mutating func nextFolder() throws(SevenZipRefusal) -> Folder? {
    guard folderCount > 0 else { return nil }
    folderCount -= 1
    let folder = try SevenZipFolder(&folders, lengths: &lengths)
    var packed = 0
    for _ in 0..<folder.packedCount { packed += try packedLengths.number() }
    let count = try memberCounts?.number() ?? 1
    return Folder(
      folder: folder, packedLength: packed, sum: try folderSums.next(), memberCount: count, left: folder.length,
      isSingle: count == 1)
  }

  /// Number of bytes of the next member of a folder, and their checksum where it is told.
  mutating func nextMember(of folder: inout Folder) throws(SevenZipRefusal) -> (length: Int, sum: UInt?) {
    folder.memberCount -= 1
    let length = folder.memberCount == 0 ? folder.left : try memberLengths.number()
    guard length <= folder.left else { throw .atOdds }
    folder.left -= length
    return (length, folder.isSingle && folder.sum != nil ? folder.sum : try memberSums.next())
  }
}

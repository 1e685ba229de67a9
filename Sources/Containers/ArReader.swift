/// Reads an ar archive (ar(5)): a library of object files, a Debian package.
package final class ArReader: ArchiveReader, ContainerReader {
  /// What every archive starts with.
  package static let signature = Array("!<arch>\n".utf8)
  private static let headerLength = 60

  private enum State {
    case signature
    case header
    /// A name that stands before the contents, so long, which have as many bytes behind it.
    case name(length: Int, contents: Int)
    /// The contents of a member; the table of long names is kept too.
    case contents(left: Int, padding: Int, isTable: Bool)
    case padding
    case failed
  }

  private static let greatestTable = 1 << 20

  private var state = State.signature
  private var table: [UInt8] = []

  package override init() {}

  /// Nothing tells the end but that nothing follows.
  package var hasEnded: Bool { false }

  // SAFETY: pieces of the input are used within the call only.
  package func step(_ rest: UnsafeRawBufferPointer, to sink: any ContainerSink) -> Int? {
    let taken: Int
    switch state {
    case .signature:
      taken = unsafe gather(Self.signature.count, rest) { expectHeader() }
    case .header:
      taken = unsafe gather(Self.headerLength, rest) { readHeader(sink) }
    case .name(let length, let contents):
      taken = unsafe gather(length, rest) {
        begin(Array(header.bytes.prefix { $0 != 0 }), contents, padding: (length + contents) % 2, sink)
      }
    case .contents(let left, let padding, let isTable):
      let piece = unsafe pass(left, rest)
      taken = piece.count
      state = .contents(left: left - taken, padding: padding, isTable: isTable)
      if isTable, table.count < Self.greatestTable { unsafe table.append(contentsOf: piece) }
      if unsafe !sink.take(piece) {
        fail(nil, sink)
      } else if taken == left {
        endContents(padding, sink)
      }
    case .padding:
      taken = unsafe pass(1, rest).count
      expectHeader()
    case .failed: return nil
    }
    return taken
  }

  package func finish(_ sink: any ContainerSink) {
    switch state {
    case .failed: break
    case .header where header.bytes.isEmpty: break
    // Some writers leave the last byte of padding out.
    case .padding: break
    default: fail("it ends early", sink)
    }
  }

  private func fail(_ reason: String?, _ sink: any ContainerSink) {
    state = .failed
    abandon(reason, sink)
  }

  private func expectHeader() {
    header.clear()
    state = .header
  }

  private func readHeader(_ sink: any ContainerSink) {
    guard header.bytes[58...].elementsEqual([0x60, 0x0A]), let size = header.number(at: 48, length: 10, radix: 10)
    else {
      return fail("a header of it is damaged at byte \(offset - Self.headerLength)", sink)
    }
    let name = Array(header.bytes[..<16].prefix { $0 != 0x20 })
    if name.starts(with: Array("#1/".utf8)), let length = header.number(at: 3, length: 13, radix: 10), length <= size {
      // BSD: the name is the start of the contents.
      header.clear()
      guard length <= 1 << 16 else { return fail("a name in it is too long", sink) }
      state = .name(length: length, contents: size - length)
      if length == 0 { begin([], size, padding: size % 2, sink) }
      return
    }
    let isTable = name.elementsEqual(Array("//".utf8))
    begin(isTable ? name : longName(name), size, padding: size % 2, isTable: isTable, sink)
  }

  /// GNU: `/123` stands for what the table holds from there on, and other names end with a slash.
  private func longName(_ name: [UInt8]) -> [UInt8] {
    if name.count > 1, name[0] == UInt8(ascii: "/"), let start = header.number(at: 1, length: 15, radix: 10),
      start < table.count
    {
      return Self.withoutSlash(Array(table[start...].prefix { $0 != 0x0A }))
    }
    return Self.withoutSlash(name)
  }

  private static func withoutSlash(_ name: [UInt8]) -> [UInt8] {
    name.count > 1 && name.last == UInt8(ascii: "/") ? name.dropLast() : name
  }

  private func begin(_ name: [UInt8], _ size: Int, padding: Int, isTable: Bool = false, _ sink: any ContainerSink) {
    guard open(name, at: offset, sink) else { return fail(nil, sink) }
    state = .contents(left: size, padding: padding, isTable: isTable)
    if size == 0 { endContents(padding, sink) }
  }

  private func endContents(_ padding: Int, _ sink: any ContainerSink) {
    close(sink)
    header.clear()
    state = padding > 0 ? .padding : .header
  }
}

/// What a container reader tells of what it finds.
package protocol ContainerSink: AnyObject {
  /// The contents of a member follow, until `end`; `false` where no more is wanted of the container.
  ///
  /// - Parameters:
  ///   - name: the member's name as it is written, `nil` where the container holds one nameless thing.
  ///   - offset: where its contents start in the container.
  ///   - isVerbatim: whether they stand in the container as they are.
  func begin(_ name: [UInt8]?, at offset: Int, isVerbatim: Bool) -> Bool
  /// The next bytes of the member's contents; `false` where no more is wanted of the container.
  func take(_ bytes: UnsafeRawBufferPointer) -> Bool
  /// The member is over.
  func end()
  /// A link stands for something else, which may be a member.
  func link(_ name: [UInt8], to target: [UInt8])
  /// Something was not read: a lower-case clause why.
  func gap(_ reason: String)
}

extension ContainerSink {
  package func link(_ name: [UInt8], to target: [UInt8]) {}
}

/// Reads one container as its bytes come.
package protocol ContainerReader: AnyObject {
  /// Whether the container was read to its own end.
  var hasEnded: Bool { get }
  /// Takes some of the next bytes, of which there is at least one, and gives how many; `nil` where the container has ended, or
  /// is not read on.
  func step(_ bytes: UnsafeRawBufferPointer, to sink: any ContainerSink) -> Int?
  /// No more bytes come: tells what is missing.
  func finish(_ sink: any ContainerSink)
}

extension ContainerReader {
  /// Takes the next bytes and gives how many of them it read: fewer than there are only where the container has ended, or is
  /// not read on.
  // SAFETY: pieces of the input are used within the call only.
  package func feed(_ bytes: UnsafeRawBufferPointer, to sink: any ContainerSink) -> Int {
    var index = 0
    while index < bytes.count,
      let taken = unsafe step(UnsafeRawBufferPointer(rebasing: bytes[index...]), to: sink)
    {
      index += taken
    }
    return index
  }
}

/// Bytes that are gathered until there are enough of them to read a header.
struct HeaderBuffer {
  private(set) var bytes: [UInt8] = []

  /// Takes from the start of some bytes until `count` are there, and gives how many it took.
  // SAFETY: the bytes are copied before the call returns.
  mutating func fill(to count: Int, from input: UnsafeRawBufferPointer) -> Int {
    let taken = min(input.count, max(0, count - bytes.count))
    unsafe bytes.append(contentsOf: input[..<taken])
    return taken
  }

  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  /// The number of some bytes, the lowest first.
  func number(at offset: Int, length: Int) -> Int {
    (0..<length).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
  }

  /// The number of some bytes, the highest first.
  func networkNumber(at offset: Int, length: Int) -> Int {
    (0..<length).reduce(0) { $0 << 8 | Int(bytes[offset + $1]) }
  }

  /// The number some digits are, blanks and zeros around them aside; `nil` where they are none.
  func number(at offset: Int, length: Int, radix: Int) -> Int? {
    let digits = bytes[offset..<offset + length].drop { $0 == 0x20 }.prefix { $0 != 0x20 && $0 != 0 }
    return digits.isEmpty ? 0 : Int(String(decoding: digits, as: UTF8.self), radix: radix).flatMap { $0 < 0 ? nil : $0 }
  }
}

/// A member's name in a message.
enum ShownName {
  static func text(_ name: [UInt8]) -> String { String(decoding: name.prefix(200), as: UTF8.self) }
}

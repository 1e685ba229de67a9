/// A way of compressing a stream of bytes.
package enum Compression: String, Sendable {
  /// RFC 1952.
  case gzip
  /// RFC 1950.
  case zlib
  /// RFC 1951, without a header, as zip archives hold it.
  case deflate
  case bzip2
  /// The .xz file format.
  case xz
  /// What came before .xz: a header of thirteen bytes and LZMA (xz(1), `--format=alone`).
  case lzma
  /// RFC 8878.
  case zstandard
}

/// What decoding some bytes came to.
package enum DecodingOutcome: Equatable, Sendable {
  /// All of them were taken; the stream goes on.
  case more
  /// The stream ended, its checks hold.
  case ended
  /// The stream cannot be decoded on: a lower-case clause why.
  case failed(String)
  /// Whoever takes the decoded bytes wants no more.
  case unwanted

  /// The stream asks for more memory than it may have.
  static let tooLarge = DecodingOutcome.failed(Decompressor.tooLarge)
}

/// One library's decoder of one stream.
protocol StreamDecoder: AnyObject {
  /// Decodes as far as input and room go.
  ///
  /// - Returns: bytes taken, bytes written, and what it came to; `more` with neither means that it needs input.
  func step(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) -> (
    taken: Int, written: Int, outcome: DecodingOutcome
  )

  /// Starts with another stream; `false` where a new decoder has to be made.
  func restart() -> Bool
}

extension StreamDecoder {
  func restart() -> Bool { false }
}

// SAFETY: the room is allocated in init and freed in deinit; input and room are lent for one call.
/// Decodes one compressed stream after the other, as they come.
@safe package final class Decompressor {
  private static let roomLength = 1 << 16
  /// Why a stream is not decoded that asks for more memory than it may have.
  package static let tooLarge = "decoding it takes more memory than is allowed"

  /// Makes a decoder; `nil` where there is no memory for it.
  private let make: () -> (any StreamDecoder)?
  private var decoder: (any StreamDecoder)?
  private let room: UnsafeMutableRawBufferPointer

  package convenience init(_ compression: Compression, memory: DecoderMemory) {
    self.init { Self.decoder(compression, memory) }
  }

  init(_ make: @escaping () -> (any StreamDecoder)?) {
    self.make = make
    decoder = make()
    unsafe room = .allocate(byteCount: Self.roomLength, alignment: 16)
  }

  deinit {
    // What was decoded may be a secret.
    unsafe room.initializeMemory(as: UInt8.self, repeating: 0)
    unsafe room.deallocate()
  }

  /// Starts with another stream.
  package func restart() {
    if decoder?.restart() != true {
      decoder = nil
      decoder = make()
    }
  }

  /// Decodes what it is given.
  ///
  /// - Parameter take: gets each piece of the decoded text; gives `false` where no more is wanted.
  /// - Returns: how many bytes belong to the stream, and what it came to.
  package func decode(
    _ input: UnsafeRawBufferPointer, take: (UnsafeRawBufferPointer) -> Bool
  ) -> (
    taken: Int, outcome: DecodingOutcome
  ) {
    guard let decoder else { return (0, .tooLarge) }
    var taken = 0
    while true {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: input[taken...])
      let step = unsafe decoder.step(rest, room)
      taken += step.taken
      if step.written > 0, unsafe !take(UnsafeRawBufferPointer(rebasing: room[..<step.written])) {
        return (taken, .unwanted)
      }
      if step.outcome != .more { return (taken, step.outcome) }
      if taken == input.count, step.written < Self.roomLength { return (taken, .more) }
      if step.taken == 0, step.written == 0 { return (taken, .failed("it is damaged")) }
    }
  }

  private static func decoder(_ compression: Compression, _ memory: DecoderMemory) -> (any StreamDecoder)? {
    switch compression {
    // The window bits of inflateInit2: 16 asks for a gzip header, less than 0 for none (zlib.h).
    case .gzip: Inflater(windowBits: 31, memory)
    case .zlib: Inflater(windowBits: 15, memory)
    case .deflate: Inflater(windowBits: -15, memory)
    case .bzip2: Bunzipper(memory)
    case .xz: LZMADecoder(.xz, memory)
    case .lzma: LZMADecoder(.alone, memory)
    case .zstandard: ZstandardDecoder(memory)
    }
  }
}

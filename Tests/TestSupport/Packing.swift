import CBZip2
import CLZMA
import CZlib
import CZstd

// SAFETY: each call gets buffers with their lengths and keeps none of them.
/// Compressed streams and archives made for tests; the streams by the encoders of the libraries themselves.
package enum Packing {
  /// A gzip stream (`windowBits` 31), or bare deflate (-15).
  package static func deflated(_ bytes: [UInt8], windowBits: Int32 = 31) -> [UInt8] {
    var stream = unsafe z_stream()
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    guard
      unsafe deflateInit2_(
        &stream, 9, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK
    else { return [] }
    defer { unsafe deflateEnd(&stream) }
    var input = bytes
    return unsafe output(capacity: bytes.count + 1024) { room in
      unsafe input.withUnsafeMutableBufferPointer { input in
        unsafe stream.next_in = input.baseAddress
        unsafe stream.avail_in = UInt32(input.count)
        unsafe stream.next_out = room.baseAddress
        unsafe stream.avail_out = UInt32(room.count)
        _ = unsafe deflate(&stream, Z_FINISH)
        return unsafe room.count - Int(stream.avail_out)
      }
    }
  }

  package static func gzip(_ bytes: [UInt8]) -> [UInt8] { deflated(bytes) }

  package static func bzip2(_ bytes: [UInt8]) -> [UInt8] {
    unsafe output(capacity: bytes.count * 2 + 1024) { room in
      var length = UInt32(room.count)
      var input = bytes
      return unsafe input.withUnsafeMutableBytes { input in
        _ = unsafe BZ2_bzBuffToBuffCompress(
          UnsafeMutableRawPointer(room.baseAddress)?.assumingMemoryBound(to: CChar.self), &length,
          input.baseAddress?.assumingMemoryBound(to: CChar.self), UInt32(input.count), 1, 0, 0)
        return Int(length)
      }
    }
  }

  package static func xz(_ bytes: [UInt8]) -> [UInt8] {
    unsafe output(capacity: bytes.count + 1024) { room in
      var length = 0
      _ = unsafe lzma_easy_buffer_encode(
        1, LZMA_CHECK_CRC32, nil, bytes, bytes.count, room.baseAddress, &length, room.count)
      return length
    }
  }

  /// The same by a header that asks for a dictionary of 64 MiB, as `xz -9` does (the .xz file format, sections 3.1 and 5.3.1).
  package static func xzOfGreatDictionary(_ bytes: [UInt8]) -> [UInt8] {
    var stream = xz(bytes)
    // Behind the header of the stream: length, flags, sizes where the flags say so, filter, length of its properties,
    // dictionary, padding, checksum.
    let header = 12..<12 + 4 * (Int(stream[12]) + 1)
    var place = 14
    for flag: UInt8 in [0x40, 0x80] where stream[13] & flag != 0 {
      while stream[place] & 0x80 != 0 { place += 1 }
      place += 1
    }
    precondition(stream[place] == 0x21 && stream[place + 1] == 1)
    stream[place + 2] = 28
    let checked = Array(stream[header.dropLast(4)])
    let sum = unsafe lzma_crc32(checked, checked.count, 0)
    for index in 0..<4 { stream[header.upperBound - 4 + index] = UInt8(truncatingIfNeeded: sum >> (8 * UInt32(index))) }
    return stream
  }

  package static func zstandard(_ bytes: [UInt8]) -> [UInt8] {
    unsafe output(capacity: ZSTD_compressBound(bytes.count)) { room in
      let context = unsafe ZSTD_createCCtx()
      defer { _ = unsafe ZSTD_freeCCtx(context) }
      _ = unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
      return unsafe ZSTD_compress2(context, room.baseAddress, room.count, bytes, bytes.count)
    }
  }

  /// A tar archive (ustar); a name over a hundred bytes goes into a pax header.
  package static func tar(_ members: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var archive: [UInt8] = []
    for (name, bytes) in members {
      if name.utf8.count > 100 {
        var length = name.utf8.count + 9
        while "\(length) path=\(name)\n".utf8.count != length { length += 1 }
        archive += tarMember("pax", Array("\(length) path=\(name)\n".utf8), type: "x")
      }
      archive += tarMember(String(name.prefix(100)), bytes, type: "0")
    }
    return archive + [UInt8](repeating: 0, count: 1024)
  }

  /// A header and what follows it, filled up to whole blocks.
  package static func tarMember(
    _ name: String, _ bytes: [UInt8], type: String, change: (inout [UInt8]) -> Void = { _ in }
  ) -> [UInt8] {
    func octal(_ number: Int, _ width: Int) -> String {
      let digits = String(number, radix: 8)
      return String(repeating: "0", count: width - digits.count) + digits
    }
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      for (index, byte) in text.utf8.enumerated() { block[offset + index] = byte }
    }
    put(name, at: 0)
    put("0000644", at: 100)
    put(octal(bytes.count, 11), at: 124)
    put("        ", at: 148)
    put(type, at: 156)
    put("ustar", at: 257)
    put("00", at: 263)
    change(&block)
    put(octal(block.reduce(0) { $0 + Int($1) }, 6) + "\0", at: 148)
    return block + bytes + [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
  }

  /// How a member of a zip archive is written.
  package struct ZipMember {
    package var name: String
    package var bytes: [UInt8]
    package var isStored = false
    package var hasDescriptor = false
    package var flags = 0
    /// Another method than the one it is written by.
    package var method: Int?
    /// Another name in the directory.
    package var listedName: String?
    /// Whether the directory leaves it out.
    package var isUnlisted = false
    /// Extra fields of its header, and a comment in the directory.
    package var extra: [UInt8] = []
    package var comment: [UInt8] = []
    /// Bytes written before its header.
    package var before: [UInt8] = []
    /// How it is compressed, where it is not stored.
    package var pack: @Sendable ([UInt8]) -> [UInt8] = { deflated($0, windowBits: -15) }

    package init(_ name: String, _ bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// - Parameters:
  ///   - comment: what stands behind the directory.
  ///   - shift: bytes before the archive that its directory counts.
  package static func zip(_ members: [ZipMember], comment: [UInt8] = [], shift: Int = 0, disk: Int = 0) -> [UInt8] {
    func number(_ value: Int, _ length: Int) -> [UInt8] {
      (0..<length).map { UInt8(value >> (8 * $0) & 0xFF) }
    }
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
      let packed = member.isStored ? member.bytes : member.pack(member.bytes)
      let sum = Int(unsafe crc32_z(0, member.bytes, member.bytes.count))
      let flags = member.flags | (member.hasDescriptor ? 8 : 0)
      let method = member.method ?? (member.isStored ? 0 : 8)
      let sizes = number(sum, 4) + number(packed.count, 4) + number(member.bytes.count, 4)
      let common = number(20, 2) + number(flags, 2) + number(method, 2) + number(0, 4)
      archive += member.before
      let start = archive.count + shift
      let name = Array(member.name.utf8)
      let listed = Array((member.listedName ?? member.name).utf8)
      archive += number(0x0403_4B50, 4) + common + (member.hasDescriptor ? number(0, 12) : sizes)
      archive += number(name.count, 2) + number(member.extra.count, 2) + name + member.extra + packed
      if member.hasDescriptor { archive += number(0x0807_4B50, 4) + sizes }
      if member.isUnlisted { continue }
      directory += number(0x0201_4B50, 4) + number(20, 2) + common + sizes + number(listed.count, 2)
      directory +=
        number(0, 2) + number(member.comment.count, 2) + number(0, 8) + number(start, 4) + listed + member.comment
    }
    let listed = members.filter { !$0.isUnlisted }.count
    let end = number(0x0605_4B50, 4) + number(disk, 2) + number(disk, 2) + number(listed, 2) + number(listed, 2)
    return archive + directory + end + number(directory.count, 4) + number(archive.count + shift, 4)
      + number(comment.count, 2) + comment
  }

  private static func output(
    capacity: Int, _ write: (UnsafeMutableBufferPointer<UInt8>) -> Int
  )
    -> [UInt8]
  {
    unsafe [UInt8](unsafeUninitializedCapacity: capacity) { room, count in
      count = unsafe write(room)
    }
  }
}

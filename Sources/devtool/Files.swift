#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What went wrong with a file, and with which.
struct FileError: Error, CustomStringConvertible {
  var path: String
  var code: Int32

  init(_ path: String) { (self.path, code) = (path, errno) }

  // SAFETY: strerror gives a string that lives at least until the next call; it is copied at once.
  var description: String { unsafe "\(path): \(String(cString: strerror(code)))" }
}

/// Reading and writing whole files (stdio(3), readdir(3)).
enum Files {
  /// The bytes of a file.
  static func read(_ path: String) throws(FileError) -> [UInt8] {
    // SAFETY: the stream is checked, used only here and closed on every way out; the buffer outlives the call.
    guard let file = unsafe fopen(path, "rb") else { throw FileError(path) }
    defer { unsafe _ = fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe fread(&buffer, 1, buffer.count, file)
      bytes += buffer.prefix(count)
      if count < buffer.count {
        guard unsafe ferror(file) == 0 else { throw FileError(path) }
        return bytes
      }
    }
  }

  /// Replaces a file by another one written beside it, so that nobody ever sees half of it.
  static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    let temporary = path + ".new"
    // SAFETY: as in read; the bytes are an array of the length given.
    guard let file = unsafe fopen(temporary, "wb") else { throw FileError(temporary) }
    let isWritten = unsafe fwrite(bytes, 1, bytes.count, file) == bytes.count
    guard unsafe fclose(file) == 0, isWritten else { throw FileError(temporary) }
    guard unsafe rename(temporary, path) == 0 else { throw FileError(path) }
  }

  /// Names in a folder, in ascending order of their bytes.
  static func names(in folder: String) throws(FileError) -> [String] {
    // SAFETY: the stream is checked and closed; each entry is valid until the next call and its name is copied.
    guard let stream = unsafe opendir(folder) else { throw FileError(folder) }
    defer { unsafe _ = closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        unsafe tuple.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      names.append(name)
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// Writes bytes to a standard stream.
enum Console {
  static func out(_ bytes: [UInt8]) { write(bytes, to: 1) }
  static func error(_ line: String) { write(Array((line + "\n").utf8), to: 2) }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      // SAFETY: the pointer is valid for the call, with the length given.
      let count = unsafe rest.withUnsafeBytes { unsafe platformWrite(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}

/// write(2), out of the way of the methods of that name.
private func platformWrite(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  // SAFETY: the caller passes a pointer and length that belong together.
  unsafe write(descriptor, start, count)
}

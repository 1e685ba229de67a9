import Findings
import Reports

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Writes small files the caller asked for.
enum TextFile {
  /// Adds a text to the end of a file, which is made with the folder it lies in where it is not there.
  ///
  /// - Throws: `CommandError` with verdict `fault` where that fails.
  static func append(_ text: String, to file: PathArgument) throws(CommandError) {
    try write(text, to: file.bytes, O_WRONLY | O_CREAT | O_APPEND, mode: 0o644)
  }

  /// Writes a file that must not be there yet; the folder it lies in is made where it is not there.
  ///
  /// - Throws: `CommandError`: `invalid` where it is there, `fault` where it cannot be written.
  static func create(_ text: String, at path: [UInt8], mode: UInt32 = 0o644) throws(CommandError) {
    try write(text, to: path, O_WRONLY | O_CREAT | O_EXCL, mode: mode)
  }

  /// Puts a text in the place of what a file holds, whole or not at all; its rights stay as they are.
  ///
  /// - Throws: `CommandError` with verdict `fault` where that fails.
  static func replace(_ text: String, in file: PathArgument) throws(CommandError) {
    let path = SystemPath(file.bytes)
    let mode = path.mode
    do throws(ReportError) {
      let sink = try FileSink(path: file.name)
      try sink.write(Array(text.utf8).span)
      try sink.commit()
    } catch {
      throw .fault(error.message)
    }
    guard mode.map(path.setMode) ?? true else {
      throw .fault("cannot give \(file.name.text) its rights back: \(systemReason(errno))")
    }
  }

  private static func write(_ text: String, to path: [UInt8], _ flags: CInt, mode: UInt32) throws(CommandError) {
    let name = PathArgument(bytes: path).name.text
    if let slash = path.lastIndex(of: UInt8(ascii: "/")), slash > 0 { SystemPath(Array(path[..<slash])).makeFolder() }
    guard let descriptor = SystemPath(path).open(flags, mode: mode) else {
      if errno == EEXIST { throw .invalid("\(name) is there already and is not overwritten") }
      throw .fault("cannot write \(name): \(systemReason(errno))")
    }
    defer { close(descriptor) }
    do throws(ReportError) {
      let sink = DescriptorSink(descriptor: descriptor, name: name)
      try sink.write(Array(text.utf8).span)
      try sink.commit()
    } catch {
      throw .fault("cannot write \(name): \(error.reason)")
    }
  }
}

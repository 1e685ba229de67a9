import Findings
import Harness
import Reports

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The caller's fingerprint key: hex digits in a file readable by its owner alone, or in the environment.
enum KeyFile {
  /// Bytes of a new key; as many as HMAC-SHA-256 gives (RFC 2104, section 3).
  private static let length = 32
  /// Fewest bytes of a key that is accepted.
  private static let leastLength = 16
  /// Bytes after which a file is no key file.
  private static let greatestSize = 4096

  /// The variable that holds a key.
  static let variable = "LEAKGATE_KEY"
  /// The variable that names its file.
  private static let fileVariable = "LEAKGATE_KEY_FILE"

  /// The key in the file the option names, else the one the environment holds or names, else the public key.
  static func key(named option: PathArgument?) throws(CommandError) -> FingerprintKey {
    if let option { return FingerprintKey(bytes: try load(SystemPath(option.bytes), name: option.name.text)) }
    switch (Environment.bytes(variable), Environment.bytes(fileVariable)) {
    case (nil, nil): return .fixed
    case (let text?, nil):
      guard let bytes = decoded(text[...]) else {
        throw .invalid("\(variable) holds no key of at least 32 hex digits; make one with 'leakgate key new'")
      }
      return FingerprintKey(bytes: bytes)
    case (nil, let path?):
      let name = PathArgument(bytes: path).name.text + " (from \(fileVariable))"
      return FingerprintKey(bytes: try load(SystemPath(path), name: name))
    case (_?, _?): throw .invalid("\(variable) and \(fileVariable) are both set; unset one of them")
    }
  }

  /// A new key as its file holds it: lower-case hex digits and a line feed.
  static func newText() -> String {
    var generator = SystemRandomNumberGenerator()
    return Digest.digits(of: (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }) + "\n"
  }

  /// Writes a new key to a file that must not be there yet, with mode 0600.
  static func create(_ file: PathArgument) throws(CommandError) {
    let path = SystemPath(file.bytes)
    guard let descriptor = path.open(O_WRONLY | O_CREAT | O_EXCL, mode: 0o600) else {
      let isThere = errno == EEXIST
      let reason = isThere ? "it is there already and is not overwritten" : systemReason(errno)
      throw .invalid("cannot make the key file \(file.name.text): \(reason); name a file that is not there yet")
    }
    defer { close(descriptor) }
    do throws(ReportError) {
      let sink = DescriptorSink(descriptor: descriptor, name: file.name.text)
      try sink.write(Array(newText().utf8).span)
      try sink.commit()
    } catch {
      path.remove()
      throw .fault("cannot write the key file \(file.name.text): \(error.reason)")
    }
  }

  /// The 32 bytes of a signing key.
  static func bytes(of file: PathArgument) throws(CommandError) -> [UInt8] {
    let bytes = try load(SystemPath(file.bytes), name: file.name.text)
    guard bytes.count == length else {
      throw .invalid("the key file \(file.name.text) holds no key of \(length) bytes; make one with 'leakgate key new'")
    }
    return bytes
  }

  /// The 32 bytes of a public key; its file need not be secret.
  static func publicBytes(of file: PathArgument) throws(CommandError) -> [UInt8] {
    guard case .success(let text) = FileContents.read(file.bytes), let bytes = decoded(text[...]), bytes.count == length
    else { throw .invalid("\(file.name.text) holds no public key; make one with 'leakgate audit public-key'") }
    return bytes
  }

  private static func load(_ path: SystemPath, name: String) throws(CommandError) -> [UInt8] {
    // Non-blocking, so that a FIFO does not hold the process up.
    guard let descriptor = path.open(O_RDONLY | O_NONBLOCK) else {
      throw .invalid("cannot read the key file \(name): \(systemReason(errno)); make one with 'leakgate key new'")
    }
    defer { close(descriptor) }
    var status = stat()
    // SAFETY: fstat fills the one structure it is given.
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .invalid("the key file \(name) is not a file; make one with 'leakgate key new'")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw .invalid("the key file \(name) can be read by others; change its mode to 0600")
    }
    var buffer = [UInt8](repeating: 0, count: greatestSize + 1)
    // SAFETY: the buffer is as long as said.
    let count = unsafe read(descriptor, &buffer, buffer.count)
    guard count >= 0, let bytes = decoded(buffer.prefix(count)) else {
      throw .invalid("the key file \(name) holds no key of at least 32 hex digits; make one with 'leakgate key new'")
    }
    return bytes
  }

  /// The bytes that hex digits stand for, blanks around them allowed; `nil` for anything else.
  static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    var digits = text.drop(while: isBlank)
    while let last = digits.last, isBlank(last) { digits.removeLast() }
    guard digits.count.isMultiple(of: 2), digits.count >= 2 * leastLength, text.count <= greatestSize else {
      return nil
    }
    var bytes: [UInt8] = []
    var high: UInt8?
    for digit in digits {
      guard let value = Character(Unicode.Scalar(digit)).hexDigitValue, digit < 0x80 else { return nil }
      if let first = high {
        bytes.append(first << 4 | UInt8(value))
        high = nil
      } else {
        high = UInt8(value)
      }
    }
    return bytes
  }
}

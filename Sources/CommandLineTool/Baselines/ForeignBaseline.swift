import Findings
import Harness

/// What another tool was told to accept, as the file it keeps says it.
struct ForeignBaseline {
  /// One thing it accepts.
  struct Entry {
    /// How a reader finds it in the file; holds nothing of the value.
    var label: String
    /// The commit it names, in hex digits; `nil` where the files as they are now are meant.
    var commit: [UInt8]?
    var path: [UInt8]
    /// The line the value begins on, where nothing else is said of it.
    var line: Int?
    var value: ForeignValue
  }

  private(set) var entries: [Entry] = []
  /// What is written as no entry can be: each a place in the file and the reason.
  private(set) var unread: [String] = []

  /// Reads a file: the content tells which tool wrote it.
  ///
  /// - Throws: `CommandError` where it is JSON of neither, or broken.
  init(_ bytes: [UInt8], name: String) throws(CommandError) {
    switch bytes.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
    case UInt8(ascii: "["): try readReport(try Self.json(bytes, name), name)
    case UInt8(ascii: "{"): try readHashes(try Self.json(bytes, name), name)
    default: readFingerprints(bytes)
    }
  }

  private static func json(_ bytes: [UInt8], _ name: String) throws(CommandError) -> JSONNode {
    do throws(JSONError) {
      return try JSONReader.read(bytes, limit: FileContents.greatestSize)
    } catch {
      throw .invalid("\(name):\(error.description)")
    }
  }

  /// A report of gitleaks in JSON, which it takes as a baseline: a list of findings with `RuleID`, `File`, `StartLine`,
  /// `Commit` (empty for files), and the `Secret`, which `--redact` masks.
  private mutating func readReport(_ node: JSONNode, _ name: String) throws(CommandError) {
    for (index, finding) in (node.array ?? []).enumerated() {
      let text = { (member: String) in finding[member]?.string ?? "" }
      guard !text("File").isEmpty else {
        unread.append("\(name): finding \(index + 1): has no File: only reports of gitleaks are lists of findings")
        continue
      }
      let line = finding["StartLine"]?.integer
      add(
        commit: Array(text("Commit").utf8), path: Array(text("File").utf8), rule: text("RuleID"), line: line,
        ForeignValue(secret: text("Secret")))
    }
  }

  /// A baseline of detect-secrets: `results` has a list for each file, each with the SHA-1 of the value (`hashed_secret`).
  private mutating func readHashes(_ node: JSONNode, _ name: String) throws(CommandError) {
    guard let results = node["results"]?.object else {
      throw .invalid("\(name) is no list of findings (gitleaks) and has no 'results' (detect-secrets)")
    }
    for file in results {
      guard let secrets = file.node.array else {
        unread.append("\(name): \(file.name): is no list of secrets")
        continue
      }
      for (index, secret) in secrets.enumerated() {
        guard let digest = secret["hashed_secret"]?.string, digest.utf8.count == 40 else {
          unread.append("\(name): \(file.name): secret \(index + 1): has no hashed_secret of 40 hex digits")
          continue
        }
        add(
          commit: [], path: Array(file.name.utf8), rule: secret["type"]?.string ?? "",
          line: secret["line_number"]?.integer, .digest(digest.lowercased()))
      }
    }
  }

  /// A `.gitleaksignore`: a fingerprint a line, `COMMIT:FILE:RULE:LINE` or `FILE:RULE:LINE`; `#` begins a comment.
  private mutating func readFingerprints(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let line = String(decoding: line, as: UTF8.self).trimmed
      if line.isEmpty || line.hasPrefix("#") { continue }
      let parts = line.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count >= 3, let number = Int(parts[parts.count - 1]), number > 0 else {
        unread.append("line \(index + 1): is no fingerprint of gitleaks; it would be COMMIT:FILE:RULE:LINE")
        continue
      }
      let hasCommit = parts.count > 3 && Self.isCommit(parts[0].utf8)
      let path = parts[(hasCommit ? 1 : 0)..<(parts.count - 2)].joined(separator: ":")
      add(
        commit: hasCommit ? Array(parts[0].utf8) : [], path: Array(path.utf8), rule: String(parts[parts.count - 2]),
        line: number, .masked(behind: []))
    }
  }

  private mutating func add(commit: [UInt8], path: [UInt8], rule: String, line: Int?, _ value: ForeignValue) {
    let text = String(decoding: path, as: UTF8.self)
    let place = line.map { ":\($0)" } ?? ""
    let revision = commit.isEmpty ? "" : " of \(String(decoding: commit.prefix(12), as: UTF8.self))"
    let label = "\(text)\(place)\(revision) (\(rule))"
    guard commit.isEmpty || Self.isCommit(commit) else {
      unread.append("\(label): names a commit that is no hex number")
      return
    }
    let start = path.starts(with: "./".utf8) ? 2 : 0
    entries.append(
      Entry(
        label: label, commit: commit.isEmpty ? nil : commit, path: Array(path[start...]), line: line, value: value))
  }

  /// Whether a text is the id of a commit or its beginning.
  private static func isCommit(_ text: some Collection<UInt8>) -> Bool {
    (7...64).contains(text.count)
      && text.allSatisfy { (0x30...0x39).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) }
  }
}

/// What another tool's file says of a value.
enum ForeignValue {
  case whole([UInt8])
  /// The SHA-1 of the value in hex digits.
  case digest(String)
  /// The first bytes of the value, maybe none; the rest is masked, or was never written down.
  case masked(behind: [UInt8])

  /// - Parameter secret: as gitleaks writes it: whole, or masked to `REDACTED` or to a beginning with an ellipsis.
  init(secret: String) {
    if secret.isEmpty || secret == "REDACTED" {
      self = .masked(behind: [])
    } else if secret.hasSuffix("...") {
      self = .masked(behind: Array(secret.utf8.dropLast(3)))
    } else {
      self = .whole(Array(secret.utf8))
    }
  }

  /// Whether it tells one value from all others.
  var isCertain: Bool { if case .masked = self { false } else { true } }

  /// Whether a value is the one meant, or may be it.
  func fits(_ value: [UInt8]) -> Bool {
    switch self {
    case .whole(let own): own == value
    case .digest(let own): own == Digest.sha1(value)
    case .masked(let start): value.starts(with: start)
    }
  }
}

extension String {
  /// Without blanks at both ends.
  fileprivate var trimmed: String {
    let rest = drop(while: \.isWhitespace)
    return String(rest.prefix(rest.count - rest.reversed().prefix(while: \.isWhitespace).count))
  }
}

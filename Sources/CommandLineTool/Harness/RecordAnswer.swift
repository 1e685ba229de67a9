import Findings
import Harness
import Reports

/// Reads and checks the files of records.
enum RecordFiles {
  /// One check for each file that can be read, in their order, and what is wrong with the others.
  ///
  /// - Throws: `CommandError` where there is no file.
  static func checks<Record>(
    of files: [PathArgument], read: ([UInt8]) -> RecordReading<Record>
  ) throws(CommandError) -> (checks: [RecordCheck<Record>], unread: [String]) {
    guard !files.isEmpty else { throw .invalid("no file given; name the records to check") }
    let search = SecretSearch(engine: try EngineSource.engine(.sot))
    var checks: [RecordCheck<Record>] = []
    var unread: [String] = []
    for file in files {
      switch FileContents.read(file.bytes) {
      case .success(let bytes):
        let name = ArtifactName(bytes: search.masked(file.bytes))
        checks.append(RecordCheck(bytes, named: name, secrets: search, read: read))
      case .failure(let error):
        unread.append("cannot read the record \(file.name.text): \(error.message); check the path")
      }
    }
    return (checks, unread)
  }
}

/// Tells what came of checking records.
struct RecordAnswer<Content: Sendable & Equatable> {
  let checks: [RecordCheck<Content>]
  /// What is wrong with files that could not be read.
  let unread: [String]
  let isJSON: Bool

  /// Writes the answer and gives the verdict over all records.
  func tell(_ summary: (Content) -> RecordSummary) throws(CommandError) -> Verdict {
    let verdict = Verdict.worst(checks.map(\.verdict) + [unread.isEmpty ? .clean : .invalid])
    Messages.complainMasked(unread)
    if isJSON { try tellJSON(verdict, summary) } else { try Messages.answer(checks.map { text($0, summary) }.joined()) }
    return verdict
  }

  private func text(_ check: RecordCheck<Content>, _ summary: (Content) -> RecordSummary) -> String {
    let name = TerminalText.escaped(check.name.bytes)
    if let record = check.record { return "\(name): valid: \(TerminalText.escaped(summary(record).text))\n" }
    return check.problems.map { "\(name):\(TerminalText.escaped($0.text))\n" }.joined()
  }

  private func tellJSON(_ verdict: Verdict, _ summary: (Content) -> RecordSummary) throws(CommandError) {
    try Answer.json { writer in
      writer.beginObject()
      writer.key("records")
      writer.beginArray()
      for check in checks {
        writer.beginObject()
        writer.key("path")
        writer.value(check.name.bytes)
        writer.member("digest", check.digest)
        writer.member("valid", check.record != nil)
        writer.key("record")
        if let record = check.record {
          writer.beginObject()
          summary(record).members(&writer)
          writer.endObject()
        } else {
          writer.null()
        }
        writer.key("problems")
        writer.beginArray()
        for problem in check.problems {
          writer.beginObject()
          writer.member("field", optional: problem.field)
          writer.member("reason", problem.reason)
          writer.member("line", problem.place.line)
          writer.member("column", problem.place.column)
          writer.endObject()
        }
        writer.endArray()
        writer.endObject()
      }
      writer.endArray()
      if !unread.isEmpty {
        let mask = Messages.mask()
        writer.key("unread")
        writer.value(unread.map(mask))
      }
      writer.member("verdict", verdict.rawValue)
      writer.member("status", Int(verdict.status))
      writer.endObject()
    }
  }
}

/// What is told of a record that is valid.
struct RecordSummary {
  /// One line for people.
  var text: String
  /// Writes its members of the JSON answer.
  var members: (inout JSONWriter) -> Void
}

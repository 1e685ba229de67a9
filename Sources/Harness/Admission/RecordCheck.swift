package import Findings

/// What checking one file that should hold a record comes to.
package struct RecordCheck<Record: Sendable & Equatable>: Sendable {
  package var name: ArtifactName
  /// `sha256:…` of the file's bytes.
  package var digest: String
  package var reading: RecordReading<Record>
  /// Secrets in it, each as a problem without its value.
  package var secrets: [RecordProblem]

  /// Checks the bytes of a file: for secrets first, under the policy of the search (`sot` for governed records).
  package init(
    _ bytes: [UInt8], named name: ArtifactName, secrets search: SecretSearch,
    read: ([UInt8]) -> RecordReading<Record>
  ) {
    self.name = name
    digest = Digest.text(bytes)
    let (findings, failures) = search.search(bytes)
    secrets = findings.map { finding in
      var place = TextPlace(of: 0, in: [])
      (place.line, place.column) = (finding.location.line, finding.location.column)
      return RecordProblem(reason: "holds a secret (\(finding.rule))", place: place)
    }
    secrets += failures.map { RecordProblem(reason: $0, place: TextPlace(of: 0, in: [])) }
    reading = read(bytes)
    if !secrets.isEmpty, case .invalid(var problems) = reading {
      // A name that is no member's may be the secret itself.
      for index in problems.indices { problems[index].field = problems[index].field.map { search.masked($0) } }
      reading = .invalid(problems)
    }
  }

  /// The record, `nil` where anything is wrong with the file.
  package var record: Record? { secrets.isEmpty ? reading.record : nil }
  /// Everything that is wrong with the file.
  package var problems: [RecordProblem] { secrets + reading.problems }

  package var verdict: Verdict {
    .worst([reading.problems.isEmpty ? .clean : .invalid, secrets.isEmpty ? .clean : .leaking])
  }
}

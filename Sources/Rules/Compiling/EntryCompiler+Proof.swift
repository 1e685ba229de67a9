/// From the names of checksums and proofs to what is looked into.
extension EntryCompiler {
  mutating func proof(in syntax: PatternSyntax, secret: Int) -> Rule.Proof? {
    if let written = entry.checksum {
      if let proof = entry.proof { fail(proof.position, "a rule has a checksum or a proof, not both: remove one") }
      guard let kind = kind(written, "checksum", \.isChecksum) else { return nil }
      guard let body = syntax.groupNames["body"], let check = syntax.groupNames["check"] else {
        fail(written.position, "a checksum needs the groups (?<body>…) and (?<check>…) in the pattern")
        return nil
      }
      return Rule.Proof(kind, bodyGroup: body, checkGroup: check)
    }
    guard let written = entry.proof, let kind = kind(written, "proof", { !$0.isChecksum }) else { return nil }
    return Rule.Proof(kind, bodyGroup: syntax.groupNames["body"] ?? secret)
  }

  private mutating func kind(
    _ written: Written<String>, _ key: String, _ isMeant: (Rule.Proof.Kind) -> Bool
  ) -> Rule.Proof.Kind? {
    if let kind = Rule.Proof.Kind(rawValue: written.value), isMeant(kind) { return kind }
    let names = Rule.Proof.Kind.allCases.filter(isMeant).map(\.rawValue).joined(separator: ", ")
    fail(written.position, "\(key) must be one of \(names)")
    return nil
  }
}

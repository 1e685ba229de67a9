import Rules
internal import TOMLKit

/// The artifacts of corpus/ with their manifests; corpus/README.md describes both.
package enum Corpus {
  /// What is wrong with a manifest, and where.
  package struct Flaw: Error, CustomStringConvertible {
    package var file: String
    package var reason: String
    package var description: String { "\(file): \(reason)" }
  }

  package static let folders = ["clean", "leaking", "evasive"]

  /// All artifacts in the order of their manifests.
  ///
  /// - Throws: where a manifest, a template or their agreement is not as corpus/README.md demands.
  package static func artifacts() throws -> [CorpusArtifact] { try folders.flatMap(artifacts(in:)) }

  private static func artifacts(in folder: String) throws -> [CorpusArtifact] {
    let manifest = "corpus/\(folder)/manifest.toml"
    let table = try TOMLTable(string: RepositoryFiles.text(manifest))
    guard table.keys == ["artifacts"], let entries = table["artifacts"]?.array else {
      throw Flaw(file: manifest, reason: "it must hold [[artifacts]] and nothing else")
    }
    var artifacts: [CorpusArtifact] = []
    for entry in entries {
      guard let entry = entry.table else { throw Flaw(file: manifest, reason: "an artifact is a table") }
      artifacts.append(try artifact(entry, folder: folder, manifest: manifest))
    }
    let named = artifacts.map(\.file)
    let there = try RepositoryFiles.paths(below: "corpus/" + folder, ending: ".template")
    guard named.sorted() == there else {
      let difference = Set(named).symmetricDifference(there).sorted()
      throw Flaw(file: manifest, reason: "files and entries differ, or one is named twice: \(difference)")
    }
    return artifacts
  }

  private static func artifact(_ entry: TOMLTable, folder: String, manifest: String) throws -> CorpusArtifact {
    let file = try string("file", in: entry, of: manifest)
    let known = ["file", "path", "why", "newline", "nul", "escape", "secrets"]
    guard entry.keys.allSatisfy(known.contains) else { throw Flaw(file: manifest, reason: "\(file): unknown key") }
    _ = try string("why", in: entry, of: manifest)
    var artifact = CorpusArtifact(
      folder: folder, file: "corpus/\(folder)/\(file)", path: try string("path", in: entry, of: manifest),
      secrets: try secrets(entry, file: file, manifest: manifest),
      template: try Template(parsing: RepositoryFiles.text("corpus/\(folder)/\(file)"))
    )
    switch entry["newline"]?.string {
    case nil: break
    case "crlf": artifact.lineEnd = "\r\n"
    case "cr": artifact.lineEnd = "\r"
    default: throw Flaw(file: manifest, reason: "\(file): newline is crlf or cr")
    }
    artifact.startsWithNUL = entry["nul"]?.bool ?? false
    artifact.escapes = entry["escape"]?.bool ?? false
    let marks = artifact.secrets.map(\.mark)
    guard Set(marks).count == marks.count, marks.sorted() == artifact.template.markNames.sorted() else {
      throw Flaw(file: manifest, reason: "\(file): its marks are not those of the template")
    }
    return artifact
  }

  private static func secrets(_ entry: TOMLTable, file: String, manifest: String) throws -> [CorpusArtifact.Secret] {
    guard let list = entry["secrets"] else { return [] }
    guard let list = list.array else { throw Flaw(file: manifest, reason: "\(file): secrets are tables") }
    return try list.map { element in
      guard let table = element.table, table.keys.sorted() == ["mark", "rule", "why"] else {
        throw Flaw(file: manifest, reason: "\(file): a secret has mark, rule and why")
      }
      _ = try string("why", in: table, of: manifest)
      return CorpusArtifact.Secret(
        mark: try string("mark", in: table, of: manifest), rule: try string("rule", in: table, of: manifest)
      )
    }
  }

  private static func string(_ key: String, in table: TOMLTable, of manifest: String) throws -> String {
    guard let value = table[key]?.string, !value.isEmpty else {
      throw Flaw(file: manifest, reason: "\(table["file"]?.string ?? "an entry") lacks \(key)")
    }
    return value
  }
}

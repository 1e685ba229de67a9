import Detection
import Findings
import Rules

/// Where the rules of a command come from.
enum PackSource {
  /// The built-in pack, or the one the files make up.
  ///
  /// Problems of the files are told on standard error, each with its place.
  /// - Throws: `CommandError` when a file cannot be read or the rules cannot be used.
  static func pack(for files: [PathArgument]) throws(CommandError) -> RulePack {
    guard !files.isEmpty else { return try builtIn() }
    let sources = try sources(files)
    do throws(RulesError) {
      var loaded = try RulePack.load(
        sources, origin: .foreign, read: extended, trial: PatternCheck.refusal)
      Messages.complainMasked(loaded.warnings.map(\.text))
      // An id stands in every report.
      loaded.pack = loaded.pack.shown(Messages.mask())
      guard loaded.extendsDefault else { return loaded.pack }
      let (pack, warnings) = try RulePack.default.combining([loaded])
      Messages.complainMasked(warnings.map(\.text))
      return pack
    } catch {
      Messages.complainMasked(error.lines)
      let names = sources.map(\.name).joined(separator: ", ")
      throw .invalid("the rules of \(names) cannot be used; mend them and try 'leakgate rules check'")
    }
  }

  /// The same for a policy: what `artifact` and `sot` say of secret key names counts whatever rules the caller has.
  static func pack(for files: [PathArgument], under policy: Policy) throws(CommandError) -> RulePack {
    let pack = try pack(for: files)
    return policy == .code ? pack : pack.adding(KeyRules.pack)
  }

  /// The pack in the binary.
  ///
  /// - Throws: `CommandError` with verdict `fault` when it is damaged.
  static func builtIn() throws(CommandError) -> RulePack {
    do throws(RulesError) {
      return try .default
    } catch {
      throw .fault("\(error.lines.joined(separator: "; ")); install this build again")
    }
  }

  /// The files' bytes.
  ///
  /// - Throws: `CommandError` naming the first one that cannot be read.
  static func sources(_ files: [PathArgument]) throws(CommandError) -> [RuleSource] {
    var sources: [RuleSource] = []
    for file in files {
      switch FileContents.read(file.bytes) {
      case .success(let bytes): sources.append(RuleSource(name: file.name.text, bytes: bytes))
      case .failure(let error):
        throw .invalid("cannot read the rules \(file.name.text): \(error.message); check the path")
      }
    }
    return sources
  }

  /// The file that another one extends, its path taken from the current folder as gitleaks does.
  static func extended(_ path: String) -> ExtendedFile {
    switch FileContents.read(Array(path.utf8)) {
    case .success(let bytes): .file(RuleSource(name: path, bytes: bytes))
    case .failure(let error): .unreadable(error.message)
    }
  }
}

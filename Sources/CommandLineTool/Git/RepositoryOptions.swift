import ArgumentParser
import Artifacts
import Findings
import Rules

/// The options of every command that judges what git keeps.
struct RepositoryOptions: ParsableArguments {
  @Option(
    name: [.customShort("C"), .long],
    help: ArgumentHelp("The repository of this folder instead of the current one.", valueName: "folder"),
    completion: .directory
  )
  var repository: PathArgument?

  @Option(
    help: ArgumentHelp("Leave out paths that match this pattern; may be given several times.", valueName: "glob")
  )
  var exclude: [PathArgument] = []

  @Flag(
    help: ArgumentHelp(
      "Accept what .leakgate/suppressions.toml accepts as HEAD has it; of a range, as BASE has it. What is judged cannot "
        + "change it."
    )
  )
  var baseSuppressions = false

  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "In a range or history: do not read again what an earlier run of this very build, with the same rules and policy, "
        + "found clean. On under policy code unless turned off; the others have to ask for it."
    )
  )
  var cache: Bool?

  var folder: [UInt8]? { repository?.bytes }

  /// How objects are chosen, for the rules of a pack.
  func choice(for pack: RulePack) throws(CommandError) -> GitOptions {
    GitOptions(
      exclusions: try Patterns.compiled(exclude, option: "--exclude"), distinguishesPaths: pack.readsPaths)
  }

  /// The suppressions of the repository that count for what is judged.
  func suppressions(for artifacts: GitArtifacts) throws(CommandError) -> [Suppression] {
    guard baseSuppressions, let revision = artifacts.authority,
      let bytes = artifacts.repository.content(of: Suppressions.place, at: revision)
    else { return [] }
    return try Suppressions.parse(bytes, name: "\(Suppressions.place) of \(String(decoding: revision, as: UTF8.self))")
  }

  /// What was found clean before, where that may be trusted.
  ///
  /// Rules that look at paths judge a blob by more than its content, so nothing is remembered under them.
  func clean(for pack: RulePack, under options: SearchOptions) -> CleanBlobs? {
    guard cache ?? (options.policy == .code), !pack.readsPaths else { return nil }
    return CacheFile.blobs(for: pack, under: options)
  }
}

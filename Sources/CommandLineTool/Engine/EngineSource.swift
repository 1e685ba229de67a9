import Detection
import Findings
import Harness
import Rules

/// Engines of the built-in pack that have proved themselves.
enum EngineSource {
  /// An engine for a policy.
  ///
  /// - Throws: `CommandError` with verdict `fault` when the pack is damaged or the engine misses its canaries.
  static func engine(_ policy: Policy) throws(CommandError) -> Engine {
    try proven(PackSource.builtIn(), EngineOptions(policy: policy))
  }

  /// Searches for governed records and for what runs are given and leave.
  ///
  /// - Parameter values: of variables handed over by name; each is a secret wherever it stands.
  static func harnessSearches(hiding values: [[UInt8]] = []) throws(CommandError) -> HarnessSearches {
    // Both judge by the same tables, which the canaries have proved.
    let engine = values.isEmpty ? try engine(.artifact) : try streamEngine(hiding: values)
    // Reports name the pack that everybody has.
    let digest = values.isEmpty ? engine.pack.digest : try PackSource.builtIn().digest
    let governed = Engine(engine, options: EngineOptions(policy: .sot))
    return HarnessSearches(
      governed: SecretSearch(engine: governed, packDigest: digest),
      artifact: SecretSearch(engine: engine, packDigest: digest))
  }

  /// An engine of a pack, its canaries found.
  ///
  /// - Throws: `CommandError`, `invalid` when the pack cannot be used, `fault` when the engine misses its canaries.
  static func proven(_ pack: RulePack, _ options: EngineOptions) throws(CommandError) -> Engine {
    let engine: Engine
    do throws(DetectionError) {
      engine = try Engine(pack: pack, options: options)
    } catch {
      throw .invalid(error.description)
    }
    do throws(DetectionError) {
      try engine.checkCanaries()
    } catch {
      throw .fault("\(error); install this build again")
    }
    // Never given back: it would be taken apart, rule by rule, right before the process ends.
    // SAFETY: nobody balances the retain.
    _ = unsafe Unmanaged.passRetained(engine)
    return engine
  }
}

import ArgumentParser
import Detection

/// How much of what is compressed and archived is read.
struct LayerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Bytes that are read of what comes out of the containers in one artifact; more make it incomplete.",
      valueName: "n"))
  var maxLayerBytes = LayerLimits().bytes

  @Option(
    help: ArgumentHelp(
      "Members that are read of the containers in one artifact; more make it incomplete.", valueName: "n"))
  var maxLayerEntries = LayerLimits().entries

  /// - Throws: `CommandError` for a number that would leave nothing to read.
  func check() throws(CommandError) {
    for (name, number) in [("bytes", maxLayerBytes), ("entries", maxLayerEntries)] where number < 1 {
      throw .invalid("--max-layer-\(name) \(number) is out of range; give a number from 1 on")
    }
  }

  /// The limits the options ask for.
  var limits: LayerLimits {
    var limits = LayerLimits()
    limits.bytes = maxLayerBytes
    limits.entries = maxLayerEntries
    return limits
  }
}

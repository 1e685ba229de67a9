import ArgumentParser

/// The options of every command that judges a range.
struct RangeOptions: ParsableArguments {
  @Flag(help: "Hold values against the best common ancestor instead of BASE.")
  var mergeBase = false

  @Flag(help: "Report values that BASE holds already, too.")
  var known = false

  @Flag(help: "Let a range without commits pass.")
  var allowEmpty = false
}

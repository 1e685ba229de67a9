/// Something to be measured.
struct Benchmark {
  /// What a figure is given in.
  enum Unit {
    /// Gigabytes a second: the body goes through that many bytes.
    case bytes(Int)
    /// Time for each: the body does that many.
    case calls(Int)
  }

  var name: String
  var unit: Unit
  /// Returns something that depends on the work, so that none of it can be left out.
  var body: () -> Int

  /// The figures of one benchmark: the median, the best and the worst of the samples.
  struct Figures {
    var median: Double
    var best: Double
    var worst: Double
  }

  static let samples = 7
  /// A sample is as many calls of the body as take at least that long.
  static let leastSample = Duration.milliseconds(100)

  /// Runs the body until there are enough samples; the first one warms up and is thrown away.
  func run(clock: ContinuousClock = ContinuousClock()) -> Figures {
    var seconds: [Double] = []
    for _ in 0...Self.samples {
      var calls = 0
      let start = clock.now
      repeat {
        Sink.keep(body())
        calls += 1
      } while start.duration(to: clock.now) < Self.leastSample
      let whole = start.duration(to: clock.now) / calls
      seconds.append(Double(whole.components.seconds) + Double(whole.components.attoseconds) * 1e-18)
    }
    let sorted = seconds.dropFirst().sorted()
    return Figures(median: sorted[Self.samples / 2], best: sorted[0], worst: sorted[Self.samples - 1])
  }

  /// A duration of the body in the benchmark's unit.
  func figure(_ seconds: Double) -> String {
    switch unit {
    case .bytes(let count): "\(Self.rounded(Double(count) / seconds / 1e9)) GB/s"
    case .calls(let count): Self.duration(seconds / Double(count))
    }
  }

  private static func duration(_ seconds: Double) -> String {
    if seconds < 1e-6 { return "\(rounded(seconds * 1e9)) ns" }
    return seconds < 1e-3 ? "\(rounded(seconds * 1e6)) µs" : "\(rounded(seconds * 1e3)) ms"
  }

  private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}

/// Where results go, so that the optimizer must compute them.
enum Sink {
  @inline(never) @_optimize(none) static func keep(_ value: Int) {}
}

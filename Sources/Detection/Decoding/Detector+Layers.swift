import ByteText
import Findings
import Rules

extension Detector {
  /// Bytes a detector of a decoded text takes in at a time.
  private static let layerChunkSize = 1 << 14

  /// Reasons listed for one artifact.
  static let mostFailures = 100

  /// Starts a layer that was found at an offset; `nil` where it would be deeper than allowed, which is told.
  ///
  /// - Parameter counts: whether it is one deeper than the layer it stands in.
  func openLayer(_ kind: String, at offset: Int, bits: Int = 8, counts: Bool = true) -> LayerSession? {
    openLayer(Layer(kind: kind, offset: offset), map: LayerMap(bits: bits), counts: counts)
  }

  /// Starts a layer; a member of a container is judged by its name too.
  func openLayer(_ layer: Layer, map: LayerMap, counts: Bool = true) -> LayerSession? {
    guard depth < engine.options.depth || !counts else {
      tell(refusal(of: layer))
      return nil
    }
    guard live.count < LiveLayers.most else {
      tell("holds more than \(LiveLayers.most) layers at once: not all are decoded")
      return nil
    }
    live.count += 1
    let inner = spareDetectors.popLast() ?? Detector(engine: engine, chunkSize: Self.layerChunkSize, live: live)
    let offset = layer.offset ?? 0
    let session = LayerSession(layer, detector: inner, map: map, depth: depth + (counts ? 1 : 0)) { [unowned self] in
      place(offset)
    }
    inner.hearsCanaries = hearsCanaries
    inner.opensContainers = opensContainers
    let name = layer.member.map { ArtifactName(bytes: artifact.bytes + [UInt8(ascii: "/")] + $0.bytes) }
    inner.begin(name ?? artifact, of: session)
    if session.family != nil {
      inner.isReadAround = { [unowned self] offset in isInContainer(map.origin(of: offset)) }
    }
    if name != nil { inner.judgePath() }
    return session
  }

  /// Takes in what was found in a layer up to now.
  func collect(_ session: LayerSession) {
    layered += session.takeFindings()
    take(session.takeDrops())
  }

  /// Ends a layer: all of it is searched.
  func closeLayer(_ session: LayerSession) {
    session.finish()
    collect(session)
    dropped.merge(session.detector.dropped, uniquingKeysWith: +)
    session.detector.dropped.removeAll(keepingCapacity: true)
    for failure in session.detector.failures { tell(session.layer.member.map { "\($0.text): \(failure)" } ?? failure) }
    abandonLayer(session)
  }

  /// Gives the detector of a layer back, searched or not.
  func abandonLayer(_ session: LayerSession) {
    live.count -= 1
    session.detector.leaveContainer()
    spareDetectors.append(session.detector)
  }

  /// Records why the artifact is not wholly searched, each reason once.
  func tell(_ failure: String) {
    guard failures.count <= Self.mostFailures, !failures.contains(failure) else { return }
    failures.append(failures.count < Self.mostFailures ? failure : "more is not wholly read than is listed")
  }

  /// Whether some byte of a range was decoded, and did not just stand there in the layer around this one.
  func isFresh(_ range: Range<Int>, countsPlain: Bool = true) -> Bool {
    map?.isDecoded(in: range, countsPlain: countsPlain) ?? true
  }

  /// Offset before which nothing more will be told.
  var horizon: Int { settled.reduce(unknown) { min($0, $1.location.start) } }

  /// Offset before which nothing more will be found.
  var unknown: Int {
    var least = max(0, searched - engine.greatestAnchorOffset)
    least = min(least, layerHorizon)
    for match in open { least = min(least, match.secret.lowerBound) }
    for finding in pending { least = min(least, finding.secret.lowerBound) }
    for finding in layered { least = min(least, finding.location.start) }
    return least
  }

  /// Offset before which nothing more will be found in layers.
  private var layerHorizon: Int {
    min(container?.horizon ?? Int.max, looksForLayers ? scanner?.horizon ?? Int.max : Int.max)
  }

  /// Whether encoded passages are looked for.
  ///
  /// What a container holds is looked at member by member; layers in what passes redacted are those of its lines.
  var looksForLayers: Bool { !isContainer && !keepsRedactions }

  // MARK: Settling

  /// A finding, told or covered, by which findings in layers at the same place are measured.
  struct Claim {
    var secret: Range<Int>
    var rule: String
    var confidence: Confidence
  }

  /// Tells what was found in layers, once it is known what the artifact itself, and every layer, tells of the same place.
  func settleLayers(known: Int, isEnd: Bool) {
    let passed = isEnd ? Int.max : min(known, layerHorizon)
    if !layered.isEmpty {
      layered.sort(by: Self.precedes)
      var waiting: [Finding] = []
      for var finding in layered {
        if finding.location.end > passed {
          waiting.append(finding)
        } else if isClaimed(finding) {
          drop(finding, .covered)
        } else {
          finding.artifact = artifact
          settled.append(finding)
          claims.append(Claim(secret: finding.span, rule: finding.rule, confidence: finding.confidence))
        }
      }
      layered = waiting
    }
    if !claims.isEmpty {
      let least = layered.reduce(passed) { min($0, $1.location.start) }
      claims.removeAll { $0.secret.upperBound < least }
    }
  }

  /// Whether a finding at the same place says as much: by the same rule, or one that covers it with no less confidence.
  private func isClaimed(_ finding: Finding) -> Bool {
    func says(_ secret: Range<Int>, _ rule: String, _ confidence: Confidence) -> Bool {
      guard secret.overlaps(finding.span) else { return false }
      let covers = secret.lowerBound <= finding.location.start && finding.location.end <= secret.upperBound
      return rule == finding.rule || covers && confidence >= finding.confidence
    }
    return claims.contains { says($0.secret, $0.rule, $0.confidence) }
      || pending.contains { says($0.secret, engine.rules[$0.rule].rule.id, $0.confidence) }
  }

  /// Order in which findings in layers are told: by place, then the longer, the shallower.
  static func precedes(_ left: Finding, _ right: Finding) -> Bool {
    if left.location.start != right.location.start { return left.location.start < right.location.start }
    if left.location.end != right.location.end { return left.location.end > right.location.end }
    if left.confidence != right.confidence { return left.confidence > right.confidence }
    if left.rule != right.rule { return left.rule < right.rule }
    if left.layers.count != right.layers.count { return left.layers.count < right.layers.count }
    return left.layers.text < right.layers.text
  }
}

extension Finding {
  /// The bytes of the artifact the secret takes.
  fileprivate var span: Range<Int> { location.start..<location.end }
}

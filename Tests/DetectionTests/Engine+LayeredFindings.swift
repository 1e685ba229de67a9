import Detection
import Findings
import TestSupport
import Testing

extension Engine {
  /// Number of findings of a text, which with their layers have to be the same however it is cut.
  func layeredFindings(in text: [UInt8], sameCutAt sizes: [Int]) -> Int {
    func key(_ finding: Finding) -> String {
      "\(finding.rule) \(finding.location) \(finding.layers.text) \(String(describing: finding.inner)) \(finding.excerpt)"
    }
    let found = findings(in: text)
    #expect(zip(found, found.dropFirst()).allSatisfy { $0.location.start <= $1.location.start })
    let whole = found.map(key)
    for size in sizes {
      let detector = Detector(engine: self, chunkSize: size)
      #expect(detector.findings(in: text, cutAt: [size]).map(key) == whole, "chunk size \(size)")
    }
    return whole.count
  }
}

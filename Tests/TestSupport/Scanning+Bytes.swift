package import Detection
package import Findings

extension Detector {
  /// The findings in bytes that arrive in pieces of the given lengths; the last length repeats.
  package func findings(in bytes: [UInt8], named name: String = "test", cutAt lengths: [Int] = []) -> [Finding] {
    begin(ArtifactName(name))
    var all: [Finding] = []
    var offset = 0
    var piece = 0
    while offset < bytes.count {
      let length = lengths.isEmpty ? bytes.count : max(1, lengths[min(piece, lengths.count - 1)])
      let end = min(bytes.count, offset + length)
      feed(Array(bytes[offset..<end]))
      all += takeFindings()
      offset = end
      piece += 1
    }
    finish()
    return all + takeFindings()
  }
}

import Detection
import TestSupport

extension Engine {
  /// The values found in a text that arrives in pieces of a size, or at once.
  func secrets(in text: String, named name: String, cutAt size: Int?) -> [String] {
    let bytes = Array(text.utf8)
    let detector = size.map { Detector(engine: self, chunkSize: $0) } ?? Detector(engine: self)
    return detector.findings(in: bytes, named: name, cutAt: [size ?? bytes.count]).map {
      String(decoding: bytes[$0.range], as: UTF8.self)
    }
  }
}

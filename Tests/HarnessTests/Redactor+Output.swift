import Detection
import Findings
import Harness
import Testing

extension Redactor {
  /// What comes out of a stream cut at these lengths; after each piece all that may leave is let out, or what was searched.
  static func output(of bytes: [UInt8], cutAt lengths: [Int], engine: Engine, chunkSize: Int) -> [UInt8] {
    let redactor = Redactor(engine: engine, name: ArtifactName("-"), chunkSize: chunkSize)
    var output: [UInt8] = []
    var rest = bytes[...]
    for length in lengths + [rest.count] where !rest.isEmpty {
      redactor.take(rest.prefix(length))
      rest = rest.dropFirst(length)
      output +=
        length.isMultiple(of: 3) ? redactor.releaseSearched(keepsComing: length.isMultiple(of: 2)) : redactor.release()
    }
    output += redactor.finish()
    #expect(!redactor.hasFailed)
    return output
  }
}

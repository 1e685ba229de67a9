import TestSupport
import Testing

/// What `make fuzz` starts from, and what it once found, holds the laws.
@Suite struct FuzzCorpusTests {
  @Test(arguments: FuzzTarget.allCases) func `the corpus of the fuzzer breaks no law`(_ target: FuzzTarget) throws {
    let paths = try RepositoryFiles.paths(below: "Tests/Fuzz/Corpus/\(target.rawValue)")
    #expect(!paths.isEmpty)
    for path in paths {
      let law = try target.run(try RepositoryFiles.bytes(path))
      #expect(law == nil, "\(path)")
    }
  }
}

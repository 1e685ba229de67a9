import Foundation
import Testing

/// What is remembered as clean, and when that counts.
struct CacheTests {
  private func repository() throws -> GitRepositoryFolder {
    let repository = try GitRepositoryFolder()
    for index in 0..<5 { try repository.write("text \(index)\n", to: "f\(index)") }
    try repository.commit()
    return repository
  }

  /// Makes every clean blob unreadable, so that only a cache can vouch for it.
  private func damage(_ repository: GitRepositoryFolder) throws {
    try repository.git(
      "for n in 0 1 2 3 4; do id=$(git rev-parse HEAD:f$n); o=.git/objects/$(echo $id | cut -c1-2)/$(echo $id | cut -c3-); "
        + "chmod u+w $o; echo bad > $o; done")
  }

  @Test func `what was found clean is not read again, and the report stays the same`() throws {
    let repository = try repository()
    let first = try repository.judge("history HEAD --format jsonl")
    #expect(first.status == 0)
    try damage(repository)
    let second = try repository.judge("history HEAD --format jsonl")
    #expect(second.status == 0)
    #expect(second.output == first.output)
    #expect(try repository.judge("history HEAD --no-cache").status == 3)
  }

  @Test func `what was not clean is read again each time`() throws {
    let repository = try repository()
    try repository.write(try Secret.house(), to: "s")
    try repository.commit()
    let first = try repository.judge("history --format jsonl")
    #expect(first.status == 1)
    #expect(try repository.judge("history --format jsonl").output == first.output)
  }

  @Test func `nothing is trusted across rules or without being asked`() throws {
    let repository = try repository()
    _ = try repository.judge("history HEAD")
    try damage(repository)
    try repository.workspace.write("[[rules]]\nid = 'other'\nregex = '''other_[a-z]{16}'''\n", to: "rules.toml")
    #expect(try repository.judge("history HEAD").status == 3)
  }

  @Test func `a damaged cache is told and not used`() throws {
    let repository = try repository()
    _ = try repository.judge("history HEAD")
    let flip = "for f in .cache/leakgate/*; do printf X | dd of=$f bs=1 seek=40 conv=notrunc 2>/dev/null; done"
    #expect(try repository.workspace.run(flip).status == 0)
    let outcome = try repository.judge("history HEAD")
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("the cache of clean blobs is damaged and was not used"))
    try damage(repository)
    #expect(try repository.judge("history HEAD").status == 0)
  }
}

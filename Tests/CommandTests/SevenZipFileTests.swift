import Foundation
import TestSupport
import Testing

/// A 7z archive that is longer than what is held of one.
@Suite struct SevenZipFileTests {
  @Test func `C09: a long 7z is read as a file, and told as a stream`() throws {
    let workspace = try Workspace()
    try workspace.writeRules()
    let secret = try Secret.house()
    var archive = Packing.SevenZip([("etc/app.env", Array("key \(secret)\n".utf8))])
    archive.gap = [UInt8](repeating: 0, count: 65 << 20)
    try Data(Packing.sevenZip(archive)).write(to: URL(fileURLWithPath: workspace.folder + "/long.7z"))
    let file = try workspace.run("leakgate scan --rules rules.toml long.7z")
    #expect(file.status == 1 && file.output.contains("7z → etc/app.env"), "\(file)")
    #expect(file.errors.contains("bytes in it belong to none of its streams"))
    let stream = try workspace.run("leakgate scan --rules rules.toml - <long.7z")
    #expect(stream.status == 3 && stream.errors.contains("it is too long to be held"), "\(stream)")
  }
}

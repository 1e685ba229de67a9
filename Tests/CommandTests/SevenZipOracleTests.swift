import Foundation
import Testing

/// What 7-Zip itself packs gives the findings of the files that were packed.
@Suite(.enabled(if: FoundTool.sevenZip, "no 7zz here: the package 7zip (`brew install sevenzip`) has it"))
struct SevenZipOracleTests {
  private static let scan = "leakgate scan --rules rules.toml --format jsonl"
  private let workspace: Workspace

  init() throws {
    workspace = try Workspace()
    try workspace.writeRules()
    for number in 0..<40 {
      let filler = (0..<(number * 37)).map { "line \($0 * number % 91)\n" }.joined()
      let secret = number.isMultiple(of: 3) ? try Secret.house(UInt64(number + 1)) + "\n" : ""
      try workspace.write(filler + secret + filler, to: "tree/d\(number % 4)/файл \(number).txt")
    }
    try workspace.write("", to: "tree/empty")
    // Enough of a program for the filters to do something.
    _ = try workspace.run("mkdir tree/none; head -c 300000 \"$(command -v sh)\" >tree/program")
  }

  private static func findings(_ output: String) -> [String] {
    output.split(separator: "\n").compactMap { line in
      line.range(of: #""fingerprint":"[^"]+""#, options: .regularExpression).map { String(line[$0]) }
    }.sorted()
  }

  /// Packs the tree and expects of the archive what the tree gives, once for each secret.
  private func expectAll(_ options: String) throws {
    let made = try workspace.run("rm -f all.7z; 7zz a \(options) all.7z tree")
    try #require(made.status == 0, "\(options): \(made.output) \(made.errors)")
    let plain = try workspace.run("\(Self.scan) tree")
    let packed = try workspace.run("\(Self.scan) all.7z")
    #expect(plain.status == 1 && packed.status == 1, "\(options): \(packed.errors)")
    #expect(packed.output.contains(#""incomplete":0,"#), "\(options): \(packed.errors)")
    #expect(Set(Self.findings(packed.output)) == Set(Self.findings(plain.output)), "\(options)")
  }

  @Test(arguments: [
    "-mx0", "-mx1", "-mx5", "-ms=off", "-ms=5f", "-mhc=off", "-m0=LZMA", "-m0=LZMA:lc=0:lp=2:pb=1", "-m0=LZMA2:d=64k",
    "-m0=Deflate", "-m0=BZip2", "-m0=BCJ -m1=LZMA", "-m0=BCJ -m1=LZMA2", "-m0=BCJ -m1=Deflate", "-m0=BCJ -m1=Copy",
    "-m0=Delta:4 -m1=LZMA2", "-m0=ARM -m1=LZMA2", "-m0=ARMT -m1=BZip2", "-m0=PPC -m1=LZMA", "-m0=SPARC -m1=LZMA",
    "-m0=IA64 -m1=LZMA", "-mf=off -mmt=2",
  ]) func `C09: what 7-Zip packs gives what it packed`(_ options: String) throws {
    try expectAll(options)
  }

  @Test func `C10: what 7-Zip packs and nothing here reads is incomplete, by its reason`() throws {
    for (options, reason) in [
      ("-m0=PPMd", "it is packed by PPMd"), ("-m0=Deflate64", "it is packed by Deflate64"),
      ("-mf=BCJ2", "it is packed by BCJ2"), ("-pword", "it is encrypted"),
      ("-pword -mhe=on", "its directory: it is encrypted"),
    ] {
      let made = try workspace.run("rm -f all.7z; 7zz a \(options) all.7z tree")
      try #require(made.status == 0, "\(options): \(made.output)")
      let packed = try workspace.run("leakgate scan --rules rules.toml all.7z")
      #expect(packed.status == 3 && packed.errors.contains(reason), "\(packed)")
    }
    let parts = try workspace.run("rm -f all.7z; 7zz a -v2k all.7z tree; leakgate scan --rules rules.toml all.7z.001")
    #expect(parts.status == 3 && parts.errors.contains("7z: it ends early"))
  }

  @Test func `C09: members added, and archives behind a program`() throws {
    let line = """
      7zz a two.7z tree/d0 && 7zz a -m0=BZip2 two.7z tree/d1 && (cat "$(command -v ls)" two.7z) >tool &&
      gzip -c two.7z >two.gz
      """
    try #require(try workspace.run(line.replacingOccurrences(of: "\n", with: " ")).status == 0)
    let plain = Set(Self.findings(try workspace.run("\(Self.scan) tree/d0 tree/d1").output))
    for name in ["two.7z", "tool", "two.gz"] {
      let packed = try workspace.run("\(Self.scan) \(name)")
      #expect(Set(Self.findings(packed.output)) == plain && packed.output.contains(#""incomplete":0,"#), "\(name)")
    }
    // A stream is held, a file is read by its places: the same is told of both.
    let stream = try workspace.run("\(Self.scan) - <two.7z")
    #expect(Set(Self.findings(stream.output)) == plain)
  }
}

import Detection
import Findings
import Foundation
import Harness
import TestSupport
import Testing

/// One fact of a passing run is changed at a time, whichever it is, and the audit has to fail each time.
struct EvidenceFlipTests {
  /// A way to change a value.
  private enum Change: String, CaseIterable {
    case removed
    case null
    case other
  }

  /// Facts nothing else in a run tells, so that no audit can miss them: artifact and path, `*` for any part of it.
  private static let free = [
    // Reports of other makes are held against the same rules.
    "report.json schema other",
    // Counted before the reports themselves were written, by rules that may have changed since.
    "report.json secret_scan.artifacts other", "report.json secret_scan.bytes other",
    "report.json secret_scan.pack_digest other",
    // Names and places nobody else wrote down.
    "environment.json names.* *", "environment.json names *", "environment.json roots other",
    "environment.json values.CTO_HARNESS_CASE_MODEL_ADMISSION_FILE *",
    "argv.json *.* *", "case-data/pi/models.json providers.*.api *",
    // A trace may tell less than the report.
    "trace.jsonl *.status removed", "trace.jsonl *.status null", "trace.jsonl *.admission removed",
    "trace.jsonl *.admission null", "trace.jsonl *.result removed", "trace.jsonl *.result null",
    "trace.jsonl *.exit_status removed", "trace.jsonl *.exit_status null", "trace.jsonl *.bytes removed",
    "trace.jsonl *.bytes null", "trace.jsonl 6.seq other",
  ]

  private static func isFree(_ flip: String) -> Bool {
    free.contains { pattern in
      let parts = pattern.split(separator: " ")
      let own = flip.split(separator: " ")
      let steps = parts[1].split(separator: ".")
      let path = own[1].split(separator: ".")
      return parts[0] == own[0] && (parts[2] == "*" || parts[2] == own[2]) && steps.count == path.count
        && zip(steps, path).allSatisfy { $0 == "*" || $0 == $1 }
    }
  }

  /// The value with what stands at a path changed.
  private static func changed(_ value: Any, _ path: ArraySlice<String>, _ change: Change) -> Any? {
    guard let step = path.first else {
      switch (change, value) {
      case (.removed, _): return nil
      case (.null, _): return NSNull()
      case (.other, let text as String): return text + "x"
      case (.other, let number as NSNumber):
        let isTruth = String(describing: type(of: number)).contains("Boolean")
        return isTruth ? !number.boolValue : NSNumber(value: number.intValue + 1)
      case (.other, is NSNull): return "x"
      case (.other, let list as [Any]): return list.isEmpty ? ["x"] : []
      default: return [String: Any]()
      }
    }
    if var object = value as? [String: Any], let member = object[step] {
      object[step] = changed(member, path.dropFirst(), change)
      return object
    }
    guard var list = value as? [Any], let index = Int(step) else { return value }
    if let element = changed(list[index], path.dropFirst(), change) {
      list[index] = element
    } else {
      list.remove(at: index)
    }
    return list
  }

  /// Every path into a value, its own the empty one left out.
  private static func paths(_ value: Any) -> [[String]] {
    let members: [(String, Any)] =
      if let object = value as? [String: Any] {
        object.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
      } else if let list = value as? [Any] {
        list.enumerated().map { (String($0.offset), $0.element) }
      } else {
        []
      }
    return members.flatMap { name, member in [[name]] + paths(member).map { [name] + $0 } }
  }

  /// The JSON of an artifact; that of JSON lines as a list.
  private static func value(_ bytes: [UInt8], _ name: String) throws -> Any {
    guard name.hasSuffix("l") else { return try JSONSerialization.jsonObject(with: Data(bytes)) }
    return try bytes.split(separator: UInt8(ascii: "\n")).map { try JSONSerialization.jsonObject(with: Data($0)) }
  }

  private static func bytes(_ value: Any, _ name: String) throws -> [UInt8] {
    guard name.hasSuffix("l"), let lines = value as? [Any] else {
      return Array(try JSONSerialization.data(withJSONObject: value))
    }
    return try lines.flatMap { try JSONSerialization.data(withJSONObject: $0, options: .fragmentsAllowed) + [0x0A] }
  }

  @Test(arguments: [
    ["report.json"], ["environment.json", "argv.json", "case-data/config.json", "case-data/pi/models.json"],
    ["trace.jsonl", "admission.json", "baseline/report.json"],
  ]) func `one fact of a passing run flipped at a time, and the audit fails each time`(_ names: [String]) throws {
    let tree = TemporaryTree()
    let sample = try #require(try RunCorpus.samples().first { $0.name == "pass-qwen" })
    let run = try RunDirectory(existing: Array(sample.make(in: tree).utf8))
    #expect(try run.audit().isPass)
    var used: Set<String> = []
    for name in names {
      let before = try #require(try run.read(name))
      let value = try Self.value(before, name)
      for path in Self.paths(value) {
        for change in Change.allCases {
          let flip = "\(name) \(path.joined(separator: ".")) \(change)"
          guard let after = Self.changed(value, path[...], change), !NSArray(object: after).isEqual([value]) else {
            continue
          }
          try run.write(Self.bytes(after, name), to: name)
          let result = try run.audit()
          if Self.isFree(flip) {
            used.insert(flip)
          } else {
            #expect(!result.isPass && result.verdict == .leaking, "\(flip)")
          }
        }
      }
      try run.write(before, to: name)
    }
    #expect(!used.isEmpty || names == ["trace.jsonl"])
  }

  @Test func `one fact of a passing report of another schema flipped at a time, and no audit is clean`() throws {
    let tree = TemporaryTree()
    let sample = try #require(try RunCorpus.samples().first { $0.name == "pass-qwen" })
    let run = try RunDirectory(existing: Array(sample.make(in: tree).utf8))
    let own = String(decoding: try #require(try run.read("report.json")), as: UTF8.self)
    let report = Array(own.replacing("cto-harness-report/2", with: "other/1").utf8)
    let value = try Self.value(report, "report.json")
    for path in Self.paths(value) where path != ["schema"] {
      for change in Change.allCases where !Self.isFree("report.json \(path.joined(separator: ".")) \(change)") {
        guard let after = Self.changed(value, path[...], change), !NSArray(object: after).isEqual([value]) else {
          continue
        }
        try run.write(Self.bytes(after, "report.json"), to: "report.json")
        let result = try run.audit()
        #expect(!result.isPass && result.verdict != .clean, "\(path) \(change)")
      }
    }
  }

  @Test func `one artifact of a passing run removed at a time, and the audit fails each time`() throws {
    let tree = TemporaryTree()
    let sample = try #require(try RunCorpus.samples().first { $0.name == "pass-qwen" })
    let run = try RunDirectory(existing: Array(sample.make(in: tree).utf8))
    // What only repeats what stands elsewhere, and files no digest is of.
    let free = [
      "backend/case-stderr.log", "baseline/trace.jsonl",
    ]
    for name in sample.artifacts.keys.sorted() where !free.contains(name) {
      let before = try #require(try run.read(name))
      tree.remove("runs/\(sample.id)/\(name)")
      #expect(try run.audit().verdict == .leaking, "\(name)")
      try run.write(before, to: name)
    }
    #expect(try run.audit().isPass)
  }
}

extension RunDirectory {
  /// Audits the run, as one of Case unless a manifest says otherwise.
  func audit(manifest: Manifest? = nil) throws -> AuditResult {
    try Audit(
      self, manifest: manifest ?? .caseRun(), HarnessWorld.searches(), engine: HarnessWorld.engine(),
      paths: PathRule(roots: [], targets: []), jobs: 1
    ).perform(at: RecordSamples.moment)
  }
}

/// The environment variables a harness is told by.
package enum HarnessVariable: String, Sendable, CaseIterable {
  case provider = "CTO_HARNESS_CASE_MODEL_PROVIDER"
  case model = "CTO_HARNESS_CASE_MODEL"
  case admissionFile = "CTO_HARNESS_CASE_MODEL_ADMISSION_FILE"
  case authBridge = "CTO_HARNESS_CASE_OPENAI_CODEX_AUTH_BRIDGE"
  case localBaseURL = "CTO_HARNESS_CASE_LOCAL_BASE_URL"
}

/// An environment: names and values as execve(2) hands them over.
package struct EnvironmentList: Sendable, Equatable {
  /// In the order they were found; the first of a name counts, as in getenv(3).
  package private(set) var entries: [(name: String, value: [UInt8])] = []

  package init() {}

  package static func == (left: EnvironmentList, right: EnvironmentList) -> Bool {
    left.entries.elementsEqual(right.entries) { $0.name.isExactly($1.name) && $0.value == $1.value }
  }

  /// Sets a variable, in the place of one of that name.
  package mutating func set(_ name: String, _ value: [UInt8]) {
    if let index = entries.firstIndex(where: { $0.name.isExactly(name) }) {
      entries[index].value = value
    } else {
      entries.append((name, value))
    }
  }

  /// The bytes of a variable, `nil` where it is not set or empty.
  package subscript(_ name: String) -> [UInt8]? {
    entries.first { $0.name.isExactly(name) && !$0.value.isEmpty }?.value
  }

  /// A variable of the harness as text; bytes that are no UTF-8 become U+FFFD, which no exact id holds.
  package subscript(_ variable: HarnessVariable) -> String? {
    self[variable.rawValue].map { String(decoding: $0, as: UTF8.self) }
  }

  /// What a backend is handed of this environment: the variables every program needs, the harness's own, nothing else.
  package func allowed() -> EnvironmentList {
    var handed = EnvironmentList()
    let own = HarnessVariable.allCases.map(\.rawValue)
    for entry in entries
    where Self.allowedNames.contains(entry.name) || own.contains(entry.name) || entry.name.hasPrefix("LC_") {
      if handed[entry.name] == nil { handed.set(entry.name, entry.value) }
    }
    return handed
  }

  private static let allowedNames: Set<String> = [
    "HOME", "LANG", "LANGUAGE", "LOGNAME", "PATH", "SHELL", "TERM", "TMPDIR", "TZ", "USER",
  ]
}

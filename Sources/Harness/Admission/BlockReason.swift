/// Where the admission of a run's pair stands: the closed vocabulary of `case_model_admission_status`.
package enum AdmissionStatus: String, Sendable, CaseIterable {
  case admitted
  case missing = "missing_admission"
  case invalid = "invalid_admission"
  case notAdmitted = "not_admitted"
  case mismatch
}

/// A file in a run directory that says by its name why a run was blocked or failed.
package enum Marker: String, Sendable, CaseIterable {
  case notAdmitted = "backend/provider-model-not-admitted.txt"
  case authUnavailable = "backend/provider-auth-unavailable.txt"
  case configMissing = "backend/provider-config-missing.txt"
  case configMismatch = "backend/provider-config-mismatch.txt"
  case secretInInput = "backend/secret-in-input.txt"
  case foreignPathInInput = "backend/foreign-path-in-input.txt"
  case agentProtocol = "backend/provider-agent-protocol.txt"

  /// Whether the marker says that the backend was never started.
  package var isOfPreflight: Bool { self != .agentProtocol }
}

/// Why a run may not start: a closed vocabulary; what is particular to a run stands in the detail beside it.
package enum BlockReason: String, Sendable, CaseIterable {
  case admissionNotNamed = "no admission record is named"
  case admissionMissing = "the admission record does not exist"
  case admissionInvalid = "the admission record is invalid"
  case recordNotAdmitted = "the admission record does not admit its pair"
  case recordExpired = "the admission record is past its review date"
  case noRequestedPair = "no provider and model are requested"
  case pairMismatch = "the requested provider and model are not the admitted ones"
  case authUnavailable = "openai-codex is not available without the auth bridge"
  case localConfigMissing = "missing explicit local provider config"
  case configMismatch = "the case config does not hold the admitted pair"
  case argumentMismatch = "the command line names another provider or model"
  case secretInInput = "the input of the run holds a secret"
  case foreignPathInInput = "the input of the run names a target repository"

  /// The admission status the reason stands for, `nil` where the pair is admitted.
  package var admission: AdmissionStatus? {
    switch self {
    case .admissionNotNamed, .admissionMissing: .missing
    case .admissionInvalid: .invalid
    case .recordNotAdmitted, .recordExpired, .noRequestedPair: .notAdmitted
    case .pairMismatch: .mismatch
    case .authUnavailable, .localConfigMissing, .configMismatch, .argumentMismatch, .secretInInput, .foreignPathInInput:
      nil
    }
  }

  package var marker: Marker {
    switch self {
    case .admissionNotNamed, .admissionMissing, .admissionInvalid, .recordNotAdmitted, .recordExpired, .noRequestedPair,
      .pairMismatch:
      .notAdmitted
    case .authUnavailable: .authUnavailable
    case .localConfigMissing: .configMissing
    case .configMismatch, .argumentMismatch: .configMismatch
    case .secretInInput: .secretInInput
    case .foreignPathInInput: .foreignPathInInput
    }
  }
}

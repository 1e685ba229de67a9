package import Reports

extension PreflightOutcome {
  /// Writes the outcome as one object: the evidence of a run that was not started.
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("status", isReady ? "ready" : "blocked")
    writer.member("case_model_admission_status", admission.rawValue)
    writer.member("case_model_provider", optional: provider)
    writer.member("case_model", optional: model)
    writer.member("case_process_started", false)
    writer.key("markers")
    writer.value(markers.map(\.rawValue))
    writer.key("reasons")
    writer.value(blocks.map(\.reason.rawValue))
    writer.key("details")
    writer.value(blocks.map(\.text))
    writer.member("admission_digest", optional: digest)
    writer.endObject()
  }
}

import Testing

/// Records every message as an issue of its own.
func expectNone(_ messages: [String], at location: SourceLocation = #_sourceLocation) {
  for message in messages { Issue.record(Comment(rawValue: message), sourceLocation: location) }
}

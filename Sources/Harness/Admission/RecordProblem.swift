/// Something wrong with a record, with its place in the file.
package struct RecordProblem: Sendable, Equatable {
  /// The member it is about, `nil` where it is about the whole.
  package var field: String?
  /// One lower-case clause; holds no value of the record.
  package var reason: String
  package var place: TextPlace

  /// `line:column: field: reason`.
  package var text: String { "\(place.line):\(place.column): \(field.map { "\($0): " } ?? "")\(reason)" }
}

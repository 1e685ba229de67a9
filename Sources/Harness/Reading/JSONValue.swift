/// A value of a JSON text (RFC 8259) as it was written, with its place.
package struct JSONNode: Sendable, Equatable {
  package var value: JSONValue
  /// Offset of the value's first byte.
  package var offset: Int

  package init(_ value: JSONValue, at offset: Int = 0) {
    self.value = value
    self.offset = offset
  }

  /// The value of a member, `nil` where this is no object or has none of that name.
  package subscript(_ name: String) -> JSONNode? { object?.first { $0.name.isExactly(name) }?.node }

  /// The members, `nil` where this is no object.
  package var object: [JSONMember]? { if case .object(let members) = value { members } else { nil } }
  /// The elements, `nil` where this is no array.
  package var array: [JSONNode]? { if case .array(let elements) = value { elements } else { nil } }
  /// The text, `nil` where this is no string.
  package var string: String? { if case .string(let text) = value { text } else { nil } }
  /// The truth value, `nil` where this is none.
  package var bool: Bool? { if case .bool(let flag) = value { flag } else { nil } }
  /// The whole number, `nil` where this is none or too large.
  package var integer: Int? { if case .number(let text) = value { Int(text) } else { nil } }
  package var isNull: Bool { value == .null }
}

/// What a JSON value is; numbers are kept as written, so that nothing is rounded.
package indirect enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONNode])
  case object([JSONMember])

  /// What it is, for messages.
  package var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "a string"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

/// A member of an object.
package struct JSONMember: Sendable, Equatable {
  package var name: String
  /// Offset of the name's quote.
  package var nameOffset: Int
  package var node: JSONNode
}

extension String {
  /// Whether both are the same bytes; `==` holds texts for equal that only look alike (UAX #15).
  package func isExactly(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}

extension Value: Codable {
  private enum Key: String, CodingKey { case text, kind, number, unit, lowest, highest, parts }

  /// Reads the text of a value: alone, as files of schema 1 have it, or beside its kind and number.
  package init(from decoder: any Decoder) throws {
    if let text = try? decoder.singleValueContainer().decode(String.self) {
      self.init(reading: text)
    } else {
      let container = try decoder.container(keyedBy: Key.self)
      self.init(reading: try container.decode(String.self, forKey: .text))
    }
  }

  /// Writes the text, the kind, and what a program computes with: numbers in the unit that is named beside them.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(description, forKey: .text)
    try container.encode(kind, forKey: .kind)
    switch self {
    case .count(let number): try container.encode(number, forKey: .number)
    case .bytes(let number):
      try container.encode(number, forKey: .number)
      try container.encode("bytes", forKey: .unit)
    case .duration(let length):
      try container.encode(Double(length.nanoseconds) / 1e9, forKey: .number)
      try container.encode("s", forKey: .unit)
    case .bounds(let bounds):
      try container.encode(bounds.seconds.lowerBound, forKey: .lowest)
      // Nobody knows how long round trips take.
      if !bounds.addsRoundTrips { try container.encode(bounds.seconds.upperBound, forKey: .highest) }
      try container.encode("s", forKey: .unit)
    case .list(let values), .steps(let values): try container.encode(values, forKey: .parts)
    case .state, .errno, .segment, .words: break
    }
  }

  /// The name of its kind, as JSON has it.
  private var kind: String {
    switch self {
    case .state: "state"
    case .errno: "errno"
    case .count: "count"
    case .bytes: "bytes"
    case .duration: "duration"
    case .bounds: "bounds"
    case .segment: "segment"
    case .list: "list"
    case .steps: "steps"
    case .words: "words"
    }
  }
}

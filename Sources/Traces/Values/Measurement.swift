/// A figure of a scenario, named as a facts table names it.
package struct Measurement: Codable, Equatable, Sendable {
  package var name: String
  package var result: Result
  /// The place that the figure comes from, in words.
  package var source: String
  /// The events that prove it, by their place in the trace.
  package var events: [Int]

  package enum Result: Hashable, Sendable {
    /// - Parameter within: where the next figure of the same behaviour may lie; nil where it is to be the same.
    case measured(Value, within: Value? = nil)
    /// It could not be measured in this run.
    case undecided(Reason)
    /// A figure that can never be measured from here.
    case unobservable(Reason)
  }

  package init(_ name: String, _ result: Result, source: String = "", events: [Int] = []) {
    self.name = name
    self.result = result
    self.source = source
    self.events = events
  }

  /// The value that a record keeps: bounds, where the next one may differ; nil where there is none.
  package var kept: Value? {
    if case .measured(let value, let within) = result { within ?? value } else { nil }
  }

  /// The value of this run; nil where there is none.
  package var value: Value? { if case .measured(let value, _) = result { value } else { nil } }

  /// The reason why there is no value; nil where there is one.
  package var missing: Reason? {
    switch result {
    case .measured: nil
    case .undecided(let reason), .unobservable(let reason): reason
    }
  }
}

extension Measurement {
  private enum Key: String, CodingKey { case name, value, within, source, events, undecided, unobservable }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    name = try container.decode(String.self, forKey: .name)
    source = try container.decode(String.self, forKey: .source)
    events = try container.decode([Int].self, forKey: .events)
    if let reason = try container.decodeIfPresent(Reason.self, forKey: .undecided) {
      result = .undecided(reason)
    } else if let reason = try container.decodeIfPresent(Reason.self, forKey: .unobservable) {
      result = .unobservable(reason)
    } else {
      result = .measured(
        try container.decode(Value.self, forKey: .value),
        within: try container.decodeIfPresent(Value.self, forKey: .within))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    try container.encode(source, forKey: .source)
    try container.encode(events, forKey: .events)
    switch result {
    case .measured(let value, let within):
      try container.encode(value, forKey: .value)
      try container.encodeIfPresent(within, forKey: .within)
    case .undecided(let reason): try container.encode(reason, forKey: .undecided)
    case .unobservable(let reason): try container.encode(reason, forKey: .unobservable)
    }
  }
}

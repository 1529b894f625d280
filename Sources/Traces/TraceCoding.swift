/// In files the variant is called `play` and the number of disturbances `voids`, as programs that read them have it.
extension Trace {
  package enum CodingKeys: String, CodingKey {
    case variant = "play"
    case disturbances = "voids"
    case names, endpoints, opener, placed, observers, end, events, counters, wasSlow
  }
}

/// Files of schema 1 have `unplayable` for `cannotRun`.
extension Trace.End: Codable {
  private enum Keys: String, CodingKey { case finished, stalled, cannotRun, unplayable, leftOut }
  private enum Details: String, CodingKey { case reason, by }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    func details(_ key: Keys) throws -> KeyedDecodingContainer<Details> {
      try container.nestedContainer(keyedBy: Details.self, forKey: key)
    }
    switch container.allKeys.first {
    case .finished?: self = .finished
    case .stalled?: self = .stalled
    case .cannotRun?: self = .cannotRun(reason: try details(.cannotRun).decode(Reason.self, forKey: .reason))
    case .unplayable?:
      self = .cannotRun(reason: try details(.unplayable).decode(Reason.self, forKey: .reason))
    case .leftOut?: self = .leftOut(by: try details(.leftOut).decode(Omission.self, forKey: .by))
    case nil:
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "expected finished, stalled, cannotRun or leftOut"))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    func details(_ key: Keys) -> KeyedEncodingContainer<Details> {
      container.nestedContainer(keyedBy: Details.self, forKey: key)
    }
    switch self {
    case .finished: _ = details(.finished)
    case .stalled: _ = details(.stalled)
    case .cannotRun(let reason):
      var details = details(.cannotRun)
      try details.encode(reason, forKey: .reason)
    case .leftOut(let omission):
      var details = details(.leftOut)
      try details.encode(omission, forKey: .by)
    }
  }
}

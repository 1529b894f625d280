import Benches
import Documents
import Traces

extension Connection {
  /// Plays with these settings at both ends, by their whole names; where one cannot be set, none of the figures is
  /// measured.
  func withSettings(
    _ settings: [(name: String, value: String)], measuring names: [Figure], _ body: () throws -> Void
  ) throws {
    guard bench.isPrivate else {
      for name in names {
        cannotMeasure(name, because: "\(settings[0].name) is the machine's here, not ours to change")
      }
      return
    }
    var isPlayed = false
    var steps = settings.flatMap { setting in Party.allCases.map { (setting, $0) } }
    func next() throws {
      guard let ((name, value), party) = steps.popLast() else {
        isPlayed = true
        return try body()
      }
      try withSetting(name, value, at: party, measuring: names[0], next)
    }
    try next()
    guard !isPlayed else { return }
    // The first has been given the reason itself.
    let reason = log.events.reversed().lazy.compactMap { event in
      if case .measurement(let figure) = event.what { figure.missing?.description } else { nil }
    }.first
    for name in names.dropFirst() { cannotMeasure(name, because: reason ?? "a setting cannot be made") }
  }

  /// The settings among these conditions, by their whole names.
  func settings(of conditions: [Condition]) -> [(name: String, value: String)] {
    conditions.filter { $0.name.hasPrefix("tcp_") }.map { ("net.ipv4.\($0.name)", $0.value) }
  }
}

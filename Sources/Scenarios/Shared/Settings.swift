import Benches
import Documents
import Traces

extension Connection {
  /// Runs `body` under these settings, by their whole names, in the namespaces of these parties. Where one cannot be had,
  /// each of the figures says why.
  func withSettings(
    _ settings: [(name: String, value: String)], at parties: [Party] = Party.allCases,
    measuring figures: [Figure], _ body: () throws -> Void
  ) throws {
    var steps = settings.flatMap { setting in parties.map { (setting, $0) } }
    func next() throws -> Reason? {
      guard let ((name, value), party) = steps.popLast() else {
        try body()
        return nil
      }
      var inner: Reason?
      return try withSetting(name, value, at: party) { inner = try next() } ?? inner
    }
    guard let reason = try next() else { return }
    for figure in figures { cannotMeasure(figure, because: reason) }
  }

  /// Runs `body` under one setting in the namespace of one party.
  func withSetting(
    _ setting: String, _ value: String, at party: Party, measuring figure: Figure, _ body: () throws -> Void
  ) throws {
    try withSettings([(setting, value)], at: [party], measuring: [figure], body)
  }

  /// Runs `body` under the settings that the conditions name (`tcp_rfc1337: 1`), in the namespace of this party.
  func withSettings(
    of conditions: [Condition], at party: Party, _ figures: [Figure], _ body: () throws -> Void
  ) throws {
    try withSettings(settings(of: conditions), at: [party], measuring: figures, body)
  }

  /// The settings among these conditions, by their whole names.
  func settings(of conditions: [Condition]) -> [(name: String, value: String)] {
    conditions.filter { $0.name.hasPrefix("tcp_") || $0.name.hasPrefix("ip_") }
      .map { ("net.ipv4.\($0.name)", $0.value) }
  }
}

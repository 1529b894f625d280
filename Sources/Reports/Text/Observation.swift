import Traces

/// The sightings of one observer over all runs, or the reason why it could not run.
struct Observation: Equatable {
  let kind: ObserverKind
  private(set) var variants = 0
  private(set) var counts: [Sight: Int] = [:]
  private(set) var lost = 0
  /// The reasons why it did not run, each once.
  private(set) var reasons: [String] = []
  /// The parts of its evidence that the kernel does not have, each once.
  private(set) var limits: [String] = []
  /// True if it was missed in a run: no other observer saw the same.
  private(set) var isMissed = false

  enum Sight: String, CaseIterable {
    case segment, drop, transition
    case look = "sample"
    case timer
    case reason
  }

  /// One for each observer that a trace of this run reports on, in their usual order.
  static func all(of run: Run) -> [Observation] {
    ObserverKind.allCases.compactMap { kind in
      var observation = Observation(kind: kind)
      for trace in run.traces { observation.add(trace) }
      return observation.variants == 0 && observation.reasons.isEmpty ? nil : observation
    }
  }

  private init(kind: ObserverKind) { self.kind = kind }

  private mutating func add(_ trace: Trace) {
    guard let report = trace.observers.first(where: { $0.kind == kind }) else { return }
    lost += report.lost
    if let reason = report.reason {
      if !reasons.contains(reason) { reasons.append(reason) }
      if report.replacedBy == nil { isMissed = true }
      return
    }
    variants += 1
    if let limit = report.limit, !limits.contains(limit) { limits.append(limit) }
    for event in trace.events where event.observer == kind {
      let sight: Sight? =
        switch event.what {
        case .segment: .segment
        case .dropped: .drop
        case .transition: .transition
        case .sighting, .info: .look
        case .timer: .timer
        case .discarded, .resetting: .reason
        case .rung, .call, .delivered, .altered, .forged, .rebooted, .measurement, .stall, .disturbance,
          .silence:
          nil
        }
      if let sight { counts[sight, default: 0] += 1 }
    }
  }

  /// `12 segments, 1 drop in 3 runs`.
  var sights: String {
    let parts = Sight.allCases.compactMap { sight in counts[sight].map { counted($0, sight.rawValue) } }
    return (parts.isEmpty ? "nothing" : parts.joined(separator: ", ")) + " in " + counted(variants, "run")
      + (lost > 0
        ? "; the kernel's buffer lost \(counted(lost, "trace event")) of this machine's programs, so some events of"
          + " these runs may be missing" : "")
  }
}

/// `1 run`, `2 runs`.
func counted(_ count: Int, _ noun: String) -> String { "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")" }

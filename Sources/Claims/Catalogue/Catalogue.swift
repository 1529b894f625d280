import TCP
package import Traces

extension ScenarioID {
  /// What is known of the scenario beside its code.
  package var card: Card {
    switch self {
    case .opening: .opening
    case .close: .close
    case .halfClose: .halfClose
    case .closedPort: .closedPort
    case .sendingAhead: .sendingAhead
    case .badPath: .badPath
    case .resend: .resend
    case .idle: .idle
    case .overtakingFin: .overtakingFin
    case .lostLastAck: .lostLastAck
    case .closeWait: .closeWait
    case .reset: .reset
    case .timeWait: .timeWait
    case .timeWaitTimer: .timeWaitTimer
    case .bindInTimeWait: .bindInTimeWait
    case .connectInTimeWait: .connectInTimeWait
    case .samePortInTimeWait: .samePortInTimeWait
    case .segmentsInTimeWait: .segmentsInTimeWait
    case .assassination: .assassination
    case .crowd: .crowd
    case .usedUpPorts: .usedUpPorts
    case .path: .path
    case .fastOpen: .fastOpen
    case .synNumbers: .synNumbers
    case .zeroWindow: .zeroWindow
    case .congestion: .congestion
    case .segmentsOfCalls: .segmentsOfCalls
    case .handshakeOptions: .handshakeOptions
    case .congestionNotification: .congestionNotification
    case .answers: .answers
    case .crossedSyns: .crossedSyns
    case .challengeLimits: .challengeLimits
    case .windowEdge: .windowEdge
    case .partialRead: .partialRead
    case .initialWindow: .initialWindow
    case .recovery: .recovery
    case .programsView: .programsView
    case .tracepoints: .tracepoints
    case .synRetries: .synRetries
    case .synAckRetries: .synAckRetries
    case .deferAccept: .deferAccept
    case .retransmissions: .retransmissions
    case .retransmissionCap: .retransmissionCap
    case .lossProbe: .lossProbe
    case .delayedAck: .delayedAck
    case .windowProbes: .windowProbes
    case .keepalive: .keepalive
    case .orphanRetries: .orphanRetries
    case .orphanTimer: .orphanTimer
    case .readiness: .readiness
    case .calls: .calls
    case .shutdown: .shutdown
    case .waitingCalls: .waitingCalls
    case .bindConflicts: .bindConflicts
    case .bindAddresses: .bindAddresses
    case .acceptQueue: .acceptQueue
    case .synCookies: .synCookies
    case .halfOpen: .halfOpen
    case .icmpErrors: .icmpErrors
    case .portChoice: .portChoice
    case .userTimeout: .userTimeout
    case .cookieOptions: .cookieOptions
    case .smallMTU: .smallMTU
    }
  }

  /// The scenario that measures what a facts table names so, or nil where none does.
  package init?(measuring what: String) {
    guard let found = Catalogue.scenarios[what.lowercased()] else { return nil }
    self = found
  }
}

/// All that scenarios can measure.
package enum Catalogue {
  /// The scenarios by the names, in small letters, of what they measure.
  fileprivate static let scenarios: [String: ScenarioID] = Dictionary(
    ScenarioID.allCases.flatMap { id in id.card.figures.map { ($0.name.lowercased(), id) } },
    uniquingKeysWith: { first, _ in first })

  /// What is known of the figure of this name, or nil.
  package static func figure(_ name: String) -> Figure? {
    let name = name.lowercased()
    return scenarios[name]?.card.figures.first { $0.name.lowercased() == name }
  }

  /// The reason why nothing is run for a name that no scenario measures, with what its writer may have meant.
  package static func unknown(_ name: String) -> String {
    let names = ScenarioID.allCases.flatMap { $0.card.figures.map(\.name) }
    let hint =
      Nearest.question(about: name, among: names) ?? "tcpprobe list --figures names what can be measured"
    return "no scenario measures \(name): \(hint)"
  }
}

package import Documents
import TCP
package import Traces

/// What is played to decide a document: its ladders, and for its facts the scenarios that measure them.
package enum PlayList {
  /// All that is to be played for these pages, what takes longest first.
  ///
  /// - Parameter isWanted: by the claims of a rung or fact; all, where it is nil.
  package static func playables(
    of pages: [Page], passiveClose: Plan.PassiveClose = .late, isWanted: ((String) -> Bool)? = nil
  ) -> [Playable] {
    func wants(_ claims: [String]) -> Bool { isWanted.map { claims.contains(where: $0) } ?? true }
    var all: [Playable] = []
    var scenarios: [ScenarioID] = []
    for page in pages {
      for ladder in page.ladders where wants(ladder.rungs.flatMap(\.claims)) {
        all.append(.ladder(ladder, page: page.name, passiveClose: passiveClose))
      }
      for fact in page.facts.flatMap(\.rows) where wants(fact.claims) {
        guard let scenario = scenario(measuring: fact.what), !scenarios.contains(scenario) else { continue }
        scenarios.append(scenario)
      }
    }
    for scenario in scenarios {
      all += conditions(of: scenario).map { .scenario(scenario, under: $0) }
    }
    return all
  }

  /// How long a play waits for the kernel at least, in seconds; 0 where that is less than anybody minds.
  package static func wait(for playable: Playable) -> Int {
    switch playable {
    case .scenario(.timeWait, _): 60
    case .scenario(.closeWait, _): 3
    case .ladder, .scenario: 0
    }
  }

  /// The scenario that measures what a facts table names so, or nil where none does.
  package static func scenario(measuring what: String) -> ScenarioID? {
    ScenarioID.allCases.first { scenario in
      scenario.measures.contains { $0.lowercased() == what.lowercased() }
    }
  }

  /// The conditions under which a scenario is played, so that what is true under one of them only shows.
  package static func conditions(of scenario: ScenarioID) -> [[Condition]] {
    switch scenario {
    case .opening: [[], [.quickAck(false)]]
    case .close:
      [
        [.passiveClose(.late)], [.passiveClose(.now)], [.firstToClose(.accepted)],
      ]
    case .halfClose: [[.closesBy(.shutdown(.write))], [.closesBy(.close)]]
    case .closedPort, .overtakingFin, .path: [[]]
    case .sendingAhead: [[], [.option("TCP_NODELAY")]]
    case .badPath: Condition.Mishap.allCases.map { [.path($0)] }
    case .resend: [[.inFlight(1)], [.inFlight(4)]]
    case .idle: [[], [.option("SO_KEEPALIVE")]]
    case .closeWait:
      [.close, .shutdown(.write)].map { [.closesBy($0), .setting("tcp_fin_timeout", "3")] }
    case .reset:
      [
        [.endedBy(.unreadData)], [.endedBy(.linger)], [.endedBy(.linger), .writesFirst],
        [.endedBy(.lateWrite)],
      ]
    case .lostLastAck: [[.losses(1)], [.losses(3)], [.setting("tcp_max_tw_buckets", "0")]]
    case .timeWait, .segmentsInTimeWait, .usedUpPorts: [[]]
    case .timeWaitTimer: [[], [.setting("tcp_fin_timeout", "5")]]
    case .bindInTimeWait: [[], [.keepsAddress]]
    case .connectInTimeWait: [[.setting("tcp_tw_reuse", "0")], [.setting("tcp_tw_reuse", "1")]]
    case .samePortInTimeWait: [[], [.setting("tcp_timestamps", "0")], [.firstToClose(.accepted)]]
    case .assassination: [[], [.setting("tcp_rfc1337", "1")]]
    case .crowd: [[.count(1000)]]
    case .fastOpen: [[], [.option("TCP Fast Open")]]
    case .synNumbers: Condition.FourTuples.allCases.map { [.fourTuples($0)] }
    case .zeroWindow: [[]]
    case .congestion: [[.congestionControl("reno")], [.congestionControl("cubic")]]
    }
  }
}

extension ScenarioID {
  /// The measurements that the scenario leaves, by the names that facts tables use.
  package var measures: [String] {
    switch self {
    case .opening:
      [
        "when connect() sends its SYN", "state of the accepting end before the last ACK arrives",
        "state of the accepting end once the last ACK arrived",
        "first write of the accepting end after the last ACK",
        "data in the third segment", "flags of the handshake",
      ]
    case .close:
      [
        "segments of a close", "close started by the end that connected",
        "close started by the end that accepted",
        "left of the connection at the end that closed first",
        "left of the connection at the end that closed last",
      ]
    case .closedPort:
      [
        "connect() where nobody listens", "answer where nobody listens",
        "state of the end that was refused",
      ]
    case .closeWait:
      [
        "state of the end that never closes", "timer of a socket in CLOSE_WAIT",
        "who holds the socket in CLOSE_WAIT", "timer of FIN_WAIT_2",
        "life of FIN_WAIT_2", "FIN_WAIT_2 after tcp_fin_timeout",
        "state of the end that never closes, after tcp_fin_timeout",
        "late write in CLOSE_WAIT", "data of a late write", "read after a late write",
        "write after a late write", "CLOSE_WAIT once its program calls close()",
      ]
    case .reset:
      [
        "segment that resets", "FIN of the end that resets", "first write to an end that has closed",
        "read of the end that is reset", "write of the end that is reset",
        "data written just before", "state of the end that resets", "state of the end that is reset",
      ]
    case .sendingAhead: ["packets sent before an ACK comes"]
    case .badPath: ["data over a bad path"]
    case .resend: ["what sends a lost segment again"]
    case .idle: ["what ends an idle connection"]
    case .overtakingFin: ["state of the end that closed first while data is missing"]
    case .lostLastAck: ["a close whose last ACK is lost", "a close without TIME_WAIT whose last ACK is lost"]
    case .timeWait: ["length of TIME_WAIT", "what is left when TIME_WAIT has run out"]
    case .timeWaitTimer: ["timer that TIME_WAIT begins with"]
    case .bindInTimeWait:
      [
        "bind() to a port in TIME_WAIT without SO_REUSEADDR",
        "bind() to a port in TIME_WAIT with SO_REUSEADDR",
      ]
    case .connectInTimeWait: ["connect() within tcp_tw_reuse_delay", "connect() after tcp_tw_reuse_delay"]
    case .samePortInTimeWait:
      [
        "connect() from a port in TIME_WAIT that bind() gave",
        "connect() to a port in TIME_WAIT from the same port",
        "first number of a connection that follows in TIME_WAIT",
      ]
    case .segmentsInTimeWait:
      [
        "an old duplicate in TIME_WAIT", "a SYN with a lower number in TIME_WAIT",
        "a SYN with a higher number in TIME_WAIT",
      ]
    case .assassination:
      ["an RST with another number in TIME_WAIT", "an RST with the right number in TIME_WAIT"]
    case .crowd: ["TIME_WAITs of many closed connections"]
    case .usedUpPorts:
      [
        "ports to one destination", "connect() when each port to a destination is in TIME_WAIT",
        "connect() to another destination at that moment", "connect() at that moment with tcp_tw_reuse at 2",
      ]
    case .path: ["the way of the segments"]
    case .fastOpen: ["where the first data travels"]
    case .synNumbers: ["the number of a SYN"]
    case .zeroWindow: ["a receiver that does not read"]
    case .congestion: ["the congestion window", "the congestion window after a loss"]
    case .halfClose: ["write after shutdown(WR)", "read after shutdown(WR)", "data sent in CLOSE_WAIT"]
    }
  }
}

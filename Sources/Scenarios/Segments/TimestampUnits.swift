import Benches
import Documents
import Linux
import SystemPackage
import TCP
import Traces

extension Scenario {
  /// Timestamps count milliseconds, or microseconds where the routes of both ends say so (`ip route ... features tcp_usec_ts`).
  package static let timestampUnits = Scenario(
    "units of timestamps",
    Declaration(
      RouteSide.allCases.flatMap { [$0.units, $0.options] },
      settings: [
        "tcp_timestamps", "tcp_sack", "tcp_window_scaling", "tcp_ecn", "tcp_syncookies", "tcp_rmem",
      ],
      isDrawn: false,
      needs: [.wire])
  ) { connection, _ in try connection.runTimestampUnits() }
}

/// The hosts whose routes have the feature.
private enum RouteSide: String, CaseIterable {
  case neither = "neither end"
  case client = "the client"
  case server = "the server"
  case both = "both ends"

  private static let known = Known(
    "The feature is new between Linux 6.1 and 6.12.", .between("6.1", "6.12"))

  var units: Figure {
    Figure("timestamps where the route of \(rawValue) has tcp_usec_ts", .packets, known: Self.known)
  }

  var options: Figure {
    Figure(
      "TCP_INFO's options where the route of \(rawValue) has tcp_usec_ts", .operators, known: Self.known)
  }

  func parties(opener: Party) -> [Party] {
    switch self {
    case .neither: []
    case .client: [opener]
    case .server: [opener.other]
    case .both: [opener, opener.other]
    }
  }
}

extension Connection {
  fileprivate func runTimestampUnits() throws {
    log.record(.rung(index: 0))
    for side in RouteSide.allCases {
      // The routes of this bench stay as they are.
      try measureApart([side.units, side.options], onNewHosts: true) { try $0.measureUnits(side) }
    }
  }

  private func measureUnits(_ side: RouteSide) throws {
    for party in side.parties(opener: opener) {
      let other = ends[party.other].tuple.local.address
      let change = try answer {
        try bench.enter(party) {
          try Interface(named: "wire").setFeatures(.microsecondTimestamps, ofRouteTo: other)
        }
      }
      guard change == .succeeds else {
        for figure in [side.units, side.options] {
          cannotMeasure(figure, because: .notOnThisKernel("the feature tcp_usec_ts of a route: \(change)"))
        }
        return
      }
    }
    try listen()
    try shakeHands()
    try call(.accept, by: opener.other)
    try settle()
    // So long that no unit is mistaken for another.
    try waiting.pause(.milliseconds(20))
    for party in [opener, opener.other] {
      try call(.send(100), by: party)
      try expect(party, SegmentPattern(isData: true))
      try settle()
    }
    let parties = [("client", opener), ("server", opener.other)]
    let values = parties.map { Value.words("\($0) \(unit(of: $1))") }
    measure(
      side.units, .list(values), "the timestamps of the first segment and of data, beside the time between",
      proof: [log.firstSegment(of: opener, since: first) { $0.length > 0 }])
    let options = try parties.map { name, party in
      Value.words("\(name) \(try info(of: party)?[.options].map(String.init) ?? "none")")
    }
    measure(side.options, .list(options), "TCP_INFO", proof: [log.lastLook(at: opener)])
  }

  /// The unit of the party's timestamps, by those of its first segment and its first data.
  private func unit(of party: Party) -> String {
    let start = log.firstSegment(of: party, since: first) { _ in true }
    let end = log.firstSegment(of: party, since: first) { $0.length > 0 }
    guard let start, let end, let from = log.segment(at: start)?.clock, let to = log.segment(at: end)?.clock
    else { return "none" }
    let milliseconds = Double(log.events[end].time - log.events[start].time) / 1e6
    // A busy machine sees a segment leave later than it is stamped: thirty times as much is still no other unit.
    let ratio = Double(to &- from) / max(1, milliseconds)
    return switch ratio {
    case 0.03..<30: "milliseconds"
    case 30..<30_000: "microseconds"
    default: "another unit in its first segment than in data"
    }
  }
}

import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A client connects again from the port that it had.
  package static let samePortInTimeWait = Scenario(
    "the same port in TIME_WAIT",
    Declaration(
      [
        .boundPort,
        .samePort,
        .firstNumber,
      ], under: [[], [.setting("tcp_timestamps", "0")], [.firstToClose(.accepted)]],
      settings: ["tcp_max_tw_buckets"])
  ) { try $0.runSamePortInTimeWait(under: $1) }
}

extension Figure {
  fileprivate static let boundPort = Figure(
    "connect() after bind() to a port in TIME_WAIT",
    formerly: ["connect() from a port in TIME_WAIT that bind() gave"], .programs,
    in: .underNone([.firstToClose(.accepted)]), settings: ["tcp_timestamps"])
  fileprivate static let samePort = Figure(
    "connect() from the same port to a server in TIME_WAIT",
    formerly: ["connect() to a port in TIME_WAIT from the same port"], .programs,
    in: .underAny([.firstToClose(.accepted)]))
  fileprivate static let firstNumber = Figure(
    "initial sequence number of a connection that replaces TIME_WAIT",
    formerly: ["first number of a connection that follows in TIME_WAIT"], .packets,
    in: .underNone([.setting("tcp_timestamps", "0")]), settings: ["tcp_timestamps"],
    formerWords: ["a number of its own": "a sequence number of its own"])
}

extension Connection {
  /// A connection is made once more with the same address and port at both ends: by the end that holds TIME_WAIT, or
  /// by the other.
  fileprivate func runSamePortInTimeWait(under conditions: [Condition]) throws {
    let isHolder = !conditions.contains(.firstToClose(.accepted))
    let figure: Figure = isHolder ? .boundPort : .samePort
    let holder = isHolder ? opener : opener.other
    try withSettings(of: conditions, at: holder) {
      try open()
      log.record(.rung(index: 0))
      let closing = try closeIntoTimeWait(holder)
      let last = log.segment(at: closing.lastAck)?.sequence
      let place = log.nextPlace
      let shown = log.lastLook(at: holder)
      let outcome = try outcomeOfConnecting(bindsPort: true)
      // The holder's first number; of the two it is the one that TIME_WAIT chooses.
      let syn = log.firstSegment(of: holder, since: place) { $0.flags.contains(.syn) }
      measure(figure, outcome, "a new socket, bound to the port that the old one had", proof: [shown, syn])
      guard conditions != [.setting("tcp_timestamps", "0")] else { return }
      let number = Figure.firstNumber
      guard let syn, let last, let first = log.events[syn].segment?.sequence else {
        return cannotMeasure(
          number, because: seesSegments ? "no connection followed" : Reason.needs("segments to be seen"))
      }
      // Another is by the clock, and tells nothing.
      let distance = first - last
      measure(
        number, distance == 65537 ? .words("\(distance) above the last") : "a sequence number of its own",
        "the two segments of the end that held TIME_WAIT",
        proof: [closing.lastAck, syn])
    }
  }
}

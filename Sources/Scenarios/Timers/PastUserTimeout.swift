import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// TCP_USER_TIMEOUT is set to less time than has passed since the first probe of a window of 0.
  package static let pastUserTimeout = Scenario(
    "a user timeout that is past",
    Declaration(
      [.end, .probes], settings: ["tcp_rto_min_us"],
      given: [
        .init("TCP_NODELAY", "1"), .init("TCP_CONGESTION", "cubic"), .init("TCP_USER_TIMEOUT", "10"),
      ], needs: [.wire])
  ) { connection, _ in
    try connection.runPastUserTimeout()
  }
}

extension Figure {
  fileprivate static let end = Figure(
    "connection at an answered probe after its TCP_USER_TIMEOUT", .programs)
  fileprivate static let probes = Figure("probes after their TCP_USER_TIMEOUT", .packets)
}

extension Connection {
  fileprivate func runPastUserTimeout() throws {
    try choose(congestionControl: "cubic")
    beforeConnect.append { socket in try socket.set(.noDelay, to: true) }
    log.record(.rung(index: 0))
    try measureApart([.end, .probes], heedsTimers: false) { connection in
      let peer = try connection.openWithMadeUpPeer()
      let opener = connection.opener
      try connection.call(.send(100), by: opener)
      try connection.carryDeparted()
      try peer.acknowledge(100, window: 0)
      try connection.call(.send(100), by: opener)
      guard let armed = try connection.armedTimer(of: opener), armed.timer.kind == .zeroWindowProbe else {
        throw NotMeasurable(reason: "no probe is due")
      }
      let left = Duration.milliseconds(armed.timer.milliseconds)
      let probe = try connection.awaitTimer(
        of: opener, named: "a probe", left: left, limit: left + left / 8 + .seconds(1)
      ) { _ in true }
      guard let first = probe.place else { throw NotMeasurable(reason: "no probe came") }
      try connection.waiting.pause(.milliseconds(50))
      try connection.setOption(of: opener) { socket in try socket.set(.userTimeout, to: 10) }
      let start = connection.log.nextPlace
      try peer.acknowledge(100, window: 0)
      // Less than the next probe would take, which ends the connection in any case.
      _ = try connection.awaitTimer(
        of: opener, named: "the end", left: .zero, limit: .milliseconds(200)
      ) { _ in false }
      try connection.giveUp(after: .milliseconds(350), since: first)
      let sent = peer.segments(since: start) { !$0.flags.contains(.rst) }
      connection.measure(
        .end, try connection.ending(of: opener), "what recv() returned 200 ms later",
        proof: [connection.log.lastCall()])
      connection.measure(
        .probes, .count(sent.count), "the segments that left", proof: [start] + sent)
    }
  }
}

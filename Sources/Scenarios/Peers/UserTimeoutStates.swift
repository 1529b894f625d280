import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// TCP_USER_TIMEOUT in each state in which something waits for an ACK that does not come.
  package static let userTimeoutStates = Scenario(
    "user timeout by state",
    Declaration(
      [.end, .sent], under: State.owing.map { [.arrivesIn($0)] },
      settings: ["tcp_rto_min_us", "tcp_rto_max_ms", "tcp_syn_linear_timeouts"],
      given: [.init("TCP_USER_TIMEOUT", "1200"), .init("tcp_early_retrans", "0")], needs: [.wire])
  ) { try $0.runUserTimeoutStates(under: $1) }
}

extension Figure {
  fileprivate static let end = Figure("end of a connection by TCP_USER_TIMEOUT", .programs)
  fileprivate static let sent = Figure("segments sent again before TCP_USER_TIMEOUT", .operators)
}

extension State {
  fileprivate static let owing: [State] = [.synSent, .established, .closeWait, .finWait1, .lastAck]
}

extension Connection {
  fileprivate func runUserTimeoutStates(under conditions: [Condition]) throws {
    let state = State.owing.first { conditions.contains(.arrivesIn($0)) } ?? .established
    beforeConnect.append { socket in try socket.set(.userTimeout, to: 1200) }
    log.record(.rung(index: 0))
    try withSettings([("net.ipv4.tcp_early_retrans", "0")], at: [opener]) {
      try measureApart([.end, .sent], heedsTimers: false) { try $0.measureEnd(in: state) }
    }
  }

  private func measureEnd(in state: State) throws {
    var start = log.nextPlace
    if state == .synSent {
      try listen()
      path.loseEverything()
      try call(.connect, by: opener)
    } else {
      let peer = try openWithMadeUpPeer()
      // A round trip that a busy machine made long puts the timeouts elsewhere.
      _ = try retransmissionTimeout(of: opener)
      if state == .closeWait || state == .lastAck {
        try peer.forge(peer.segment(at: 0, flags: [.fin, .ack]))
        try carry(for: WaitLimits.settling)
      }
      start = log.nextPlace
      try call(state == .established || state == .closeWait ? .send(100) : .shutdown(.write), by: opener)
    }
    guard let found = try record(of: opener)?.state, found == state else {
      throw NotMeasurable(reason: .other("the state is not \(state.rawValue)"))
    }
    _ = try awaitTimer(of: opener, named: "the end", left: .zero, limit: .seconds(6)) { _ in false }
    let sent = log.segments(of: opener, since: start) { !$0.flags.contains(.rst) }
    let end = try failure(of: opener)
    let left = try remains(of: opener)
    measure(
      .end, .list([end.map { .errno($0) } ?? "no error", left]), "SO_ERROR, and sock_diag",
      proof: [log.lastLook(at: opener)])
    measure(
      .sent, .count(sent.filter { log.segment(at: $0)?.sequenceLength ?? 0 > 0 }.count - 1),
      "the segments that left", proof: sent)
  }
}

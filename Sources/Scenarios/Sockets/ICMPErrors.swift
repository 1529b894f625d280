import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A router complains.
  package static let icmpErrors = Scenario(
    "ICMP errors",
    Declaration(
      [
        .connect,
        .send,
        .sendReceivingErrors,
        .segments,
      ], under: ICMP.allCases.map { [.icmp($0)] }, isDrawn: false, needs: [.wire])
  ) { try $0.runICMPErrors(under: $1) }
}

extension Figure {
  fileprivate static let connect = Figure("connect() at an ICMP error", .programs)
  fileprivate static let send = Figure("send() at an ICMP error", .programs)
  fileprivate static let sendReceivingErrors = Figure("send() at an ICMP error with IP_RECVERR", .programs)
  fileprivate static let segments = Figure(
    "segments that leave at an ICMP error", .packets,
    settings: ["ip_no_pmtu_disc", "tcp_timestamps", "tcp_rmem", "tcp_min_snd_mss", "tcp_mtu_probing"])
}

extension Connection {
  /// A router says that it cannot carry a segment: to a connection that is being made, and to one that is.
  fileprivate func runICMPErrors(under conditions: [Condition]) throws {
    guard let error = ICMP.allCases.first(where: { conditions.contains(.icmp($0)) }) else { return }
    waiting.isPatient = true
    // The size of packets on the path would be remembered for all that is run after.
    let isNew = error == .fragmentationNeeded
    try sibling(onNewHosts: isNew) { try $0.complainOfSYN(error, .connect) }
    try sibling(onNewHosts: isNew) { try $0.complainOfData(error, .send, resend: .segments) }
    try sibling(onNewHosts: isNew) { connection in
      let isIPv4 = bench.family == .ipv4
      connection.beforeConnect.append { socket in
        try socket.set(isIPv4 ? .receiveErrors : .receiveErrorsV6, to: true)
      }
      try connection.complainOfData(error, .sendReceivingErrors, resend: nil)
    }
  }

  private func complainOfSYN(_ error: ICMP, _ figure: Figure) throws {
    try listen()
    path.loseEverything()
    try call(.connect, by: opener)
    guard let syn = try expect(opener, SegmentPattern(flags: .syn)) else {
      throw NotMeasurable(reason: "no such segment left")
    }
    try path.forge(error, about: syn)
    try settle()
    let failure = try failure(of: opener)
    let state = try record(of: opener)?.state ?? .closed
    measure(
      figure, failure.map { .list([.errno($0), .state(state)]) } ?? .words("goes on in \(state.rawValue)"),
      "SO_ERROR, and sock_diag", proof: [syn, log.lastLook(at: opener)])
  }

  private func complainOfData(_ error: ICMP, _ figure: Figure, resend: Figure?) throws {
    try open()
    try settle()
    path.loseEverything()
    try call(.send(1200), by: opener)
    guard let data = try expect(opener, SegmentPattern(isData: true)) else {
      throw NotMeasurable(reason: "no such segment left")
    }
    let place = log.nextPlace
    try path.forge(error, about: data)
    try settle()
    if let resend {
      let again = log.segments(of: opener, since: place)
      let lengths = again.compactMap { log.events[$0].segment?.length }
      measure(
        resend,
        lengths.isEmpty ? "none" : .words("of \(lengths.map(String.init).joined(separator: " and ")) bytes"),
        "the segments that left before a timer could fire; the one that it was about had 1200 bytes",
        proof: [data] + again)
    }
    // After 200 ms the data is sent again.
    try giveUp(after: .milliseconds(150), since: data)
    let written = told(try call(.send(100), by: opener))
    let state = try record(of: opener)?.state ?? .closed
    measure(
      figure, .list([written, .state(state)]), "send() after it came, and sock_diag",
      proof: [data, log.lastCall()])
  }
}

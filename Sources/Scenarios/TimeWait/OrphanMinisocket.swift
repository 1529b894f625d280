import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Segments arrive for an orphan in FIN_WAIT_2, of which the kernel keeps no more than of TIME_WAIT.
  package static let orphanMinisocket = Scenario(
    "segments to an orphan in FIN_WAIT_2",
    Declaration(
      OrphanArrival.allCases.map(\.figure),
      settings: ["tcp_max_tw_buckets", "tcp_timestamps", "tcp_fin_timeout"],
      given: [.init("tcp_invalid_ratelimit", "0")], needs: [.wire])
  ) { connection, _ in
    try connection.runOrphanMinisocket()
  }
}

/// A segment that arrives, and perhaps another after it.
private enum OrphanArrival: String, CaseIterable {
  case ackAgain = "the ACK of its FIN again"
  case data = "data"
  case dataOld = "data with an old timestamp"
  case dataBeyond = "data beyond the window"
  case syn = "a SYN"
  case reset = "an RST"
  case resetBeyond = "an RST beyond the window"
  case fin = "a FIN"
  case finWithData = "a FIN with data"
  case finBeyond = "a FIN beyond the window"
  case finTwice = "a FIN and the same again"
  case dataAfterFin = "a FIN and data behind it"
  case oldAfterFin = "a FIN and an old segment with an old timestamp"

  var figure: Figure { Figure("answer of an orphan in FIN_WAIT_2 to \(rawValue)", .packets) }
}

extension Connection {
  fileprivate func runOrphanMinisocket() throws {
    log.record(.rung(index: 0))
    try withSettings([("net.ipv4.tcp_invalid_ratelimit", "0")], at: [opener]) {
      for arrival in OrphanArrival.allCases {
        try measureApart([arrival.figure]) { try $0.measureAnswer(to: arrival) }
      }
    }
  }

  private func measureAnswer(to arrival: OrphanArrival) throws {
    let peer = try openWithMadeUpPeer()
    // What came and went before is old in TIME_WAIT.
    try peer.send(0..<100)
    _ = try read(by: opener)
    try call(.close, by: opener)
    try peer.acknowledge(1, at: 100)
    guard let record = try record(of: opener), record.state == .finWait2 else {
      throw NotMeasurable(reason: "the orphan is not in FIN_WAIT_2")
    }
    let start = log.nextPlace
    try arrive(arrival, from: peer)
    try look()
    let answers = peer.segments(since: start)
    measure(
      arrival.figure,
      .list([.inShort(answers.compactMap { log.segment(at: $0) }), try remains(of: opener)]),
      "the segments that came back, and sock_diag", proof: [start] + answers + [log.lastLook(at: opener)])
  }

  private func arrive(_ arrival: OrphanArrival, from peer: MadeUpPeer) throws {
    let far = 1 << 29
    switch arrival {
    case .ackAgain: try peer.acknowledge(1, at: 100)
    case .data: try peer.send(100..<200, acknowledging: 1)
    case .dataOld: try peer.sendOld(100..<200, acknowledging: 1)
    case .dataBeyond: try peer.send(far..<far + 100, acknowledging: 1)
    case .syn: try peer.forge(peer.segment(at: 100, flags: .syn))
    case .reset: try peer.forge(peer.segment(at: 100, flags: .rst))
    case .resetBeyond: try peer.forge(peer.segment(at: far, flags: .rst))
    case .fin: try peer.forge(peer.segment(at: 100, acknowledging: 1, flags: [.fin, .ack]))
    case .finWithData: try peer.send(100..<200, acknowledging: 1, flags: [.psh, .fin])
    case .finBeyond: try peer.forge(peer.segment(at: far, acknowledging: 1, flags: [.fin, .ack]))
    case .finTwice:
      for _ in 0..<2 { try peer.forge(peer.segment(at: 100, acknowledging: 1, flags: [.fin, .ack])) }
    case .dataAfterFin:
      try peer.forge(peer.segment(at: 100, acknowledging: 1, flags: [.fin, .ack]))
      try peer.send(101..<201, acknowledging: 1)
    case .oldAfterFin:
      try peer.forge(peer.segment(at: 100, acknowledging: 1, flags: [.fin, .ack]))
      try peer.sendOld(0..<100, acknowledging: 1)
    }
  }
}

extension MadeUpPeer {
  /// Sends octets of its stream in a segment whose timestamp is older than the last one by far.
  fileprivate func sendOld(_ range: Range<Int>, acknowledging count: Int) throws {
    var segment = segment(at: range.lowerBound, acknowledging: count, flags: [.psh, .ack])
    segment.options = segment.options.map { option in
      if case .timestamps(let value, let echo) = option {
        .timestamps(value: value &- 1_000_000, echo: echo)
      } else {
        option
      }
    }
    try forge(segment, payload: range.map { UInt8(truncatingIfNeeded: $0) })
  }
}

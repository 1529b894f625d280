import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// The flow labels of IPv6, by which routers tell connections apart and choose among paths (RFC 6437).
  package static let flowLabels = Scenario(
    "flow labels",
    Declaration(
      [.ofHandshake, .ofData, .ofEnd, .ofRefusal, .afterTimeout],
      under: [[]] + ["0", "2", "3"].map { [.setting("auto_flowlabels", $0)] }
        + ["1", "2"].map { [.setting("flowlabel_reflect", $0)] },
      settings: ["auto_flowlabels", "flowlabel_reflect", "flowlabel_state_ranges", "txrehash"],
      isDrawn: false,
      needs: [.wire, .ipv6])
  ) { try $0.runFlowLabels(under: $1) }
}

extension Figure {
  fileprivate static let ofHandshake = Figure("flow labels of a handshake", .packets)
  fileprivate static let ofData = Figure(
    "flow labels of data and of its ACK", .packets, settings: ["tcp_syncookies"])
  fileprivate static let ofEnd = Figure(
    "flow labels of a close", .packets, settings: ["tcp_max_tw_buckets", "tcp_syncookies"])
  fileprivate static let ofRefusal = Figure("flow labels of a refused connection", .packets)
  fileprivate static let afterTimeout = Figure(
    "flow labels of data before and after a timeout", .packets,
    settings: ["tcp_early_retrans", "tcp_rto_min_us"])
}

extension Connection {
  fileprivate func runFlowLabels(under conditions: [Condition]) throws {
    log.record(.rung(index: 0))
    try withSettings(conditions.map { ("net.ipv6.\($0.name)", $0.value) }) {
      try measureApart([.ofHandshake, .ofData, .ofEnd]) { try $0.measureLabels() }
      try measureApart([.ofRefusal]) { try $0.measureRefusal() }
      try measureApart([.afterTimeout], heedsTimers: false) { try $0.measureTimeout() }
    }
  }

  private func measureLabels() throws {
    var labels = FlowLabels()
    try listen()
    let (syn, answer, third) = try shakeHands()
    measure(.ofHandshake, &labels, [("SYN", syn), ("SYN+ACK", answer), ("ACK", third)])
    try call(.accept, by: opener.other)
    var places: [(String, Int?)] = []
    for (party, name) in [(opener, "the client's"), (opener.other, "the server's")] {
      try call(.send(100), by: party)
      places.append(("\(name) data", try expect(party, SegmentPattern(isData: true))))
      places.append(("its ACK", try awaitSegment(of: party.other, named: "an ACK") { $0.isPureAck }))
      try call(.receive(nil), by: party.other)
    }
    measure(.ofData, &labels, places)
    let (lastFin, lastAck) = try closeIntoTimeWait(opener)
    let first = log.segments(of: opener, since: first) { $0.flags.contains(.fin) }.first
    var again: Int?
    if let fin = log.segment(at: lastFin) {
      // Nothing that answers the copy needs to arrive.
      path.rules.insert({ _, _ in .drop }, at: 0)
      let start = log.nextPlace
      try path.forge(fin, from: opener.other)
      try carryDeparted()
      again = log.firstSegment(of: opener, since: start) { $0.isPureAck }
    }
    measure(
      .ofEnd, &labels,
      [("first FIN", first), ("second FIN", lastFin), ("its ACK", lastAck), ("ACK in TIME_WAIT", again)])
  }

  private func measureRefusal() throws {
    var labels = FlowLabels()
    try reserve(opener.other)
    try call(.connect, by: opener)
    let syn = try expect(opener, SegmentPattern(flags: .syn))
    let reset = try expect(opener.other, SegmentPattern(flags: .rst))
    measure(.ofRefusal, &labels, [("SYN", syn), ("RST", reset)])
  }

  /// A timeout may mean that the path is broken: another label may lead over another.
  private func measureTimeout() throws {
    var labels = FlowLabels()
    _ = try openWithMadeUpPeer()
    let start = log.nextPlace
    try call(.send(100), by: opener)
    try carryDeparted()
    let sent = log.firstSegment(of: opener, since: start) { $0.length > 0 }
    let again = try awaitTimer(countedBy: .retransmits, of: opener)
    measure(.afterTimeout, &labels, [("data", sent), ("data again", again)])
  }

  private func measure(
    _ figure: Figure, _ labels: inout FlowLabels, _ segments: [(name: String, place: Int?)]
  ) {
    let values = segments.map { name, place in
      Value.words("\(name) \(labels.name(of: place.flatMap { log.events[$0].header?.flowLabel }))")
    }
    measure(
      figure, .list(values), "the IP headers, a letter for each label in the order of their appearance",
      proof: segments.map(\.place))
  }
}

/// Letters for labels, which are random numbers.
private struct FlowLabels {
  private var seen: [UInt32] = []

  mutating func name(of label: UInt32?) -> String {
    guard let label else { return "is not seen" }
    if label == 0 { return "0" }
    let place = seen.firstIndex(of: label) ?? seen.count
    if place == seen.count { seen.append(label) }
    return String(UnicodeScalar(UInt8(ascii: "A") + UInt8(place % 26)))
  }
}

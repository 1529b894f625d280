import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Packets must be small.
  package static let smallMTU = Scenario(
    "small MTU",
    Declaration(
      [
        .mssOfSyn,
        .mssOfAnswer,
        .largestToClient,
        .largestOfClient,
        .largestOnPath,
      ], isDrawn: false, needs: [.wire],
      timed: .init("the delayed ACK"))
  ) { connection, _ in try connection.runSmallMTU() }
}

extension Figure {
  fileprivate static let mssOfSyn = Figure("MSS option of a SYN over a device with a small MTU", .packets)
  fileprivate static let mssOfAnswer = Figure(
    "MSS option of a SYN+ACK to a client with a small MTU", .packets)
  fileprivate static let largestToClient = Figure(
    "largest segment to a client with a small MTU", .packets,
    settings: ["tcp_timestamps", "tcp_syncookies", "tcp_min_snd_mss"])
  fileprivate static let largestOfClient = Figure(
    "largest segment of a client with a small MTU", .packets,
    settings: ["tcp_timestamps", "tcp_min_snd_mss"])
  fileprivate static let largestOnPath = Figure(
    "largest segment once the path's MTU is known", .packets,
    settings: ["ip_no_pmtu_disc", "tcp_timestamps", "tcp_rmem", "tcp_min_snd_mss"])
}

extension Connection {
  /// Packets must be small: on the device of one end, or on the way, of which a router has told.
  fileprivate func runSmallMTU() throws {
    waiting.isPatient = true
    // Neither the device nor what is learned of the path may stay as it is.
    try sibling(onNewHosts: true) { try $0.useSmallDevice() }
    try sibling(onNewHosts: true) { try $0.useSmallPath() }
  }

  private func useSmallDevice() throws {
    // The least that IPv6 takes (RFC 8200 section 5).
    let mtu = bench.family == .ipv4 ? 600 : 1280
    try bench.enter(opener) { try Interface(named: "wire").setMTU(mtu) }
    log.record(.rung(index: 0))
    let (syn, answer) = try openPatiently()
    measureMaximum(.mssOfSyn, syn, of: mtu)
    measureMaximum(.mssOfAnswer, answer, of: 1500)
    // The one end's own device forbids more, to the other it was only told.
    try measureLargest(.largestToClient, from: opener.other, of: mtu)
    try measureLargest(.largestOfClient, from: opener, of: mtu)
  }

  private func useSmallPath() throws {
    let mtu = Int(ICMP.nextMTU(bench.family))
    log.record(.rung(index: 0))
    try sibling { connection in
      try connection.openPatiently()
      connection.path.loseEverything()
      try connection.call(.send(1400), by: opener)
      guard let data = try connection.expect(opener, SegmentPattern(isData: true)) else {
        throw NotMeasurable(reason: "no data left that could be too large")
      }
      try connection.path.forge(.fragmentationNeeded, about: data)
      try connection.settle()
    }
    try openPatiently()
    try measureLargest(.largestOnPath, from: opener, of: mtu)
  }

  @discardableResult
  private func openPatiently() throws -> (syn: Int?, answer: Int?) {
    try listen()
    let (syn, answer, _) = try shakeHands()
    try call(.accept, by: opener.other)
    try settle()
    return (syn, answer)
  }

  private func measureMaximum(_ figure: Figure, _ place: Int?, of mtu: Int) {
    let options = log.segment(at: place)?.options ?? []
    let size = options.lazy.compactMap { option -> Int? in
      if case .maximumSegmentSize(let size) = option { Int(size) } else { nil }
    }.first
    measure(
      figure, size.map { room(for: $0, in: mtu) } ?? "none",
      "the segment's options, beside the MTU that it must go by",
      proof: [place])
  }

  private func measureLargest(_ figure: Figure, from party: Party, of mtu: Int) throws {
    // More than any segment holds.
    try call(.send(3000), by: party)
    let place = try expect(party, SegmentPattern(isData: true))
    try settle()
    let length = log.segment(at: place)?.length
    measure(
      figure, length.map { room(for: $0, in: mtu) } ?? "none",
      "the bytes of data in the first segment of 3000 bytes", proof: [place])
  }

  /// The room for data in an MTU, as `600 - 40`.
  private func room(for size: Int, in mtu: Int) -> Value {
    size > mtu ? .list([.count(size), .words("more than \(mtu)")]) : .words("\(mtu) - \(mtu - size)")
  }
}

import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// The numbers of sockets that the kernel tells an operator: of those in use, in TIME_WAIT, and without a descriptor.
  package static let socketCounts = Scenario(
    "numbers of sockets",
    Declaration(
      [.open, .orphaned, .timeWait, .orphans], settings: ["tcp_rto_min_us"], isDrawn: false, needs: [.wire])
  ) { connection, _ in try connection.runSocketCounts() }
}

extension Figure {
  fileprivate static let open = Figure(
    "numbers in /proc/net/sockstat with a listener and a connection", .operators)
  fileprivate static let orphaned = Figure(
    "numbers in /proc/net/sockstat once the client has closed, and nothing arrives", .operators)
  fileprivate static let timeWait = Figure(
    "numbers in /proc/net/sockstat with a connection in TIME_WAIT as well", .operators,
    settings: ["tcp_max_tw_buckets"])
  fileprivate static let orphans = Figure(
    "orphans in /proc/net/sockstat before and after", .operators, settings: ["tcp_max_tw_buckets"])
}

extension Connection {
  fileprivate func runSocketCounts() throws {
    log.record(.rung(index: 0))
    // Nothing of an earlier connection is counted.
    try measureApart([.open, .orphaned, .timeWait, .orphans], heedsTimers: false, onNewHosts: true) {
      try $0.measureNumbers()
    }
  }

  private func measureNumbers() throws {
    try open()
    try settle()
    var orphans: [Int] = []
    var isAlone = true
    func measureNow(_ figure: Figure, orphans own: Int) throws {
      let descriptors = try OwnDescriptors.ofTCP()
      let numbers = try Both(left: Party.left, right: .right).map { party in
        try bench.enter(party) { try SocketStatistics.now() }
      }
      orphans.append(numbers[opener].orphans)
      // All sockets of the machine are this process's, and the orphan of this run.
      if try OwnDescriptors.ofTCP() != descriptors || numbers[opener].allocated != descriptors.count + own {
        isAlone = false
      }
      let values = [("client", opener), ("server", opener.other)].map { name, party in
        let inUse = bench.family == .ipv4 ? numbers[party].inUse : numbers[party].inUseV6
        return Value.words("\(name) \(inUse) in use and \(numbers[party].timeWait) in TIME_WAIT")
      }
      measure(figure, .list(values), "sockstat and sockstat6 of both hosts", proof: [log.lastCall()])
    }
    try measureNow(.open, orphans: 0)
    // The kernel keeps the orphan until its FIN has been sent again several times.
    path.loseEverything()
    try call(.close, by: opener)
    try carryDeparted()
    try measureNow(.orphaned, orphans: 1)
    let other = try sibling()
    try other.open()
    try other.settle()
    _ = try other.closeIntoTimeWait(opener)
    try measureNow(.timeWait, orphans: 1)
    // The other connection carries the FIN that a timer sends again, and the orphan would go on.
    if try record(of: opener.other)?.state != .established { try waiting.disturbed(because: .resent) }
    guard isAlone else {
      return cannotMeasure(.orphans, because: .needs("a machine without other TCP sockets"))
    }
    measure(
      .orphans, .words(orphans.map(String.init).joined(separator: " ")), "sockstat",
      proof: [log.lastCall()])
  }
}

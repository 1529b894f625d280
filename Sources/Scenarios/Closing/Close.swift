import Benches
import Documents
import TCP
import Traces

extension Scenario {
  /// A connection is opened and closed by both ends.
  package static let close = Scenario(
    "close",
    Declaration(
      [
        .segments,
        .startedByConnected,
        .startedByAccepted,
        .leftAtFirst,
        .leftAtLast,
      ], under: [[.passiveClose(.late)], [.passiveClose(.now)], [.firstToClose(.accepted)]])
  ) { try $0.runClose(under: $1) }
}

extension Figure {
  fileprivate static let segments = Figure("segments of a close", .packets)
  fileprivate static let startedByConnected = Figure(
    "close started by the end that connected", .programs, in: .underNone([.firstToClose(.accepted)]),
    settings: ["tcp_max_tw_buckets"])
  fileprivate static let startedByAccepted = Figure(
    "close started by the end that accepted", .programs, in: .underAny([.firstToClose(.accepted)]),
    settings: ["tcp_max_tw_buckets"])
  fileprivate static let leftAtFirst = Figure(
    "state remaining at the end that closed first",
    formerly: ["left of the connection at the end that closed first"], .operators,
    settings: ["tcp_max_tw_buckets"])
  fileprivate static let leftAtLast = Figure(
    "state remaining at the end that closed last",
    formerly: ["left of the connection at the end that closed last"], .operators)
}

extension Connection {
  /// A connection is opened, and both ends close it, one after the other.
  fileprivate func runClose(under conditions: [Condition]) throws {
    let first: Party = conditions.contains(.firstToClose(.accepted)) ? opener.other : opener
    let second = first.other
    let isHasty = conditions.contains(.passiveClose(.now))
    try open()
    try settle()
    // After data the ACK of the FIN is delayed by 40 ms: time enough to close before it leaves.
    if isHasty { try prime(first) }

    log.record(.rung(index: 0))
    try call(.close, by: first)
    let fin = try expect(first, SegmentPattern(flags: .fin))
    if !isHasty { try expect(second, SegmentPattern(flags: .ack)) }
    try call(.close, by: second)
    let answer = try expect(second, SegmentPattern(flags: .fin))
    let last = try expect(first, SegmentPattern(flags: .ack))
    try settle()
    try look()

    measureSegments(since: fin)
    try measureCompletion(
      first == opener ? .startedByConnected : .startedByAccepted, second, fin: fin, answer: answer, last: last
    )
    try measureRemains(.leftAtFirst, first)
    try measureRemains(.leftAtLast, second)
  }

  private func measureSegments(since fin: Int?) {
    let figure = Figure.segments
    guard let fin else {
      return cannotMeasure(
        figure, because: seesSegments ? "no FIN came" : Reason.needs("segments to be seen"))
    }
    let places = log.segments(since: fin)
    measure(figure, .count(places.count), "counted from the first FIN on", proof: places)
  }

  /// A close completes where both FINs are answered, nobody resets, and the end that closed last is gone.
  private func measureCompletion(_ figure: Figure, _ second: Party, fin: Int?, answer: Int?, last: Int?)
    throws
  {
    guard seesSegments else { return cannotMeasure(figure, because: .needs("segments to be seen")) }
    func segment(_ place: Int?) -> Segment? { log.segment(at: place) }
    let isAnswered = segment(answer).map { segment(last)?.acknowledged == $0.end } ?? false
    let isReset = log.firstReset() != nil
    let isOver = try record(of: second) == nil
    measure(
      figure,
      fin != nil && isAnswered && !isReset && isOver
        ? "completes" : isReset ? "is reset" : "does not complete",
      "both FINs, their ACKs, and that the end that closed last has no socket any more",
      proof: [fin, answer, last])
  }

  /// Measures what remains of the connection in the kernel's table when it is over. Both ends called close(): no descriptor
  /// is left.
  private func measureRemains(_ figure: Figure, _ party: Party) throws {
    let record = try record(of: party)
    let look = log.lastLook(at: party)
    measure(
      figure, record.map { .state($0.state) } ?? "nothing",
      record?.timer.map { "sock_diag; gone in \(($0.milliseconds + 500) / 1000) s" } ?? "sock_diag",
      proof: [look])
  }
}

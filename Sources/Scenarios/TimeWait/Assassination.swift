import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// An old duplicate, the ACK of it, and the RST that answers the ACK.
  package static let assassination = Scenario(
    "assassination of TIME_WAIT",
    Declaration(
      [
        .otherReset,
        .rightReset,
      ], under: [[], [.setting("tcp_rfc1337", "1")]], settings: ["tcp_max_tw_buckets"],
      given: [.init(.madeUpWithoutTimestamps)], needs: [.wire])
  ) { try $0.runAssassination(under: $1) }
}

extension Figure {
  fileprivate static let otherReset = Figure(
    "an RST with another sequence number in TIME_WAIT", formerly: ["an RST with another number in TIME_WAIT"],
    .operators, formerWords: Scenario.formerTimeWait)
  fileprivate static let rightReset = Figure(
    "an RST with the expected sequence number in TIME_WAIT",
    formerly: ["an RST with the right number in TIME_WAIT"], .operators, settings: ["tcp_rfc1337"],
    formerWords: Scenario.formerTimeWait)
}

extension Connection {
  /// TIME_WAIT's end by an RST: an old duplicate is answered, and who gets the answer has no such connection any more
  /// (RFC 1337).
  fileprivate func runAssassination(under conditions: [Condition]) throws {
    try withSettings(of: conditions, at: opener.other) {
      log.record(.rung(index: 0))
      // An RST may end or restart TIME_WAIT: each is sent to a TIME_WAIT of its own.
      try sibling { try $0.measureOtherReset() }
      try sibling { try $0.measureRightReset() }
    }
  }

  private func measureOtherReset() throws {
    let holder = opener.other
    let (_, next) = try closeAfterData(holder)
    try measureArrival(.otherReset, of: Segment(flags: .rst, sequence: next + 1), at: holder)
  }

  private func measureRightReset() throws {
    let holder = opener.other
    let (duplicate, next) = try closeAfterData(holder)
    let before = try agedTimer(of: holder)
    let place = log.nextPlace
    try path.forge(duplicate, payload: payload(duplicate.length), from: opener)
    try settle()
    try look()
    let reset = log.firstReset(of: opener, since: place)
    if let number = log.segment(at: reset)?.sequence, number != next {
      return cannotMeasure(
        .rightReset, because: .other("the number of the RST is \(number - next) above the expected one"))
    }
    measure(
      .rightReset, reset == nil ? "no RST came" : try fate(of: holder, since: before),
      "the other end's answer to the ACK of an old duplicate",
      proof: [place, reset, log.lastLook(at: holder)])
  }
}

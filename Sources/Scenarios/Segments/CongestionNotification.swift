import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// The agreement of a handshake on marks of congestion (ECN).
  package static let congestionNotification = Scenario(
    "ECN",
    Declaration(
      [.flagsOfSyn, .flagsOfSynAck, .flagsOfAck, .fieldOfData, .answerToMark],
      under: (0...5).map { [.setting("tcp_ecn", "\($0)")] }, given: [.init("TCP_CONGESTION", "cubic")],
      needs: [.wire])
  ) { try $0.runCongestionNotification(under: $1) }
}

extension Figure {
  fileprivate static let flagsOfSyn = ofECN("flags of a SYN by tcp_ecn")
  fileprivate static let flagsOfSynAck = ofECN("flags of a SYN+ACK by tcp_ecn")
  fileprivate static let flagsOfAck = ofECN("flags of the ACK of a SYN+ACK by tcp_ecn")
  fileprivate static let fieldOfData = ofECN("ECN field of data")
  fileprivate static let answerToMark = ofECN("answer to a mark of congestion")

  private static func ofECN(_ name: String) -> Figure {
    Figure(
      name, .packets, settings: ["tcp_ecn", "tcp_ecn_option"],
      known: Known(
        "Accurate ECN (tcp_ecn 3 to 5) came after Linux 6.12; a 6.18 may refuse these values.",
        .between("6.12", "6.18")))
  }
}

extension Connection {
  /// Both ends have the same tcp_ecn; what the handshake agrees on, and how a mark is told of that the path has left.
  fileprivate func runCongestionNotification(under conditions: [Condition]) throws {
    // Another control may want marks of its own accord.
    try choose(congestionControl: "cubic", atBothEnds: true)
    try withSettings(conditions.settings) {
      // The first of each kind is looked at, whatever is sent again.
      waiting.isPatient = true
      try listen()
      log.record(.rung(index: 0))
      let (syn, answer, third) = try shakeHands()
      for (figure, place) in [(Figure.flagsOfSyn, syn), (.flagsOfSynAck, answer), (.flagsOfAck, third)] {
        let header = place.flatMap { log.events[$0].header }
        measure(figure, header?.flags ?? "none", "the bytes of the segment", proof: [place])
      }
      try call(.send(100), by: opener)
      let data = try expect(opener, SegmentPattern(isData: true))
      try settle()
      let header = data.flatMap { log.events[$0].header }
      measure(.fieldOfData, header?.congestion ?? "none", "the IP header of the segment", proof: [data])
      try measureMark(.answerToMark, after: data)
    }
  }

  /// A segment with data arrives that says that it met congestion.
  private func measureMark(_ figure: Figure, after data: Int?) throws {
    guard let data, var next = log.events[data].segment else {
      return cannotMeasure(figure, because: "no data was sent")
    }
    // Nobody has sent it: what answers it must go no further.
    path.rules.append { _, _ in .drop }
    next.sequence = next.end
    next.length = 0
    next.flags = [.psh, .ack]
    let start = log.nextPlace
    try path.forge(next, payload: payload(100), isMarked: true, from: opener)
    let answer = try awaitSegment(of: opener.other, named: "an ACK") {
      $0.isPureAck && $0.acknowledgment == next.sequence + 100
    }
    let flags: Value = answer.flatMap { log.events[$0].header?.flags } ?? "nothing"
    measure(figure, flags, "the ACK of a segment that arrives with CE", proof: [start, answer])
  }
}

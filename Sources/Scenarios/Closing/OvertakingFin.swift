import Benches
import Documents
import TCP
import Traces

extension Scenario {
  /// A FIN overtakes the data before it.
  package static let overtakingFin = Scenario(
    "overtaking FIN",
    Declaration(
      [
        .state
      ], needs: [.wire], timed: .init("the loss probe and RACK, which send the data again"))
  ) { connection, _ in
    try connection.runOvertakingFin()
  }
}

extension Figure {
  fileprivate static let state = Figure("state of the end that closed first while data is missing", .programs)
}

extension Connection {
  /// The end that closed first still reads. The other sends data that is lost, and then its FIN.
  fileprivate func runOvertakingFin() throws {
    let figure = Figure.state
    // In real time the data is sent again within microseconds, as soon as the FIN behind it is acknowledged.
    let first = opener
    try open()
    log.record(.rung(index: 0))
    try call(.shutdown(.write), by: first)
    try expect(first, SegmentPattern(flags: .fin))
    try expect(first.other, SegmentPattern(flags: .ack))
    try path.lose(first.other, like: SegmentPattern(isData: true))
    try call(.send(100), by: first.other)
    let data = try expect(first.other, SegmentPattern(isData: true))
    try call(.close, by: first.other)
    let fin = try expect(first.other, SegmentPattern(flags: .fin))
    // It has the FIN, and not the data before it: this is the moment that the claim is about.
    let record = try record(of: first)
    try look()
    let seen = log.lastLook(at: first)
    measure(
      figure, .state(record?.state ?? .closed), "sock_diag, after the FIN arrived", proof: [data, fin, seen])
    try awaitResend(of: first.other)
    try settle()
    try look()
  }
}

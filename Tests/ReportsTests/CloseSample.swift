import Claims
import Documents
import TCP
import Traces

extension Samples {
  /// A close in four segments whose document gives the ACK a sequence number of its own.
  static let close: Assessment = {
    var writer = TraceWriter(ladderVariant("page.md", table: 3, [.passiveClose(.late)]))
    writer.trace.observers += [
      ObserverReport(kind: .stateTracepoint, reason: "/sys/kernel/tracing cannot be opened: EACCES"),
      ObserverReport(kind: .tcpInfo),
    ]
    writer.trace.disturbances = 1
    writer.trace.placed.left = SequenceNumber(5000)
    writer.look(.left, .established)
    writer.look(.right, .established)
    writer.rung(0)
    writer.look(.left, .established)
    writer.look(.right, .established)
    writer.call(.close, .left)
    let offset: UInt32 = 374_829_211
    let fin = writer.segment(
      [.fin, .ack], seq: 5000, ack: offset + 7500, from: .left, sender: .finWait1, receiver: .closeWait)
    writer.rung(1)
    let ack = writer.segment(
      .ack, seq: offset + 7500, ack: 5001, from: .right, sender: .closeWait, receiver: .finWait2)
    writer.rung(2)
    writer.call(.close, .right)
    let answer = writer.segment(
      [.fin, .ack], seq: offset + 7500, ack: 5001, from: .right, sender: .lastAck, receiver: .timeWait)
    writer.add(.info(info: Info(bytes: [7] + [UInt8](repeating: 0, count: 231))), .left, .tcpInfo)
    writer.rung(3)
    let last = writer.segment(
      .ack, seq: 5001, ack: offset + 7501, from: .left, sender: .timeWait, receiver: nil)
    writer.look(.right, nil)

    func part(_ rung: Int, _ party: Party, _ claim: String, _ verdict: Verdict) -> Part {
      let place = Place(
        page: "page.md", line: 43 + rung, table: 3, row: rung + 1, column: party == .left ? 2 : 3)
      return Part(
        subject: .segment(rung: rung, party: party), place: place, claims: [claim], verdict: verdict)
    }
    let parts = [
      part(
        0, .left, "A3.1",
        Verdict(
          .contradicted, isSimplified: true, expected: "FIN(SEQ:5000, ACK:-)",
          seen: "FIN+ACK(SEQ:5000, ACK:7500)",
          reason: "the document omits the ACK flag", evidence: [.init(trace: 0, events: [fin])])),
      part(
        1, .right, "A3.2",
        Verdict(
          .confirmed, expected: "ACK(SEQ:7500, ACK:5001)", seen: "ACK(SEQ:7500, ACK:5001)",
          evidence: [.init(trace: 0, events: [ack])])),
      part(
        2, .right, "A3.3",
        Verdict(
          .contradicted, expected: "FIN(SEQ:7501, ACK:5001)", seen: "FIN+ACK(SEQ:7500, ACK:5001)",
          evidence: [.init(trace: 0, events: [answer])])),
      part(
        3, .left, "A3.4",
        Verdict(
          .contradicted, expected: "ACK(SEQ:5001, ACK:7502)", seen: "ACK(SEQ:5001, ACK:7501)",
          evidence: [.init(trace: 0, events: [last])])),
    ]
    func number(_ value: UInt32) -> SegmentPattern.Number { .literal(value) }
    let rungs = [
      rung(
        SegmentPattern(flags: .fin, sequence: number(5000), acknowledgment: .absent), nil, claims: ["A3.1"]),
      rung(
        nil, SegmentPattern(flags: .ack, sequence: number(7500), acknowledgment: .number(number(5001))),
        claims: ["A3.2"]),
      rung(
        nil, SegmentPattern(flags: .fin, sequence: number(7501), acknowledgment: .number(number(5001))),
        claims: ["A3.3"]),
      rung(
        SegmentPattern(flags: .ack, sequence: number(5001), acknowledgment: .number(number(7502))), nil,
        claims: ["A3.4"]),
    ]
    let ladder = Ladder(
      table: 3, line: 41, heading: "Connection close", parties: Both(left: "client", right: "server"),
      rungs: rungs)
    let judgement = LadderJudgement(
      page: "page.md", ladder: ladder, trace: 0,
      pairs: [
        Both(left: fin, right: nil), Both(left: nil, right: ack), Both(left: nil, right: answer),
        Both(left: last, right: nil),
      ],
      parts: parts, offsets: Both(left: 0, right: Int(offset)))
    let restatements = [
      "the first FIN carries no ACK", nil, "the second FIN takes the number after the ACK's",
      "the last ACK acknowledges both",
    ]
    var claims = zip(parts, restatements).map { part, restatement in
      ClaimResult(
        id: part.claims[0], page: "page.md", line: part.place.line, restatement: restatement,
        verdict: part.verdict,
        parts: [part])
    }
    claims.append(
      ClaimResult(
        id: "A3.5", page: "page.md", line: 41, restatement: "the close takes four segments",
        verdict: Verdict(
          .conditional, expected: "4 segments",
          seen:
            "4 segments (second close(): after the ACK), 3 segments (second close(): before the ACK)"
        ), parts: []))
    claims.append(
      ClaimResult(
        id: "B3.4", page: "prose.md", line: 90, restatement: "all data travels over one fixed line",
        verdict: Verdict(
          .unobservable, expected: "one line", seen: "", reason: "a socket does not see the path"),
        parts: []))
    let page = Page(
      name: "page.md", title: "TCP", blocks: [.ladder(ladder)],
      unread: [
        .init(line: 12, text: "SYN:synchronization"), .init(line: 13, text: "receive ACK, ready to send"),
      ])
    return assessment([writer.trace], pages: [page], ladders: [judgement], claims: claims)
  }()
}

import Claims
import Documents
import Scenarios
import TCP
import Traces

extension Samples {
  /// A segment that is lost and comes again, told with a rung that the kernel does not know.
  static let loss: Assessment = {
    var writer = TraceWriter(
      ladderVariant("data.md", table: 1), names: Both(left: "sender", right: "receiver"))
    writer.segment(.syn, seq: 4_294_967_289, from: .left)
    writer.segment([.syn, .ack], seq: 4_294_967_288, ack: 4_294_967_290, from: .right)
    writer.rung(0)
    writer.look(.left, .established)
    writer.look(.right, .established)
    writer.call(.send(100), .left, .returned(value: 100))
    let first = writer.segment(
      [.psh, .ack], seq: 4_294_967_290, ack: 4_294_967_289, length: 100, from: .left)
    let ack = writer.segment(.ack, seq: 4_294_967_289, ack: 94, from: .right, after: 400)
    writer.rung(1)
    writer.call(.send(100), .left, .returned(value: 100))
    let lost = writer.segment(
      [.psh, .ack], seq: 94, ack: 4_294_967_289, length: 100, from: .left, lost: true)
    writer.rung(2)
    let again = writer.segment(
      [.psh, .ack], seq: 94, ack: 4_294_967_289, length: 100, from: .left, after: 213_400)
    writer.add(.stall(nanoseconds: 30_000_000))
    let second = writer.segment(.ack, seq: 4_294_967_289, ack: 194, from: .right)
    writer.rung(3)
    let extra = writer.segment([.rst, .ack], seq: 4_294_967_289, ack: 194, from: .right)
    writer.call(.send(1), .left, .failed(errno: "EPIPE"))
    writer.add(.silence(awaited: "FIN from receiver", nanoseconds: 1_200_000_000), after: 1_200_000)
    func part(_ subject: Part.Subject, _ verdict: Verdict) -> Part {
      Part(
        subject: subject, place: Place(page: "data.md", line: 9, table: 1, row: 1, column: 2),
        claims: ["1.1.2"],
        verdict: verdict)
    }
    let parts = [
      part(
        .segment(rung: 0, party: .left),
        Verdict(.confirmed, expected: "data(100bytes)", seen: "data(100bytes)")),
      part(
        .state(rung: 0, party: .left),
        Verdict(
          .undecided, expected: "[ESTABLISHED]", seen: "", reason: "no observer had a sample at this moment")),
      part(
        .extra(rung: 3, party: .right),
        Verdict(
          .contradicted, expected: "nothing", seen: "RST+ACK(SEQ:4294967289, ACK:194)",
          evidence: [.init(trace: 0, events: [extra])])),
      part(
        .segment(rung: 3, party: .right),
        Verdict(.contradicted, expected: "FIN(SEQ:1)", seen: "nothing within 1.2 s")),
    ]
    let judgement = LadderJudgement(
      page: "data.md",
      ladder: Ladder(table: 1, line: 7, parties: Both(left: "sender", right: "receiver"), rungs: []),
      trace: 0,
      pairs: [
        Both(left: first, right: nil), Both(left: lost, right: nil), Both(left: again, right: second),
        Both(nil),
      ],
      parts: parts, passedOver: [ack], offsets: Both(left: 0, right: 0))
    return assessment([writer.trace], ladders: [judgement])
  }()

  /// What a scenario leaves: no ladder, numbers that the kernel chose, figures.
  static let scenario: Assessment = {
    let variant = Variant(
      subject: .scenario(id: Scenario.opening.name), bench: .loopback, family: .ipv6,
      conditions: [.quickAck(false)])
    var writer = TraceWriter(variant)
    writer.look(.right, .listen)
    writer.call(.connect, .left, .pending)
    let syn = writer.segment(.syn, seq: 3_123_456_789, from: .left, sender: .synSent, receiver: .synReceived)
    writer.segment(
      [.syn, .ack], seq: 17, ack: 3_123_456_790, from: .right, sender: .synReceived, receiver: .established)
    writer.segment(
      .ack, seq: 3_123_456_790, ack: 18, from: .left, sender: .established, receiver: .established)
    writer.call(.shutdown(.write), .right)
    writer.segment(
      [.fin, .ack], seq: 18, ack: 3_123_456_790, from: .right, sender: .finWait1, receiver: .closeWait)
    writer.add(
      .measurement(
        figure:
          Measurement("segments of the handshake", .measured("3"), source: "packet capture", events: [syn]))
    )
    writer.add(.sighting(record: nil), .right, .sockDiag, after: 60_100_000)
    return assessment([writer.trace])
  }()

  /// A page in Korean, a run that could not be, and text that would steer a terminal.
  static let wide: Assessment = {
    var writer = TraceWriter(
      ladderVariant("페이지.md", table: 1), names: Both(left: "클라이언트", right: "서버 \u{1B}[31m(응답하는 쪽)"))
    writer.rung(0)
    writer.segment(.syn, seq: 1, from: .left, sender: .synSent)
    writer.trace.end = .cannotRun(reason: "이 커널은 연결을 주어진 번호에서 시작할 수 없습니다: CAP_NET_ADMIN 권한이 필요합니다")
    let claims = [
      ClaimResult(
        id: "1.1.2", page: "페이지.md", line: 3, restatement: "클라이언트가 서버에 접속을 요청하는 SYN 패킷을 보내고 응답을 기다리는 상태가 된다",
        verdict: Verdict(.undecided, expected: "SYN", seen: "", reason: "재생하지 못했습니다"), parts: [])
    ]
    return assessment([writer.trace], claims: claims)
  }()
}

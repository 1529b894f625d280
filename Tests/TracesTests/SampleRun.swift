import Documents
import TCP
import Traces

/// A run that holds every kind of event, as text that can be damaged.
enum SampleRun {
  static let run: Run = {
    let client = Endpoint(Address(192, 0, 2, 1), 40000)
    let server = Endpoint(Address(192, 0, 2, 2), 80)
    let segment = Segment(
      flags: [.syn], sequence: SequenceNumber(.max), window: 65_535,
      options: [.maximumSegmentSize(1460), .sackPermitted, .timestamps(value: .max, echo: 0)])
    let packet = Packet(source: client, destination: server, segment: segment)
    var info = [UInt8](repeating: 0, count: 280)
    info[0] = 1
    for index in 0..<8 { info[InfoField.maxPacingRate.offset + index] = 0xFF }
    let what: [(Event.What, Party?, ObserverKind?)] = [
      (.rung(index: 0), nil, nil),
      (.call(call: .connect, outcome: .pending, ended: 4_000), .left, nil),
      (.segment(segment: segment, bytes: Bytes(packet.bytes)), .left, .wire),
      (.delivered(segment: 2), .right, .wire),
      (.segment(segment: segment, bytes: Bytes(packet.bytes)), .left, .wire),
      (.dropped(segment: 4), .right, .wire),
      (.transition(from: .closed, to: .synSent), .left, .stateTracepoint),
      (
        .sighting(
          record: SocketRecord(
            tuple: FourTuple(local: client, remote: server), state: .synSent,
            timer: KernelTimer(kind: .retransmission, milliseconds: 1000, retries: 0), sendQueue: 1,
            inode: .max)),
        .left, .sockDiag
      ),
      (.sighting(record: nil), .right, .proc),
      (.info(info: Info(bytes: info)), .left, .tcpInfo),
      (.timer(name: "tcp_write_timer", nanoseconds: 1_000_000_000), .left, .timerTracepoint),
      (
        .measurement(figure: Measurement("SYNs", .measured("2"), source: "the wire", events: [2, 4])),
        nil, nil
      ),
      (.stall(nanoseconds: 1), nil, nil),
      (.disturbance(cause: .unmeantLoss), nil, nil),
      (.silence(awaited: "SYN+ACK", nanoseconds: 1_000_000), .right, nil),
      (.call(call: .send(100), outcome: .failed(errno: "EPIPE"), ended: 90_000), .left, nil),
      (.call(call: .receive(nil), outcome: .returned(value: 3), ended: 91_000), .right, nil),
    ]
    let trace = Trace(
      variant: Variant(
        subject: .ladder(page: "page.md", table: 1), bench: .wire, family: .ipv4,
        conditions: [.quickAck(true)]),
      names: Both(left: "client", right: "서버"), endpoints: Both(left: client, right: server),
      placed: Both(left: SequenceNumber(.max), right: nil),
      observers: [ObserverReport(kind: .wire), ObserverReport(kind: .capture, reason: "EPERM", lost: 2)],
      disturbances: 1,
      end: .cannotRun(reason: "no answer"),
      events: what.enumerated().map { index, event in
        Event(time: Int64(index) * 3_000, party: event.1, observer: event.2, what: event.0)
      })
    return Run(
      version: "0.1.0", command: "tcpprobe ladder page.md",
      machine: Machine(release: "6.18.0", architecture: "x86_64", hertz: 250, time: 1_760_000_000),
      documents: [.init(name: "page.md", text: "# A \"page\"\n")], traces: [trace])
  }()
}

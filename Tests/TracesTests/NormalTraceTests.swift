import Documents
import Kinds
import TCP
import Testing
import Traces

/// The lines of a run that are the same in each run of it.
@Suite(.tags(.pure)) struct NormalTraceTests {
  /// A SYN, its answer and a segment with data that is lost once, at these first numbers and ports.
  private static func trace(
    client: UInt32, server: UInt32, port: UInt16 = 40_000, clock: UInt32 = 7, wait: Int64 = 1_000,
    counters: Both<[String: Int]>? = nil
  ) -> Trace {
    let ends = Both(left: Endpoint(Address(192, 0, 2, 1), port), right: Endpoint(Address(192, 0, 2, 2), 80))
    func event(_ what: Event.What, _ party: Party, _ observer: ObserverKind? = nil) -> Event {
      Event(time: 0, party: party, observer: observer, what: what)
    }
    func segment(_ party: Party, _ flags: Flags, _ sequence: UInt32, _ ack: UInt32 = 0, length: Int = 0)
      -> Event
    {
      let segment = Segment(
        flags: flags, sequence: SequenceNumber(sequence), acknowledgment: SequenceNumber(ack), window: 100,
        options: [.timestamps(value: clock, echo: flags == .syn ? 0 : clock)], length: length)
      let packet = Packet(
        source: ends[party], destination: ends[party.other], segment: segment,
        payload: [UInt8](repeating: 1, count: length))
      return event(.segment(segment: segment, bytes: Bytes(packet.bytes)), party, .wire)
    }
    let record = SocketRecord(
      tuple: FourTuple(local: ends.left, remote: ends.right), state: .established,
      timer: KernelTimer(kind: .retransmission, milliseconds: Int(wait), retries: 0), sendQueue: 100)
    var events: [Event] = [
      event(.call(call: .connect, outcome: .pending, ended: wait), .left),
      segment(.left, .syn, client), event(.delivered(segment: 1), .right),
      segment(.right, [.syn, .ack], server, client &+ 1), event(.delivered(segment: 3), .left),
      segment(.left, [.psh, .ack], client &+ 1, server &+ 1, length: 100),
      event(.dropped(segment: 5), .right),
      event(.sighting(record: record), .left, .sockDiag),
      segment(.left, [.psh, .ack], client &+ 1, server &+ 1, length: 100),
      segment(.right, .ack, server &+ 1, client &+ 1), event(.delivered(segment: 9), .left),
      event(.delivered(segment: 8), .right),
    ]
    for place in events.indices { events[place].time = Int64(place) * wait }
    var trace = Trace(
      variant: Variant(subject: .scenario(id: "close"), bench: .wire, family: .ipv4),
      names: Both(left: "client", right: "server"), endpoints: ends, events: events)
    trace.counters = counters
    return trace
  }

  @Test func whatAKernelChoosesAndWhatTakesTimeIsNotInIt() {
    let one = NormalTrace(Self.trace(client: 5, server: 9))
    let other = NormalTrace(
      Self.trace(client: .max, server: 4_000_000_000, port: 50_123, clock: 99_999, wait: 77_000))
    #expect(one == other)
  }

  @Test func itSaysWhatLeftAndWhatBecameOfIt() {
    #expect(
      NormalTrace(Self.trace(client: 5, server: 9)).lines == [
        "client connect(): pending",
        "client > SYN 0 win 100 TS ecr 0",
        "server > SYN+ACK 0 ack 1 win 100 TS",
        "client > PSH+ACK 1(100) ack 1 win 100 TS lost",
        "  client: state ESTABLISHED, timer retransmission, unsent 100",
        "client > PSH+ACK 1(100) ack 1 win 100 TS held 1",
        "server > ACK 1 ack 1 win 100 TS",
        "client > held 1 arrives",
      ])
  }

  /// The number of another connection's SYN lies anywhere, and by chance near the first one's.
  @Test(arguments: [(1_000, "1000"), (9_658_212, "far"), (3_000_000_000, "far")] as [(UInt32, String)])
  func theNumberOfASYNIsToldOnlyWhereItIsNear(distance: UInt32, told: String) {
    var trace = Self.trace(client: 5, server: 9)
    let syn = Segment(flags: .syn, sequence: SequenceNumber(5 + distance), window: 100)
    trace.events.append(Event(time: .max, party: .left, what: .forged(segment: syn)))
    #expect(NormalTrace(trace).lines.last == "client > made up SYN \(told) win 100")
  }

  @Test func countersAreKeptInVirtualTimeOnly() {
    let moved = Both(left: ["Tcp.ActiveOpens": 1, "TcpExt.TW": 3], right: [:])
    let trace = Self.trace(client: 5, server: 9, counters: moved)
    #expect(NormalTrace(trace).counters.isEmpty)
    #expect(NormalTrace(trace, isInVirtualTime: true).counters == ["counters of client: Tcp.ActiveOpens 1"])
  }

  @Test func theFirstLinesThatDifferAreTold() throws {
    let before = NormalTrace(lines: ["a", "  b", "c"], counters: ["counters of client: x 1"])
    #expect(before.difference(from: before) == nil)
    let told = try #require(before.difference(from: NormalTrace(lines: ["a", "  d", "c"])))
    #expect(told == ("b", "d"))
    #expect(try #require(before.difference(from: NormalTrace(lines: ["a", "  b"]))) == ("c", "nothing more"))
    // Where one of them has no counters, they say nothing.
    #expect(before.difference(from: NormalTrace(lines: before.lines)) == nil)
    let counted = NormalTrace(lines: before.lines, counters: ["counters of client: x 2"])
    #expect(before.difference(from: counted)?.after == "counters of client: x 2")
  }

  @Test func timesAreToldInVirtualTimeOnly() {
    // Each event comes 300 ms after the one before.
    let lines = NormalTrace(Self.trace(client: 5, server: 9, wait: 300_000_000), isInVirtualTime: true).lines
    #expect(
      lines == [
        "client connect(): pending [took 300 ms]",
        "client > SYN 0 win 100 TS ecr 0 [after 300 ms]",
        "server > SYN+ACK 0 ack 1 win 100 TS [after 600 ms]",
        "client > PSH+ACK 1(100) ack 1 win 100 TS lost [after 600 ms]",
        "  client: state ESTABLISHED, timer retransmission, unsent 100 [due in 300000000 ms]",
        "client > PSH+ACK 1(100) ack 1 win 100 TS held 1 [after 900 ms]",
        "server > ACK 1 ack 1 win 100 TS [after 300 ms]",
        "client > held 1 arrives",
      ])
    #expect(
      NormalTrace(Self.trace(client: 5, server: 9, wait: 1_000), isInVirtualTime: true).lines.allSatisfy {
        !$0.contains("after") && !$0.contains("took")
      })
  }

  @Test(arguments: [
    ("[due in 996 ms]", "[due in 1000 ms]", true), ("[due in 200 ms]", "[due in 217 ms]", true),
    ("[due in 200 ms]", "[due in 220 ms]", false), ("[after 403 ms]", "[after 431 ms]", true),
    ("[after 120832 ms]", "[after 135000 ms]", true),
    ("[after 120832 ms]", "[after 140000 ms]", false), ("[due in 400 ms]", "[due in 431 ms]", false),
    ("[after 200 ms]", "[after 230 ms]", false),
    ("", "[after 30 ms]", true),
    ("", "[after 40 ms]", false), ("[took 40 ms]", "", false), ("[after 40 ms]", "[due in 40 ms]", false),
    ("[took 40 ms] [after 300 ms]", "[took 42 ms] [after 301 ms]", true),
    ("[took 40 ms] [after 300 ms]", "[took 40 ms] [after 400 ms]", false),
    ("[after x ms]", "[after 1 ms]", false),
  ])
  func lengthsOfTimeMayDifferALittle(one: String, other: String, areSame: Bool) {
    func trace(_ time: String) -> NormalTrace {
      NormalTrace(lines: ["client close(): 0", "client > FIN+ACK 1" + (time.isEmpty ? "" : " " + time)])
    }
    #expect((trace(one).difference(from: trace(other)) == nil) == areSame)
    #expect((trace(other).difference(from: trace(one)) == nil) == areSame)
    #expect(trace(one).difference(from: NormalTrace(lines: ["client close(): 0", "client > RST 1"])) != nil)
  }
}

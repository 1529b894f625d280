import Claims
import Documents
import Reports
import Scenarios
import TCP
import Testing
import Traces

/// Runs as a bench would leave them, small enough to be read.
enum Samples {
  static let client = Endpoint(Address(192, 0, 2, 1), 40000)
  static let server = Endpoint(Address(192, 0, 2, 2), 80)
  static let machine = Machine(release: "6.18.0", architecture: "x86_64", hertz: 250, time: 1_760_000_000)

  static let all: [(name: String, assessment: Assessment)] = [
    ("close", close), ("loss", loss), ("scenario", scenario), ("wide", wide), ("empty", empty),
  ]

  /// An assessment of these traces.
  static func assessment(
    _ traces: [Trace], pages: [Page] = [], ladders: [LadderJudgement] = [], claims: [ClaimResult] = []
  ) -> Assessment {
    let run = Run(
      version: "0.1.0", command: "tcpprobe ladder page.md", machine: machine,
      documents: pages.map { Run.Source(name: $0.name, text: "# \($0.title ?? "")\n") }, traces: traces)
    return Assessment(
      run: run, catalogue: Scenarios.catalogue, pages: pages, ladders: ladders, facts: [], claims: claims)
  }

  /// The HTML or slides of a page of this text as a lesson, of a run that left this trace.
  static func lesson(_ text: String, _ trace: Trace, as format: Format) throws -> WellFormed {
    let run = Run(
      version: "0.1.0", command: "tcpprobe page", machine: machine,
      documents: [Run.Source(name: "page", text: text)], traces: [trace])
    let html = try Assessment(of: run, by: Scenarios.catalogue).rendered(
      as: format, style: Style(tellsPages: true))
    return try #require(WellFormed(html))
  }

  static let empty = assessment([])

  static func ladderVariant(_ page: String, table: Int, _ conditions: [Condition] = []) -> Variant {
    Variant(subject: .ladder(page: page, table: table), bench: .wire, family: .ipv4, conditions: conditions)
  }

  static func cell(_ pattern: SegmentPattern?) -> Cell {
    Cell(elements: pattern.map { [.segment($0)] } ?? [])
  }

  static func rung(_ left: SegmentPattern?, _ right: SegmentPattern?, claims: [String] = []) -> Rung {
    Rung(cells: Both(left: cell(left), right: cell(right)), claims: claims)
  }
}

/// Writes a trace event by event.
struct TraceWriter {
  var trace: Trace
  var time: Int64 = 0

  init(_ variant: Variant, names: Both<String> = Both(left: "client", right: "server")) {
    trace = Trace(
      variant: variant, names: names, endpoints: Both(left: Samples.client, right: Samples.server),
      observers: [ObserverReport(kind: .wire), ObserverReport(kind: .sockDiag)])
  }

  mutating func add(
    _ what: Event.What, _ party: Party? = nil, _ observer: ObserverKind? = nil, after: Int64 = 2
  ) {
    time += after * 1000
    trace.events.append(Event(time: time, party: party, observer: observer, what: what))
  }

  mutating func rung(_ index: Int) { add(.rung(index: index)) }

  mutating func call(_ call: Call, _ party: Party, _ outcome: Outcome = .returned(value: 0)) {
    add(.call(call: call, outcome: outcome, ended: time + 5_000), party)
  }

  mutating func look(_ party: Party, _ state: State?, timer: KernelTimer? = nil) {
    let ends =
      party == .left ? trace.endpoints : Both(left: trace.endpoints.right, right: trace.endpoints.left)
    let tuple = FourTuple(local: ends.left, remote: ends.right)
    add(
      .sighting(record: state.map { SocketRecord(tuple: tuple, state: $0, timer: timer) }), party, .sockDiag)
  }

  /// A segment that leaves; returns the place at which it left.
  mutating func departure(
    _ flags: Flags, seq: UInt32, ack: UInt32? = nil, length: Int = 0, from party: Party, after: Int64 = 9
  ) -> Int {
    let segment = Segment(
      flags: flags, sequence: SequenceNumber(seq), acknowledgment: SequenceNumber(ack ?? 0), window: 502,
      length: length)
    let packet = Packet(
      source: trace.endpoints[party], destination: trace.endpoints[party.other], segment: segment,
      payload: Array(repeating: 0x61, count: length))
    add(.segment(segment: segment, bytes: Bytes(packet.bytes)), party, .wire, after: after)
    return trace.events.count - 1
  }

  /// A segment that leaves and arrives, with looks at both ends; returns the place at which it left.
  @discardableResult
  mutating func segment(
    _ flags: Flags, seq: UInt32, ack: UInt32? = nil, length: Int = 0, from party: Party, lost: Bool = false,
    after: Int64 = 9, sender: State? = nil, receiver: State? = nil
  ) -> Int {
    let place = departure(flags, seq: seq, ack: ack, length: length, from: party, after: after)
    if let sender { look(party, sender) }
    add(lost ? .dropped(segment: place) : .delivered(segment: place), party.other, .wire)
    if let receiver { look(party.other, receiver) }
    return place
  }
}

import Documents
import TCP
import Traces

/// What a test's trace is made of, event by event.
enum Step {
  static func rung(_ index: Int) -> Event { event(.rung(index: index)) }

  static func call(_ party: Party, _ call: Call) -> Event {
    event(.call(call: call, outcome: .returned(value: 0), ended: 0), party)
  }

  static func sent(_ party: Party, _ flags: Flags, seq: UInt32, ack: UInt32? = nil, length: Int = 0) -> Event
  {
    let segment = Segment(
      flags: flags, sequence: SequenceNumber(seq), acknowledgment: SequenceNumber(ack ?? 0), length: length)
    return event(.segment(segment: segment, bytes: Bytes([])), party, .wire)
  }

  /// A segment from outside that looks like one of the party's.
  static func forged(_ party: Party, _ flags: Flags, seq: UInt32) -> Event {
    event(.forged(segment: Segment(flags: flags, sequence: SequenceNumber(seq))), party, .wire)
  }

  static func delivered(_ place: Int, to party: Party) -> Event {
    event(.delivered(segment: place), party, .wire)
  }

  static func dropped(_ place: Int, before party: Party) -> Event {
    event(.dropped(segment: place), party, .wire)
  }

  /// A look at the tables; nil is that they have nothing.
  static func look(_ party: Party, _ state: State?, by observer: ObserverKind = .sockDiag) -> Event {
    let tuple = FourTuple(local: client, remote: server)
    return event(.sighting(record: state.map { SocketRecord(tuple: tuple, state: $0) }), party, observer)
  }

  /// TCP_INFO with the kernel's number of a state.
  static func info(_ party: Party, _ number: UInt8) -> Event {
    event(.info(info: Info(bytes: [number])), party, .tcpInfo)
  }

  static func transition(_ party: Party, _ from: State, _ to: State) -> Event {
    event(.transition(from: from, to: to), party, .stateTracepoint)
  }

  static func trace(
    _ events: [Event], bench: BenchKind = .wire, placed: Both<UInt32?> = Both(nil)
  ) -> Trace {
    var timed = events
    for place in timed.indices { timed[place].time = Int64(place) * 1000 }
    return Trace(
      variant: Variant(subject: .ladder(page: "p.md", table: 1), bench: bench, family: .ipv4),
      names: Both(left: "client", right: "server"), endpoints: Both(left: client, right: server),
      placed: placed.map { $0.map { SequenceNumber($0) } }, observers: [ObserverReport(kind: .wire)],
      events: timed)
  }

  private static let client = Endpoint(Address(192, 0, 2, 1), 40000)
  private static let server = Endpoint(Address(192, 0, 2, 2), 80)

  private static func event(
    _ what: Event.What, _ party: Party? = nil, _ observer: ObserverKind? = nil
  ) -> Event {
    Event(time: 0, party: party, observer: observer, what: what)
  }
}

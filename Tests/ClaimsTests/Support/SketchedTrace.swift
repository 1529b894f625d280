import Documents
import TCP
import Traces

extension Sketch {
  /// The trace of this run, as that of a table of `page.md`.
  func trace(table: Int = 1) -> Trace {
    var trace = Trace(
      variant: Variant(
        subject: .ladder(page: "page.md", table: table), bench: bench, family: .ipv4, conditions: conditions),
      names: Both(left: "client", right: "server"),
      endpoints: Both(
        left: Endpoint(Address(192, 0, 2, 1), 40000), right: Endpoint(Address(192, 0, 2, 2), 80)),
      placed: placed.map { $0.map { SequenceNumber($0) } }, observers: observers, disturbances: disturbances,
      end: end)
    var rungs = 0
    for step in steps {
      switch step {
      case .rung:
        trace.add(.rung(index: rungs))
        rungs += 1
      case .call(let party, let call):
        trace.add(.call(call: call, outcome: .returned(value: 0), ended: trace.now + 1), party)
      case .segment(let sent): trace.add(sent)
      case .arrival(let number):
        let places = trace.events.indices.filter { trace.events[$0].segment != nil }
        trace.add(.delivered(segment: places[number]), trace.events[places[number]].party?.other, .wire)
      case .look(let party, let state): trace.look(party, state)
      case .other(let what, let party, let observer): trace.add(what, party, observer)
      }
    }
    for place in trace.events.indices { trace.events[place].time = Int64(place + 1) * pace }
    return trace
  }
}

extension Trace {
  fileprivate var now: Int64 { (events.last?.time ?? 0) + 1_000_000 }

  fileprivate mutating func add(_ what: Event.What, _ party: Party? = nil, _ observer: ObserverKind? = nil) {
    events.append(Event(time: now, party: party, observer: observer, what: what))
  }

  fileprivate mutating func add(_ sent: Sketch.Sent) {
    add(.segment(segment: sent.segment, bytes: Bytes([])), sent.party, .wire)
    let place = events.count - 1
    if let state = sent.sender { look(sent.party, state) }
    if let state = sent.waiting { look(sent.party.other, state) }
    if sent.isHeld { return }
    add(sent.isLost ? .dropped(segment: place) : .delivered(segment: place), sent.party.other, .wire)
    if let state = sent.receiver { look(sent.party.other, state) }
  }

  fileprivate mutating func look(_ party: Party, _ state: State) {
    let tuple = FourTuple(local: endpoints[party], remote: endpoints[party.other])
    add(
      .sighting(record: state == .closed ? nil : SocketRecord(tuple: tuple, state: state)), party, .sockDiag)
  }
}

import Documents
import TCP
import Traces

/// Rows of segments, and the states that they lead to.
extension Painter {
  mutating func drawSegment(_ segment: Segment, at place: Int) {
    guard let party = trace.events[place].party else { return }
    let part: Picture.Passage =
      trace.isLost(segmentAt: place) ? .lost : late.contains(place) ? .leaves : .whole
    var label = numbering.label(segment, from: party)
    // A window of 0 stops the other end.
    if segment.window == 0, segment.flags.contains(.ack), !segment.flags.contains(.rst) { label += " win=0" }
    var row = row(.segment(label: label, from: party, part: part), at: place)
    let stretches = trace.quietStretches(around: place)
    let isCrossing = crossing.contains(place)
    row.states[party] =
      isCrossing
      ? change(of: party, to: trace.lastLook(of: party, before: stretches[0].upperBound)?.state)
      : change(of: party, in: stretches[0])
    if row.states[party] == nil, let proven = trace.provenState(ofSenderAt: place),
      trace.blindness(to: proven) != nil, let state = change(of: party, to: proven)
    {
      row.states[party] = state
      row.inferred.insert(party)
    }
    if !late.contains(place) { row.arrival = trace.arrival(ofSegmentAt: place) }
    if segment.flags.contains(.rst) { row.resetter = party }
    // A lost segment changes nothing at the other end: the one that arrives in its place has a row of its own.
    if !isCrossing, !late.contains(place), part != .lost {
      row.states[party.other] = change(of: party.other, in: stretches[stretches.count - 1])
    }
    row.isFaint = judgement != nil && !remarks.isPaired(place)
    add(row)
  }

  /// A segment that arrives in a later step than it left, or once more.
  mutating func drawLateArrival(of segment: Int, at place: Int) {
    guard let sent = trace.events[segment].segment, let sender = trace.events[segment].party else { return }
    let label = numbering.label(sent, from: sender) + (repeats.contains(place) ? " (again)" : "")
    var row = row(.segment(label: label, from: sender, part: .arrives), at: place)
    row.states = changes(from: place)
    add(row)
  }

  /// The state that a segment leads to which another crossed. Two that crossed each other arrive one right after the
  /// other, and share the row.
  mutating func drawArrival(at place: Int) {
    guard let receiver = trace.events[place].party,
      let state = change(of: receiver, in: place..<trace.endOfStretch(from: place))
    else { return }
    if let last = rows.last, case .states = last.what, last.states[receiver] == nil {
      rows[rows.count - 1].states[receiver] = state
      rows[rows.count - 1].arrivals.insert(receiver)
    } else {
      var row = row(.states, at: place)
      row.states[receiver] = state
      row.arrivals = [receiver]
      add(row)
    }
  }

  /// Draws the states that the parties came to after the last row, where no row stands for them.
  ///
  /// - Parameter pause: the nanoseconds without a move from which on a state has a row of its own.
  mutating func drawStates(before end: Int, after pause: Int64) {
    // A segment that is still on its way may change them.
    let start = rows.map { max($0.place, $0.arrival ?? $0.place) }.max() ?? start
    guard start < end else { return }
    var row: Picture.Row?
    for party in Party.allCases {
      let seen = trace.states(of: party, in: start..<end).filter { $0.place >= start }
      guard let last = seen.last, last.state != shown[party] else { continue }
      // A listener that was not looked at before has listened all the time.
      if last.state == .listen, shown[party] == nil {
        (initial[party], shown[party]) = (.listen, .listen)
        continue
      }
      guard
        let first = seen.first(where: { $0.state == last.state }),
        time(of: first.place) - time(of: start) >= pause
      else { continue }
      let place = min(first.place, row?.place ?? first.place)
      row = row ?? self.row(.states, at: place)
      row?.place = place
      row?.time = time(of: place)
      row?.states[party] = last.state
      shown[party] = last.state
    }
    if let row { add(row) }
  }

  func row(_ what: Picture.What, at place: Int) -> Picture.Row {
    Picture.Row(what, at: place, time: time(of: place))
  }
  func time(of place: Int) -> Int64 { trace.events[place].time }

  mutating func add(_ row: Picture.Row) {
    if let steps {
      if let expired = expiry(before: row, in: steps) { rows.append(expired) }
      return rows.append(row)
    }
    if let last = rows.last, let now = row.time, let before = last.time, !row.isNote,
      now - before >= Painter.shortestWait
    {
      let timer = timer(before: row, after: last.place)
      if timer != nil || now - before >= Trace.pause {
        rows.append(Picture.Row(.pause(nanoseconds: now - before, timer: timer), at: last.place, time: nil))
      }
    }
    rows.append(row)
  }

  /// No timer of the kernel is shorter than this, in nanoseconds, where it makes somebody wait: a delayed ACK's is 40 ms.
  private static let shortestWait: Int64 = 20_000_000

  /// The timer that led to this row: to the segment that left, or to the state that a party came to.
  func timer(before row: Picture.Row, after place: Int) -> ExpiredTimer? {
    movers(of: row).lazy.compactMap { trace.expiredTimer(of: $0, between: place, and: row.place) }.first
  }

  /// The parties whose kernel made this row by itself, if a timer did.
  private func movers(of row: Picture.Row) -> [Party] {
    switch row.what {
    case .segment(_, let sender, let part): part == .arrives ? [] : [sender]
    case .states: Party.allCases.filter { row.states[$0] != nil }
    case .call, .note, .pause: []
    }
  }

  /// In a run by hand, the row of the timer whose expiry made this row; nil where none did.
  private func expiry(before row: Picture.Row, in steps: StepTrace) -> Picture.Row? {
    guard steps.byTimer.contains(row.place), let party = movers(of: row).first else { return nil }
    let expiry = steps.original.expiry(of: party, at: row.place)
    let name = "\(expiry?.timer.rawValue ?? "timer") of \(trace.names[party])"
    let time = expiry.map { ": \(readable(nanoseconds: $0.nanoseconds))" } ?? ""
    var note = Picture.Row(.note(name + time), at: row.place, time: nil)
    note.isFaint = true
    return note
  }

  /// The states that both parties are in once what arrives at this place is taken.
  mutating func changes(from place: Int) -> Both<State?> {
    let stretch = place..<trace.endOfStretch(from: place)
    return Both(left: change(of: .left, in: stretch), right: change(of: .right, in: stretch))
  }

  mutating func change(of party: Party, in stretch: Range<Int>) -> State? {
    change(of: party, to: trace.settledState(of: party, in: stretch))
  }

  mutating func change(of party: Party, to state: State?) -> State? {
    guard let state, state != shown[party] else { return nil }
    shown[party] = state
    return state
  }
}

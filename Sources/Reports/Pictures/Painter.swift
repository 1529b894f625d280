package import Claims
import Documents
import TCP
package import Traces

extension Picture {
  /// The trace as a drawing, with the judge's marks where it was run from a ladder; at most so many rows of it.
  ///
  /// - Parameter times: whether rows have their times. Between two steps that no timer separates, time is that of the
  ///   probe or of the program, not of TCP.
  package init(
    of trace: Trace, judged judgement: LadderJudgement? = nil, most: Int = .max, times: Bool = false
  ) {
    let start = trace.beginning
    var painter = Painter(trace: trace, judgement: judgement, start: start)
    for place in trace.events.indices[start...] {
      if painter.rows.count >= most, trace.isMove(place) {
        painter.leaveOut(from: place)
        break
      }
      painter.draw(place)
    }
    painter.drawEnd()
    if !times { for index in painter.rows.indices { painter.rows[index].time = nil } }
    self.init(
      names: trace.names, initial: painter.initial, rows: painter.rows, clock: painter.clock,
      footnotes: painter.footnotes)
  }

  /// A run by hand as a drawing.
  package init(of order: ArrivalOrder) {
    let trace = order.trace
    var painter = Painter(trace: trace, judgement: nil, start: trace.beginning, order: order)
    for place in trace.events.indices[trace.beginning...] { painter.draw(place) }
    painter.drawEnd()
    for index in painter.rows.indices { painter.rows[index].time = nil }
    self.init(names: trace.names, initial: painter.initial, rows: painter.rows, footnotes: painter.footnotes)
  }
}

/// Goes through a trace once and leaves rows.
private struct Painter {
  let trace: Trace
  let judgement: LadderJudgement?
  let start: Int
  var rows: [Picture.Row] = []
  private(set) var clock: Int64 = 0
  var initial: Both<State?> = Both(nil)
  /// The place from which on nothing is drawn.
  private var end: Int
  private var numbering: Numbering
  private var shown: Both<State?> = Both(nil)
  private var remarks: Remarks
  /// The places of segments that are on their way while something else moves.
  private let crossing: Set<Int>
  /// The places of segments that arrive in a later step of the document.
  private let late: Set<Int>
  /// The places where a segment arrives once more, in a run by hand.
  private let repeats: Set<Int>

  init(trace: Trace, judgement: LadderJudgement?, start: Int, order: ArrivalOrder? = nil) {
    self.trace = trace
    self.judgement = judgement
    self.start = start
    end = trace.events.endIndex
    numbering = Numbering(trace: trace, offsets: judgement?.offsets ?? Both(nil))
    remarks = Remarks(judgement: judgement, trace: trace)
    late = judgement?.lateSegments ?? order?.late ?? []
    crossing = trace.crossingSegments(except: late)
    repeats = order?.repeats ?? []
    for party in Party.allCases {
      initial[party] = trace.lastState(of: party, in: start..<trace.firstMove(from: start))
    }
    shown = initial
  }

  mutating func draw(_ place: Int) {
    let event = trace.events[place]
    if !rows.isEmpty, hasRow(event) { drawStates(before: place, after: Trace.pause) }
    switch event.what {
    case .segment(let segment, _):
      guard let party = event.party else { return }
      let label = numbering.label(segment, from: party) + (late.contains(place) ? " (arrives later)" : "")
      var row = row(.segment(label: label, from: party, isLost: trace.isLost(segmentAt: place)), at: place)
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
      if !isCrossing, !late.contains(place) {
        row.states[party.other] = change(of: party.other, in: stretches[stretches.count - 1])
      }
      row.isFaint = judgement != nil && !remarks.isPaired(place)
      add(row)
    case .call(let call, let outcome, _):
      guard let party = event.party else { return }
      let told = outcome.told(of: call)
      add(row(.call(label: "\(call)", by: party, outcome: told.text, failed: told.failed), at: place))
    case .silence(let awaited, let nanoseconds):
      add(row(.note("no \(awaited) within \(readable(nanoseconds: nanoseconds))"), at: place))
    case .stall(let nanoseconds):
      var row = row(.note("the machine stalled for \(readable(nanoseconds: nanoseconds))"), at: place)
      row.isFaint = true
      add(row)
    case .disturbance(let cause):
      var row = row(.note(cause.description), at: place)
      row.isFaint = true
      add(row)
    case .altered(_, let segment):
      add(row(.note("altered on the way: \(segment)"), at: place))
    case .forged(let segment):
      guard let sender = event.party else { return }
      let label = numbering.label(segment, from: sender)
      var row = row(.note("\(label) injected, as if from \(trace.names[sender])"), at: place)
      row.states = changes(from: place)
      add(row)
    case .delivered(let segment) where late.contains(segment) || repeats.contains(place):
      guard let sent = trace.events[segment].segment, let sender = trace.events[segment].party else { return }
      var row = row(
        .note(
          "\(numbering.label(sent, from: sender)) from \(trace.names[sender]) arrives"
            + (repeats.contains(place) ? " again" : "")), at: place)
      row.states = changes(from: place)
      add(row)
    case .delivered(let segment) where crossing.contains(segment):
      guard let receiver = event.party,
        let state = change(of: receiver, in: place..<trace.endOfStretch(from: place))
      else { return }
      // Two that crossed each other arrive one right after the other.
      if let last = rows.last, case .states = last.what, last.states[receiver] == nil {
        rows[rows.count - 1].states[receiver] = state
      } else {
        var row = row(.states, at: place)
        row.states[receiver] = state
        add(row)
      }
    case .rung(let index):
      guard let party = judgement?.reboots(inRung: index) else { return }
      var row = row(.note("\(trace.names[party]) reboots: its socket is gone"), at: place)
      row.states[party] = change(of: party, in: place..<trace.firstMove(from: place))
      add(row)
    case .delivered, .dropped, .transition, .sighting, .info, .timer, .measurement: break
    }
  }

  private func hasRow(_ event: Event) -> Bool {
    switch event.what {
    case .segment, .call, .silence, .stall, .disturbance, .altered, .forged: true
    case .rung, .delivered, .dropped, .transition, .sighting, .info, .timer, .measurement: false
    }
  }

  /// Replaces the rest with one line.
  mutating func leaveOut(from place: Int) {
    end = place
    let rest = trace.events[place...].indices.count { trace.isMove($0) }
    rows.append(Picture.Row(.note("\(counted(rest, "more step")) not shown"), at: place, time: nil))
  }

  /// Draws the states after the last row, as when TIME_WAIT runs out; and marks that have no row.
  mutating func drawEnd() {
    if end == trace.events.endIndex { drawStates(before: end, after: 0) }
    setClock()
    for (place, remark) in remarks.all where place <= end {
      if rows.isEmpty { rows.append(Picture.Row(.states, at: place, time: nil)) }
      rows[index(ofRowAt: place)].remarks.append(remark)
    }
  }

  /// Draws the states that the parties came to after the last row, where no row stands for them.
  ///
  /// - Parameter pause: the nanoseconds without a move from which on a state has a row of its own.
  private mutating func drawStates(before end: Int, after pause: Int64) {
    // A segment that is still on its way may change them.
    let start = rows.map { max($0.place, $0.arrival ?? $0.place) }.max() ?? start
    guard start < end else { return }
    var row: Picture.Row?
    for party in Party.allCases {
      let seen = trace.states(of: party, in: start..<end).filter { $0.place >= start }
      guard let last = seen.last, last.state != shown[party],
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

  /// The row that a remark on this place belongs to: its own, else the last before it that is more than waiting.
  private func index(ofRowAt place: Int) -> Int {
    rows.lastIndex { $0.place == place && !$0.isPause }
      ?? rows.lastIndex { $0.place <= place && ($0.isSegment || $0.isNote) }
      ?? rows.lastIndex { $0.place <= place && !$0.isPause } ?? 0
  }

  var footnotes: [String] {
    var notes = numbering.footnotes
    let before = trace.events[..<start].count { $0.segment != nil }
    if before > 0 { notes.append("\(counted(before, "earlier segment")) not shown") }
    if let additions = judgement?.additions, !additions.isEmpty {
      notes.append(
        "added by tcpprobe, because the page does not mention it: " + additions.joined(separator: ", "))
    }
    return notes
  }

  private func row(_ what: Picture.What, at place: Int) -> Picture.Row {
    Picture.Row(what, at: place, time: time(of: place))
  }
  private func time(of place: Int) -> Int64 { trace.events[place].time }

  private mutating func add(_ row: Picture.Row) {
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
  private func timer(before row: Picture.Row, after place: Int) -> ExpiredTimer? {
    let parties: [Party] =
      switch row.what {
      case .segment(_, let sender, _): [sender]
      case .states: Party.allCases.filter { row.states[$0] != nil }
      case .call, .note, .pause: []
      }
    return parties.lazy.compactMap { trace.expiredTimer(of: $0, between: place, and: row.place) }.first
  }

  /// Time begins with the first row.
  private mutating func setClock() {
    guard let first = rows.first?.time else { return }
    clock = first
    for index in rows.indices { rows[index].time = rows[index].time.map { $0 - first } }
  }

  /// The states that both parties are in once what arrives at this place is taken.
  private mutating func changes(from place: Int) -> Both<State?> {
    let stretch = place..<trace.endOfStretch(from: place)
    return Both(left: change(of: .left, in: stretch), right: change(of: .right, in: stretch))
  }

  private mutating func change(of party: Party, in stretch: Range<Int>) -> State? {
    change(of: party, to: trace.settledState(of: party, in: stretch))
  }

  private mutating func change(of party: Party, to state: State?) -> State? {
    guard let state, state != shown[party] else { return nil }
    shown[party] = state
    return state
  }
}

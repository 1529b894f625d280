package import Claims
import Documents
import TCP
package import Traces

extension Picture {
  /// The trace as a drawing, with the judge's marks where it was run from a ladder; at most so many rows of it.
  ///
  /// - Parameter times: true to give the rows their times. Between two steps that no timer separates, time is that of the
  ///   probe or of the program, not of TCP.
  package init(
    of trace: Trace, judged judgement: LadderJudgement? = nil, most: Int = .max, times: Bool = false
  ) {
    self.init(of: trace, judged: judgement, steps: nil, most: most, times: times)
  }

  /// A run by hand as a drawing, without times.
  package init(of steps: StepTrace) {
    self.init(of: steps.trace, judged: nil, steps: steps, most: .max, times: false)
  }

  private init(
    of trace: Trace, judged judgement: LadderJudgement?, steps: StepTrace?, most: Int, times: Bool
  ) {
    var painter = Painter(trace: trace, judgement: judgement, steps: steps)
    for place in trace.events.indices[trace.beginning...] {
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
    numbering = painter.numbering
  }
}

/// Goes through a trace once and leaves rows.
struct Painter {
  let trace: Trace
  /// The same as a run by hand; nil for another run.
  let steps: StepTrace?
  let judgement: LadderJudgement?
  let start: Int
  var rows: [Picture.Row] = []
  private(set) var clock: Int64 = 0
  var initial: Both<State?> = Both(nil)
  /// The place from which on nothing is drawn.
  private var end: Int
  var numbering: Numbering
  /// The last state of each party that a row has.
  var shown: Both<State?> = Both(nil)
  var remarks: Remarks
  /// The places of segments that are on their way while something else moves.
  let crossing: Set<Int>
  /// The places of segments that arrive in a later step of the document.
  let late: Set<Int>
  /// The places where a segment arrives once more, in a run by hand.
  let repeats: Set<Int>

  init(trace: Trace, judgement: LadderJudgement?, steps: StepTrace?) {
    self.trace = trace
    self.steps = steps
    self.judgement = judgement
    start = trace.beginning
    end = trace.events.endIndex
    numbering = Numbering(trace: trace, offsets: judgement?.offsets ?? Both(nil))
    remarks = Remarks(judgement: judgement, trace: trace)
    late = judgement?.lateSegments ?? steps?.late ?? []
    crossing = trace.crossingSegments(except: late)
    repeats = steps?.repeats ?? []
    for party in Party.allCases {
      initial[party] = trace.lastState(of: party, in: start..<trace.firstMove(from: start))
    }
    shown = initial
  }

  mutating func draw(_ place: Int) {
    let event = trace.events[place]
    if !rows.isEmpty, hasRow(event) { drawStates(before: place, after: Trace.pause) }
    switch event.what {
    case .segment(let segment, _): drawSegment(segment, at: place)
    case .call(let call, let outcome, _):
      guard let party = event.party else { return }
      let told = outcome.told(of: call)
      var row = row(.call(label: "\(call)", by: party, outcome: told.text, failed: told.failed), at: place)
      // Of a new socket no segment tells.
      if call == .listen {
        row.states[party] = change(of: party, in: place..<trace.endOfStretch(from: place))
      }
      add(row)
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
    case .altered(let original, let segment):
      guard let before = trace.events[original].segment, let sender = trace.events[original].party else {
        return
      }
      // It belongs to the segment, which is still on its way.
      add(row(.note(numbering.alteration(of: before, from: sender, into: segment)), at: original))
    case .forged(let segment):
      guard let sender = event.party else { return }
      let label = numbering.label(segment, from: sender)
      var row = row(.note("\(label) injected, as if from \(trace.names[sender])"), at: place)
      row.states = changes(from: place)
      add(row)
    case .delivered(let segment) where late.contains(segment) || repeats.contains(place):
      drawLateArrival(of: segment, at: place)
    case .delivered(let segment) where crossing.contains(segment): drawArrival(at: place)
    case .rebooted:
      guard let party = event.party else { return }
      var row = row(.note("\(trace.names[party]) reboots: its socket is gone"), at: place)
      row.states[party] = change(of: party, in: place..<trace.firstMove(from: place))
      add(row)
    case .rung, .delivered, .dropped, .transition, .sighting, .info, .timer, .measurement, .discarded,
      .resetting:
      break
    }
  }

  private func hasRow(_ event: Event) -> Bool {
    switch event.what {
    case .segment, .call, .silence, .stall, .disturbance, .altered, .forged, .rebooted: true
    case .rung, .delivered, .dropped, .transition, .sighting, .info, .timer, .measurement, .discarded,
      .resetting:
      false
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
    for told in trace.kernelReasons where told.segment < end {
      guard let row = index(ofRowTelling: told) else { continue }
      rows[row].reasons.append("\(told.reason)")
    }
    for (place, remark) in remarks.all where place <= end {
      if rows.isEmpty { rows.append(Picture.Row(.states, at: place, time: nil)) }
      rows[index(ofRowAt: place)].remarks.append(remark)
    }
  }

  /// The row that a remark on this place belongs to: its own, else the last before it that is more than waiting.
  private func index(ofRowAt place: Int) -> Int {
    rows.lastIndex { $0.place == place && !$0.isPause }
      ?? rows.lastIndex { $0.place <= place && ($0.isSegment || $0.isNote || !$0.arrivals.isEmpty) }
      ?? rows.lastIndex { $0.place <= place && !$0.isPause } ?? 0
  }

  /// The row of the segment that a reason is of: that of its arrival where it has one, else that of its leaving.
  private func index(
    ofRowTelling told: (segment: Int, arrival: Int?, reason: KernelReason)
  ) -> Int? {
    rows.lastIndex { $0.isSegment && $0.place == told.arrival }
      ?? rows.lastIndex { $0.isSegment && $0.place == told.segment }
      ?? rows.lastIndex { $0.isNote && $0.place == told.segment }
  }

  var footnotes: [String] {
    var notes = numbering.footnotes
    let before = trace.events[..<start].count { $0.segment != nil }
    if before > 0 {
      notes.append(
        "\(counted(before, "segment")) before the first step \(before == 1 ? "is" : "are") not shown")
    }
    if let additions = judgement?.additions, !additions.isEmpty {
      notes.append(
        "added by tcpprobe, because the page does not mention \(additions.count == 1 ? "it" : "them"): "
          + additions.joined(separator: ", "))
    }
    if let ladder = judgement?.ladder { notes += ladder.unjudged.map { $0.text(in: ladder) } }
    return notes
  }

  /// Time begins with the first row.
  private mutating func setClock() {
    guard let first = rows.first?.time else { return }
    clock = first
    for index in rows.indices { rows[index].time = rows[index].time.map { $0 - first } }
  }
}

extension UnjudgedState {
  fileprivate func text(in ladder: Ladder) -> String {
    let moment =
      switch moment {
      case .afterTimeWait: "it follows at the end of TIME_WAIT, which the run does not wait for"
      case .beforeListen: "it holds before the call of listen(), and there is no connection yet"
      }
    return "not judged: \(state.rawValue) of \(ladder.parties[party]) (line \(line)): \(moment)"
  }
}

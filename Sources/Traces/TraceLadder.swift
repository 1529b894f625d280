package import Documents
import TCP

extension Trace {
  /// The events as a ladder in the documents' own notation: a written record of this kernel.
  ///
  /// Numbers that the kernel chose are bound to a name, `x` for the left party's and `y` for the right one's.
  /// Of a run ladder it begins where that did: what made the connection before is as little of it as of the page.
  /// Where segments could not be seen, it is not exhaustive: there were more than stand in it.
  ///
  /// - Parameter reasons: true for notes with the kernel's own reasons, each in the row of its segment.
  package func ladder(reasons: Bool = false) -> Ladder {
    let ran = events.indices[(firstRung ?? events.startIndex)...]
    var writer = RecordWriter(trace: self, ran: ran)
    for place in ran { writer.write(place) }
    if reasons { writer.noteReasons() }
    return Ladder(parties: names, rungs: writer.rungs, isExhaustive: seesSegments)
  }
}

private struct RecordWriter {
  let trace: Trace
  var rungs: [Rung] = []
  private let numbers: LadderNumbers
  private var sent: Both<Set<SequenceNumber>> = Both([])
  /// The rows of the segments, by the place of the segment.
  private var rows: [Int: Int] = [:]
  /// The place of the second of two segments that cross each other: it stands in the first's row.
  private var written: Int?

  init(trace: Trace, ran: Range<Int>) {
    self.trace = trace
    numbers = LadderNumbers(trace.events[ran]) { value, base, party in
      trace.placed[party] != nil || base == nil ? value.rawValue : nil
    }
  }

  mutating func write(_ place: Int) {
    let event = trace.events[place]
    guard let party = event.party else { return }
    switch event.what {
    case .call(let call, _, _):
      switch call {
      // Calls that put something on the wire, end a direction, or decide what close() sends; the rest is implied.
      case .send, .shutdown, .close, .abort, .receive: add(party, [.call(call)], other: [])
      case .connect, .listen, .accept: break
      }
    case .segment where place == written: break
    case .segment(let segment, _):
      if let crossed = trace.crossed(by: place) {
        write(crossed, at: place)
      } else {
        write(segment, of: party, at: place)
      }
    default: break
    }
  }

  /// Two segments that leave before either arrives stand in one row, and what both came to by them in the next.
  private mutating func write(_ crossed: Trace.Crossed, at place: Int) {
    var cells = Both(Cell())
    var after = Both(Cell())
    for party in Party.allCases {
      let segment = crossed.segments[party]
      guard let sent = trace.events[segment].segment else { return }
      noteRepetition(of: sent, from: party)
      cells[party].elements = [.segment(numbers.pattern(of: sent, from: party))]
      // The last look before either arrived.
      let look = trace.lastLook(of: party, before: trace.endOfStretch(from: max(segment, place)))
      if let look { cells[party].elements.append(.state(look.state)) }
      let settled = trace.settledState(of: party, in: crossed.end..<trace.endOfStretch(from: crossed.end))
      if let settled, settled != look?.state { after[party].elements = [.state(settled)] }
      written = max(written ?? segment, segment)
      rows[segment] = rungs.count
    }
    rungs.append(Rung(cells: cells))
    if Party.allCases.contains(where: { !after[$0].elements.isEmpty }) { rungs.append(Rung(cells: after)) }
  }

  private mutating func noteRepetition(of segment: Segment, from party: Party) {
    if segment.sequenceLength > 0, !sent[party].insert(segment.sequence).inserted {
      add(party, [.timeout], other: [])
    }
  }

  private mutating func write(_ segment: Segment, of party: Party, at place: Int) {
    noteRepetition(of: segment, from: party)
    let pattern = numbers.pattern(of: segment, from: party)
    let stretches = trace.quietStretches(around: place)
    var own: [Cell.Element] = [.segment(pattern)]
    var others: [Cell.Element] = []
    if let state = trace.settledState(of: party, in: stretches[0]) { own.append(.state(state)) }
    if trace.isLost(segmentAt: place) { others.append(.lost) }
    if let stretch = stretches.last, let state = trace.settledState(of: party.other, in: stretch) {
      others.append(.state(state))
    }
    rows[place] = rungs.count
    add(party, own, other: others)
  }

  /// Puts the kernel's own reason beside the end that dropped the segment or sent the RST.
  mutating func noteReasons() {
    for told in trace.kernelReasons {
      guard let row = rows[told.segment], let sender = trace.events[told.segment].party else { continue }
      let isReset = told.reason.what == .reset
      rungs[row].notes.append(
        Rung.Note(
          column: Rung.Note.kernelReason, text: "\(told.reason)", of: isReset ? sender : sender.other))
    }
  }

  private mutating func add(_ party: Party, _ own: [Cell.Element], other: [Cell.Element]) {
    var cells = Both(Cell())
    cells[party] = Cell(elements: own)
    cells[party.other] = Cell(elements: other)
    rungs.append(Rung(cells: cells))
  }
}

extension Trace {
  /// The place where the run of a ladder begins; nil where none was run.
  package var firstRung: Int? { events.firstIndex { if case .rung = $0.what { true } else { false } } }
}

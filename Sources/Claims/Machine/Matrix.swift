package import TCP
package import Traces

/// The states of TCP by the segments that arrive in them, each with what a kernel does and what the RFCs ask for.
package struct Matrix: Sendable {
  /// In the order of the states, and of each state's segments.
  package let cells: [Cell]
  private let traces: [Trace]

  package struct Cell: Equatable, Sendable {
    package var state: State
    package var segment: MatrixSegment
    package var result: Result

    /// The treatment that the RFCs ask for.
    package var ruling: Ruling { Ruling(segment, in: state) }
  }

  package enum Result: Equatable, Sendable {
    case seen(Sight)
    case missing(Reason)
  }

  package struct Sight: Equatable, Sendable {
    /// The segment that was made up.
    package var arrived: Segment?
    /// The flags of the segments that came back.
    package var sent: [Flags]
    package var next: State
    /// The errno, the end of the stream or the data that the program is told of; nil where there is nothing new.
    package var told: String?
    /// The place of the trace, and the events of this connection in it.
    package var trace: Int
    package var events: Range<Int>
  }

  /// - Parameter traces: of runs that leave a figure for each segment.
  package init(_ traces: [Trace]) {
    self.traces = traces
    cells = State.allCases.flatMap { state -> [Cell] in
      let place = traces.firstIndex { $0.variant.conditions.contains(.arrivesIn(state)) }
      let found = place.map { Self.sights(in: traces[$0], at: $0) } ?? [:]
      let reason = place.flatMap { traces[$0].reasonWithout ?? traces[$0].lack } ?? .other("it was not run")
      return MatrixSegment.all(in: state).map {
        Cell(state: state, segment: $0, result: found[$0] ?? .missing(reason))
      }
    }
  }

  private static func sights(in trace: Trace, at place: Int) -> [MatrixSegment: Result] {
    var results: [MatrixSegment: Result] = [:]
    var start = 0
    for (index, event) in trace.events.enumerated() {
      guard case .measurement(let figure) = event.what else { continue }
      defer { start = index + 1 }
      guard let segment = MatrixSegment(name: figure.name) else { continue }
      if let reason = figure.missing {
        results[segment] = .missing(reason)
      } else if let sight = EdgeSight(trace, proof: figure.events),
        let next = sight.after.values.sorted().last,
        figure.events.count > 1
      {
        let made = figure.events.lazy.compactMap { place -> Segment? in
          if case .forged(let segment) = trace.events[place].what { segment } else { nil }
        }.first
        let told = figure.value.flatMap { $0 == .nothingNew ? nil : $0.description }
        results[segment] = .seen(
          Sight(
            arrived: made, sent: figure.events.compactMap { trace.events[$0].segment?.flags }, next: next,
            told: told,
            trace: place, events: start..<index))
      } else {
        results[segment] = .missing(.other(figure.value?.description ?? "nothing was seen"))
      }
    }
    return results
  }

  /// The cells of a state and a kind of segment.
  package func cells(of kind: MatrixSegment.Kind, in state: State) -> [Cell] {
    cells.filter { $0.state == state && $0.segment.kind == kind }
  }

  /// The trace of the connection on which this cell was seen, alone.
  package func trace(of sight: Sight) -> Trace {
    var trace = traces[sight.trace]
    let events = sight.events
    trace.events = events.compactMap { place in
      var event = traces[sight.trace].events[place]
      switch event.what {
      case .delivered(let segment), .dropped(let segment), .altered(let segment, _),
        .discarded(let segment, _):
        guard events.contains(segment) else { return nil }
      default: break
      }
      event.what = event.what.referring { $0 - events.lowerBound }
      return event
    }
    return trace
  }

  /// The number of cells in which the kernel does as the RFCs ask, and of those in which it does otherwise.
  package var counts: (same: Int, deviating: Int, missing: Int) {
    (
      cells.count { $0.deviates == false }, cells.count { $0.deviates == true },
      cells.count { $0.deviates == nil }
    )
  }
}

extension Matrix.Cell {
  package var sight: Matrix.Sight? { if case .seen(let sight) = result { sight } else { nil } }

  /// Tells whether the kernel does otherwise than the RFCs ask for; nil where it was not seen.
  package var deviates: Bool? {
    // A SYN alone is no answer, but the end's own, sent again.
    sight.map { !ruling.allows(Ruling.Answer($0.sent.filter { $0 != .syn }), $0.next, from: state) }
  }
}

extension Trace {
  /// The reason why its first figure has no value; nil where it has one.
  fileprivate var lack: Reason? {
    events.lazy.compactMap { event in
      if case .measurement(let figure) = event.what { figure.missing } else { nil }
    }.first
  }

  /// The reason why this run can say nothing; nil where it can.
  var reasonWithout: Reason? {
    switch end {
    case .finished: nil
    case .stalled: .disturbed("the machine stalled in each of \(disturbances) runs")
    case .cannotRun(let reason): reason
    case .leftOut(let omission): .leftOut(by: omission)
    }
  }
}

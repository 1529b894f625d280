import Benches
import Documents
import TCP
import Traces

/// The answer of an end to a segment that was made up.
struct CellAnswer {
  /// The segments that came back, and the state with the errno that the program is to be told.
  var value: Value
  let source = "the segments that came back, and sock_diag once they had"
  /// The errno, the end of the stream or the data that the program is told of; nil where it is told of nothing new.
  var told: Value?
  var proof: [Int?]
}

extension Connection {
  /// Brings the party into a state, lets a segment arrive there, and tells what comes of it.
  ///
  /// - Parameters:
  ///   - asks: true if the program reads afterwards.
  ///   - segment: makes the segment for the numbers that the party is at.
  func answer(
    of party: Party, in state: State, payload: [UInt8], asks: Bool = false,
    to segment: (StrangeSegment.Place) -> Segment
  ) throws -> CellAnswer {
    try reach(state, of: party)
    try look()
    let reached = try record(of: party)?.state ?? .closed
    guard reached == state, let place = place(of: party, in: state) else {
      // A timer that fired meanwhile may have led elsewhere.
      try giveUpIfResent(by: party)
      if waiting.wasHeldUp { try waiting.disturbed(because: .resent) }
      return CellAnswer(
        value: .words("\(state.rawValue) is not reached but \(reached.rawValue)"),
        proof: [log.lastLook(at: party)])
    }
    let answer = try answer(to: segment(place), payload: payload, of: party)
    try giveUpIfResent(by: party)
    // Data that should not be there, and was taken.
    let isTaken = answer.places.contains {
      log.events[$0].segment?.acknowledged.map { place.next < $0 } ?? false
    }
    let takes = isTaken && !payload.isEmpty
    let look = log.lastLook(at: party)
    let error = try failure(of: party)
    let left = try whatIsLeft(of: party, error)
    return CellAnswer(
      value: .list([takes ? .words("\(answer.value) of its data") : answer.value, left]),
      told: try error.map { .errno($0) } ?? (asks ? news(for: party, in: state) : nil),
      proof: answer.places + [look])
  }

  /// The end of the stream or the data that the program reads now, and could not read in this state before.
  private func news(for party: Party, in state: State) throws -> Value? {
    guard ends[party].socket != nil, state != .closed, state != .synSent else { return nil }
    let reading = try read(by: party)
    if reading.count > 0 { return .bytes(reading.count) }
    switch reading.end {
    case .endOfStream:
      return [.closeWait, .lastAck, .closing, .timeWait].contains(state) ? nil : reading.ending
    case .failed: return reading.ending
    case .nothingYet: return nil
    }
  }

  /// Measures the answers that have no figure of their own, those to one kind of segment in one figure, and the one to an old
  /// timestamp in another.
  func measureOtherCells(of party: Party, in state: State) throws {
    for kind in MatrixSegment.Kind.allCases {
      let all = MatrixSegment.all(in: state).filter { $0.kind == kind && $0.strange(in: state) == nil }
      if let figure = kind.figureOfOldTimestamp, let cell = all.first(where: \.hasOldTimestamp) {
        try measure(figure, of: cell, arrivingAt: party, in: state)
      }
      let cells = all.filter { !$0.hasOldTimestamp }
      guard !cells.isEmpty else { continue }
      var answers: [(numbers: String, value: Value)] = []
      for cell in cells {
        var value: Value?
        let isMeasured = try sibling(events: .forgottenUndisturbed) { connection in
          value = try connection.answer(of: party, in: state, payload: cell.payload) {
            cell.segment(at: $0)
          }.value
        }
        if let value, isMeasured { answers.append((cell.numbers, value)) }
      }
      guard answers.count == cells.count else {
        cannotMeasure(kind.figure, because: .disturbed("the machine stalled each time"))
        continue
      }
      measure(
        kind.figure, .folding(answers),
        "the segments that came back, and sock_diag, on a connection for each",
        proof: [])
    }
  }

  private func measure(
    _ figure: Figure, of cell: MatrixSegment, arrivingAt party: Party, in state: State
  ) throws {
    let isMeasured = try sibling(events: .keptUndisturbed) { connection in
      let answer = try connection.answer(of: party, in: state, payload: cell.payload) {
        cell.segment(at: $0)
      }
      connection.measure(figure, answer.value, answer.source, proof: answer.proof)
    }
    if !isMeasured { cannotMeasure(figure, because: .disturbed("the machine stalled each time")) }
  }

  /// Measures the answer to each segment of the matrix in a figure of its own, and keeps its events.
  func measureEachCell(of party: Party, in state: State) throws {
    for cell in MatrixSegment.all(in: state) {
      let figure = Figure(cell.name, .packets)
      let isMeasured = try sibling(events: .keptUndisturbed) { connection in
        var hasTimestamps = true
        let answer = try connection.answer(of: party, in: state, payload: cell.payload, asks: true) {
          hasTimestamps = $0.clock != 0
          return cell.strange(in: state)?.segment(at: $0) ?? cell.segment(at: $0)
        }
        if cell.hasOldTimestamp, !hasTimestamps {
          connection.cannotMeasure(figure, because: .other("the ends have agreed on no timestamps"))
        } else {
          connection.measure(figure, answer.told ?? .nothingNew, answer.source, proof: answer.proof)
        }
      }
      if !isMeasured { cannotMeasure(figure, because: .disturbed("the machine stalled each time")) }
    }
  }
}

extension MatrixSegment {
  fileprivate var payload: [UInt8] { [UInt8](repeating: 0, count: kind.length) }
}

extension Value {
  /// Answers to segments of one kind, those that are equal together: `left edge and inside: ACK, ESTABLISHED; ...`.
  fileprivate static func folding(_ answers: [(numbers: String, value: Value)]) -> Value {
    var groups: [(numbers: [String], value: Value)] = []
    for (numbers, value) in answers {
      if let place = groups.firstIndex(where: { $0.value == value }) {
        groups[place].numbers.append(numbers)
      } else {
        groups.append(([numbers], value))
      }
    }
    let texts = groups.map { group in
      let numbers = group.numbers.filter { !$0.isEmpty }.joined(separator: " and ")
      return numbers.isEmpty ? "\(group.value)" : "\(numbers): \(group.value)"
    }
    return Value(reading: texts.joined(separator: "; "))
  }
}

package import Documents
package import TCP

/// A run by hand as a ladder that can be run again, with all of the run that a ladder cannot say.
///
/// A segment stands where it arrives, or is lost. One that others overtake, or that crosses another, stands where it
/// leaves as `(arrives later)`, and once more where it arrives.
package struct SteppedLadder: Equatable, Sendable {
  package var ladder: Ladder
  package var unsaid: [Unsaid]

  /// Something that happened and that the ladder does not have.
  package enum Unsaid: Equatable, Sendable {
    /// The party's segment arrived a second time.
    case arrivedTwice(SegmentPattern, Party)
    /// The party's segment was under way together with another one of it; the ladder has it in order, or not at all.
    case underWayToo(SegmentPattern, Party, arrived: Bool)
    /// The party's call failed in a way for which the ladder has no row.
    case callFailed(Call, Party, errno: String)
    /// The party's call failed; the ladder has the call, and not the errno.
    case errno(Call, Party, String)
    /// A timer of the kernel's has changed the party's state.
    case stateByTimer(Party, from: State, to: State)
    /// The party's program called connect() again after close(), with this outcome. A ladder is one connection.
    case connectedAgain(Party, Outcome)
    /// The last rows of the run, which another run did not repeat.
    case rows(Int, first: Rung, because: String)
  }

  /// - Parameter trace: of a connection of which every segment was held and then let go, lost or left.
  package init(of trace: Trace) {
    let next = trace.nextConnection
    var first = trace
    if let next { first.events.removeSubrange(next.place...) }
    var writer = SteppedWriter(first)
    writer.write()
    unsaid = writer.unsaid + (next.map { [.connectedAgain($0.party, $0.outcome)] } ?? [])
    ladder = Ladder(
      parties: trace.names, rungs: writer.rungs,
      isExhaustive: !writer.mayBeSentAgain
        && unsaid.allSatisfy {
          switch $0 {
          case .errno, .stateByTimer, .connectedAgain: true
          case .arrivedTwice, .underWayToo, .callFailed, .rows: false
          }
        })
  }
}

extension SteppedLadder {
  /// The same up to before the row of this index.
  ///
  /// - Parameter reason: the difference of another run.
  package func ending(before index: Int, because reason: String) -> SteppedLadder {
    guard ladder.rungs.indices.contains(index) else { return self }
    var part = self
    part.ladder.rungs.removeSubrange(index...)
    part.ladder.isExhaustive = false
    part.unsaid.append(.rows(ladder.rungs.count - index, first: ladder.rungs[index], because: reason))
    return part
  }
}

extension Trace {
  /// The first connect() of a party that had called close() before.
  fileprivate var nextConnection: (place: Int, party: Party, outcome: Outcome)? {
    var closed: Set<Party> = []
    for (place, event) in events.enumerated() {
      guard let party = event.party, case .call(let call, let outcome, _) = event.what else { continue }
      if call == .close || call == .abort { closed.insert(party) }
      if call == .connect, closed.contains(party) { return (place, party, outcome) }
    }
    return nil
  }
}

import TCP

/// The data that a program reads before it calls close(). Linux sends RST in place of FIN where something is unread, so
/// this decides what the page's close() does.
extension Planner {
  /// Adds what is read before this close().
  ///
  /// Nothing is, where the party's next segment is RST, or where the page names both close() and what is read. A FIN
  /// without calls says that everything was read. Where the page names one of the two calls only, both are possible.
  mutating func planReading(of party: Party, _ index: Int, isNamed: Bool) {
    guard history[party].unread > 0, !ladder.expectsReset(of: party, from: index) else { return }
    let isOpen = isNamed != history[party].reads
    if isNamed, !isOpen { return }
    if isOpen { leavesReadingOpen = true }
    if !isOpen || reading == .everything { add(index, .read(party)) }
  }

  /// Tells whether the SYN+ACK of this party in this row is answered by nothing but RST, as that of a port that is
  /// looked for and not used (a half-open scan). No call of a connection makes this RST: an ACK would go before it. The
  /// other's kernel sends it where no socket is left to take the SYN+ACK.
  func abandons(_ index: Int, answeredBy party: Party) -> Bool {
    let pattern = ladder.rungs[index].cells[party].segment
    guard pattern?.flags.isSuperset(of: [.syn, .ack]) ?? false, party.other == opener, opens,
      !losses.contains(LostSegment(rung: index, party: party)),
      ladder.rungs[index].cells[opener].segment == nil, ladder.expectsReset(of: opener, from: index + 1),
      history[opener].closeLine == nil, !history[opener].hasOldSyn
    else { return false }
    // Whoever names a call, or data of the other's, means a connection that was opened.
    for rung in ladder.rungs[index...] {
      if !rung.cells[opener].calls.isEmpty { return false }
      if rung.cells[opener].segment != nil { return true }
      if rung.cells[party].segment?.carriesData ?? false { return false }
    }
    return false
  }

  /// Adds the call that makes a party send an RST which is no answer of the kernel's.
  mutating func planReset(of party: Party, _ index: Int) throws(PageError) {
    // A closed end answers late data; its kernel needs no call.
    if history[party].closeLine != nil { return }
    if history[party].isStranger { return endEarlierConnection(resetBy: party) }
    if opens, history[party].synLine == nil {
      if !history[party].called.contains(.listen) { refuser = party }
      return
    }
    try plan(history[party].unread > 0 ? .close : .abort, of: party, index)
    history[party].called.removeLast()
  }
}

extension Ladder {
  /// Tells whether the first segment of this party in this row, or after it, is an RST.
  func expectsReset(of party: Party, from index: Int) -> Bool {
    rungs[index...].lazy.compactMap { $0.cells[party].segment }.first?.flags.contains(.rst) ?? false
  }
}

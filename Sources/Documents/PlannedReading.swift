import TCP

/// The data that a program reads before it calls close(). Linux sends RST in place of FIN where something is unread, so
/// this decides what the page's close() does.
extension Planner {
  /// Adds what is read before this close().
  ///
  /// Nothing is, where the party's next segment is RST, or where the page names both close() and what is read. A FIN
  /// without calls says that everything was read. Where the page names one of the two calls only, both are possible.
  mutating func planReading(of party: Party, _ index: Int, isNamed: Bool) {
    guard history[party].unread > octetsUnderWay(to: party, index),
      !expectsReset(of: party, index)
    else { return }
    let isOpen = isNamed != history[party].reads
    if isNamed, !isOpen { return }
    if isOpen { leavesReadingOpen = true }
    if !isOpen || reading == .everything { add(index, .read(party)) }
  }

  /// Tells whether the party's next segment is an RST, but for what its earlier calls have sent.
  private func expectsReset(of party: Party, _ index: Int) -> Bool {
    let called = history[party].called
    let sends = called.contains { if case .send = $0 { true } else { false } }
    let ends = called.contains(.shutdown(.write)) || called.contains(.shutdown(.both))
    let next = ladder.rungs[index...].lazy.compactMap { $0.cells[party].segment }.first {
      !(sends && $0.carriesData) && !(ends && $0.flags.contains(.fin))
    }
    return next?.flags.contains(.rst) ?? false
  }

  /// The octets that the other party has written, and that leave or arrive behind this row.
  private func octetsUnderWay(to party: Party, _ index: Int) -> Int {
    let sender = history[party.other]
    let unshown = sender.called.reduce(0) { sum, call in
      if case .send(let count, _) = call { sum + count } else { sum }
    }
    return (ladder.sendsMoreData(party.other, after: index) ? unshown : 0) + sender.lateOctets
  }

  /// Tells whether the SYN+ACK of this party in this row is answered by nothing but RST, as that of a port that is
  /// looked for and not used (a half-open scan). No call of a connection makes this RST: an ACK would go before it. The
  /// other's kernel sends it where no socket is left to take the SYN+ACK.
  func abandons(_ index: Int, answeredBy party: Party) -> Bool {
    let pattern = ladder.rungs[index].cells[party].segment
    guard pattern?.flags.isSuperset(of: [.syn, .ack]) ?? false, party.other == opener, opens,
      !losses.contains(LostSegment(rung: index, party: party)),
      ladder.rungs[index].cells[opener].segment == nil, ladder.expectsReset(of: opener, from: index + 1),
      history[opener].closeLine == nil, !history[opener].hasOldSyn, !isShownClosed(opener, before: index)
    else { return false }
    // Whoever names a call, or data of the other's, means a connection that was opened.
    for rung in ladder.rungs[index...] {
      if !rung.cells[opener].calls.isEmpty { return false }
      if rung.cells[opener].segment != nil { return true }
      if rung.cells[party].segment?.carriesData ?? false { return false }
    }
    return false
  }

  /// Tells whether the page says that the party has no connection any more: its kernel answers what arrives.
  private func isShownClosed(_ party: Party, before index: Int) -> Bool {
    ladder.rungs[..<index].last { $0.cells[party].state != nil }?.cells[party].state == .closed
  }

  /// Adds the call that makes a party send an RST which is no answer of the kernel's.
  mutating func planReset(of party: Party, _ index: Int) throws(PageError) {
    // A closed end answers late data; its kernel needs no call.
    if history[party].closeLine != nil { return }
    if history[party].isStranger { return endEarlierConnection(resetBy: party) }
    if history[party].synLine != nil || !opens, isShownClosed(party, before: index) { return }
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

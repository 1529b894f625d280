import TCP

/// Remains of an earlier connection: old duplicates of its segments, and an end whose host has rebooted
/// (RFC 9293 sections 3.5 and 3.5.1).
extension Planner {
  /// Plans a reboot, the arrival of what was under way, and an old duplicate.
  ///
  /// - Returns: true if nothing else is to be planned of this rung.
  mutating func planEarlierConnection(_ index: Int) throws(PageError) -> Bool {
    let rung = ladder.rungs[index]
    for party in Party.allCases {
      let elements = rung.cells[party].elements
      if elements.contains(.reboot) { planReboot(of: party, index) }
      if elements.contains(.arrivesNow) { try planArrival(of: party, index) }
    }
    guard let party = Party.allCases.first(where: { rung.cells[$0].isOldDuplicate }),
      let pattern = rung.cells[party].segment
    else { return false }
    guard rung.cells[party.other].segment == nil else {
      throw PageError(
        page: page, line: rung.line,
        message: "an old duplicate and a segment in one row: expected a row for each")
    }
    add(index, .inject(party, pattern))
    if pattern.flags.contains(.syn) {
      history[party].hasOldSyn = true
      noteListeners(party.other, index)
    }
    return true
  }

  /// The receiver of an old SYN listens, and so does each party that the page says to be in LISTEN until then.
  private mutating func noteListeners(_ receiver: Party, _ index: Int) {
    for party in Party.allCases where !listeners.contains(party) {
      let isListening = ladder.rungs[...index].contains { $0.cells[party].state == .listen }
      if (party == receiver || isListening) && history[party].synLine == nil { listeners.append(party) }
    }
  }

  private mutating func planReboot(of party: Party, _ index: Int) {
    add(index, .reboot(party))
    var next = History()
    next.hasRebooted = true
    next.isStranger = true
    next.lastBegin = history[party].begin
    history[party] = next
  }

  private mutating func planArrival(of party: Party, _ index: Int) throws(PageError) {
    guard history[party].lateCount > 0 else {
      throw PageError(
        page: page, line: ladder.rungs[index].line,
        message:
          "no segment of \(ladder.parties[party]) is under way: expected `(arrives later)` in an earlier row")
    }
    history[party].lateCount -= 1
    if history[party].lateCount == 0 { history[party].lateOctets = 0 }
    add(index, .release(party))
  }

  /// Notes what an ACK says of the numbers of the party whose octets it acknowledges.
  mutating func noteAcknowledgment(_ number: UInt32, of party: Party) {
    if history[party].hasRebooted, history[party].isStranger {
      // The other still acknowledges what it received before the reboot.
      history[party].lastBegin = history[party].lastBegin ?? number
    } else if history[party].beginByAcknowledgment == nil {
      history[party].beginByAcknowledgment = number &- history[party].taken
    }
  }

  /// The RST of a party that does not know the connection ends it at the other.
  mutating func endEarlierConnection(resetBy party: Party) {
    history[party].isStranger = false
    history[party].hasOldSyn = false
    let other = history[party.other]
    history[party.other] = History()
    history[party.other].beginBySequence = other.begin
    history[party.other].hasRebooted = other.hasRebooted
    history[party.other].lastBegin = other.lastBegin
    if opens { history[party.other].called = other.called.filter { $0 == .listen } }
  }
}

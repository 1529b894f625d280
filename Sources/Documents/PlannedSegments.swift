import TCP

extension Planner {
  /// Adds the call that a segment implies, where no call of the ladder has been named for it.
  mutating func planSegment(
    _ pattern: SegmentPattern, of party: Party, _ index: Int
  ) throws(PageError) {
    let line = ladder.rungs[index].line
    let name = ladder.parties[party]
    history[party].octets = nil
    history[party].isAgain = isResend(pattern, of: party)
    if history[party].isAgain {
      if pattern.carriesData { history[party].octets = pattern.length }
      setLoss(of: party, index, octets: nil)
      hastenLoss(of: party, index, before: .resend(party))
      history[party].owesResend = false
      history[party].lostOwn = false
      return
    }
    if case .literal(let number)? = pattern.sequence, history[party].beginBySequence == nil, !hasElided {
      history[party].beginBySequence = number &- history[party].taken
    }
    if let number = pattern.sequence, pattern.carriesData || !pattern.flags.isDisjoint(with: [.syn, .fin]) {
      history[party].sent[number, default: []].append(pattern)
    }
    if pattern.flags.contains(.rst) { return try planReset(of: party, index) }
    if pattern.flags.isSuperset(of: [.syn, .ack]), history[party].synLine != nil,
      history[party.other].synLine != nil,
      !history[party].hasAnswered
    {
      // Both sent a SYN: in a simultaneous open each answers the other's with its own number again.
      history[party].hasAnswered = true
      return
    }
    if pattern.flags.contains(.syn) {
      if let earlier = history[party].synLine {
        throw PageError(
          page: page, line: line, message: "\(name) sends a second SYN; the first is in line \(earlier)")
      }
      let answersOldSyn = history[party.other].hasOldSyn
      if pattern.flags.contains(.ack), history[party.other].synLine == nil, !answersOldSyn {
        let other = ladder.parties[party.other]
        throw PageError(
          page: page, line: line,
          message: "\(name) answers a SYN, but \(other) has not sent one: expected a SYN in an earlier row")
      }
      let isAnswer = (history[party.other].synLine != nil || answersOldSyn) && pattern.namesAck
      if isAnswer, answersOldSyn { history[party.other].isStranger = true }
      history[party].synLine = line
      history[party].hasAnswered = pattern.flags.contains(.ack)
      history[party].taken &+= 1
      // A SYN+ACK is the kernel's answer; only a SYN of its own needs a call.
      if !isAnswer {
        if history[party].hasRebooted, case .literal(let number)? = pattern.sequence {
          add(index, .place(party, number))
        }
        try imply(.connect, of: party, index) { $0 == .connect }
      }
    }
    if pattern.carriesData {
      if opens, history[party].synLine == nil {
        throw PageError(page: page, line: line, message: "\(name) sends data before its SYN")
      }
      var octets = try planData(pattern, of: party, index)
      // Where an ACK is under way, they wait for it.
      if !ladder.sendsMoreData(party, after: index), !ladder.hasLateArrivals {
        octets += takeUnshown(of: party)
      }
      history[party].octets = octets
      history[party].taken &+= UInt32(octets)
      setLoss(of: party, index, octets: octets)
    }
    if pattern.flags.contains(.fin) {
      if let earlier = history[party].finLine {
        throw PageError(
          page: page, line: line, message: "\(name) sends a second FIN; the first is in line \(earlier)")
      }
      if opens, history[party].synLine == nil {
        throw PageError(page: page, line: line, message: "\(name) sends a FIN before its SYN")
      }
      history[party].finLine = line
      history[party].taken &+= 1
      let staysToRead =
        ladder.receivesData(party, after: index, losses: losses) || meetsData(of: party.other, index)
      try imply(staysToRead ? .shutdown(.write) : .close, of: party, index, isLike: \.sendsFin)
    }
  }

  /// Takes the octets of a data cell from the send() calls that were named and not yet shown; one call may leave as
  /// several segments, and several as one. Only what none of them covers is implied.
  ///
  /// - Returns: how many octets the cell stands for.
  private mutating func planData(
    _ pattern: SegmentPattern, of party: Party, _ index: Int
  ) throws(PageError) -> Int {
    let length = pattern.length
    var missing = length ?? 0
    var shown = 0
    while let named = history[party].called.firstIndex(where: { if case .send = $0 { true } else { false } }),
      case .send(let count, let more) = history[party].called[named], length == nil ? shown == 0 : missing > 0
    {
      hastenLoss(of: party, index, before: .call(party, .send(count, more: more)))
      let taken = min(count, length == nil ? count : missing)
      if taken < count {
        history[party].called[named] = .send(count - taken, more: more)
      } else {
        history[party].called.remove(at: named)
      }
      missing -= taken
      shown += taken
    }
    let implied = length == nil ? (shown == 0 ? 100 : 0) : missing
    if implied > 0, pattern.flags.contains(.fin) {
      try planLastData(implied, of: party, index)
    } else if implied > 0 {
      try plan(.send(implied), of: party, index)
      history[party].called.removeLast()
    }
    return shown + implied
  }

  /// Takes what is left of send() calls that no further cell shows: it leaves with the octets of the last cell.
  private mutating func takeUnshown(of party: Party) -> Int {
    var octets = 0
    history[party].called.removeAll { call in
      guard case .send(let count, _) = call else { return false }
      octets += count
      return true
    }
    return octets
  }

  /// Makes the call unless one like it was named since the last time, which takes its place.
  ///
  /// - Returns: the call that is made.
  @discardableResult
  private mutating func imply(
    _ call: Call, of party: Party, _ index: Int, isLike: (Call) -> Bool
  ) throws(PageError) -> Call {
    if let named = history[party].called.firstIndex(where: isLike) {
      let call = history[party].called.remove(at: named)
      hastenLoss(of: party, index, before: .call(party, call))
      return call
    }
    try plan(call, of: party, index)
    return history[party].called.removeLast()
  }

  /// Says how many octets the party's loss in this rung takes, all segments together; nil for one segment, however long.
  private mutating func setLoss(of party: Party, _ index: Int, octets: Int?) {
    for place in steps.indices where steps[place].rung == index {
      guard case .lose(party, var pattern) = steps[place].action, pattern.carriesData else { continue }
      pattern.isData = true
      pattern.length = octets
      steps[place].action = .lose(party, pattern)
    }
  }

  /// Moves a loss of this rung to before the step of an earlier rung that makes the lost segment leave: a call, or the
  /// wait for the party's timer. After that step the segment is on its way already.
  private mutating func hastenLoss(of party: Party, _ index: Int, before action: Plan.Action) {
    let loss = steps.lastIndex {
      if case .lose(party, _) = $0.action { $0.rung == index } else { false }
    }
    guard let loss, let cause = steps[..<loss].lastIndex(where: { $0.action == action }) else { return }
    // Another segment that the loss could mean would be lost in its place.
    let isAmbiguous = steps[cause..<loss].contains {
      switch $0.action {
      case .expect(party, let pattern): !pattern.mayBePureAck
      case .expectData(party, _, _, _): true
      default: false
      }
    }
    if !isAmbiguous { steps.insert(steps.remove(at: loss), at: cause) }
  }

  /// A segment whose SEQ its party has sent before. Without SEQ: the one after a loss and a timeout, and a second SYN or
  /// FIN of which the first, or its ACK, was lost; that is a retransmission even where no row says `timeout`.
  private func isResend(_ pattern: SegmentPattern, of party: Party) -> Bool {
    guard !pattern.mayBePureAck, !pattern.flags.contains(.rst) else { return false }
    let history = history[party]
    if pattern.sequence != nil { return history.hasSent(pattern) }
    let isSecond =
      (pattern.flags.contains(.syn) && history.synLine != nil)
      || (pattern.flags.contains(.fin) && history.finLine != nil)
    return history.owesResend || (isSecond && history.isUnanswered)
  }
}

import TCP

extension Plan {
  /// The plan of this ladder.
  ///
  /// - Throws: ``PageError`` with the rung's line where the ladder cannot be played.
  package init(_ ladder: Ladder, page: String, passiveClose: PassiveClose = .late) throws(PageError) {
    var planner = try Planner(ladder, page: page)
    for index in ladder.rungs.indices { try planner.plan(rung: index) }
    guard planner.steps.contains(where: { if case .look = $0.action { false } else { true } }) else {
      throw PageError(
        page: page, line: ladder.line,
        message: "nobody sends anything in this table: expected a segment such as SYN(SEQ:1000) or a call")
    }
    if passiveClose == .now { planner.hastenPassiveClose() }
    self.init(
      opener: planner.opener, opens: planner.opens, first: ladder.firstNumbers, steps: planner.steps)
  }
}

/// What is known of the connection while its ladder is read from top to bottom.
private struct Planner {
  let ladder: Ladder
  let page: String
  let losses: Set<LostSegment>
  var opener: Party = .left
  var opens = false
  var steps: [Plan.Step] = []

  /// What each party has done so far.
  private var history: Both<History> = Both(History())

  struct History {
    var sequences: Set<SegmentPattern.Number> = []
    var called: [Call] = []
    var synLine: Int?
    var hasAnswered = false
    var finLine: Int?
    var closeLine: Int?
    /// A segment of its own was lost, and since then there was a timeout.
    var owesResend = false
    var hasLoss = false
  }

  init(_ ladder: Ladder, page: String) throws(PageError) {
    self.ladder = ladder
    self.page = page
    losses = try ladder.losses(page: page)
    for rung in ladder.rungs {
      for party in Party.allCases {
        let isSyn = rung.cells[party].segment?.flags.isSuperset(of: .syn) ?? false
        guard isSyn || rung.cells[party].calls.contains(.connect) else { continue }
        opener = party
        opens = true
        return
      }
    }
  }

  mutating func plan(rung index: Int) throws(PageError) {
    let rung = ladder.rungs[index]
    add(index, .look)
    for party in Party.allCases {
      if let pattern = rung.cells[party].segment, losses.contains(LostSegment(rung: index, party: party)) {
        add(index, .lose(party, pattern))
        history[party].hasLoss = true
      }
    }
    if Party.allCases.contains(where: { rung.cells[$0].isTimeout }) { planTimeout(index) }
    for party in Party.allCases {
      for call in rung.cells[party].calls { try plan(call, of: party, index) }
      if let pattern = rung.cells[party].segment { try planSegment(pattern, of: party, index) }
    }
    switch (rung.cells.left.segment, rung.cells.right.segment) {
    case (let left?, let right?): add(index, .expectBoth(Both(left: left, right: right)))
    case (let left?, nil): add(index, .expect(.left, left))
    case (nil, let right?): add(index, .expect(.right, right))
    case (nil, nil): break
    }
  }

  private mutating func planTimeout(_ index: Int) {
    // The sender is the party whose segment was lost; without a loss, the one that sent last.
    let sender =
      Party.allCases.first { history[$0].hasLoss } ?? ladder.lastSender(before: index) ?? opener
    add(index, .resend(sender))
    history[sender].owesResend = true
  }

  private mutating func plan(_ call: Call, of party: Party, _ index: Int) throws(PageError) {
    let line = ladder.rungs[index].line
    if let closed = history[party].closeLine {
      throw PageError(
        page: page, line: line,
        message:
          "\(ladder.parties[party]) calls \(call), but its descriptor is gone since close() in line \(closed)"
      )
    }
    if call == .close { history[party].closeLine = line }
    history[party].called.append(call)
    add(index, .call(party, call))
  }

  /// Adds the call that a segment implies, where no call of the ladder has been named for it.
  private mutating func planSegment(
    _ pattern: SegmentPattern, of party: Party, _ index: Int
  ) throws(PageError) {
    let line = ladder.rungs[index].line
    let name = ladder.parties[party]
    if isResend(pattern, of: party) {
      history[party].owesResend = false
      history[party].hasLoss = false
      return
    }
    if let number = pattern.sequence, pattern.carriesData || !pattern.flags.isDisjoint(with: [.syn, .fin]) {
      history[party].sequences.insert(number)
    }
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
          page: page, line: line, message: "a second SYN from \(name), which sent one in line \(earlier)")
      }
      history[party].synLine = line
      // A SYN+ACK is the kernel's answer; only a SYN of its own needs a call.
      if !pattern.flags.contains(.ack), pattern.acknowledgment == nil || pattern.acknowledgment == .absent {
        try imply(.connect, of: party, index) { $0 == .connect }
      }
    }
    if pattern.carriesData {
      if opens, history[party].synLine == nil {
        throw PageError(page: page, line: line, message: "\(name) sends data before its SYN")
      }
      try imply(.send(pattern.length ?? 100), of: party, index) { if case .send = $0 { true } else { false } }
    }
    if pattern.flags.contains(.fin) {
      if let earlier = history[party].finLine {
        throw PageError(
          page: page, line: line, message: "a second FIN from \(name), which sent one in line \(earlier)")
      }
      if opens, history[party].synLine == nil {
        throw PageError(page: page, line: line, message: "\(name) sends a FIN before its SYN")
      }
      history[party].finLine = line
      let staysToRead = ladder.receivesData(party, after: index)
      try imply(staysToRead ? .shutdown(.write) : .close, of: party, index) {
        $0 == .close || $0 == .shutdown(.write) || $0 == .shutdown(.both)
      }
    }
  }

  /// Makes the call unless one like it was named since the last time, whose place it takes.
  private mutating func imply(
    _ call: Call, of party: Party, _ index: Int, isLike: (Call) -> Bool
  ) throws(PageError) {
    if let named = history[party].called.firstIndex(where: isLike) {
      history[party].called.remove(at: named)
      return
    }
    try plan(call, of: party, index)
    history[party].called.removeLast()
  }

  /// A segment that its party has sent before, or the one after its own loss and a timeout.
  private func isResend(_ pattern: SegmentPattern, of party: Party) -> Bool {
    guard !pattern.mayBePureAck else { return false }
    if let number = pattern.sequence { return history[party].sequences.contains(number) }
    return history[party].owesResend
  }

  private mutating func add(_ index: Int, _ action: Plan.Action) {
    steps.append(Plan.Step(rung: index, action: action))
  }

  /// Moves the second party's closing call to just after the first party's FIN has arrived.
  mutating func hastenPassiveClose() {
    let fin = steps.firstIndex {
      if case .expect(_, let pattern) = $0.action { pattern.flags.contains(.fin) } else { false }
    }
    guard let fin, case .expect(let active, _) = steps[fin].action else { return }
    let call = steps[fin...].firstIndex {
      guard case .call(active.other, let call) = $0.action else { return false }
      return call == .close || call == .shutdown(.write)
    }
    guard let call else { return }
    var step = steps.remove(at: call)
    step.rung = steps[fin].rung
    steps.insert(step, at: fin + 1)
  }
}

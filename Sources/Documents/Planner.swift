import TCP

extension Plan {
  /// The plan of this ladder.
  ///
  /// - Parameter reading: the data that a program has read before a close(), where the page does not say; nil for
  ///   everything.
  /// - Throws: ``PageError`` with the rung's line where the ladder cannot be run.
  package init(_ ladder: Ladder, page: String, reading: Reading? = nil) throws(PageError) {
    var planner = try Planner(ladder, page: page)
    planner.reading = reading ?? .everything
    for index in ladder.rungs.indices { try planner.plan(rung: index) }
    guard planner.steps.contains(where: { if case .look = $0.action { false } else { true } }) else {
      throw PageError(
        page: page, line: ladder.line,
        message: "no party sends anything in this table: expected a segment such as SYN(SEQ:1000), or a call")
    }
    self.init(
      opener: planner.opener, opens: planner.opens, first: planner.history.map(\.first),
      unheard: planner.unheard, leavesReadingOpen: planner.leavesReadingOpen, refuser: planner.refuser,
      listeners: planner.listeners, steps: planner.steps)
  }
}

/// The knowledge of the connection while its ladder is read from top to bottom.
struct Planner {
  let ladder: Ladder
  let page: String
  let losses: Set<LostSegment>
  var opener: Party = .left
  var opens = false
  /// Tells whether rows were left out so far: the numbers behind them stand for themselves.
  private(set) var hasElided = false
  var steps: [Plan.Step] = []
  var reading = Plan.Reading.everything
  var leavesReadingOpen = false
  var refuser: Party?
  var listeners: [Party] = []
  /// The number of each party's SYNs that are answered by a lost SYN+ACK, and then sent again by the party's timer.
  var unheard: Both<Int> = Both(0)

  /// The actions of each party so far.
  var history: Both<History> = Both(History())

  struct History {
    /// Its segments so far that take numbers, by the number that they begin at.
    var sent: [SegmentPattern.Number: [SegmentPattern]] = [:]
    var called: [Call] = []
    /// Octets that were sent to it and that no call has read.
    var unread = 0
    /// Tells whether the page names a call of its that reads.
    var reads = false
    var synLine: Int?
    var hasAnswered = false
    /// Its ACK of the other's SYN+ACK has arrived.
    var hasAcknowledged = false
    var finLine: Int?
    var closeLine: Int?
    /// A segment of its own was lost, or the ACK of one: its timer runs.
    var lostOwn = false
    var lostAck = false
    var isUnanswered: Bool { lostOwn || lostAck }
    /// Since then there was a timeout.
    var owesResend = false
    /// The octets of data that its last cell stands for, nil where they are not known; and whether it sent them before.
    var octets: Int?
    var isAgain = false
    /// The count of numbers that its segments have taken so far.
    var taken: UInt32 = 0
    /// The number that it begins at, by its own SEQ and by what the other acknowledges: each from where it first
    /// stands, less what was sent before.
    var beginBySequence: UInt32?
    var beginByAcknowledgment: UInt32?
    var begin: UInt32? { beginBySequence ?? beginByAcknowledgment }
    /// Its host has rebooted: from then on the numbers above are those of its next connection.
    var hasRebooted = false
    /// The number that it had reached when its host rebooted.
    var lastBegin: UInt32?
    var first: UInt32? { hasRebooted ? lastBegin : begin }
    /// A SYN of an earlier connection seems to come from it.
    var hasOldSyn = false
    /// It does not know the connection that segments from the other belong to: its kernel answers them with RST.
    var isStranger = false
    /// The number of its segments that are under way until a later rung.
    var lateCount = 0
    /// The octets of data in them.
    var lateOctets = 0

    /// Tells whether it has sent such a segment at this number: a SYN, a FIN or data. Data at the number of the SYN are new
    /// data with a wrong number, not a SYN that is sent again.
    func hasSent(_ pattern: SegmentPattern) -> Bool {
      guard let number = pattern.sequence else { return false }
      return sent[number, default: []].contains { earlier in
        (earlier.carriesData && pattern.carriesData)
          || !earlier.flags.intersection(pattern.flags).isDisjoint(with: [.syn, .fin])
      }
    }
  }

  init(_ ladder: Ladder, page: String) throws(PageError) {
    self.ladder = ladder
    self.page = page
    losses = try ladder.losses(page: page)
    for rung in ladder.rungs {
      // A host that reboots has had a connection.
      if Party.allCases.contains(where: { rung.cells[$0].elements.contains(.reboot) }) { return }
      for party in Party.allCases {
        let flags = rung.cells[party].segment?.flags ?? []
        let isSyn = flags.contains(.syn)
        guard isSyn || rung.cells[party].calls.contains(.connect) else { continue }
        opener = party
        opens = true
        return
      }
    }
  }

  mutating func plan(rung index: Int) throws(PageError) {
    let rung = ladder.rungs[index]
    if rung.isElision {
      hasElided = true
      for party in Party.allCases { history[party].sent = [:] }
    }
    add(index, .look)
    for party in Party.allCases {
      if let pattern = rung.cells[party].segment, losses.contains(LostSegment(rung: index, party: party)) {
        add(index, .lose(party, pattern))
      }
      if case .number(.literal(let number))? = rung.cells[party].segment?.acknowledgment, !hasElided {
        noteAcknowledgment(number, of: party.other)
      }
    }
    if try planEarlierConnection(index) { return }
    if Party.allCases.contains(where: { rung.cells[$0].isTimeout }) { planTimeout(index) }
    switch (rung.cells.left.segment, rung.cells.right.segment) {
    case (let left?, let right?):
      let segments = Both(left: left, right: right)
      if let first = answered(segments) {
        for party in [first, first.other] {
          try planCell(of: party, index)
          try expect(segments[party], of: party, index)
        }
        return
      }
      for party in Party.allCases { try planCell(of: party, index) }
      add(index, .expectBoth(segments))
    case (let left, let right):
      for party in Party.allCases { try planCell(of: party, index) }
      if let left { try expect(left, of: .left, index) }
      if let right { try expect(right, of: .right, index) }
    }
  }

  private mutating func expect(_ pattern: SegmentPattern, of party: Party, _ index: Int) throws(PageError) {
    let history = history[party]
    if ladder.rungs[index].cells[party].elements.contains(.arrivesLater) {
      self.history[party].lateCount += 1
      self.history[party].lateOctets += history.octets ?? 0
      add(index, .expectHeld(party, pattern, isAgain: history.isAgain))
    } else if abandons(index, answeredBy: party) {
      self.history[party.other].closeLine = ladder.rungs[index].line
      add(index, .expectAbandoned(party, pattern))
    } else if history.isAgain, pattern.carriesData, pattern.flags.isDisjoint(with: .control) {
      let isLost = losses.contains(LostSegment(rung: index, party: party))
      let repeats = isLost || history.octets == nil ? Plan.Repeats.first : .all
      add(index, .expectData(party, pattern, octets: history.octets ?? 1, repeats))
    } else if let octets = history.octets, pattern.flags.isDisjoint(with: .control) {
      add(index, .expectData(party, pattern, octets: octets, .none))
    } else {
      add(index, .expect(party, pattern))
    }
  }

  /// The calls of a party's cell, and those that its segment implies.
  private mutating func planCell(of party: Party, _ index: Int) throws(PageError) {
    let cell = ladder.rungs[index].cells[party]
    for call in cell.calls { try plan(call, of: party, index, isNamed: true) }
    guard let pattern = cell.segment else { return }
    try planSegment(pattern, of: party, index)
    noteFate(of: pattern, of: party, index)
  }

  private mutating func planTimeout(_ index: Int) {
    // The sender is the party that the next row shows, where something of its own, or the ACK of it, was lost, or where
    // it sends again what it has sent. Else it is the party whose segment, or the ACK of it, was lost; without a loss,
    // the one that sent last.
    let next = ladder.nextSender(after: index).flatMap { party in
      history[party].isUnanswered || isTimer(of: party, index) ? party : nil
    }
    let unanswered =
      next ?? Party.allCases.first { history[$0].lostOwn } ?? Party.allCases.first { history[$0].lostAck }
    add(index, .resend(unanswered ?? ladder.lastSender(before: index) ?? opener))
    if let unanswered { history[unanswered].owesResend = true }
  }

  /// Tells whether the timeout stands in this party's cell, and the party's next segment has a number that it has sent.
  private func isTimer(of party: Party, _ index: Int) -> Bool {
    let next = ladder.rungs[index...].lazy.compactMap { $0.cells[party].segment }.first
    return ladder.rungs[index].cells[party].isTimeout
      && next.map { history[party].hasSent($0) } ?? false
  }

  /// Notes what a loss makes of this segment. An ACK is never sent again: what it would have answered is.
  private mutating func noteFate(of pattern: SegmentPattern, of party: Party, _ index: Int) {
    guard losses.contains(LostSegment(rung: index, party: party)) else {
      // Whatever it is, its ACK makes up for one that was lost.
      history[party.other].lostAck = false
      if history[party.other].hasAnswered, !pattern.flags.contains(.rst) {
        history[party].hasAcknowledged = true
      }
      return
    }
    if !pattern.mayBePureAck { history[party].lostOwn = true }
    if pattern.mayBePureAck || pattern.namesAck { history[party.other].lostAck = true }
    // The timers of both ends of a handshake run now; only the length of the path decides which one fires first.
    if pattern.flags.contains(.syn), pattern.namesAck, ladder.nextSender(after: index) == party.other {
      unheard[party.other] += 1
    }
  }

  mutating func plan(
    _ call: Call, of party: Party, _ index: Int, isNamed: Bool = false
  ) throws(PageError) {
    let line = ladder.rungs[index].line
    if let closed = history[party].closeLine {
      throw PageError(
        page: page, line: line,
        message:
          "\(ladder.parties[party]) calls \(call), but it has already called close() in line \(closed)"
      )
    }
    switch call {
    case .close:
      planReading(of: party, index, isNamed: isNamed)
      history[party].closeLine = line
    case .abort: history[party].closeLine = line
    case .send(let count, _): history[party.other].unread += count
    case .receive(let count):
      history[party].reads = true
      history[party].unread -= min(count ?? history[party].unread, history[party].unread)
    case .connect, .listen, .accept, .shutdown: break
    }
    history[party].called.append(call)
    add(index, .call(party, call))
  }

  mutating func add(_ index: Int, _ action: Plan.Action) {
    steps.append(Plan.Step(rung: index, action: action))
  }
}

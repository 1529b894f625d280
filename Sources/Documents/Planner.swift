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
      opener: planner.opener, opens: planner.opens, first: planner.history.map(\.begin), steps: planner.steps)
  }
}

/// What is known of the connection while its ladder is read from top to bottom.
struct Planner {
  let ladder: Ladder
  let page: String
  let losses: Set<LostSegment>
  var opener: Party = .left
  var opens = false
  /// Whether rows were left out so far: the numbers behind them stand for themselves.
  private(set) var hasElided = false
  var steps: [Plan.Step] = []

  /// What each party has done so far.
  var history: Both<History> = Both(History())

  struct History {
    var sequences: Set<SegmentPattern.Number> = []
    var called: [Call] = []
    var synLine: Int?
    var hasAnswered = false
    var finLine: Int?
    var closeLine: Int?
    /// A segment of its own was lost, or the ACK of one: its timer runs.
    var lostOwn = false
    var lostAck = false
    var isUnanswered: Bool { lostOwn || lostAck }
    /// Since then there was a timeout.
    var owesResend = false
    /// How many numbers its segments have taken so far.
    var taken: UInt32 = 0
    /// The number that it begins at, by its own SEQ and by what the other acknowledges: each from where it first
    /// stands, less what was sent before.
    var beginBySequence: UInt32?
    var beginByAcknowledgment: UInt32?
    var begin: UInt32? { beginBySequence ?? beginByAcknowledgment }
  }

  init(_ ladder: Ladder, page: String) throws(PageError) {
    self.ladder = ladder
    self.page = page
    losses = try ladder.losses(page: page)
    for rung in ladder.rungs {
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
      for party in Party.allCases { history[party].sequences = [] }
    }
    add(index, .look)
    for party in Party.allCases {
      if let pattern = rung.cells[party].segment, losses.contains(LostSegment(rung: index, party: party)) {
        add(index, .lose(party, pattern))
      }
      if case .number(.literal(let number))? = rung.cells[party].segment?.acknowledgment,
        history[party.other].beginByAcknowledgment == nil, !hasElided
      {
        history[party.other].beginByAcknowledgment = number &- history[party.other].taken
      }
    }
    if Party.allCases.contains(where: { rung.cells[$0].isTimeout }) { planTimeout(index) }
    for party in Party.allCases {
      for call in rung.cells[party].calls { try plan(call, of: party, index) }
      if let pattern = rung.cells[party].segment {
        try planSegment(pattern, of: party, index)
        noteFate(of: pattern, of: party, index)
      }
    }
    switch (rung.cells.left.segment, rung.cells.right.segment) {
    case (let left?, let right?): add(index, .expectBoth(Both(left: left, right: right)))
    case (let left?, nil): add(index, .expect(.left, left))
    case (nil, let right?): add(index, .expect(.right, right))
    case (nil, nil): break
    }
  }

  private mutating func planTimeout(_ index: Int) {
    // The sender is the party whose segment, or the ACK of it, was lost; without a loss, the one that sent last.
    let unanswered = Party.allCases.first { history[$0].isUnanswered }
    add(index, .resend(unanswered ?? ladder.lastSender(before: index) ?? opener))
    if let unanswered { history[unanswered].owesResend = true }
  }

  /// Notes what a loss makes of this segment. An ACK is never sent again: what it would have answered is.
  private mutating func noteFate(of pattern: SegmentPattern, of party: Party, _ index: Int) {
    if !losses.contains(LostSegment(rung: index, party: party)) {
      // Whatever it is, its ACK makes up for one that was lost.
      history[party.other].lostAck = false
    } else if pattern.mayBePureAck {
      history[party.other].lostAck = true
    } else {
      history[party].lostOwn = true
    }
  }

  mutating func plan(_ call: Call, of party: Party, _ index: Int) throws(PageError) {
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

  mutating func add(_ index: Int, _ action: Plan.Action) {
    steps.append(Plan.Step(rung: index, action: action))
  }
}

import Documents
import TCP
import Traces

/// A run of a plan on a connection, from the plan's first step to its last.
struct PlanRun {
  let connection: Connection
  /// Octets that have left each party beyond those that the cells so far stand for.
  private var surplus: Both<Int> = Both(0)
  private(set) var late = LateSegments()
  /// The number of each party's first segment in the document, where it has one.
  var first: Both<UInt32?> = Both(nil)
  /// The numbers of each party's last octets that left in several segments, and were not acknowledged since.
  private var runs: Both<(first: SequenceNumber, end: SequenceNumber)?> = Both(nil)

  /// The number of calls of accept() that each party has yet to make as steps of the page.
  private var accepts: Both<Int> = Both(0)

  init(on connection: Connection) { self.connection = connection }

  /// Runs the plan.
  mutating func run(_ plan: Plan) throws {
    for party in Party.allCases {
      connection.readsByItself[party] = !plan.steps.contains {
        if case .call(party, .receive) = $0.action { true } else { false }
      }
    }
    for party in Party.allCases { accepts[party] = plan.steps.count { $0.action == .call(party, .accept) } }
    for party in Party.allCases where plan.unheard[party] > 0 { delaySyns(of: party, plan.unheard[party]) }
    first = plan.first
    for party in Party.allCases { connection.ends[party].returnsToListen = true }
    try begin(plan, primer: plan.closesBeforeItsAck)
    late = LateSegments(of: plan)
    connection.path.rules.insert({ [late] in late.fate(of: $0, from: $1) }, at: 0)
    for (index, step) in plan.steps.enumerated() {
      late.begin(index, step.action)
      try run(step)
    }
    let end = connection.log.nextPlace
    try connection.settle()
    // On an idle machine the page is over before a timer expires.
    if connection.log.resentLate(since: end, after: Self.resending) {
      try connection.waiting.disturbed(because: .resent)
    }
    try connection.look()
  }

  /// The age from which a repeated segment is a timer's: retransmissions and loss probes come after 200 ms and more.
  private static let resending = Duration.milliseconds(150)

  /// Makes the party's SYNs late, each less than the one before: so its timer, which runs since it sent the SYN, fires
  /// before the other's, which runs since that received it, and its next SYN arrives before the other's timer fires.
  ///
  /// By an eighth of the second that both timers take: the timer wheel is not coarser.
  private func delaySyns(of party: Party, _ count: Int) {
    var remaining = count
    connection.path.rules.append { segment, sender in
      guard sender == party, segment.flags.contains(.syn), !segment.flags.contains(.ack), remaining > 0 else {
        return nil
      }
      defer { remaining -= 1 }
      return .late(.milliseconds(125) * remaining)
    }
  }

  /// Brings the connection to where the ladder begins.
  ///
  /// - Parameter primer: a party that sends one octet before: the other's next ACK is then delayed by 40 ms instead
  ///   of at most one tick.
  private func begin(_ plan: Plan, primer: Party?) throws {
    if plan.opens {
      let connects = Set(
        plan.steps.compactMap { step -> Party? in
          if case .call(let party, .connect) = step.action { party } else { nil }
        })
      if connects.count == 1 {
        if let refuser = plan.refuser { try connection.refuse(refuser) } else { try connection.listen() }
      }
      for party in plan.listeners where connection.ends[party].listener == nil {
        try connection.listen(party)
      }
      if connection.bench.placementObstacle == nil {
        for party in connects {
          connection.placed[party] = plan.first[party].map { SequenceNumber($0) }.flatMap(\.ifPlaceable)
        }
      }
      return
    }
    let isNumbered = plan.first.left != nil || plan.first.right != nil
    // A party that the document gives no number begins at 2, so that there is room for a primer.
    var first = plan.first.map { SequenceNumber($0 ?? 2) }
    if let primer { first[primer] = first[primer] + -1 }
    let isPlaceable = first.left.ifPlaceable != nil && first.right.ifPlaceable != nil
    if isNumbered, isPlaceable, connection.bench.placementObstacle == nil {
      try connection.establish(at: first)
      if let primer { connection.placed[primer] = first[primer] + 1 }
    } else {
      try connection.open()
    }
    if let primer { try connection.prime(primer) }
    try connection.settle()
    connection.path.untaken = Both([])
  }

  /// Waits for the party's next segment that a cell can mean: none that only repeats what was sent, where the cell does
  /// not.
  @discardableResult
  func expectCell(_ party: Party, _ pattern: SegmentPattern, isAgain: Bool = false) throws -> Int? {
    try connection.awaitDeparture(of: party, named: "\(pattern)") { place in
      guard let segment = connection.log.segment(at: place), pattern.isCompared(with: segment) else {
        // It may be a window probe.
        if pattern.carriesData { try refuseUnread(party) }
        return false
      }
      return isAgain
        || !(connection.log.events.isUnnamedRepeat(at: place, for: pattern)
          || late.isCopy(at: place, in: connection.log))
    }
  }

  /// Waits for so many octets of the party's. What a segment holds beyond them belongs to the cells that follow.
  ///
  /// - Parameter repeats: whether the party has sent them before.
  private mutating func expectData(
    _ party: Party, _ pattern: SegmentPattern, octets: Int, _ repeats: Plan.Repeats
  ) throws {
    var missing = octets - surplus[party]
    surplus[party] = 0
    if repeats == .none { runs[party] = nil }
    var places: [Int] = []
    // They left with the cell before, and met its fate.
    if missing <= 0 { try connection.path.loseNoMore(party) }
    while missing > 0 {
      if repeats == .none { try refuseUnread(party) }
      guard let place = try expectCell(party, pattern, isAgain: repeats != .none),
        let length = connection.log.segment(at: place)?.length, length > 0
      else { return try refuseUnread(party) }
      try releaseEarly(place, of: party)
      missing -= length
      if repeats == .first { break }
      places.append(place)
    }
    surplus[party] = max(0, -missing)
    let segments = places.compactMap { connection.log.segment(at: $0) }
    let starts = segments.map(\.sequence) + (runs[party].map { [$0.first] } ?? [])
    if repeats != .none, let first = starts.min(by: <), let end = end(ofDataOf: party) {
      runs[party] = (first, end)
    } else if segments.count > 1 {
      runs[party] = (segments[0].sequence, segments[segments.count - 1].end)
    }
  }

  /// Gives the run up where a program's data waits for a reader, and the page names no call that reads: the window is
  /// closed.
  private func refuseUnread(_ party: Party) throws {
    guard !connection.readsByItself[party.other], try connection.isShutOut(party) else { return }
    throw CannotRun(
      reason: .other(
        "the window of \(connection.names[party.other]) is closed, for the page lets it read too little: "
          + "expected a call such as recv(100000)"))
  }

  /// The number behind the last octet that the party has sent.
  private func end(ofDataOf party: Party) -> SequenceNumber? {
    let log = connection.log
    let places = log.segments(of: party, since: connection.first) { $0.length > 0 }
    return places.compactMap { log.segment(at: $0)?.end }.max(by: <)
  }

  /// Waits for the ACK of the last segment where the other party's octets left in several: a document that shows them
  /// as one does not mean an ACK of the first ones only.
  private mutating func expectWholeRun(_ party: Party, acknowledgedAt place: Int?) throws {
    guard let run = runs[party.other] else { return }
    runs[party.other] = nil
    var place = place
    while let last = place, let acknowledged = connection.log.segment(at: last)?.acknowledged,
      run.first <= acknowledged, acknowledged < run.end
    {
      place = try connection.awaitSegment(of: party, named: "the ACK of all that was sent") { segment in
        segment.acknowledged.map { run.first <= $0 } ?? false
      }
    }
  }

  /// Takes connections that wait, but for a party whose accept() is a later step of the page.
  private func acceptWhatWaits() throws {
    for party in Party.allCases where accepts[party] == 0 { try connection.acceptIfWaiting(party) }
  }

  private mutating func run(_ step: Plan.Step) throws {
    switch step.action {
    case .look:
      connection.log.record(.rung(index: step.rung))
      try connection.look()
    case .lose(let party, let pattern):
      if let reason = lossObstacle(of: party, pattern) { throw CannotRun(reason: reason) }
      try connection.path.lose(party, like: pattern)
    case .call(let party, .close): try connection.closeUnread(party)
    case .call(let party, .send(let count, let more)):
      try connection.write(count, more: more, by: party)
    case .call(let party, let call):
      if case .accept = call { accepts[party] -= 1 }
      try connection.call(call, by: party)
    case .read(let party): try connection.readUnread(party)
    case .expect(let party, let pattern):
      let place = try expectCell(party, pattern)
      try releaseEarly(place, of: party)
      if pattern.mayBePureAck { try expectWholeRun(party, acknowledgedAt: place) }
      try acceptWhatWaits()
    case .expectData(let party, let pattern, let octets, let repeats):
      try expectData(party, pattern, octets: octets, repeats)
      try acceptWhatWaits()
    case .expectAbandoned(let party, let pattern):
      connection.path.rules.insert({ _, _ in .hold }, at: 0)
      let place = try connection.expect(party, pattern)
      connection.path.rules.removeFirst()
      try needWire("where close() is called before the SYN+ACK arrives")
      try connection.call(.close, by: party.other)
      try releaseTheRest(but: [place].compactMap(\.self))
    case .expectBoth(let patterns):
      try needWire("where two segments cross")
      connection.path.rules.insert({ _, _ in .hold }, at: 0)
      let places = try Party.allCases.compactMap { try connection.expect($0, patterns[$0]) }
      connection.path.rules.removeFirst()
      try releaseTheRest(but: places)
    case .expectHeld(let party, let pattern, let isAgain): try hold(party, pattern, isAgain: isAgain)
    case .release(let party): try release(party)
    case .inject(let party, let pattern): try inject(pattern, of: party)
    case .reboot(let party): try reboot(party)
    case .place(let party, let number):
      connection.placed[party] = SequenceNumber(number).ifPlaceable
    case .resend(let party): try awaitResend(of: party)
    }
  }
}

extension SequenceNumber {
  /// The number, or nil for 0, which to TCP_REPAIR means "choose one": a document that begins there is bound to the
  /// kernel's number, as one that may not place any.
  fileprivate var ifPlaceable: SequenceNumber? { rawValue == 0 ? nil : self }
}

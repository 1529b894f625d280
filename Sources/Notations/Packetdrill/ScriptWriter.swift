import Documents
import TCP

/// Writes a ladder as a script of one end, step by step of its plan.
struct ScriptWriter {
  let ladder: Ladder
  let plan: Plan
  /// The party whose kernel runs the script. The other's segments are made up.
  let kept: Party
  private(set) var lines: [String] = []
  private(set) var unwritten: [WrittenScript.Unwritten] = []
  var numbers: Both<SentNumbers>
  /// The index of the step that is written.
  private(set) var place = 0
  private var isStopped = false
  let lost: Both<Set<Int>>
  let role: Role

  /// The descriptor of the connection; nil before accept() and after close().
  var descriptor: Int?
  var hasBegun = false
  var hasEnded = false
  /// The ACK that the kept end owes, and tells by what; see ``noteArrival(of:)``.
  var owed: OwedAck?
  /// The kept end has answered data with data: its ACKs wait for such answers.
  var isInteractive = false
  var hasJustReceived = false
  var cause = Cause.call
  /// The party is to be waited for until it sends again.
  var isWaiting = Both(false)
  /// The number of segments that the kept end has sent again without an ACK.
  var repetitions = 0
  /// True if the kept end has measured the round-trip time of its path.
  var hasMeasuredPath = true
  private var held: Both<[Built]> = Both([])
  var written: UInt32 = 1
  private var hasStated = false
  /// A state that a note gives, and that only holds in the step behind it.
  private var lateState: (state: State, rung: Int)?
  /// The state that the event before asserts.
  private var asserted: State?
  private var hasEvents = false
  private var nextRemark: String?
  private var hasNewRemark = false
  var hasAccepted = false

  enum Role { case client, server, closedPort }
  enum OwedAck { case atOnce, delayed }
  /// The event that an RST of the kept end follows.
  enum Cause { case call, segment(ScriptSegment) }

  /// A segment, and whether it was sent before.
  struct Built {
    var segment: ScriptSegment
    var isAgain: Bool
  }

  init(_ ladder: Ladder, plan: Plan, of kept: Party) {
    (self.ladder, self.plan, self.kept) = (ladder, plan, kept)
    numbers = plan.first.map { SentNumbers(isOpen: !plan.opens, first: $0) }
    var lost: Both<Set<Int>> = Both([])
    var connects = !plan.opens && plan.opener == kept
    for step in plan.steps {
      switch step.action {
      case .lose(let party, _): lost[party].insert(step.rung)
      case .call(kept, .connect): connects = true
      default: break
      }
    }
    self.lost = lost
    role = plan.refuser == kept ? .closedPort : connects ? .client : .server
  }

  mutating func write(_ remarks: [String]) {
    lines = remarks.map(WrittenScript.comment)
    prepare()
    var rung: Int?
    for (place, step) in plan.steps.enumerated() {
      if case .lose = step.action { continue }
      self.place = place
      if step.rung != rung {
        if let rung { finish(rung) }
        begin(step.rung)
        rung = step.rung
      }
      if isStopped { return }
      write(step.action, step.rung)
      if isStopped { return }
    }
    if let rung { finish(rung) }
  }

  // MARK: Lines

  /// Adds an event. The first one has a time of its own; all others are counted from the one before.
  mutating func add(_ event: String, after time: String = "+0") {
    flushRemark()
    lines.append((hasEvents ? time : "0") + " " + event)
    hasEvents = true
    asserted = nil
  }

  /// Sets the words above what follows.
  private mutating func remark(_ text: String) { (nextRemark, hasNewRemark) = (text, nextRemark != text) }

  private mutating func flushRemark() {
    if hasNewRemark, let nextRemark {
      lines += (lines.isEmpty ? [] : [""]) + [WrittenScript.comment(nextRemark)]
    }
    hasNewRemark = false
  }

  mutating func leaveOut(_ reason: WrittenScript.Reason, _ rung: Int) {
    unwritten.append(.init(line: ladder.rungs[rung].line, reason: reason))
    flushRemark()
    lines.append(WrittenScript.comment("Not written: \(reason)"))
    if reason.endsScript { isStopped = true }
  }

  private mutating func prepare() {
    switch role {
    case .closedPort: remark("Nothing listens on the port.")
    case .server:
      remark("A socket that listens.")
      add("socket(..., SOCK_STREAM, IPPROTO_TCP) = 3")
      add("setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0")
      add("bind(3, ..., ...) = 0")
      add("listen(3, 1) = 0")
    case .client: if !plan.opens { connect() }
    }
    guard !plan.opens else { return }
    remark("The connection that the steps begin with.")
    if role == .client {
      add("> S 0:0(0) <...>")
      add("< S. 0:0(0) ack 1 win 65535 <\(Self.openingOptions)>")
      add("> . 1:1(0) ack 1 <...>")
    } else {
      add("< S 0:0(0) win 65535 <\(Self.openingOptions)>")
      add("> S. 0:0(0) ack 1 <...>")
      add("< . 1:1(0) ack 1 win \(Self.window)")
      accept()
    }
    hasBegun = true
    guard let descriptor, plan.closesBeforeItsAck == kept.other else { return }
    // The ACK of a FIN waits for 40 ms only behind data; else it may leave before close() is called.
    remark("One octet, so that the ACK of the FIN waits for close().")
    add("< P. 1:2(1) ack 1 win \(Self.window)")
    add("> . 1:1(0) ack 2 <...>")
    add("read(\(descriptor), ..., 1) = 1")
    numbers[kept.other].prime()
  }

  static let openingOptions = "mss 1460,sackOK,nop,nop,nop,wscale 8"
  static let window = 1024

  // MARK: Steps

  private mutating func begin(_ rung: Int) {
    hasStated = false
    let row = ladder.rungs[rung]
    if row.isElision {
      for party in Party.allCases { numbers[party].bindAgain() }
      remark("...")
    } else if !row.claims.isEmpty {
      remark(row.claims.joined(separator: ", "))
    }
    if let unread = ladder.firstUnread(hidingAStep: true), unread.rung == rung {
      leaveOut(.unread(unread.unread.text), rung)
    }
  }

  /// Writes the state of a row where no segment of it was the place for that.
  private mutating func finish(_ rung: Int) {
    if let late = lateState {
      lateState = nil
      assert(late.state, late.rung)
    }
    state(rung)
  }

  /// Writes the state that a row gives for the kept end, once.
  mutating func state(_ rung: Int) {
    if hasStated { return }
    hasStated = true
    let cell = ladder.rungs[rung].cells[kept]
    guard let state = cell.state else { return }
    if cell.elements.contains(.orNext), let modelled, modelled != state {
      lateState = (state, rung)
    } else {
      assert(state, rung)
    }
  }

  private mutating func assert(_ state: State, _ rung: Int) {
    // Before the first segment, there is nothing to ask: listen() has said it, or nothing listens.
    if numbers[kept].next == 0, state == .listen || !hasBegun && state == .closed { return }
    if role == .closedPort, state == .closed { return }
    if state == .timeWait { return leaveOut(.stateOutsideSocket(state), rung) }
    guard descriptor != nil else { return leaveOut(.stateWithoutDescriptor(state), rung) }
    if asserted == state { return }
    add("%{ assert tcpi_state == \(state.constant) }%")
    asserted = state
  }

  private mutating func write(_ action: Plan.Action, _ rung: Int) {
    switch action {
    case .look, .lose, .place: break
    case .call(let party, let call): if party == kept { write(call, rung) }
    case .read(let party): if party == kept { read(nil, rung) }
    case .expect(let party, let pattern): send(pattern, of: party, rung)
    case .expectData(let party, let pattern, let octets, let repeats):
      var pattern = pattern
      let before = numbers[party].next - min(numbers[party].next, numbers[party].acknowledged)
      pattern.length =
        pattern.length.flatMap { $0 == octets ? $0 : nil } ?? (repeats == .none ? octets : Int(before))
      send(pattern, of: party, rung, isAgain: repeats != .none)
    case .expectAbandoned(let party, let pattern):
      if party != kept { write(.close, rung) }
      send(pattern, of: party, rung)
    case .expectBoth(let patterns): cross(patterns, rung)
    case .expectHeld(let party, let pattern, let isAgain):
      guard let built = build(pattern, of: party, rung, isAgain: isAgain) else { return }
      held[party].append(built)
      if party == kept { leave(built, pattern, rung) }
    case .release(let party):
      guard !held[party].isEmpty else { return }
      let built = held[party].removeFirst()
      if party == kept { deliver(built) } else { arrive(built, rung) }
    case .inject(let party, let pattern):
      if pattern.flags.contains(.syn) { return leaveOut(.oldSyn, rung) }
      let before = numbers[party]
      guard party != kept, let built = build(pattern, of: party, rung, isAgain: false) else { return }
      numbers[party] = before
      arrive(built, rung)
    case .reboot: leaveOut(.reboot, rung)
    case .resend(let party):
      isWaiting[party] = true
      if party == kept { acknowledgeBeforeWaiting() }
    }
  }
}

import Documents
import TCP

/// The segments of a written script.
extension ScriptWriter {
  mutating func send(_ pattern: SegmentPattern, of party: Party, _ rung: Int, isAgain: Bool = false) {
    if party == kept, pattern.carriesData, !isAgain { acknowledgeForSender() }
    guard let built = build(pattern, of: party, rung, isAgain: isAgain) else { return }
    if party == kept {
      leave(built, pattern, rung)
      if !lost[party].contains(rung) { deliver(built) }
    } else if !lost[party].contains(rung) {
      arrive(built, rung)
    }
  }

  /// Writes two segments that leave before either arrives.
  mutating func cross(_ patterns: Both<SegmentPattern>, _ rung: Int) {
    guard let own = build(patterns[kept], of: kept, rung, isAgain: false),
      let other = build(patterns[kept.other], of: kept.other, rung, isAgain: false)
    else { return }
    leave(own, patterns[kept], rung)
    if !lost[kept.other].contains(rung) { arrive(other, rung) }
    if !lost[kept].contains(rung) { deliver(own) }
  }

  /// The segment that a party sends next, with the numbers that follow from what it sent and received; nil where the
  /// script ends here.
  mutating func build(
    _ pattern: SegmentPattern, of party: Party, _ rung: Int, isAgain: Bool
  ) -> Built? {
    let own = numbers[party]
    let flags = pattern.flags.intersection(.control)
    if flags.contains(.syn), hasEnded {
      leaveOut(.secondConnection, rung)
      return nil
    }
    if flags.contains(.rst) { return Built(segment: reset(pattern, of: party), isAgain: false) }
    // In a simultaneous open, each end sends its SYN once more with an ACK.
    let isSynAgain = own.next > 0 && (own.hasAnswered || !pattern.namesAck)
    let isAgain = isAgain || (flags.contains(.syn) && isSynAgain) || (flags.contains(.fin) && own.fin != nil)
    let length = pattern.length ?? (pattern.carriesData ? 100 : 0)
    if party == kept, length > Self.firstWindow {
      leaveOut(.muchData(length), rung)
      return nil
    }
    let expected: UInt32 =
      if flags.contains(.syn) { 0 } else if isAgain, flags.contains(.fin), length == 0 {
        own.fin ?? own.next
      } else if isAgain { own.acknowledged } else { own.next }
    let start = numbers[party].number(pattern.sequence, expected: expected)
    guard length < UInt32.max - start else {
      leaveOut(.numberBeforeSyn, rung)
      return nil
    }
    var segment = ScriptSegment(flags: flags, start: start, length: length, options: nil)
    // A kernel sends no segment without an ACK but SYN and RST; what a page says of the kept end is held against it.
    let isBare = flags.contains(.syn) ? !pattern.namesAck : party == kept && pattern.acknowledgment == .absent
    if !isBare { acknowledge(&segment, pattern, by: party) }
    let end = start &+ UInt32(truncatingIfNeeded: length)
    if length > 0, party != kept || pattern.flags.contains(.psh) || own.writes.contains(end) {
      segment.flags.insert(.psh)
    }
    if flags.contains(.fin) { numbers[party].fin = end }
    if flags.contains(.syn), pattern.namesAck { numbers[party].hasAnswered = true }
    if !isAgain { numbers[party].next = start &+ segment.numbers }
    return Built(segment: segment, isAgain: isAgain)
  }

  private mutating func acknowledge(
    _ segment: inout ScriptSegment, _ pattern: SegmentPattern, by party: Party
  ) {
    let arrived = numbers[party.other].arrived
    segment.flags.insert(.ack)
    guard case .number(let number)? = pattern.acknowledgment else {
      segment.acknowledgment = arrived
      return
    }
    segment.acknowledgment = numbers[party.other].number(number, expected: arrived)
  }

  /// An RST. A call makes one with an ACK; the answer to a segment has one only if that had none.
  private mutating func reset(_ pattern: SegmentPattern, of party: Party) -> ScriptSegment {
    var segment = ScriptSegment(flags: .rst, start: numbers[party].next, options: nil)
    var isBare = pattern.acknowledgment == .absent
    if party == kept, case .segment(let answered) = cause, !pattern.namesAck {
      isBare = isBare || answered.flags.contains(.ack)
      segment.start = isBare ? answered.acknowledgment : 0
    }
    segment.start = numbers[party].number(pattern.sequence, expected: segment.start)
    if !isBare { acknowledge(&segment, pattern, by: party) }
    return segment
  }

  // MARK: What the kept end sends

  mutating func leave(_ built: Built, _ pattern: SegmentPattern, _ rung: Int) {
    let segment = built.segment
    var time = "+0"
    let isAnswerToSyn = if case .segment(let other) = cause { other.flags.contains(.syn) } else { false }
    if isWaiting[kept] || built.isAgain && !isAnswerToSyn {
      time = timer(of: segment)
      repetitions += 1
      hasJustReceived = false
      if segment.flags.contains(.syn) { hasMeasuredPath = false }
    } else if owed == .delayed, segment.numbers == 0, !segment.flags.contains(.rst) {
      time = Self.delayedAck
      isInteractive = false
    }
    isWaiting[kept] = false
    if segment.length > 0, hasJustReceived { isInteractive = true }
    if segment.flags.contains(.rst) { hasEnded = true }
    owed = nil
    hasBegun = true
    add("> \(segment)", after: time)
    if !ladder.rungs[rung].isReceived(by: kept) { state(rung) }
  }

  /// The time of a delayed ACK: 40 ms, and up to 200 where the kernel takes the connection for an interactive one.
  private static let delayedAck = "+0~+0.25"

  /// The bounds of the time at which a segment is sent again.
  private func timer(of segment: ScriptSegment) -> String {
    let factor = 1 << min(repetitions, 7)
    // With a part acknowledged behind the gap, the kernel need not wait for a timer.
    let bounds: (Int, Int) =
      if segment.flags.contains(.syn) { (1000, 1100 * factor) } else if !hasMeasuredPath {
        (1000, 3300 * factor)
      } else { (numbers[kept].ahead.isEmpty ? 200 : 0, 300 * factor) }
    return "+\(seconds(bounds.0))~+\(seconds(bounds.1))"
  }

  private func seconds(_ milliseconds: Int) -> String {
    let tenths = milliseconds / 100
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  /// Notes that a segment of the kept end has come to the other.
  mutating func deliver(_ built: Built) {
    numbers[kept].arrive(built.segment.start, built.segment.numbers)
  }

  // MARK: What the other end sends

  mutating func arrive(_ built: Built, _ rung: Int) {
    acknowledgeBeforeArrival()
    var segment = built.segment
    let isWaiting = built.isAgain || isWaiting[kept.other]
    self.isWaiting[kept.other] = false
    if isWaiting { acknowledgeBeforeWaiting() }
    // A kernel's timer; shorter where that of the kept end runs, too.
    let isBusy = numbers[kept].acknowledged < numbers[kept].next
    var time = isWaiting ? isBusy ? "+0.1" : segment.flags.contains(.syn) ? "+1" : "+0.2" : "+0"
    if isWaiting { hasJustReceived = false }
    // A state beside the other's segment may be the one before it arrives.
    let row = ladder.rungs[rung]
    if let state = row.cells[kept].state, state == modelled, !row.isReceived(by: kept) { self.state(rung) }
    while segment.length > Self.segmentSize {
      var part = segment
      part.length = Self.segmentSize
      part.flags.subtract([.fin, .psh])
      inject(part, after: time)
      time = "+0"
      acknowledgeBeforeArrival()
      segment.start &+= UInt32(Self.segmentSize)
      segment.length -= Self.segmentSize
    }
    inject(segment, after: time)
    acceptWhereOpen()
    if row.cells[kept].segment == nil { state(rung) }
  }

  private static let segmentSize = 1460
  /// The octets that leave before the first ACK: ten segments.
  private static let firstWindow = 10 * segmentSize

  mutating func inject(_ segment: ScriptSegment, after time: String) {
    var segment = segment
    let isSyn = segment.flags.contains(.syn)
    segment.window = isSyn ? 65_535 : UInt16(Self.window)
    segment.options = []
    if segment.flags.contains(.ack), !isSyn { segment.options = numbers[kept].selective }
    let text = isSyn ? "\(segment) <\(Self.openingOptions)>" : "\(segment)"
    add("< \(text)", after: time)
    hasBegun = true
    cause = .segment(segment)
    if segment.flags.contains(.ack), segment.acknowledgment > numbers[kept].acknowledged {
      if numbers[kept].acknowledged > 0 { hasMeasuredPath = true }
      numbers[kept].acknowledged = min(segment.acknowledgment, numbers[kept].next)
      repetitions = 0
    }
    if segment.flags.contains(.rst) {
      hasEnded = true
      owed = nil
    } else {
      noteArrival(of: segment)
    }
  }

  /// The state that the kept end is in by what it sent and received so far; nil where that does not matter.
  var modelled: State? {
    let (own, other) = (numbers[kept], numbers[kept.other])
    if hasEnded || own.next == 0 { return nil }
    if own.acknowledged == 0 { return other.arrived == 0 ? .synSent : .synReceived }
    let isClosedByOther = other.fin.map { $0 < other.arrived } ?? false
    guard let fin = own.fin else { return isClosedByOther ? .closeWait : .established }
    return isClosedByOther ? nil : own.acknowledged > fin ? .finWait2 : .finWait1
  }

  /// Notes the ACK that the kernel owes for a segment, and when it sends it where nothing else takes it along.
  private mutating func noteArrival(of segment: ScriptSegment) {
    guard segment.numbers > 0 else { return }
    let other = kept.other
    let isNext = segment.start == numbers[other].arrived && numbers[other].ahead.isEmpty
    numbers[other].arrive(segment.start, segment.numbers)
    if segment.flags.contains(.syn) {
      owed = segment.flags.contains(.ack) ? .atOnce : nil
    } else if !isNext {
      owed = .atOnce
    } else if segment.flags.contains(.fin) {
      // The program is expected to answer with close().
      isInteractive = isInteractive || numbers[kept].fin == nil
      owed = numbers[kept].fin == nil ? .delayed : .atOnce
    } else {
      owed = isInteractive ? .delayed : .atOnce
    }
    if segment.length > 0 { hasJustReceived = true }
  }
}

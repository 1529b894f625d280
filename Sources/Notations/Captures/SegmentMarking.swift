import Documents
import TCP

/// Marks a segment by those that passed before.
extension CapturedSegment {
  /// Marks the segment, and takes it into account.
  ///
  /// - Parameters:
  ///   - mine: its sender.
  ///   - theirs: the other end.
  mutating func take(into mine: inout CapturedSide, against theirs: inout CapturedSide) {
    window = window(from: mine, to: theirs)
    if let limit = theirs.maximumSegmentSize, length > limit { marks.insert(.superSegment) }
    if !flags.contains(.rst) {
      markNumbers(&mine, theirs)
      markAcknowledgment(&mine, &theirs)
    }
    count(in: &mine, against: &theirs)
  }

  /// The window as it is meant.
  func window(from mine: CapturedSide, to theirs: CapturedSide) -> Int {
    guard !flags.contains(.syn), let scale = mine.scale, theirs.scale != nil else { return window }
    return window << Int(scale)
  }

  private mutating func markNumbers(_ mine: inout CapturedSide, _ theirs: CapturedSide) {
    guard let next = mine.next else {
      mine.first = sequence
      mine.next = end
      return
    }
    let ahead = sequence - next
    let isClosed = theirs.window == 0
    let hole = mine.gap.flatMap { sequence - $0.to < 0 && end - $0.from > 0 && sequenceLength > 0 ? $0 : nil }
    if ahead == -1, length <= 1, flags.isDisjoint(with: .control), hole == nil, !isLastOctet(of: mine) {
      marks.insert(isClosed ? .windowProbe : .keepAlive)
    } else if sequenceLength == 0 {
      return
    } else if ahead > 0 {
      marks.insert(.behindGap)
      mine.gap = (mine.gap?.from ?? next, sequence)
      mine.next = end
    } else if end - next > 0 {
      if isClosed, length == 1, !flags.contains(.fin) { marks.insert(.windowProbe) }
      if let hole { fill(hole, of: &mine) } else if ahead < 0 { marks.insert(.retransmission) }
      mine.next = end
    } else if let hole {
      fill(hole, of: &mine)
    } else {
      marks.insert(.retransmission)
      if let known = theirs.acknowledged, end - known <= 0 { marks.insert(.needless) }
    }
  }

  private mutating func fill(_ gap: (from: SequenceNumber, to: SequenceNumber), of mine: inout CapturedSide) {
    marks.insert(.fillsGap)
    // Octets that came behind their ACK were counted by it.
    let filled = (end - gap.to < 0 ? end : gap.to) - (sequence - gap.from > 0 ? sequence : gap.from)
    let counted = min(max(filled, 0), mine.unseenInGap)
    mine.unseenOctets -= counted
    mine.unseenInGap -= counted
    // The rest of the gap is behind this segment, or before it.
    let isFront = sequence - gap.from <= 0
    let rest = isFront ? (from: end, to: gap.to) : (from: gap.from, to: sequence)
    mine.gap = rest.to - rest.from > 0 ? rest : nil
    if mine.gap == nil { mine.unseenInGap = 0 }
  }

  /// Tells whether the last new segment was this octet alone: this is its repetition, and no probe.
  private func isLastOctet(of side: CapturedSide) -> Bool {
    length == 1 && side.lastNew.map { $0.sequence == sequence } ?? false
  }

  private mutating func markAcknowledgment(_ mine: inout CapturedSide, _ theirs: inout CapturedSide) {
    if window == 0, !flags.contains(.syn) { marks.insert(.zeroWindow) }
    guard let number = acknowledged else { return }
    if let next = theirs.next {
      if number - next > 0 {
        marks.insert(.acknowledgesUnseen)
        theirs.unseenOctets += number - next
        theirs.unseenInGap += number - next
        theirs.gap = (theirs.gap?.from ?? next, number)
        theirs.next = number
      }
    } else {
      theirs.first = number
      theirs.next = number
    }
    if mine.acknowledged.map({ number - $0 > 0 }) ?? true { mine.acknowledged = number }
  }

  private func count(in mine: inout CapturedSide, against theirs: inout CapturedSide) {
    let isRepeated = marks.contains(.retransmission)
    mine.segments += 1
    mine.last = self
    if isRepeated { mine.retransmissions += 1 }
    if marks.contains(.superSegment) { mine.superSegments += 1 }
    if marks.contains(.fillsGap) { mine.gapsFilled += 1 }
    // This end is heard: what it left unanswered is so no more.
    if !theirs.keepAlives.isEmpty { theirs.keepAlives = [] }
    if !theirs.unanswered.isEmpty { theirs.unanswered = [] }
    if !flags.isDisjoint(with: .control) { countControl(in: &mine) }
    if flags.contains(.rst) { return }
    if sequenceLength > 0, !isRepeated, marks.isDisjoint(with: [.windowProbe, .keepAlive]) {
      mine.lastNew = self
    }
    countWaiting(in: &mine, against: &theirs)
    mine.window = window
  }

  private func countControl(in mine: inout CapturedSide) {
    if flags.contains(.syn) {
      if mine.syn == nil { mine.syn = self }
      mine.synCount += 1
    }
    if flags.contains(.fin) {
      if mine.fin == nil { mine.fin = self }
      mine.finCount += 1
    }
    if flags.contains(.rst), mine.rst == nil { mine.rst = self }
  }

  /// The most packets that a proof names.
  private static let mostNamed = 64

  private func countWaiting(in mine: inout CapturedSide, against theirs: inout CapturedSide) {
    if marks.contains(.zeroWindow) {
      if mine.closedWindow == nil { mine.closedWindow = self }
    } else {
      mine.closedWindow = nil
    }
    if marks.contains(.keepAlive), mine.keepAlives.count < Self.mostNamed { mine.keepAlives.append(number) }
    if marks.contains(.retransmission), !marks.contains(.needless), mine.unanswered.count < Self.mostNamed {
      mine.unanswered.append(self)
    }
  }
}

extension CapturedSide {
  /// Tells whether a packet of this end tells nothing that is not known, and comes at once, as a copy does.
  ///
  /// - Parameter window: the packet's window as it is meant.
  func knows(_ segment: CapturedSegment, window newest: Int) -> Bool {
    guard let next, let last, segment.time - last.time < Self.mostForCopy else { return false }
    if segment.flags.contains(.rst) { return rst?.sequence == segment.sequence }
    if segment.flags.contains(.syn) { return syn?.sequence == segment.sequence }
    if segment.flags.contains(.fin), fin == nil { return false }
    guard segment.end - next <= 0 else { return false }
    guard let acknowledged, segment.flags.contains(.ack) else { return true }
    let ahead = segment.acknowledgment - acknowledged
    // An ACK of the same number may open the window.
    return ahead < 0 || ahead == 0 && (segment.sequenceLength > 0 || newest == window)
  }

  /// Nanoseconds behind its end's last packet within which a copy comes: no timer repeats a segment so soon.
  private static let mostForCopy: Int64 = 100_000_000
}

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
    if !flags.contains(.syn), let scale = mine.scale, theirs.scale != nil { window <<= Int(scale) }
    if let limit = theirs.maximumSegmentSize, length > limit { marks.insert(.superSegment) }
    if !flags.contains(.rst) {
      markNumbers(&mine, theirs)
      markAcknowledgment(&mine, &theirs)
    }
    count(in: &mine, against: &theirs)
  }

  private mutating func markNumbers(_ mine: inout CapturedSide, _ theirs: CapturedSide) {
    guard let next = mine.next else {
      mine.first = sequence
      mine.next = end
      return
    }
    let ahead = sequence - next
    let isClosed = theirs.window == 0
    if ahead == -1, length <= 1, flags.isDisjoint(with: .control), !isLastOctet(of: mine) {
      marks.insert(isClosed ? .windowProbe : .keepAlive)
    } else if sequenceLength == 0 {
      return
    } else if ahead > 0 {
      marks.insert(.behindGap)
      mine.gap = (mine.gap?.from ?? next, sequence)
      mine.next = end
    } else if end - next > 0 {
      if isClosed, length == 1, !flags.contains(.fin) { marks.insert(.windowProbe) }
      if ahead < 0 { marks.insert(.retransmission) }
      mine.next = end
    } else if let gap = mine.gap, sequence - gap.to < 0, end - gap.from > 0 {
      marks.insert(.fillsGap)
      // The rest of the gap is behind this segment, or before it.
      let isFront = sequence - gap.from <= 0
      let rest = isFront ? (from: end, to: gap.to) : (from: gap.from, to: sequence)
      mine.gap = rest.to - rest.from > 0 ? rest : nil
    } else {
      marks.insert(.retransmission)
      if let known = theirs.acknowledged, end - known <= 0 { marks.insert(.needless) }
    }
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
        theirs.next = number
      }
    } else {
      theirs.first = number
      theirs.next = number
    }
    guard let known = mine.acknowledged else {
      mine.acknowledged = number
      return
    }
    if number - known > 0 {
      mine.acknowledged = number
    } else if number == known, sequenceLength == 0, window == mine.window, let next = theirs.next,
      next - number > 0
    {
      marks.insert(.duplicateAck)
    }
  }

  private func count(in mine: inout CapturedSide, against theirs: inout CapturedSide) {
    let isRepeated = marks.contains(.retransmission)
    mine.segments += 1
    mine.last = self
    if isRepeated { mine.retransmissions += 1 } else { mine.octets += length }
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
    } else if mine.closedWindow != nil || theirs.windowProbes > 0 {
      mine.closedWindow = nil
      theirs.windowProbes = 0
    }
    if marks.contains(.windowProbe) { mine.windowProbes += 1 }
    if marks.contains(.keepAlive), mine.keepAlives.count < Self.mostNamed { mine.keepAlives.append(number) }
    if marks.contains(.retransmission), !marks.contains(.needless), mine.unanswered.count < Self.mostNamed {
      mine.unanswered.append(self)
    }
  }
}

extension CapturedSide {
  /// Tells whether a packet of this end tells nothing that is not known.
  func knows(_ segment: CapturedSegment) -> Bool {
    guard let next else { return false }
    if segment.flags.contains(.rst) { return rst?.sequence == segment.sequence }
    if segment.flags.contains(.syn) { return syn?.sequence == segment.sequence }
    if segment.flags.contains(.fin), fin == nil { return false }
    guard let acknowledged else { return segment.end - next <= 0 }
    return segment.end - next <= 0 && segment.acknowledgment - acknowledged <= 0
  }
}

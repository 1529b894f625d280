package import Documents
import TCP

/// Data that a party sends again.
extension [Event] {
  /// Tells whether the segment that left at this place carries data, and only such as its party has sent before.
  package func repeatsData(at place: Int) -> Bool {
    guard let segment = self[place].segment, segment.length > 0, segment.flags.isDisjoint(with: .control)
    else { return false }
    return hasSent(upTo: segment, by: self[place].party, before: place)
  }

  /// Tells whether the segment that left at this place carries data, a SYN or a FIN, and only such as its party has
  /// sent before.
  package func repeatsAll(at place: Int) -> Bool {
    guard let segment = self[place].segment, segment.sequenceLength > 0 else { return false }
    return hasSent(upTo: segment, by: self[place].party, before: place)
  }

  private func hasSent(upTo segment: Segment, by party: Party?, before place: Int) -> Bool {
    let earlier = self[..<place].lazy.filter { $0.party == party }.compactMap(\.segment).filter {
      $0.sequenceLength > 0
    }
    return earlier.contains { segment.end <= $0.end } && earlier.contains { $0.sequence <= segment.sequence }
  }

  /// Tells whether what is sent again at this place was lost, was reported missing, or has waited for its ACK for as long as
  /// a timer of the kernel's takes at least. A kernel that sends data twice for no such reason does what no page says.
  package func isDue(again place: Int) -> Bool {
    guard let segment = self[place].segment else { return false }
    let copies = self[..<place].indices.filter { earlier in
      guard self[earlier].party == self[place].party, let sent = self[earlier].segment,
        sent.sequenceLength > 0
      else { return false }
      return sent.sequence < segment.end && segment.sequence < sent.end
    }
    let isLost = self[..<place].contains { event in
      if case .dropped(let earlier) = event.what { copies.contains(earlier) } else { false }
    }
    guard !isLost, let last = copies.last, !isReportedMissing(segment, sentAt: last, before: place) else {
      return true
    }
    return self[place].time - earliestDeparture(of: last) >= Self.shortestTimer
  }

  /// The time from which on the segment at this place may have left: it is seen when it is read, which a busy machine
  /// does later.
  private func earliestDeparture(of place: Int) -> Int64 {
    let cause = self[..<place].last { event in
      guard event.party == self[place].party else { return false }
      return switch event.what {
      case .call, .delivered: true
      default: false
      }
    }
    return cause?.time ?? self[place].time
  }

  /// Tells whether an ACK told the sender between two places that later data had arrived, and this segment had not.
  private func isReportedMissing(_ segment: Segment, sentAt first: Int, before place: Int) -> Bool {
    guard let sender = self[first].party else { return false }
    var hasGap = false
    var reports: Set<Int> = []
    for index in self[first..<place].indices {
      switch self[index].what {
      case .delivered(let arrived) where self[index].party != sender:
        guard let later = self[arrived].segment, later.sequenceLength > 0 else { continue }
        if segment.end <= later.sequence { hasGap = true }
      case .segment(let answer, _) where self[index].party != sender && hasGap:
        if let acknowledged = answer.acknowledged, acknowledged <= segment.sequence { reports.insert(index) }
      case .delivered(let report) where self[index].party == sender && reports.contains(report): return true
      default: break
      }
    }
    return false
  }

  /// Two ticks of a kernel that ticks a thousand times a second (TCP_TIMEOUT_MIN), in nanoseconds.
  private static var shortestTimer: Int64 { 2_000_000 }

  /// Tells whether a cell cannot mean the segment that left at this place, for it is data that the kernel sends again
  /// by itself: because it was lost, or because no ACK came in time. It still can be the ACK that a cell means.
  package func isUnnamedRepeat(at place: Int, for pattern: SegmentPattern) -> Bool {
    guard repeatsData(at: place), isDue(again: place) else { return false }
    guard pattern.mayBePureAck else { return true }
    guard let acknowledged = self[place].segment?.acknowledged else { return true }
    let party = self[place].party
    return self[..<place].contains { event in
      event.party == party && (event.segment?.acknowledged.map { acknowledged <= $0 } ?? false)
    }
  }
}

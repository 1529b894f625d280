import Documents
import TCP
import Traces

/// A timer of the kernel that somebody waited for.
package enum ExpiredTimer: String, Sendable {
  case retransmission = "retransmission timer"
  case lossProbe = "loss probe timer"
  case zeroWindowProbe = "zero-window probe timer"
  case keepalive = "keepalive timer"
  case delayedAck = "delayed ACK timer"
  case timeWait = "TIME_WAIT timer"
  case finWait2 = "FIN_WAIT_2 timer"
}

/// The words for a time in which nothing happened: `200 ms later: retransmission timer`.
func waiting(_ nanoseconds: Int64, _ timer: ExpiredTimer?, unicode: Bool = true) -> String {
  "\(readable(nanoseconds: nanoseconds, unicode: unicode)) later" + (timer.map { ": \($0.rawValue)" } ?? "")
}

extension Trace {
  /// The longest tick of a kernel, in nanoseconds (HZ is 100): the tables tell a timer's time rounded up to its ticks.
  private static let tick: Int64 = 10_000_000

  /// The timer of this party that expired between two places: it was armed before the second, and due after the first.
  ///
  /// - Returns: nil where no observer saw one.
  func expiredTimer(of party: Party, between first: Int, and second: Int) -> ExpiredTimer? {
    let (from, to) = (events[first].time, events[second].time + Self.tick)
    func isDue(_ time: Int64) -> Bool { time > from && time <= to }
    let isAck = events[second].segment?.isPureAck ?? false
    var looked = false
    for place in events[..<second].indices.reversed() where events[place].party == party {
      let event = events[place]
      switch event.what {
      case .sighting(let record?) where !looked:
        guard let timer = record.timer else { continue }
        looked = true
        if isDue(event.time + Int64(timer.milliseconds) * 1_000_000) {
          return kind(of: timer, record, at: second)
        }
      // Due at once, it is no wait: the ACK is only sent in another context.
      case .timer(TimerFunction.delayedAck.rawValue, let nanoseconds)
      where isAck && nanoseconds > 0 && isDue(event.time + nanoseconds):
        return .delayedAck
      default: break
      }
      // A timer that was armed earlier than this is long over.
      if event.time < from, looked { return nil }
    }
    return nil
  }

  /// The timer of this party that expired at this place, and the time since it was armed, in nanoseconds; nil where no
  /// observer saw one.
  func expiry(of party: Party, at place: Int) -> (timer: ExpiredTimer, nanoseconds: Int64)? {
    var last: (timer: ExpiredTimer, due: Int64, armed: Int64)?
    for earlier in events[..<place].indices.reversed() where events[earlier].party == party {
      guard case .sighting(let record) = events[earlier].what else { continue }
      guard let record, let timer = record.timer else {
        if last == nil { continue } else { break }
      }
      let left = Int64(timer.milliseconds) * 1_000_000
      let due = events[earlier].time + left
      // It may have been armed anew before the segment was seen. The timer wheel is late by an eighth at most.
      if last == nil, due - Trace.tick > events[place].time { continue }
      if last == nil, due + left / 7 + 500_000_000 < events[place].time { break }
      let kind = last?.timer ?? kind(of: timer, record, at: place)
      // A timer that is armed again is due at another time.
      if let last, abs(due - last.due) > 5 * Trace.tick { break }
      last = (kind, due, events[earlier].time)
    }
    return last.map { ($0.timer, max(0, events[place].time - $0.armed)) }
  }

  private func kind(of timer: KernelTimer, _ record: SocketRecord, at place: Int) -> ExpiredTimer {
    switch timer.kind {
    case .keepalive: record.state == .finWait2 ? .finWait2 : .keepalive
    case .timeWait: record.state == .finWait2 ? .finWait2 : .timeWait
    case .zeroWindowProbe: .zeroWindowProbe
    case .retransmission: isLossProbe(at: place) ? .lossProbe : .retransmission
    }
  }

  /// Tells whether the segment that left at this place is a loss probe: the kernel counts no retransmission by timeout
  /// for it (`icsk_retransmits`).
  private func isLossProbe(at place: Int) -> Bool {
    guard let segment = events[place].segment, segment.sequenceLength > 0, !segment.flags.contains(.syn)
    else {
      return false
    }
    for later in events[place...] where later.party == events[place].party {
      if case .sighting(let record?) = later.what, let timer = record.timer { return timer.retries == 0 }
    }
    return false
  }
}

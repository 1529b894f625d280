import Documents
import SystemPackage
import TCP
import Traces

/// The segments of one connection that a kernel may refuse: all but those that an end sends for the first time to one that
/// waits for them.
struct Refusals {
  /// The number behind all that each party has sent.
  private var ends: Both<SequenceNumber?> = Both(nil)
  /// The places of segments that carry nothing but what was sent before.
  private var repeated: Set<Int> = []
  /// Tells that the window of each party is closed.
  private var isClosed: Both<Bool> = Both(false)

  /// Takes up a segment that left the party.
  mutating func note(_ segment: Segment, at place: Int, from party: Party) {
    if segment.flags.contains(.ack), !segment.flags.contains(.rst) { isClosed[party] = segment.window == 0 }
    guard segment.sequenceLength > 0 else { return }
    if let end = ends[party], segment.end <= end {
      repeated.insert(place)
    } else {
      ends[party] = segment.end
    }
  }

  /// Tells whether the end may refuse this segment, which comes in its order and as it left.
  ///
  /// - Parameter state: of the end's socket, as it was seen last; nil where there is no socket.
  func mayRefuse(_ segment: Segment, at place: Int, _ end: End, in state: State?) -> Bool {
    guard let state, !repeated.contains(place) else { return true }
    if segment.flags.contains(.syn) { return state != .listen && state != .synSent }
    if segment.length > 0 { return end.wasClosed || isClosed[end.party] || state == .timeWait }
    return state == .listen
  }
}

/// The reasons of the kernel for what it does with a segment that it may refuse.
extension Path {
  /// Tells whether the party may refuse this segment, and somebody sees why.
  func mayRefuse(_ segment: Segment, at place: Int, _ receiver: Party?) -> Bool {
    guard observers.reasons != nil, let receiver else { return false }
    var state: State?
    if let look = log.lastLook(at: receiver), case .sighting(let record) = log.events[look].what {
      state = record?.state
    }
    return refusals.mayRefuse(segment, at: place, ends[receiver], in: state)
  }

  /// Makes ready to see what becomes of the next segment, or of a call.
  func expectReasons() { observers.reasons?.expect() }

  /// Records the reasons that the kernel gave for what became of the segment at this place.
  func tellReasons(of place: Int, _ departure: Departure, at receiver: Party?) throws(BenchError) {
    guard let reasons = observers.reasons, let receiver else { return }
    try observerStep(reasons.kind) { () throws(Errno) in
      try reasons.tell(
        of: place, length: departure.bytes.count, arrivedAt: ends[receiver], by: Wire.device, into: log)
    }
  }
}

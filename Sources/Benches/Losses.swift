package import Documents
import Linux
import SystemPackage
import TCP
import Traces

/// Segments that are to be lost. A bench that holds its packets drops them; on loopback a filter at the receiver's socket
/// loses them.
extension Path {
  /// Makes ready to lose the party's next segment that is like the pattern.
  package func lose(_ party: Party, like pattern: SegmentPattern) throws {
    losses[party] = pattern
    lossFilters[party] = LossFilter()
    try setLoss(true, of: party)
  }

  /// Loses nothing more of the party's.
  func loseNoMore(_ party: Party) throws {
    guard losses[party] != nil else { return }
    losses[party] = nil
    try setLoss(false, of: party)
  }

  /// Loses every segment of both parties from here on.
  package func loseEverything() { rules.insert({ _, _ in .drop }, at: 0) }

  /// Loses every pure ACK that this party sends from here on; on loopback everything that reaches the other.
  package func loseAll(from party: Party) throws {
    if bench.holdsPackets {
      rules.append { segment, sender in sender == party && segment.isPureAck ? .drop : nil }
    } else if let socket = ends[party.other].socket {
      try benchStep("lose what \(names[party]) sends") { try bench.setLoss(true, at: socket.value) }
    }
  }

  /// Ends ``loseAll(from:)`` on loopback.
  package func loseNothing(from party: Party) throws {
    guard !bench.holdsPackets, let socket = ends[party.other].socket else { return }
    try benchStep("lose nothing more that \(names[party]) sends") {
      try bench.setLoss(false, at: socket.value)
    }
  }

  /// Sets the filter at the party's new socket, which is about to connect, where something of the other's is to be lost.
  func prepare(_ socket: Box<Socket>, of party: Party) throws(BenchError) {
    guard losses[party.other] != nil else { return }
    try benchStep("lose a segment") { try bench.setLoss(true, at: socket.value) }
  }

  /// Tells whether this segment is the one that is to be lost.
  func isLost(_ segment: Segment, from party: Party) throws -> Bool {
    guard let pattern = losses[party], pattern.isCompared(with: segment) else { return false }
    lossFilters[party].count += 1
    losses[party] = pattern.rest(behind: segment)
    if losses[party] == nil { try setLoss(false, of: party) }
    return true
  }

  /// On loopback a filter at the receiver loses all that arrives until it is taken away. What the kernel sent again by
  /// then is lost, too, and no page says so: the run says nothing.
  func noteUnmeantLoss(of segment: Segment, from party: Party, at time: Int64) throws {
    guard !bench.holdsPackets, segment.sequenceLength > 0 else { return }
    if losses[party] != nil || time <= lossFilters[party].ended {
      try waiting.disturbed(because: .lostMore)
    }
  }

  private func setLoss(_ isLossy: Bool, of party: Party) throws {
    guard !bench.holdsPackets else { return }
    let receiver = ends[party.other]
    // One that has yet to connect gets its filter with its socket.
    if receiver.socket == nil, receiver.listener == nil, !receiver.wasClosed { return }
    // A listener's filter does not reach a connection that was taken from it.
    guard let socket = receiver.socket ?? (receiver.wasClosed ? nil : receiver.listener) else {
      throw CannotRun(
        reason: .needs(
          "the wire, for \(names[party.other]) has closed the socket whose filter loses segments: --on wire"))
    }
    if isLossy {
      lossFilters[party].dropsBefore = try drops(at: socket) ?? 0
    } else {
      try awaitLosses(of: lossFilters[party], at: socket)
    }
    do throws(Errno) {
      try bench.setLoss(isLossy, at: socket.value)
    } catch {
      // A process that may not set a filter can still make other runs.
      throw CannotRun(
        reason: .needs("a socket filter, to lose a segment to \(names[party.other]): \(error.explained)"))
    }
    if !isLossy { lossFilters[party].ended = Clock.monotonic() }
  }

  /// Waits until the filter has met all that it is to lose. A segment is seen when it leaves; on a busy machine it
  /// arrives later, and without the filter it would not be lost.
  private func awaitLosses(of filter: LossFilter, at socket: Box<Socket>) throws {
    let end = Clock.time(after: .seconds(1))
    while let drops = try drops(at: socket), drops < filter.dropsBefore + filter.count {
      guard Clock.monotonic() < end else { return try waiting.disturbed(because: .heldUp(.seconds(1))) }
      Clock.sleep(nanoseconds: 50_000)
    }
  }

  private func drops(at socket: Box<Socket>) throws(BenchError) -> Int? {
    try benchStep("ask what a socket has dropped") { try socket.value.dropCount() }
  }
}

/// A socket's filter that takes nothing in, on loopback.
struct LossFilter {
  /// The number of segments that the socket had dropped when it got the filter.
  var dropsBefore = 0
  /// The number of segments that the filter is to lose.
  var count = 0
  /// The time at which it was taken away, on the monotonic clock in nanoseconds.
  var ended: Int64 = 0
}

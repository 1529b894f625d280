import Documents
import Learning
import TCP

/// The numbers of a connection as a script has them, step by step of a word. Both ends begin at 0.
///
/// A machine knows where a number lies beside what is expected, and not the number itself. It follows from what was sent,
/// as the peer that learns knows it.
struct WitnessNumbers {
  /// The sequence number that the kernel expects.
  private(set) var next: UInt32 = 0
  /// The sequence number that the kernel uses next. Before its SYN it is any.
  private var expected: UInt32 = 0x6000_0000
  /// True if the kernel has sent a SYN, from which its numbers are counted.
  private(set) var hasBegun = false
  /// The last segment of the peer.
  private var last: ScriptSegment?
  /// The octets that the kernel has acknowledged since the program has read all; nil where they may be of another
  /// connection than the program's.
  private(set) var unread: Int? = 0

  /// The segment that the peer sends.
  mutating func sent(_ segment: StimulusSegment) -> ScriptSegment {
    let sent = ScriptSegment(
      flags: segment.flags, start: next &+ UInt32(truncatingIfNeeded: segment.later),
      length: segment.length,
      acknowledgment: segment.flags.contains(.ack)
        ? expected &+ UInt32(truncatingIfNeeded: segment.acknowledgedMore) : 0, window: .max)
    last = sent
    return sent
  }

  /// The kernel's segment, from which the next ones are counted.
  ///
  /// - Throws: ``WitnessScript/Unwritable`` where a number of it does not follow.
  mutating func answer(_ answer: Response.Answer) throws(WitnessScript.Unwritable) -> ScriptSegment {
    var segment = ScriptSegment(flags: answer.flags, start: 0, length: answer.hasData ? 1 : 0, options: nil)
    if answer.hasData { segment.flags.insert(.psh) }
    guard let start = start(of: answer),
      let acknowledged = answer.acknowledgment.map({ acknowledgment(at: $0, in: answer) }) ?? 0
    else { throw .unknownNumber(answer) }
    (segment.start, segment.acknowledgment) = (start, acknowledged)
    note(segment, answer)
    return segment
  }

  mutating func read() { unread? = 0 }

  private func start(of answer: Response.Answer) -> UInt32? {
    switch answer.sequence {
    case .first: 0
    case .old where answer.flags.contains(.syn): 0
    // Counted from the kernel's SYN, zero is any number.
    case .zero: hasBegun ? nil : 0
    case .next: expected
    // An RST has the number that was acknowledged.
    case .old, .new: answer.flags == .rst ? last?.acknowledgment : nil
    }
  }

  private func acknowledgment(at place: Response.Place, in answer: Response.Answer) -> UInt32? {
    if place == .next { return next }
    guard let last else { return nil }
    let end = last.start &+ last.numbers
    // The one that follows what came is the only one that can be acknowledged.
    switch place {
    case .new: return end &- next < 1 << 31 && end != next ? end : nil
    case .old: return next &- end < 1 << 31 && end != next ? end : nil
    case .next, .zero, .first: return nil
    }
  }

  private mutating func note(_ segment: ScriptSegment, _ answer: Response.Answer) {
    if segment.flags.contains(.rst) { return }
    if answer.sequence == .first {
      if hasBegun { unread = nil }
      hasBegun = true
    }
    let end = segment.start &+ segment.numbers
    if segment.flags.contains(.syn) || end &- expected < 1 << 31 { expected = end }
    guard segment.flags.contains(.ack) else { return }
    if let last, last.length > 0, segment.acknowledgment != next { unread? += last.length }
    next = segment.acknowledgment
  }
}

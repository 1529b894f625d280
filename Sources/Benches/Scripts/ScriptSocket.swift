import Documents
import TCP
import Traces

/// A connection of a script: its numbers in the script, and those on the wire.
final class ScriptSocket {
  enum Stage {
    case new, listening
    /// A SYN of the script has come in; the kernel has answered; the answer is acknowledged.
    case received, answered, acknowledged
    /// connect() was called; the kernel has sent a SYN; the script has answered.
    case connecting, opening, opened
  }

  var stage = Stage.new
  /// The descriptors in the script and in the process; nil before accept(), and after close().
  var descriptor: (script: Int, live: Int)?
  /// Tells whether close() was called for it.
  var isClosed = false
  var local: Endpoint?
  var remote: Endpoint?
  /// The initial numbers of the kernel's end, and of the script's end, which are the script's.
  private(set) var localStart: (script: UInt32, live: UInt32) = (0, 0)
  private var remoteStart: UInt32 = 0
  /// The kernel's timestamps, by those that the script has in their places.
  private var timestamps: [UInt32: UInt32] = [:]
  private var firstTimestamp: (script: UInt32, live: UInt32)?
  private var flowLabel: (script: UInt32, live: UInt32)?
  /// The last numbers of both ends, so that the connection can be reset.
  private(set) var last: (sequence: UInt32, acknowledgment: UInt32)?

  init(descriptor: (script: Int, live: Int)? = nil) { self.descriptor = descriptor }

  /// The stage after a segment of the script is awaited, and whose number its SYN has.
  func willSend(_ segment: ScriptSegment) {
    guard segment.flags.contains(.syn) else { return }
    let isAnswer = segment.flags.contains(.ack)
    if stage == .connecting, !isAnswer { stage = .opening }
    if stage == .received && isAnswer || stage == .opening && !isAnswer {
      localStart.script = segment.start
    }
  }

  /// Learns from a segment that the kernel sent the number that it begins at.
  func sent(_ packet: DetailedPacket) {
    guard packet.flags.contains(.syn) else { return }
    if stage == .received, packet.flags.contains(.ack) { stage = .answered }
    localStart.live = packet.sequence.rawValue
  }

  /// The stage after a segment of the script has come in.
  func received(_ segment: ScriptSegment) {
    if stage == .answered, segment.flags.contains(.ack) { stage = .acknowledged }
    if stage == .opening, segment.flags.isSuperset(of: [.syn, .ack]) {
      stage = .opened
      remoteStart = segment.start
    }
  }

  func begin(with segment: ScriptSegment) { remoteStart = segment.start }

  /// The kernel's segment in the script's numbers.
  ///
  /// - Parameter expected: the segment that the script has in its place.
  func scripted(_ packet: DetailedPacket, expected: ScriptSegment?) -> ScriptSegment {
    let isSYN = packet.flags.contains(.syn)
    let offset = isSYN ? localStart.live &- localStart.script : localStart.live
    let hasACK = packet.flags.contains(.ack)
    let back: UInt32 = isSYN ? 0 : remoteStart
    let acknowledged = packet.acknowledgment.rawValue
    learnTimestamp(from: packet, expected: expected)
    return ScriptSegment(
      flags: packet.flags, hasAE: packet.hasAE, start: packet.sequence.rawValue &- offset,
      length: packet.length, acknowledgment: hasACK ? acknowledged &- back : acknowledged,
      window: packet.window, urgentPointer: packet.urgentPointer,
      options: packet.options.map { item in
        switch item {
        case .option(.sack(let blocks)):
          .option(
            .sack(blocks.map { .init(left: $0.left + -Int(back), right: $0.right + -Int(back)) }))
        case .option(.timestamps(let value, let echo)):
          .option(
            .timestamps(
              value: firstTimestamp.map { value &- $0.live &+ $0.script } ?? value, echo: echo))
        default: item
        }
      }, service: .octet(packet.service), hopLimit: packet.hopLimit,
      flowLabel: scriptedLabel(packet.flowLabel, expected: expected?.flowLabel))
  }

  private func learnTimestamp(from packet: DetailedPacket, expected: ScriptSegment?) {
    guard let script = expected?.timestamp, let live = packet.options.timestamp else { return }
    timestamps[script] = live
    if firstTimestamp == nil { firstTimestamp = (script, live) }
  }

  /// The first label of a flow stands for the script's first; the same one must come again with the same, and another
  /// with another.
  private func scriptedLabel(_ live: UInt32, expected: UInt32?) -> UInt32? {
    guard let expected, expected != 0, live != 0 else { return live }
    guard let known = flowLabel else {
      flowLabel = (expected, live)
      return expected
    }
    if live == known.live { return known.script }
    guard expected != known.script else { return live == expected ? live &+ 1 : live }
    flowLabel = (expected, live)
    return expected
  }

  /// The script's segment as it stands on the wire; nil where the echo of its timestamp is of none that the kernel sent.
  func live(_ segment: ScriptSegment, scalesEchoes: Bool) -> DetailedPacket? {
    guard let local, let remote else { return nil }
    let isSYN = segment.flags.contains(.syn)
    let offset = isSYN ? localStart.live &- localStart.script : localStart.live
    let hasACK = segment.flags.contains(.ack)
    var options: [OptionItem] = []
    for item in segment.options ?? [] {
      switch item {
      case .option(.sack(let blocks)):
        options.append(
          .option(.sack(blocks.map { .init(left: $0.left + Int(offset), right: $0.right + Int(offset)) })))
      case .option(.timestamps(let value, let echo)) where hasACK:
        if let live = timestamps[echo] {
          options.append(.option(.timestamps(value: value, echo: live)))
        } else if scalesEchoes, let first = firstTimestamp {
          options.append(.option(.timestamps(value: value, echo: echo &- first.script &+ first.live)))
        } else {
          return nil
        }
      default: options.append(item)
      }
    }
    let service: UInt8 =
      switch segment.service {
      case .congestion(let bits)?: bits
      case .octet(let octet)?: octet
      case .anyCapable?, nil: 0
      }
    let packet = DetailedPacket(
      source: Endpoint(remote.address, segment.ports?.source ?? remote.port),
      destination: Endpoint(local.address, segment.ports?.destination ?? local.port), service: service,
      hopLimit: segment.hopLimit.flatMap { $0 == 0 ? nil : $0 } ?? 255, flowLabel: segment.flowLabel ?? 0,
      flags: segment.flags, hasAE: segment.hasAE,
      sequence: SequenceNumber(segment.start &+ (isSYN ? 0 : remoteStart)),
      acknowledgment: SequenceNumber(segment.acknowledgment &+ (hasACK ? offset : 0)),
      window: segment.window ?? 0, urgentPointer: segment.urgentPointer, options: options,
      length: segment.length)
    last = (packet.sequence.rawValue, packet.acknowledgment.rawValue)
    return packet
  }

  /// The number on the wire of a segment of the kernel.
  func liveStart(_ start: UInt32) -> UInt32 { start &+ localStart.live }
}

extension ScriptSegment {
  fileprivate var timestamp: UInt32? { options?.timestamp }
}

extension [OptionItem] {
  fileprivate var timestamp: UInt32? {
    for case .option(.timestamps(let value, _)) in self { return value }
    return nil
  }
}

import Documents
import Learning
import Notations
import TCP

/// Writes the inputs and outputs of a machine as events of a script, one after the other.
struct WitnessWriter {
  private let side: Side
  private(set) var lines: [String]
  private var numbers = WitnessNumbers()
  /// The place of the first event.
  private let beginning: Int
  private var hasListener = false
  private var hasListened = false
  private var hasSentSynAck = false
  /// The program's descriptor of the connection.
  private var descriptor: Int?
  private var nextDescriptor = 3
  /// The segments of the kernel, in the order of the lines.
  private var segments: [String] = []

  init(_ side: Side, _ family: Family, remarks: [String]) {
    self.side = side
    let conditions = family == .ipv6 ? ScriptSettings.ipv6 : ScriptSettings()
    let settings = LearningSettings.ofScripts.sorted { $0.key < $1.key }.map {
      "sysctl -q \($0.key)=\($0.value)"
    }
    let route =
      "ip route replace \(conditions.network) dev tun0 quickack 1 rto_min \(LearningSettings.leastTimeout)s"
    lines = remarks.map(WrittenScript.comment)
    if family == .ipv6 { lines.append("--ip_version=ipv6") }
    lines += ["`" + (settings + [route]).joined(separator: "\n") + "`", ""]
    beginning = lines.count
    if side == .client { open() }
  }

  mutating func remark(_ text: String) { lines.append(WrittenScript.comment(text)) }

  /// The first segment of the kernel behind those of an earlier writer.
  func firstSegment(since earlier: WitnessWriter) -> String? {
    segments.count > earlier.segments.count ? segments[earlier.segments.count] : nil
  }

  /// Writes an input with its output.
  ///
  /// - Parameter other: another output of which is asked whether the lines tell it from this one.
  /// - Returns: the first segment that the other output has more, where nothing before it tells; nil where something does.
  @discardableResult mutating func write(
    _ input: Stimulus, _ output: Response, beside other: Response? = nil
  ) throws(WitnessScript.Unwritable) -> String? {
    if let segment = input.segment {
      guard canSend(segment) else { throw .unsendable(input) }
      if segment.flags == [.syn, .ack] { hasSentSynAck = true }
      add("< \(numbers.sent(segment))")
    } else if let call = output.call {
      try write(input, call)
    }
    for answer in output.segments { try expect(answer) }
    guard let other, other.call == output.call, other.segments.starts(with: output.segments),
      other.segments.count > output.segments.count
    else { return nil }
    var copy = numbers
    // A segment whose numbers do not follow is like none.
    let surplus = try? copy.answer(other.segments[output.segments.count])
    return surplus.map { "\($0)" } ?? ""
  }

  /// Tells whether a script can have the segment: whoever runs it must know between which ports it goes, and that its
  /// numbers are counted from 0.
  private func canSend(_ segment: StimulusSegment) -> Bool {
    guard numbers.next > 0 || segment.later == 0 else { return false }
    switch side {
    case .client:
      // The first SYN+ACK is what numbers are counted from, also behind a SYN.
      let isFirst = segment.flags == [.syn, .ack] && !hasSentSynAck
      return numbers.hasBegun && (!isFirst || numbers.next == 0)
    case .server: return numbers.hasBegun || hasListened || !hasListener
    }
  }

  private mutating func expect(_ answer: Response.Answer) throws(WitnessScript.Unwritable) {
    let segment = "\(try numbers.answer(answer))"
    segments.append(segment)
    add("> \(segment)")
  }

  // MARK: Calls

  private mutating func open() {
    hasListener = true
    add("socket(..., SOCK_STREAM, IPPROTO_TCP) = \(nextDescriptor)")
    add("fcntl(\(nextDescriptor), F_SETFL, O_RDWR|O_NONBLOCK) = 0")
    add("setsockopt(\(nextDescriptor), SOL_TCP, TCP_NODELAY, [1], 4) = 0")
    if side == .server { add("bind(\(nextDescriptor), ..., ...) = 0") } else { descriptor = nextDescriptor }
    nextDescriptor += 1
  }

  private mutating func write(
    _ call: Stimulus, _ result: Response.Result
  ) throws(WitnessScript.Unwritable) {
    if side == .server, !hasListener, call == .listen || call == .accept { open() }
    switch call {
    case .listen:
      add("listen(3, 16) = \(result.scripted())")
      hasListened = hasListened || result == .done
    case .accept:
      guard result == .done else { return add("accept(3, ..., ...) = \(result.scripted())") }
      add("accept(3, ..., ...) = \(nextDescriptor)")
      add("fcntl(\(nextDescriptor), F_SETFL, O_RDWR|O_NONBLOCK) = 0")
      descriptor = nextDescriptor
      nextDescriptor += 1
    default: try writeCallOfConnection(call, result)
    }
  }

  private mutating func writeCallOfConnection(
    _ call: Stimulus, _ result: Response.Result
  ) throws(WitnessScript.Unwritable) {
    // Without a descriptor no call is made.
    guard let descriptor else { return }
    switch call {
    case .connect: add("connect(\(descriptor), ..., ...) = \(result.scripted())")
    case .send: add("write(\(descriptor), ..., 1) = \(result.scripted(1))")
    case .receive:
      let count = numbers.unread ?? 0
      if result == .octets, count == 0 { throw .unknownCount }
      add("read(\(descriptor), ..., 4096) = \(result.scripted(count))")
      if result == .octets { numbers.read() }
    case .shutdown: add("shutdown(\(descriptor), SHUT_WR) = \(result.scripted())")
    case .close:
      add("close(\(descriptor)) = \(result.scripted())")
      self.descriptor = nil
    default: break
    }
  }

  private mutating func add(_ event: String) {
    lines.append((lines.count == beginning ? "0 " : "+0 ") + event)
  }
}

extension Response.Result {
  /// The result in a script.
  ///
  /// - Parameter count: the number of octets that a call gives or takes.
  fileprivate func scripted(_ count: Int = 0) -> String {
    switch self {
    case .done, .octets: "\(count)"
    case .end: "0"
    // packetdrill wants words behind a name.
    case .failed(let name): "-1 \(name) (as learned)"
    }
  }
}

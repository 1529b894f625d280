import Documents
import TCP

/// A connection as lines of text tell it: numbers that they leave out are those that the other lines prove.
struct TextFlow {
  private var flow: PacketFlow?
  private var details: [PacketDetails] = []
  private var opening: PacketLine
  private var fins: Set<PacketLine.End> = []
  /// The lines of ICMP errors about it.
  var errors: [Int] = []
  /// The place of the connection of the same ends that followed.
  var successor: Int?

  init(_ first: PacketLine) { opening = first }

  var ends: [PacketLine.End] { [opening.source, opening.destination] }
  var count: Int { details.count }

  /// Tells whether the packet is the SYN of another connection between the same ends.
  func isFollowed(by packet: PacketLine, _ line: Substring) -> Bool {
    if line.contains("[TCP Port numbers reused]") { return true }
    guard packet.flags.contains(.syn), !packet.flags.contains(.ack) else { return false }
    let isOther =
      opening.flags.contains(.syn) && opening.source == packet.source
      && opening.sequence != packet.sequence
    return isOther || fins.count == 2
  }

  mutating func add(_ packet: PacketLine, _ details: PacketDetails, line: Int) {
    if flow == nil { flow = PacketFlow(packet, line: line) } else { flow?.add(packet, line: line) }
    self.details.append(details)
    if packet.flags.contains(.fin) { fins.insert(packet.source) }
  }

  mutating func addData(from source: String, _ details: PacketDetails, line: Int) {
    flow?.addData(from: source, line: line)
    self.details.append(details)
  }

  /// The times of its first and last line; nil where a line has none, or they are not in order.
  var times: ClosedRange<Int64>? {
    let all = details.compactMap(\.time)
    guard all.count == details.count, let first = all.first, let last = all.last,
      zip(all, all.dropFirst()).allSatisfy({ $0 <= $1 })
    else { return nil }
    return first...last
  }

  // MARK: The connection

  private struct Told {
    var line: Int
    var from: Int
    var flags: Flags
    var sequence: SequenceNumber?
    var acknowledgment: SequenceNumber?
    /// Nil where the line does not tell it.
    var length: Int?
  }

  func connection(number: Int, isTimed: Bool) -> CapturedConnection {
    let told = told
    let left = opener(of: told)
    let names = Both(left: ends[left].text, right: ends[1 - left].text)
    var connection = CapturedConnection(
      number: number, names: names, family: nil, isLowLeft: true,
      at: isTimed ? details.first?.time ?? 0 : 0)
    if !isTimed { connection.untold.insert(.times) }
    let followed = followed(told)
    var next = [0, 1].map { first(of: $0, told) }
    for (index, line) in told.enumerated() {
      let sequence = line.sequence ?? next[line.from]
      var length = line.length
      if length == nil {
        length = followed[index].map { $0 - sequence }.flatMap { 1...Self.mostOctets ~= $0 ? $0 : nil }
        if length == nil { connection.untold.insert(.lengths) }
      }
      let isData = length.map { $0 > 0 } ?? true
      let needsNumber = isData || line.flags.contains(.rst) && !line.flags.contains(.ack)
      if line.sequence == nil, line.length != nil, needsNumber { connection.untold.insert(.numbers) }
      let from: Party = line.from == left ? .left : .right
      let details = details[index]
      if line.flags.contains(.syn) {
        connection.setOptions(
          of: from, scale: details.scale.map { min($0, 14) }, maximumSegmentSize: details.maximumSegmentSize)
      }
      var segment = CapturedSegment(
        number: line.line, time: isTimed ? details.time ?? 0 : 0, from: from, flags: line.flags,
        sequence: sequence,
        acknowledgment: line.acknowledgment ?? connection.sides[from].acknowledged
          ?? first(of: 1 - line.from, told),
        window: details.window ?? Self.unknownWindow, length: length ?? 0)
      if line.sequence == nil { segment.marks.insert(.unnumbered) }
      connection.take(&segment)
      _ = connection.keep(segment, mostKept: .max)
      if segment.end - next[line.from] > 0 || line.flags.contains(.syn) { next[line.from] = segment.end }
    }
    addErrors(to: &connection)
    return connection
  }

  /// More octets than this between two lines are another connection's, or a gap.
  private static let mostOctets = 1 << 24
  /// A window that no line tells is open, as far as is known.
  private static let unknownWindow = 65535

  private var told: [Told] {
    zip(flow?.packets ?? [], details).map { packet, details in
      guard let line = packet.packet else {
        return Told(line: packet.line, from: packet.from, flags: [.ack])
      }
      // A line without a length is of a segment with data if it says so by its numbers, or by PSH.
      let length = line.length ?? details.range ?? (line.flags.contains(.psh) ? nil : 0)
      return Told(
        line: packet.line, from: packet.from, flags: line.flags,
        sequence: line.sequence.map { SequenceNumber($0) },
        acknowledgment: line.flags.contains(.ack) ? line.acknowledgment.map { SequenceNumber($0) } : nil,
        length: length)
    }
  }

  /// The end that opened it; where no SYN shows that, the one with the higher port.
  private func opener(of told: [Told]) -> Int {
    if let syn = told.first(where: { $0.flags.contains(.syn) }) {
      return syn.flags.contains(.ack) ? 1 - syn.from : syn.from
    }
    let ports = ends.map { Int($0.port) ?? 0 }
    return ports[1] > ports[0] ? 1 : 0
  }

  /// The first number of an end: its own, or one that the other acknowledges.
  private func first(of end: Int, _ told: [Told]) -> SequenceNumber {
    told.first { $0.from == end && $0.sequence != nil }?.sequence
      ?? told.first { $0.from != end && $0.acknowledgment != nil }?.acknowledgment ?? SequenceNumber(0)
  }

  /// For each line the number that its end goes on with, or else the last one that the other end acknowledges.
  private func followed(_ told: [Told]) -> [SequenceNumber?] {
    var own: [SequenceNumber?] = [nil, nil]
    var acknowledged: [SequenceNumber?] = [nil, nil]
    var all: [SequenceNumber?] = []
    for line in told.reversed() {
      all.append(own[line.from] ?? acknowledged[line.from])
      if let sequence = line.sequence { own[line.from] = sequence }
      let other = 1 - line.from
      if acknowledged[other] == nil { acknowledged[other] = line.acknowledgment }
    }
    return all.reversed()
  }

  private func addErrors(to connection: inout CapturedConnection) {
    guard let about = connection.segments.first else { return }
    for line in errors {
      var error = about
      error.number = line
      error.time = connection.times.upperBound
      error.icmp = Self.unreachable
      connection.add(error: error)
    }
  }

  /// Type 3 of ICMP; a text does not always tell the code.
  private static let unreachable: UInt16 = 0x0300
}

import Documents
import TCP

/// The segments of one connection.
struct PacketFlow {
  let ends: [PacketLine.End]
  /// The line of text of each, and the place of its sender among the ends; without a packet where it is of the protocol above TCP.
  private(set) var packets: [(packet: PacketLine?, from: Int, line: Int)] = []
  /// Lines whose flags could not be read, with their senders.
  private var unread: [(text: String, from: Int, line: Int)] = []
  /// The numbers that relative ones of each end are counted from.
  private var bases: [UInt32?] = [nil, nil]
  /// Tells whether numbers behind the first of each end are relative; nil while no number has shown it.
  private var isRelative: Bool?

  init(_ packet: PacketLine, line: Int) {
    ends = [packet.source, packet.destination]
    add(packet, line: line)
  }

  var count: Int { packets.count + unread.count }

  mutating func add(_ packet: PacketLine, line: Int) {
    let from = packet.source == ends[0] ? 0 : 1
    var packet = packet
    if let number = packet.sequence {
      if let base = bases[from] {
        if !packet.flags.contains(.syn) { packet.sequence = absolute(number, from: base) }
      } else {
        bases[from] = number
      }
    }
    if let number = packet.acknowledgment {
      if let base = bases[1 - from] {
        if !packet.flags.contains(.syn) { packet.acknowledgment = absolute(number, from: base) }
      } else if packet.flags.contains(.ack) {
        bases[1 - from] = number &- 1
      }
    }
    packets.append((packet, from, line))
  }

  mutating func addUnread(_ text: String, from source: PacketLine.End, line: Int) {
    unread.append((text, source == ends[0] ? 0 : 1, line))
  }

  mutating func addData(from source: String, line: Int) {
    packets.append((nil, ends[0].address == source ? 0 : 1, line))
  }

  /// tcpdump prints all numbers but the first of each end relative to it, unless a person wants it otherwise. The number
  /// behind the first shows which: it is 1, or the first and 1.
  private mutating func absolute(_ number: UInt32, from base: UInt32) -> UInt32 {
    if isRelative == nil {
      if number == base &+ 1 { isRelative = false } else if number == 1 { isRelative = true }
    }
    let isFar = Int32(bitPattern: number &- base).magnitude > 1 << 24 && number < 1 << 24
    return isRelative ?? isFar ? base &+ number : number
  }

  var sketch: Sketch {
    let isOneHost = ends[0].address == ends[1].address
    let names = ends.map { isOneHost || $0.address.isEmpty ? $0.text : $0.address }
    var sketch = Sketch(
      of: packets.indices.map { index in
        let (packet, from, line) = packets[index]
        // A SYN that comes again before any answer was lost, or its answer was.
        let isLost = packet?.flags == .syn && index + 1 < packets.count && packets[index + 1].packet == packet
        return SketchedPacket(
          pattern: packet?.pattern ?? SegmentPattern(isData: true), from: from, line: line, isLost: isLost)
      }, names: names)
    for (text, from, line) in unread {
      let step = Sketch.Step(line: line, .message(.init(from: from, to: 1 - from, unread: text)))
      let place = sketch.steps.firstIndex { $0.line > line } ?? sketch.steps.count
      sketch.steps.insert(step, at: place)
      sketch.lines = min(line, sketch.lines.lowerBound)...max(line, sketch.lines.upperBound)
    }
    return sketch
  }
}

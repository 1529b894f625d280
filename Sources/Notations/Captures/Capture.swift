import Documents
import TCP

/// The contents of a capture file: its connections, and how much of it they are.
package struct Capture: Sendable {
  package init() {}

  /// True for the lines of a text: the numbers of packets are those of their lines.
  package var isText = false

  /// The link layers that are read.
  package static var knownLinks: String { LinkType.known }

  package var connections: [CapturedConnection] = []
  package var tally = Tally()
  /// The place at which the reading ended before the file did; nil where all of it was read.
  package var fault: CaptureFault?
  /// Nanoseconds since 1970 of the earliest and the latest packet; nil where there is none.
  package var times: ClosedRange<Int64>?

  /// Packets, counted.
  package struct Tally: Equatable, Sendable {
    package var packets = 0
    /// Segments, and ICMP errors about them.
    package var segments = 0
    /// Packets of other protocols, and ICMP errors about connections of which nothing passed before.
    package var others = 0
    /// Packets of link layers that are not read.
    package var unknownLinks = 0
    package var fragments = 0
    /// Packets of which less was captured than the headers.
    package var cut = 0
    package var malformed = 0
    /// Segments of connections for which there was no memory.
    package var leftOut = 0
    /// Packets that the capturing program or system could not keep, by what it says itself.
    package var dropped: UInt64 = 0
  }
}

/// Puts the segments of a capture to their connections, in bounded memory.
struct CaptureCollector {
  private(set) var capture = Capture()
  private var places: [FlowKey: Int] = [:]
  private var last: (key: FlowKey, place: Int)?
  private var kept = 0
  /// The connection of which most is kept; nil for all alike.
  private let wanted: Int?

  /// The most connections that are told apart.
  static let mostConnections = 65_536
  /// Segments in memory beyond which a connection keeps no more than the fewest.
  private static let mostSegments = 1_000_000
  private static let mostOfOne = 4000
  private static let fewest = 56

  /// - Parameter wanted: the number of the connection of which segments are kept; nil for all.
  init(wanted: Int?) { self.wanted = wanted }

  mutating func end(fault: CaptureFault?, dropped: UInt64) -> Capture {
    capture.fault = fault
    capture.tally.dropped = dropped
    return capture
  }

  mutating func add(_ frame: CapturedFrame, in octets: [UInt8]) {
    capture.tally.packets += 1
    if let times = capture.times {
      if frame.time > times.upperBound { capture.times = times.lowerBound...frame.time }
      if frame.time < times.lowerBound { capture.times = frame.time...times.upperBound }
    } else {
      capture.times = frame.time...frame.time
    }
    guard let link = frame.link else {
      capture.tally.unknownLinks += 1
      return
    }
    guard let (start, passage) = link.network(in: octets, frame.octets) else {
      capture.tally.others += 1
      return
    }
    do throws(CapturedHeaders.Refusal) {
      let end = frame.octets.upperBound
      let wire = max(frame.wire - (start - frame.octets.lowerBound), 0)
      let headers = try CapturedHeaders(octets, start, end, wire: wire)
      add(headers, frame, in: octets, passage: UInt64(frame.interface) << 32 ^ passage)
    } catch {
      switch error {
      case .otherProtocol: capture.tally.others += 1
      case .fragment: capture.tally.fragments += 1
      case .cut: capture.tally.cut += 1
      case .malformed: capture.tally.malformed += 1
      }
    }
  }

  private mutating func add(
    _ headers: CapturedHeaders, _ frame: CapturedFrame, in octets: [UInt8], passage: UInt64
  ) {
    guard let place = place(of: headers, frame) else {
      if headers.icmp == nil {
        capture.tally.segments += 1
        capture.tally.leftOut += 1
      } else {
        capture.tally.others += 1
      }
      return
    }
    capture.tally.segments += 1
    let isLowLeft = capture.connections[place].isLowLeft
    var segment = CapturedSegment(
      number: frame.number, time: frame.time, from: headers.isFromLow == isLowLeft ? .left : .right,
      flags: Flags(rawValue: headers.flags), sequence: SequenceNumber(headers.sequence),
      acknowledgment: SequenceNumber(headers.acknowledgment), window: Int(headers.window),
      length: headers.length)
    if let icmp = headers.icmp {
      segment.icmp = icmp
      return capture.connections[place].add(error: segment)
    }
    // A packet that passes several interfaces is captured several times.
    if capture.connections[place].passage(of: segment.from, or: passage) != passage,
      capture.connections[place].isCopy(segment)
    {
      capture.connections[place].copies += 1
      return
    }
    if segment.flags.contains(.syn) {
      let options = Option.readWhole(of: octets[headers.options])
      var (scale, size): (UInt8?, Int?) = (nil, nil)
      for option in options {
        if case .windowScale(let shift) = option { scale = min(shift, 14) }
        if case .maximumSegmentSize(let most) = option { size = Int(most) }
      }
      capture.connections[place].setOptions(of: segment.from, scale: scale, maximumSegmentSize: size)
    }
    capture.connections[place].take(&segment)
    let number = capture.connections[place].number
    guard wanted == nil || wanted == number else { return capture.connections[place].pass(segment) }
    let most = wanted == nil && kept > Self.mostSegments ? Self.fewest : Self.mostOfOne
    if capture.connections[place].keep(segment, mostKept: most) { kept += 1 }
  }

  /// The place of the packet's connection, which is added where it is new; nil where there are too many.
  private mutating func place(of headers: CapturedHeaders, _ frame: CapturedFrame) -> Int? {
    let known: Int?
    if let last, last.key == headers.key { known = last.place } else { known = places[headers.key] }
    if let known, !begins(headers, anew: known) {
      last = (headers.key, known)
      return known
    }
    // An error about what was not seen begins no connection.
    guard headers.icmp == nil else { return nil }
    let place = capture.connections.count
    guard place < Self.mostConnections, let low = headers.key.endpoint(isHigh: false),
      let high = headers.key.endpoint(isHigh: true)
    else { return nil }
    let flags = Flags(rawValue: headers.flags)
    let isLowLeft =
      flags.contains(.syn) ? headers.isFromLow != flags.contains(.ack) : low.port >= high.port
    if let known { capture.connections[known].successor = place + 1 }
    capture.connections.append(
      CapturedConnection(
        number: place + 1,
        names: (isLowLeft ? Both(left: low, right: high) : Both(left: high, right: low))
          .map(\.description), family: low.address.family, isLowLeft: isLowLeft, at: frame.time))
    places[headers.key] = place
    last = (headers.key, place)
    return place
  }

  /// Tells whether the packet is the SYN of another connection than the one of the same ends at this place.
  private func begins(_ headers: CapturedHeaders, anew place: Int) -> Bool {
    guard headers.icmp == nil, headers.flags & 0x12 == 0x02 else { return false }
    let party: Party = headers.isFromLow == capture.connections[place].isLowLeft ? .left : .right
    guard let first = capture.connections[place].firstNumber(of: party) else { return false }
    return first != headers.sequence
  }
}

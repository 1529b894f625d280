import Documents
import TCP

/// The lines of tcpdump, tshark or Wireshark in a text, as the connections of a capture.
///
/// Each fence of a page, and what stands between two headings, is a capture of its own.
package struct TextCapture {
  private var capture = Capture()
  private var flows: [TextFlow] = []
  /// The places in `flows` of the last connection of two ends, and of the last one between two hosts.
  private var places: [Set<PacketLine.End>: Int] = [:]
  private var hosts: [Set<String>: Int] = [:]

  /// The connections of a text; nil where it has none.
  package static func capture(in text: String) -> Capture? {
    guard !text.utf8.contains(0) else { return nil }
    var reader = TextCapture()
    var fence: Markdown.Opaque?
    for (index, line) in lines(of: text).enumerated() {
      if let open = fence {
        if open.ends(with: line, isFirst: false) {
          reader.endPart()
          fence = nil
        } else {
          reader.add(line, number: index + 1)
        }
      } else if let opened = Markdown.Opaque(opening: line), case .fence = opened {
        reader.endPart()
        fence = opened
      } else if Markdown.heading(of: line) != nil {
        reader.endPart()
      } else {
        reader.add(HTMLText.plain(line), number: index + 1)
      }
    }
    reader.endPart()
    return reader.capture.connections.isEmpty ? nil : reader.capture
  }

  private init() { capture.isText = true }

  private mutating func add(_ line: Substring, number: Int) {
    guard line.utf8.count < 1000 else { return }
    if let packet = PacketLine(tcpdump: line) ?? PacketLine(wireshark: line) {
      let ends: Set = [packet.source, packet.destination]
      let place: Int
      if let known = places[ends], !flows[known].isFollowed(by: packet, line) {
        place = known
      } else {
        place = flows.count
        flows.append(TextFlow(packet))
        if let known = places[ends] { flows[known].successor = place }
        places[ends] = place
        hosts[[packet.source.address, packet.destination.address]] = place
      }
      flows[place].add(packet, PacketDetails(line), line: number)
    } else if let error = PacketLine.unreachable(line) {
      let flow = flows.lastIndex { $0.ends.contains { $0.address == error } }
      if let flow { flows[flow].errors.append(number) }
    } else if let (source, destination) = PacketLine.addresses(in: line), source != destination,
      let flow = hosts[[source, destination]]
    {
      // A line of the protocol above TCP.
      flows[flow].addData(from: source, PacketDetails(line), line: number)
    }
  }

  /// Ends one capture of the text: its times and ends have nothing to do with those of the next.
  private mutating func endPart() {
    // Two segments make a connection: lines alone may be the examples of sentences.
    let kept = flows.contains { $0.count >= 2 } ? Array(flows.indices) : []
    let times = kept.compactMap { flows[$0].times }
    let isTimed = times.count == kept.count
    let end = times.map(\.upperBound).max()
    let first = capture.connections.count
    for (index, place) in kept.enumerated() {
      var connection = flows[place].connection(number: first + index + 1, isTimed: isTimed)
      connection.captureEnd = isTimed ? end : 0
      if let next = flows[place].successor, let number = kept.firstIndex(of: next) {
        connection.successor = first + number + 1
      }
      capture.tally.packets += flows[place].count + flows[place].errors.count
      capture.tally.segments += flows[place].count + flows[place].errors.count
      capture.connections.append(connection)
    }
    (flows, places, hosts) = ([], [:], [:])
  }
}

extension PacketLine {
  /// The address that an ICMP error says is told of an unreachable destination; nil for any other line.
  ///
  /// `IP 192.0.2.254 > 192.0.2.1: ICMP host 192.0.2.2 unreachable`, and Wireshark's columns.
  static func unreachable(_ line: Substring) -> String? {
    let words = line.split { " \t|".contains($0) }
    guard let icmp = words.firstIndex(where: { $0 == "ICMP" || $0 == "ICMP6," || $0 == "ICMPv6" }),
      words[icmp...].contains(where: { $0.lowercased().hasPrefix("unreachable") })
    else { return nil }
    if icmp > 0, words[icmp - 1].last == ":" { return String(words[icmp - 1].dropLast()) }
    return addresses(in: line)?.1
  }
}

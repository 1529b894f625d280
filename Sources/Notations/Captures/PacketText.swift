import Documents
import TCP

/// The lines that tcpdump, tshark and Wireshark print of TCP segments: a ladder for each connection.
enum PacketText: Notation {
  static let name = "a text capture"

  static func sketches(in block: TextBlock) -> [Sketch] {
    var flows: [PacketFlow] = []
    // The place of each connection by its two ends, and of the last one between two hosts.
    var places: [Set<PacketLine.End>: Int] = [:]
    var hosts: [Set<String>: Int] = [:]
    for index in block.lines.indices {
      let line = block.lines[index]
      guard line.utf8.count < 1000 else { continue }
      if let packet = PacketLine(tcpdump: line) ?? PacketLine(wireshark: line) {
        let ends: Set = [packet.source, packet.destination]
        if let flow = places[ends] {
          flows[flow].add(packet, line: block.line(index))
        } else {
          places[ends] = flows.count
          hosts[[packet.source.address, packet.destination.address]] = flows.count
          flows.append(PacketFlow(packet, line: block.line(index)))
        }
      } else if let (source, destination) = PacketLine.ends(ofUnreadFlags: line),
        let flow = places[[source, destination]]
      {
        flows[flow].addUnread(String(line.trimmed.prefix(200)), from: source, line: block.line(index))
      } else if let (source, destination) = PacketLine.addresses(in: line),
        source != destination, let flow = hosts[[source, destination]]
      {
        // A line of the protocol above TCP.
        flows[flow].addData(from: source, line: block.line(index))
      }
    }
    return flows.filter { $0.count >= 2 }.map(\.sketch)
  }
}

/// One segment as a capture's line tells it.
struct PacketLine: Equatable {
  struct End: Hashable {
    var address: String
    var port: String
    var text: String { address.isEmpty ? port : "\(address):\(port)" }
  }
  var source: End
  var destination: End
  var flags: Flags
  var sequence: UInt32?
  var acknowledgment: UInt32?
  var length: Int?

  var pattern: SegmentPattern {
    SegmentPattern(
      flags: flags, sequence: sequence.map { .literal($0) },
      acknowledgment: acknowledgment.map { .number(.literal($0)) }, length: length == 0 ? nil : length)
  }

  /// The source and the destination of a line that has flags in brackets.
  static func ends(ofUnreadFlags line: Substring) -> (End, End)? {
    let words = line.split { $0 == " " || $0 == "\t" || $0 == "|" }
    for arrow in words.indices.dropFirst().dropLast(2) where ["→", "->", ">"].contains(words[arrow]) {
      let (before, behind) = (words[arrow - 1], words[arrow + 1])
      if words[arrow + 2] == "Flags", behind.last == ":", let source = end(before),
        let destination = end(behind.dropLast())
      {
        return (source, destination)
      }
      if words[arrow + 2].first == "[", words[arrow + 2] != "[TCP", isPort(before), isPort(behind) {
        let addresses = addresses(in: words[..<(arrow - 1)].joined(separator: " ")[...])
        return (
          End(address: addresses?.0 ?? "", port: String(before)),
          End(address: addresses?.1 ?? "", port: String(behind))
        )
      }
    }
    return nil
  }

  // MARK: tcpdump

  /// `IP 127.0.0.1.60218 > 127.0.0.1.5599: Flags [S.], seq 1:11, ack 2, win 512, length 10`, and the older
  /// `10.0.0.1.1025 > 10.0.0.2.23: S 100:100(0) ack 1 win 512`.
  init?(tcpdump line: Substring) {
    let words = line.split { $0 == " " || $0 == "\t" }
    guard let arrow = words.firstIndex(of: ">"), arrow > 0, arrow + 2 < words.count,
      words[arrow + 1].last == ":",
      let source = Self.end(words[arrow - 1]), let destination = Self.end(words[arrow + 1].dropLast())
    else { return nil }
    (self.source, self.destination) = (source, destination)
    var rest = words[(arrow + 2)...]
    let isNew = rest.first == "Flags"
    if isNew { rest = rest.dropFirst() }
    guard let letters = rest.popFirst(),
      let flags = Flags(letters: letters.filter { !"[],".contains($0) })
    else {
      return nil
    }
    self.flags = flags
    if !isNew, let range = rest.first, range.contains("("), let parts = Self.range(range) {
      (sequence, length) = (parts.first, parts.length)
    }
    while let word = rest.popFirst() {
      guard let value = rest.first else { break }
      let number = UInt32(value.prefix { $0.isNumber })
      switch word {
      case "seq": sequence = number
      case "ack": acknowledgment = number
      case "length": length = Int(value.prefix { $0.isNumber })
      default: continue
      }
    }
    if acknowledgment != nil { self.flags.insert(.ack) }
  }

  /// `100:110(10)`.
  private static func range(_ text: Substring) -> (first: UInt32, length: Int)? {
    guard let colon = text.firstIndex(of: ":"), let open = text.firstIndex(of: "("), colon < open,
      let first = UInt32(text[..<colon]),
      let length = Int(text[text.index(after: open)...].prefix { $0.isNumber })
    else { return nil }
    return (first, length)
  }

  /// `127.0.0.1.60218`, `fe80::1.443`, `host.example.http`.
  private static func end(_ text: Substring) -> End? {
    guard let dot = text.lastIndex(of: "."), dot > text.startIndex else { return nil }
    let port = text[text.index(after: dot)...]
    guard !port.isEmpty,
      text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || ".:-_%".contains($0)) })
    else { return nil }
    return End(address: String(text[..<dot]), port: String(port))
  }

  // MARK: Wireshark

  /// `1 0.000 10.3.0.8 10.3.0.9 TCP 74 51500 → 6379 [SYN, ACK] Seq=0 Ack=1 Win=64 Len=0`, with or without the
  /// columns before the ports.
  init?(wireshark line: Substring) {
    let words = line.split { $0 == " " || $0 == "\t" || $0 == "|" }
    let arrow = words.indices.last { index in
      ["→", "->", ">"].contains(words[index]) && index > 0 && index + 2 < words.count
        && words[index + 2].first == "["
        && words[index + 2] != "[TCP"
    }
    guard let arrow, Self.isPort(words[arrow - 1]), Self.isPort(words[arrow + 1]) else { return nil }
    let behind = words[(arrow + 2)...].joined(separator: " ")
    guard let close = behind.firstIndex(of: "]") else { return nil }
    var flags: Flags = []
    for name in behind[..<close].dropFirst().split(whereSeparator: { $0 == "," || $0 == " " }) {
      // Wireshark's name of ECE was ECN.
      guard let flag = name == "ECN" ? .ece : Flags(name: name) else { return nil }
      flags.insert(flag)
    }
    self.flags = flags
    for field in behind[behind.index(after: close)...].split(separator: " ") {
      let parts = field.split(separator: "=")
      guard parts.count == 2, let value = UInt32(parts[1].prefix { $0.isNumber }) else { continue }
      switch parts[0].lowercased() {
      case "seq": sequence = value
      case "ack": acknowledgment = value
      case "len": length = Int(value)
      default: continue
      }
    }
    let addresses = Self.addresses(in: words[..<(arrow - 1)].joined(separator: " ")[...])
    source = End(address: addresses?.0 ?? "", port: String(words[arrow - 1]))
    destination = End(address: addresses?.1 ?? "", port: String(words[arrow + 1]))
  }

  private static func isPort(_ word: Substring) -> Bool {
    !word.isEmpty && word.count <= 20
      && word.allSatisfy { $0.isASCII && ($0.isNumber || $0.isLetter || $0 == "-" || $0 == "(" || $0 == ")") }
  }

  /// The first two addresses in a line: those of the source and of the destination.
  static func addresses(in line: Substring) -> (String, String)? {
    var found: [String] = []
    for word in line.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "|" }) where isAddress(word) {
      found.append(String(word))
      if found.count == 2 { return (found[0], found[1]) }
    }
    return nil
  }

  private static func isAddress(_ word: Substring) -> Bool {
    let numbers = word.split(separator: ".", omittingEmptySubsequences: false)
    if numbers.count == 4, numbers.allSatisfy({ UInt8($0) != nil }) { return true }
    // The time of day is none.
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 3, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isNumber) }) { return false }
    return parts.count > 2 && word.allSatisfy { $0.isHexDigit || $0 == ":" }
  }
}

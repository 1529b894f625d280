/// The control bits of a TCP header (RFC 9293 section 3.1), in the byte where the header has them.
package struct Flags: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let fin = Flags(rawValue: 0x01)
  package static let syn = Flags(rawValue: 0x02)
  package static let rst = Flags(rawValue: 0x04)
  package static let psh = Flags(rawValue: 0x08)
  package static let ack = Flags(rawValue: 0x10)
  package static let urg = Flags(rawValue: 0x20)
  package static let ece = Flags(rawValue: 0x40)
  package static let cwr = Flags(rawValue: 0x80)

  /// The flags that open, end or break a connection: those that a document is held to exactly.
  package static let control: Flags = [.syn, .fin, .rst]

  /// Every flag with its name, in the order in which a segment's flags are written.
  package static let named: [(flag: Flags, name: String)] = [
    (.syn, "SYN"), (.fin, "FIN"), (.rst, "RST"), (.psh, "PSH"), (.urg, "URG"),
    (.ece, "ECE"), (.cwr, "CWR"), (.ack, "ACK"),
  ]

  /// The flag of this name (`SYN`, `ack`), or nil.
  package init?(name: some StringProtocol) {
    let upper = name.uppercased()
    guard let found = Flags.named.first(where: { $0.name == upper }) else { return nil }
    self = found.flag
  }

  /// The names of the flags that are set, in the order in which they are written.
  package var names: [String] { Flags.named.filter { contains($0.flag) }.map(\.name) }
}

extension Flags: CustomStringConvertible {
  /// `SYN+ACK`; `none` where no flag is set.
  package var description: String {
    let names = names
    return names.isEmpty ? "none" : names.joined(separator: "+")
  }

  /// The flags written as ``description`` writes them, or nil where a name is unknown.
  package init?(_ description: some StringProtocol) {
    self = []
    if description == "none" { return }
    for name in description.split(separator: "+", omittingEmptySubsequences: false) {
      guard let flag = Flags(name: name) else { return nil }
      insert(flag)
    }
  }
}

extension Flags: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let flags = Flags(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "\(text) is no set of TCP flags"))
    }
    self = flags
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

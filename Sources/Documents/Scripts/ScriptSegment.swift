package import TCP

/// A segment as a script writes it, or as the kernel sent it, in the script's numbers.
///
/// The number of a SYN is the one in its header; all others are counted from the initial ones.
package struct ScriptSegment: Equatable, Sendable {
  package var flags: Flags
  /// The three bits of the counter of accurate ECN, where the script names their value in the place of flags.
  package var ace: UInt8?
  /// The flag AE of accurate ECN, which stands outside the octet of the others.
  package var hasAE: Bool
  package var start: UInt32
  package var length: Int
  package var acknowledgment: UInt32
  /// Nil where a script does not say.
  package var window: UInt16?
  package var urgentPointer: UInt16
  /// Nil for any.
  package var options: [OptionItem]?
  package var service: Service?
  /// Time to live, or hop limit.
  package var hopLimit: UInt8?
  package var flowLabel: UInt32?
  /// Ports of source and destination, where they are others than the connection's.
  package var ports: Ports?

  package struct Ports: Equatable, Sendable {
    package var source: UInt16
    package var destination: UInt16

    package init(source: UInt16, destination: UInt16) {
      self.source = source
      self.destination = destination
    }
  }

  /// The octet of service and congestion in the IP header.
  package enum Service: Equatable, Sendable {
    /// The two bits of congestion.
    case congestion(UInt8)
    /// ECT(0) or ECT(1).
    case anyCapable
    case octet(UInt8)
  }

  package init(
    flags: Flags, ace: UInt8? = nil, hasAE: Bool = false, start: UInt32, length: Int = 0,
    acknowledgment: UInt32 = 0, window: UInt16? = nil, urgentPointer: UInt16 = 0,
    options: [OptionItem]? = [], service: Service? = nil, hopLimit: UInt8? = nil,
    flowLabel: UInt32? = nil, ports: Ports? = nil
  ) {
    self.flags = flags
    self.ace = ace
    self.hasAE = hasAE
    self.start = start
    self.length = length
    self.acknowledgment = acknowledgment
    self.window = window
    self.urgentPointer = urgentPointer
    self.options = options
    self.service = service
    self.hopLimit = hopLimit
    self.flowLabel = flowLabel
    self.ports = ports
  }
}

extension ScriptSegment {
  /// The same without the octet of service in the IP header, which few scripts name.
  package var withoutService: ScriptSegment {
    var copy = self
    copy.service = nil
    return copy
  }
}

extension ScriptSegment {
  /// The count of sequence numbers that it takes.
  package var numbers: UInt32 {
    UInt32(truncatingIfNeeded: length) + (flags.contains(.syn) ? 1 : 0) + (flags.contains(.fin) ? 1 : 0)
  }
}

extension ScriptSegment: CustomStringConvertible {
  /// `P. 1:1001(1000) ack 1 win 257 <nop,nop,TS val 1 ecr 2>`, as scripts write it.
  package var description: String {
    var text = service.map { "\($0) " } ?? ""
    if let ports { text += "\(ports.source) > \(ports.destination) " }
    let end = start &+ UInt32(truncatingIfNeeded: length)
    text += "\(flagLetters) \(start):\(end)(\(length))"
    if flags.contains(.ack) { text += " ack \(acknowledgment)" }
    if let window { text += " win \(window)" }
    if urgentPointer != 0 { text += " urg \(urgentPointer)" }
    guard let options else { return text + " <...>" }
    return options.isEmpty
      ? text : text + " <" + options.map(\.description).joined(separator: ",") + ">"
  }

  /// `S`, `F.`, `.`; `-` for none.
  package var flagLetters: String {
    var letters = Self.letters.filter { flags.contains($0.flag) && !(ace != nil && $0.isECN) }.map(\.letter)
    if hasAE, ace == nil { letters.append("A") }
    var text = String(letters)
    if flags.contains(.ack) { text += "." }
    if let ace { text += "\(ace)" }
    return text.isEmpty ? "-" : text
  }

  /// The letters of flags, but for the dot of ACK.
  package static let letters: [(letter: Character, flag: Flags, isECN: Bool)] = [
    ("F", .fin, false), ("S", .syn, false), ("R", .rst, false), ("P", .psh, false), ("U", .urg, false),
    ("E", .ece, true), ("W", .cwr, true),
  ]
}

extension ScriptSegment.Service: CustomStringConvertible {
  package var description: String {
    switch self {
    case .congestion(let bits): "[\(["noecn", "ect1", "ect0", "ce"][Int(bits & 3)])]"
    case .anyCapable: "[ect01]"
    case .octet(let octet): "[tos 0x\(String(octet, radix: 16))]"
    }
  }
}

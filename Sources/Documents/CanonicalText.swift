import TCP

/// The one way in which tcpprobe writes what it reads in many.

extension SegmentPattern: CustomStringConvertible {
  /// `SYN+ACK(SEQ:2000,ACK:1001)`, `data(SEQ:1301, 100bytes)`, `ACK:1401`.
  package var description: String {
    var head: [String] = []
    if !flags.isEmpty { head.append(flags.description) }
    if isData { head.append("data") }
    var fields: [String] = []
    if let sequence { fields.append("SEQ:\(sequence)") }
    if let acknowledgment { fields.append("ACK:\(acknowledgment)") }
    var list = fields.joined(separator: ",")
    if let length { list += (list.isEmpty ? "" : ", ") + "\(length)bytes" }
    if head.isEmpty { return list }
    return head.joined(separator: " ") + (list.isEmpty ? "" : "(\(list))")
  }
}

extension SegmentPattern.Number: CustomStringConvertible {
  /// `1000`, `x`, `x+1`, `x-1`.
  package var description: String {
    switch self {
    case .literal(let value): String(value)
    case .variable(let name, let plus): plus == 0 ? name : "\(name)\(plus < 0 ? "" : "+")\(plus)"
    }
  }
}

extension SegmentPattern.Acknowledgment: CustomStringConvertible {
  package var description: String {
    switch self {
    case .absent: "-"
    case .number(let number): number.description
    }
  }
}

extension Cell.Element: CustomStringConvertible {
  /// `FIN(SEQ:5000)`, `[FIN_WAIT_1]`, `close()`, `lost`, `timeout`.
  package var description: String {
    switch self {
    case .lost: "lost"
    case .timeout: "timeout"
    case .segment(let pattern): pattern.description
    case .call(let call): call.description
    case .state(let state): "[\(state.rawValue)]"
    case .received: "(received)"
    case .perhapsReceived: "(received, or not yet)"
    case .orNext: "(or in the next step)"
    case .oldDuplicate: "(old duplicate)"
    case .arrivesLater: "(arrives later)"
    case .arrivesNow: "(arrives now)"
    case .reboot: "(reboot)"
    case .unread(let text): text
    }
  }
}

extension Cell.Element {
  /// The elements that are written as words in parentheses, and are read only as they are written.
  package static let remarks: [Cell.Element] = [
    .perhapsReceived, .orNext, .oldDuplicate, .arrivesLater, .arrivesNow, .reboot,
  ]
}

extension Cell: CustomStringConvertible {
  /// The content of the cell in the canonical notation; its text if there is nothing to be judged.
  package var description: String {
    elements.isEmpty ? text : elements.map(\.description).joined(separator: " ")
  }
}

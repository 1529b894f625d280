import Documents
import TCP

extension Numbering {
  /// The change that tcpprobe made to a segment on its way, in words and in the numbers of the drawing.
  mutating func alteration(of original: Segment, from party: Party, into changed: Segment) -> String {
    var parts: [String] = []
    func note(_ what: String, _ before: String, _ after: String) {
      if before != after { parts.append("\(what) \(before) to \(after)") }
    }
    note("flags", "\(original.flags)", "\(changed.flags)")
    note("seq", number(original.sequence, of: party), number(changed.sequence, of: party))
    if let before = original.acknowledged, let after = changed.acknowledged {
      note("ack", number(before, of: party.other), number(after, of: party.other))
    }
    note("window", grouped(Int(original.window)), grouped(Int(changed.window)))
    if original.length != changed.length { note("length", "\(original.length)", "\(changed.length)") }
    parts += Self.changes(from: original.options, to: changed.options)
    let what = parts.isEmpty ? "bits that are not shown here" : parts.joined(separator: ", ")
    return "tcpprobe changes " + what
  }

  private static func changes(from original: [Option], to changed: [Option]) -> [String] {
    for case .timestamps(let value, let echo) in original {
      for case .timestamps(let newValue, let newEcho) in changed {
        let shifts = [("timestamp", value, newValue), ("timestamp echo", echo, newEcho)].compactMap {
          name, before, after -> String? in
          let shift = Int(Int32(bitPattern: after &- before))
          guard shift != 0 else { return nil }
          return "\(name): \(shift < 0 ? "-" : "+")\(grouped(abs(shift)))"
        }
        if !shifts.isEmpty { return shifts }
      }
    }
    let before = original.map(\.description).joined(separator: ", ")
    let after = changed.map(\.description).joined(separator: ", ")
    return before == after
      ? [] : ["options \(before.isEmpty ? "none" : before) to \(after.isEmpty ? "none" : after)"]
  }
}

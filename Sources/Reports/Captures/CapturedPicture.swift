import Claims
import Documents
package import Notations
import TCP

extension Picture {
  /// A connection of a capture as a drawing. The number of each packet stands beside its segment; the states are those that
  /// the segments prove.
  ///
  /// - Parameter most: the most segments that are drawn; of more, the first and the last.
  package init(of connection: CapturedConnection, most: Int) {
    let segments = connection.segments
    let states = connection.provenStates
    var shown = Both<State?>(nil)
    var rows: [Row] = []
    let bases = connection.sides.map(\.first)
    let front = most / 3
    let back = max(front, segments.count - (most - front))
    for (index, segment) in segments.enumerated() {
      if front..<back ~= index { continue }
      var hidden = index == back ? back - front : 0
      if let gap = connection.gap, index == back ? front...back ~= gap : index == gap {
        hidden += connection.omitted
      }
      if hidden > 0 { rows.append(Row(.note("\(counted(hidden, "more segment"))"), at: index, time: nil)) }
      let label = Self.label(of: segment, bases: bases)
      var row = Row(.segment(label: label, from: segment.from, part: .whole), at: index, time: nil)
      row.number = segment.number
      for party in Party.allCases {
        guard let state = states[index][party], state != shown[party] else { continue }
        row.states[party] = state
        row.inferred.insert(party)
        shown[party] = state
      }
      rows.append(row)
    }
    self.init(
      names: connection.names, initial: Both(nil), rows: rows, footnotes: [])
  }

  /// `FIN+ACK seq=6 ack=1 len=5`, with numbers counted from the first of each end.
  private static func label(of segment: CapturedSegment, bases: Both<SequenceNumber?>) -> String {
    func relative(_ number: SequenceNumber, _ base: SequenceNumber?) -> String {
      base.map { String((number.rawValue &- $0.rawValue)) } ?? "\(number)"
    }
    var text = "\(segment.flags.subtracting([.psh, .ece, .cwr]))"
    if segment.length > 0 || !segment.flags.isDisjoint(with: .control) {
      text += " seq=\(relative(segment.sequence, bases[segment.from]))"
    }
    if let number = segment.acknowledged { text += " ack=\(relative(number, bases[segment.from.other]))" }
    if segment.length > 0 { text += " len=\(segment.length)" }
    if segment.marks.contains(.zeroWindow) { text += " win=0" }
    return text
  }
}

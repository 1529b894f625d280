import Documents
import TCP

/// A segment of a capture on its way into a sketch, whatever kind of capture tells of it.
struct SketchedPacket {
  var pattern: SegmentPattern
  /// The place of its sender among the two names.
  var from: Int
  /// The line of its text, or the number of its packet.
  var line: Int
  var isLost = false
  /// The states that it proves, of the end on the left and of the other.
  var states = Both<State?>(nil)
  /// The calls of its sender that it proves.
  var calls: [Call] = []
  /// Steps before it are left out.
  var isBehindElision = false
}

extension Sketch {
  /// The segments of one connection as an exchange between two ends.
  init(of packets: [SketchedPacket], names: [String]) {
    var steps: [Step] = []
    for packet in packets {
      let states = [packet.states.left, packet.states.right]
      if packet.isBehindElision { steps.append(Step(line: packet.line, .elision(text: "..."))) }
      let own = states[packet.from].map { [Cell.Element.state($0)] } ?? []
      let label = Cell(elements: packet.calls.map { .call($0) } + [.segment(packet.pattern)] + own)
        .description
      steps.append(
        Step(
          line: packet.line,
          .message(
            Message(from: packet.from, to: 1 - packet.from, label: label, isLost: packet.isLost))))
      if let other = states[1 - packet.from] {
        let text = Cell(elements: [.state(other)]).description
        steps.append(Step(line: packet.line, .states([1 - packet.from: text])))
      }
    }
    let lines = packets.map(\.line)
    self.init(names: names, steps: steps, lines: (lines.min() ?? 1)...(lines.max() ?? 1))
  }
}

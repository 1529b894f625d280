/// An edge of TCP's state machine from one state: an edge that leaves several states is as many of these.
package struct Transition: Hashable, Sendable {
  package let edge: Edge
  package let from: State

  init(_ edge: Edge, from: State) {
    self.edge = edge
    self.from = from
  }

  package var to: State { edge.to ?? from }

  /// The event in the figure's words: a call of the program, a segment that arrives, or a timer.
  package var event: String { "\(edge.event)" }

  /// The endpoint's answer, in the figure's words; empty where it does nothing.
  package var action: String { "\(edge.action)" }

  /// The name of it that no other has, without a comma: `SYN_SENT rcv SYN+ACK`.
  package var name: String { "\(from.rawValue) \(event)".replacing(",", with: "+") }

  /// All that there are, in the order of ``Edge/all``.
  package static let all = Edge.all.flatMap(\.transitions)

  /// Those that the diagram draws (section 3.3.2, figure 5), from top to bottom.
  package static let figure5 = all.filter(\.edge.isDrawn)

  /// The edge of the diagram between two states; nil where it has none.
  package static func edge(from: State, to: State) -> Transition? {
    figure5.first { $0.from == from && $0.to == to }
  }

  /// The reason why the figure lacks an edge that a connection took.
  ///
  /// - Parameter reset: true if the end sent an RST in this step, false if it received one; nil where there was none.
  package static func reasonForNoEdge(from: State, to: State, reset: Bool?) -> String {
    switch (from, to, reset) {
    case (.finWait1, .timeWait, _):
      "the FIN that arrived also acknowledged this end's FIN (note 2 of RFC 9293, figure 5)"
    case (_, .closed, true):
      "this end sent an RST, and Linux closes at once (note 3 of RFC 9293, figure 5, has TIME-WAIT here)"
    case (_, .closed, false): "this end received an RST (note 3 of RFC 9293, figure 5)"
    case (_, .closed, nil): "the kernel ended the connection, without an RST in this step"
    default: "states between the two passed within this step"
    }
  }

  /// The edge in one line: `rcv FIN / snd ACK`.
  package var label: String { action.isEmpty ? event : "\(event) / \(action)" }
}

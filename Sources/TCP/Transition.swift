/// An edge of RFC 9293's state diagram (section 3.3.2, figure 5): a state, the event that ends it, and the state after
/// it.
package struct Transition: Equatable, Sendable {
  package let from: State
  package let to: State
  /// The event in the figure's words: a call of the program, a segment that arrives, or a timer.
  package let event: String
  /// The endpoint's answer, in the figure's words; empty where it does nothing.
  package let action: String

  private init(_ from: State, _ event: String, _ action: String, _ to: State) {
    self.from = from
    self.to = to
    self.event = event
    self.action = action
  }

  /// All edges, from top to bottom.
  package static let figure5: [Transition] = [
    Transition(.closed, "passive OPEN", "create TCB", .listen),
    Transition(.closed, "active OPEN", "snd SYN", .synSent),
    Transition(.listen, "CLOSE", "delete TCB", .closed),
    Transition(.listen, "rcv SYN", "snd SYN,ACK", .synReceived),
    Transition(.listen, "SEND", "snd SYN", .synSent),
    Transition(.synReceived, "rcv RST", "", .listen),
    Transition(.synSent, "CLOSE", "delete TCB", .closed),
    Transition(.synSent, "rcv SYN", "snd SYN,ACK", .synReceived),
    Transition(.synReceived, "rcv ACK of SYN", "", .established),
    Transition(.synSent, "rcv SYN,ACK", "snd ACK", .established),
    Transition(.synReceived, "CLOSE", "snd FIN", .finWait1),
    Transition(.established, "CLOSE", "snd FIN", .finWait1),
    Transition(.established, "rcv FIN", "snd ACK", .closeWait),
    Transition(.finWait1, "rcv ACK of FIN", "", .finWait2),
    Transition(.finWait1, "rcv FIN", "snd ACK", .closing),
    Transition(.closeWait, "CLOSE", "snd FIN", .lastAck),
    Transition(.finWait2, "rcv FIN", "snd ACK", .timeWait),
    Transition(.closing, "rcv ACK of FIN", "", .timeWait),
    Transition(.lastAck, "rcv ACK of FIN", "", .closed),
    Transition(.timeWait, "2 MSL timeout", "delete TCB", .closed),
  ]

  /// The edge between two states; nil where the figure has none.
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

import Kinds
import TCP
import Testing

/// The state diagram of RFC 9293 as data.
@Suite(.tags(.pure)) struct TransitionTests {
  @Test func everyStateIsReachedFromClosedAndLeadsBackToIt() {
    var reached: Set<State> = [.closed]
    for _ in State.allCases {
      reached.formUnion(Transition.figure5.filter { reached.contains($0.from) }.map(\.to))
    }
    #expect(reached == Set(State.allCases))
    for state in State.allCases { #expect(Transition.figure5.contains { $0.from == state }, "\(state)") }
  }

  @Test func twoStatesHaveAtMostOneEdge() {
    for edge in Transition.figure5 {
      #expect(Transition.figure5.count { $0.from == edge.from && $0.to == edge.to } == 1, "\(edge.label)")
    }
  }

  @Test func anEdgeHasItsEventAndAction() {
    #expect(Transition.edge(from: .established, to: .closeWait)?.label == "rcv FIN / snd ACK")
    #expect(Transition.edge(from: .finWait1, to: .finWait2)?.label == "rcv ACK of FIN")
    #expect(Transition.edge(from: .established, to: .closed) == nil)
    let passed = Transition.reasonForNoEdge(from: .finWait1, to: .timeWait, reset: nil)
    #expect(passed.contains("note 2"))
  }

  @Test func onlyTheSenderOfAnRSTDiffersFromTheFigure() {
    func reason(_ reset: Bool?) -> String {
      Transition.reasonForNoEdge(from: .established, to: .closed, reset: reset)
    }
    #expect(reason(true).contains("sent an RST") && reason(true).contains("TIME-WAIT"))
    #expect(reason(false).contains("received an RST") && !reason(false).contains("TIME-WAIT"))
    #expect(!reason(nil).contains("note 3"))
  }
}

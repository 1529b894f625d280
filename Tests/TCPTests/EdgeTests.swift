import Kinds
import TCP
import Testing

/// The edges of RFC 9293's diagram and text as data.
@Suite(.tags(.pure)) struct EdgeTests {
  @Test func theDiagramHasTwentyAndItsNoteOneAndTheTextTwelve() {
    #expect(Edge.all.count == 33)
    #expect(Edge.all.prefix(20).allSatisfy { $0.isDrawn })
    #expect(Edge.all[20].source == .note(2) && Edge.all.dropFirst(20).allSatisfy { !$0.isDrawn })
    #expect(Edge.all.map(\.number) == Array(1...33))
  }

  @Test func noTwoTransitionsHaveTheSameName() {
    let names = Transition.all.map(\.name)
    #expect(Set(names).count == names.count && names.allSatisfy { !$0.contains(",") })
    #expect(Transition.all.count > Edge.all.count)
  }

  @Test func anEdgeWithoutAnotherStateStays() {
    let staying = Edge.all.filter { $0.to == nil }.flatMap(\.transitions)
    #expect(!staying.isEmpty && staying.allSatisfy { $0.from == $0.to })
  }

  @Test func theActionIsInTheWordsOfTheFigure() {
    #expect("\(Edge.Action.send([.syn, .ack]))" == "snd SYN,ACK")
    #expect("\(Edge.Action.nothing)" == "")
    #expect("\(Edge.Source.other(rfc: 5961, section: "3"))" == "RFC 5961 section 3")
  }
}

import Documents
import Kinds
import Reports
import TCP
import Testing

/// The screen of a connection by hand.
@Suite(.tags(.pure)) struct LiveScreenTests {
  private static func end(_ state: State, orphan: Bool = false) -> LiveView.End {
    let tuple = FourTuple(
      local: Endpoint(Address(198, 51, 100, 1), 1), remote: Endpoint(Address(198, 51, 100, 2), 2))
    let timer = KernelTimer(kind: .retransmission, milliseconds: 1_240, retries: 2)
    return LiveView.End(
      socket: state == .closed ? nil : SocketRecord(tuple: tuple, state: state, timer: timer, sendQueue: 1),
      hasDescriptor: !orphan, lastCall: (.send(100), .failed(errno: "EPIPE")))
  }

  private static func view(_ left: State, _ right: State, waiting: Int = 0) -> LiveView {
    LiveView(
      title: "a page with a long title that goes on and on until there is no room left for it at all",
      subtitle: "timers frozen", names: Both(left: "client", right: "server"),
      ends: Both(left: end(left), right: end(right, orphan: true)),
      waiting: (0..<waiting).map {
        LiveView.Waiting(
          number: $0 + 1, party: $0 % 2 == 0 ? .left : .right, label: "FIN+ACK seq=x+1 ack=y+1", copies: $0,
          isHeldBack: $0 == 1, isSentAgain: false)
      },
      chosen: waiting > 0 ? 0 : nil, message: "done", next: .step("server calls close()"))
  }

  private static func text(_ lines: [Line]) -> [String] { lines.map { $0.painted(color: false) } }

  @Test(arguments: [(80, 24), (120, 40), (200, 60), (79, 24), (80, 10), (5, 3)])
  func itHasTheLinesOfTheTerminalAndNoneIsWider(width: Int, height: Int) {
    for waiting in [0, 1, 4, 30] {
      let lines = Self.view(.finWait1, .closeWait, waiting: waiting).lines(width: width, height: height)
      #expect(lines.count == height)
      #expect(lines.allSatisfy { $0.width <= width })
    }
  }

  @Test func everyExplanationFitsTheSmallestTerminal() {
    for left in State.allCases {
      for right in State.allCases {
        var view = Self.view(left, right, waiting: 3)
        view.explanation = view.explanations
        let text = Self.text(view.lines(width: 80, height: 24)).joined(separator: "\n")
        let last = view.explanation.last?.text.split(separator: " ").suffix(2).joined(separator: " ") ?? ""
        #expect(
          text.replacing("\n", with: " ").split(separator: " ").joined(separator: " ").contains(last),
          "\(left) \(right)")
      }
    }
  }

  @Test func theChosenSegmentIsShownWhereManyWait() {
    var view = Self.view(.established, .established, waiting: 30)
    view.chosen = 25
    let lines = Self.text(view.lines(width: 80, height: 24))
    #expect(lines.contains { $0.contains("▸") && $0.contains("26 ") })
    #expect(lines.contains { $0.contains("30 segments") })
  }

  @Test func timersErrnosAndCopiesAreShown() {
    let text = Self.text(Self.view(.finWait1, .closed, waiting: 2).lines(width: 80, height: 24)).joined()
    #expect(text.contains("retransmission 1.2 s, try 3"))
    #expect(text.contains("EPIPE") && text.contains("CLOSED (no socket)") && text.contains("send queue FIN"))
    #expect(text.contains("retransmitted (copy 2)") && text.contains("held back"))
  }

  @Test(arguments: [LiveHelp.signs, .keys]) func helpFitsTheSmallestTerminal(help: LiveHelp) {
    var view = Self.view(.finWait1, .closeWait, waiting: 3)
    view.help = help
    for unicode in [true, false] {
      let lines = Self.text(view.lines(width: 80, height: 24, unicode: unicode))
      let all = lines.joined(separator: " ").split(separator: " ")
      #expect(lines.count == 24 && lines.allSatisfy { unicode || $0.allSatisfy(\.isASCII) })
      for paragraph in help.paragraphs(unicode: unicode) {
        let words = paragraph.text.split(separator: " ")
        #expect(all.contains(words), "\(paragraph.text)")
      }
    }
  }

  @Test func fullQueuesAndLongResultsAreNotCutOff() {
    var view = Self.view(.lastAck, .closing)
    let tuple = FourTuple(
      local: Endpoint(Address(198, 51, 100, 1), 1), remote: Endpoint(Address(198, 51, 100, 2), 2))
    let socket = SocketRecord(
      tuple: tuple, state: .lastAck,
      timer: KernelTimer(kind: .zeroWindowProbe, milliseconds: 119_000, retries: 12),
      receiveQueue: 6_291_457, sendQueue: 4_194_305)
    view.ends.left = LiveView.End(
      socket: socket, hasDescriptor: true, lastCall: (.receive(999_999), .failed(errno: "EAGAIN")))
    view.message = Array(repeating: "client sends SYN+ACK again", count: 9).joined(separator: ", ") + " end"
    let text = Self.text(view.lines(width: 80, height: 24))
    #expect(
      text[2].contains("send 4194304+FIN  receive 6291456+FIN")
        || text[2].contains("4194304+FIN / 6291456+FIN"))
    #expect(text[3].contains("window probe 119 s, try 13") && text[4].contains("no data yet"))
    #expect(!text[1...4].contains { $0.contains("…") } && text.contains { $0.hasSuffix(" end") })
  }

  @Test func plainTerminalsGetASCIIAlone() {
    let lines = Self.view(.finWait1, .closeWait, waiting: 2).lines(width: 80, height: 24, unicode: false)
    #expect(Self.text(lines).allSatisfy { $0.allSatisfy(\.isASCII) })
  }
}

import Kinds
import TCP
import Testing

@Suite(.tags(.pure)) struct StateTests {
  @Test(arguments: ["FIN-WAIT-1", "FIN_WAIT1", "TCP_FIN_WAIT1", "fin_wait_1", "FIN_WAIT_1"])
  func everySpellingOfAStateIsRead(name: String) {
    #expect(State(name: name) == .finWait1)
  }

  /// RFC 9293, Linux's names, ss, and what people write.
  @Test(arguments: [
    (State.closed, ["CLOSED", "CLOSE", "TCP_CLOSE"]), (.listen, ["LISTEN", "TCP_LISTEN"]),
    (.synSent, ["SYN-SENT", "SYN_SENT", "TCP_SYN_SENT"]),
    (.synReceived, ["SYN-RECEIVED", "SYN-RCVD", "SYN_RECV", "TCP_NEW_SYN_RECV", "SYN-RECV"]),
    (.established, ["ESTABLISHED", "ESTAB", "TCP_ESTABLISHED"]),
    (.finWait2, ["FIN-WAIT-2", "FIN_WAIT2", "FIN-WAIT 2"]), (.closeWait, ["CLOSE-WAIT", "TCP_CLOSE_WAIT"]),
    (.closing, ["CLOSING", "TCP_CLOSING"]), (.lastAck, ["LAST-ACK", "TCP_LAST_ACK"]),
    (.timeWait, ["TIME-WAIT", "TCP_TIME_WAIT", "Time_Wait"]),
  ])
  func theNamesOfAState(state: State, names: [String]) {
    for name in names { #expect(State(name: name) == state) }
  }

  @Test(arguments: State.allCases) func theSpellingThatIsWrittenIsRead(state: State) {
    #expect(State(name: state.rawValue) == state)
  }

  @Test(arguments: ["", "TCP", "FIN", "FIN_WAIT", "FIN_WAIT_3", "ESTABLISHING", "OPEN", "SYN"])
  func anyOtherNameIsNone(name: String) { #expect(State(name: name) == nil) }

  @Test func theKernelsNumbersAreThoseOfTcpStatesH() {
    let states: [State?] = [
      nil, .established, .synSent, .synReceived, .finWait1, .finWait2, .timeWait, .closed, .closeWait,
      .lastAck, .listen, .closing, .synReceived, .closed, nil,
    ]
    for (number, state) in states.enumerated() { #expect(State(linux: UInt8(number)) == state) }
    #expect(State(linux: 255) == nil)
  }
}

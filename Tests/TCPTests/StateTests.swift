import TCP
import Testing

@Suite struct StateTests {
  @Test(arguments: ["FIN-WAIT-1", "FIN_WAIT1", "TCP_FIN_WAIT1", "fin_wait_1", "FIN_WAIT_1"])
  func everySpellingOfAStateIsRead(name: String) {
    #expect(State(name: name) == .finWait1)
  }
}

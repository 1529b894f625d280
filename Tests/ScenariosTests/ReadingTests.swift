import Benches
import Grounds
import Linux
import Scenarios
import TCP
import Testing
import Traces

extension ScenariosTests {
  /// Readers that wait for data, and ways to read it.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct ReadingTests {
    @Test(arguments: Ground.wires) func readersAreWokenByWhatTheyWaitFor(ground: Ground) throws {
      let found = try Grounds.figures(of: .arrivingData, on: ground.bench())
      #expect(
        found["edge-triggered events of three segments that nobody reads"]
          == "IN OUT, then IN OUT, then IN OUT, then nothing")
      #expect(found["edge-triggered events of three segments at once"] == "IN OUT, then nothing")
      #expect(found["edge-triggered event of a FIN"] == "IN OUT RDHUP, then nothing")
      #expect(found["poll() under SO_RCVLOWAT"] == "nothing, then nothing, then IN")
      #expect(
        found["blocked recv() under SO_RCVLOWAT"] == "stays blocked, then stays blocked, then 300 bytes")
      #expect(
        found["blocked recv() under SO_RCVLOWAT at a FIN"]
          == "stays blocked, then stays blocked, then 200 bytes")
      #expect(found["blocked recv() at a FIN"] == "end of stream")
      #expect(found["blocked recv() at an RST"] == "ECONNRESET")
      #expect(found["blocked send() at a FIN"] == "stays blocked")
      #expect(found["blocked send() at an RST"] == "ECONNRESET")
    }

    @Test(arguments: Ground.wires) func connectAndAcceptAreWokenByTheLastSegmentTheyNeed(ground: Ground)
      throws
    {
      let found = try Grounds.figures(of: .arrivingConnections, on: ground.bench())
      #expect(found["blocked connect() at a SYN+ACK"] == "succeeds")
      #expect(found["blocked connect() at an RST"] == "ECONNREFUSED")
      #expect(
        found["blocked accept() at the SYN and at the last ACK"] == "stays blocked, then gives a connection")
      #expect(
        found["edge-triggered events of a socket that connects"]
          == "OUT HUP, then nothing, then OUT, then nothing")
      #expect(
        found["edge-triggered events of a listener with two new connections"]
          == "nothing, then IN, then IN, then nothing")
    }

    @Test func onlyUnderASettingAClampShrinksTheWindow() throws {
      let bench = try #require(Ground.wires.first).bench()
      let found = try Grounds.figures(of: .unreadWindow, on: bench)
      let value = try #require(found["right edges of the window while data stays unread"])
      let edges = value.split(separator: " ").compactMap { Int($0) }
      #expect(edges.count == 8 && edges == edges.sorted(), "\(value)")
      #expect(found["window once TCP_WINDOW_CLAMP is set"]?.contains("5120") == false)
      guard (try? Sysctl.read("net.ipv4.tcp_shrink_window")) != nil else { return }
      let shrunk = try Grounds.figures(
        of: .unreadWindow, under: [.setting("tcp_shrink_window", "1")], on: bench)
      #expect(shrunk["window once TCP_WINDOW_CLAMP is set"] == "5120 5120 5120")
    }

    @Test func theSavedSynIsGivenOnce() throws {
      let bench = try #require(Ground.wires.first).bench()
      let found = try Grounds.figures(of: .savedSyn, on: bench)
      #expect(found["TCP_SAVED_SYN"] == "the SYN")
      #expect(found["TCP_SAVED_SYN a second time"] == "0 bytes")
      #expect(found["TCP_SAVED_SYN without TCP_SAVE_SYN"] == "nothing")
    }

    @Test(arguments: Ground.wires) func peeksAndRestsAreCounted(ground: Ground) throws {
      let found = try Grounds.figures(of: .waysToRead, on: ground.bench())
      #expect(
        found["recv() after MSG_PEEK"]
          == "120 bytes from 0 on, then 120 bytes from 0 on, then 120 bytes from 0 on")
      #expect(found["recv() with MSG_TRUNC"] == "150 bytes, then 120 bytes from 150 on")
      #expect(found["rest that TCP_INQ tells"] == "170 after 130, then 40 after 130, then 0 after 40")
      #expect(found["rest that TCP_INQ tells at a FIN"] == "1 after 0 each time")
      #expect(found["splice() of received data"] == "250 bytes, then 50 bytes, then EAGAIN")
    }

    @Test(
      arguments: [
        (Situation.listening, ["EINVAL", "EINVAL", "EINVAL"]), (.unread, ["100", "0", "0"]),
        (.finWait1, ["0", "1", "0"]), (.closeWait, ["0", "0", "0"]),
      ])
    func queuesAreCounted(situation: Situation, counts: [String]) throws {
      let bench = try #require(Ground.wires.first).bench()
      let found = try Grounds.figures(of: .queueCounts, under: [.socket(situation)], on: bench)
      let names = ["SIOCINQ", "SIOCOUTQ", "SIOCOUTQNSD"].map { "bytes that \($0) counts" }
      #expect(names.map { found[$0] } == counts.map(Optional.init))
    }
  }
}

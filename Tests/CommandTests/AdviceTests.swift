import Foundation
import Linux
import SystemPackage
import TCP
import Testing

extension CommandTests {
  /// Each sentence of advice is put beside what the kernel then does.
  @Suite(.enabled(if: Scene.canBeMade, "no namespace can be made and entered here"))
  struct AdviceTests {
    @Test(.enabled("there is no sleep") { Program.exists("sleep") })
    func aSharedSocketIsGoneWhenTheLastHolderThatIsNamedEnds() throws {
      let scene = try Scene()
      let listener = try scene.listener()
      var pair: (client: Scene.Held, server: Scene.Held)? = try scene.closeWait(listener)
      let holders = try (0..<2).map { _ in try scene.holder(of: try #require(pair).server) }
      defer { for holder in holders where holder.isRunning { Scene.end(holder) } }
      let named = try #require(try scene.who().group(.closeWait)?.processes.first)
      #expect(Set(named.numbers) == Set(holders.map(\.processIdentifier) + [getpid()]))
      #expect(named.process == named.numbers.min())
      #expect(try scene.text().contains("when the last of these processes closes them or ends"))
      // The client's end goes as well, so that nothing else can keep the server's.
      let client = pair?.client
      pair = nil
      for holder in holders {
        #expect(try scene.sockets(in: .closeWait).count == 1, "before \(holder.processIdentifier) ended")
        Scene.end(holder)
      }
      #expect(try scene.comes { try scene.sockets(in: .closeWait, .lastAck).isEmpty })
      #expect(try scene.who().count(of: .closeWait) == 0)
      withExtendedLifetime(client) {}
    }

    @Test func aSocketOfOneProcessLeavesCloseWaitWhenItIsClosed() throws {
      let scene = try Scene()
      let listener = try scene.listener()
      var pair: (client: Scene.Held, server: Scene.Held)? = try scene.closeWait(listener)
      #expect(try scene.text().contains("leaves CLOSE_WAIT when its process closes it or ends"))
      let client = pair?.client
      pair = nil
      #expect(try scene.comes { try scene.sockets(in: .closeWait).isEmpty })
      withExtendedLifetime(client) {}
    }

    @Test(arguments: [(1, 0), (1, 1), (1, 4), (2, 0)])
    func connectFailsAfterTheRetransmissionsThatAreTold(retries: Int, linear: Int) throws {
      let scene = try Scene(["tcp_syn_retries": "\(retries)"])
      if scene.has("tcp_syn_linear_timeouts") {
        try scene.set(["tcp_syn_linear_timeouts": "\(linear)"])
      } else if linear > 0 {
        return print("skipped: this kernel has no tcp_syn_linear_timeouts")
      }
      let listener = try scene.listener()
      try listener.socket.rejectAll()
      let client = try scene.socket()
      let start = Clock.monotonic()
      try client.socket.connect(to: try listener.socket.localEndpoint())
      let text = try scene.text("--state", "SYN_SENT")
      let words = try #require(
        text.firstMatch(
          of: /ETIMEDOUT after (\d+) retransmissions? \([^)]*\), ([\d.]+) to [\d.]+ s after the first SYN/))
      #expect(text.contains("connects to a listener of this machine"))
      _ = try waitWritable([client.socket.rawValue], until: Scene.limit())
      let took = Clock.monotonic() - start
      #expect(try client.socket.pendingError() == .timedOut)
      #expect(try scene.counter("TCPSynRetrans") == UInt64(words.1))
      // A timer is never early.
      #expect(took >= Int64(try #require(Double(words.2)) * 1_000_000_000))
    }

    @Test func anOrphanInFinWait2EndsAndASocketThatWasShutDownDoesNot() throws {
      // Long enough for what is asked meanwhile on a busy machine.
      let scene = try Scene(["tcp_fin_timeout": "10"])
      let listener = try scene.listener()
      var orphan: (client: Scene.Held, server: Scene.Held)? = try scene.pair(listener)
      let kept = try scene.closeWait(listener)
      let server = orphan?.server
      orphan = nil
      #expect(try scene.comes { try scene.sockets(in: .finWait2).count == 2 })
      let text = try scene.text("--state", "FIN_WAIT_2")
      #expect(text.contains("Sockets without a process end 10 s (tcp_fin_timeout) after"))
      #expect(text.contains("Sockets with a process were shut down"))
      #expect(try scene.comes { try scene.sockets(in: .finWait2).count == 1 })
      #expect(try scene.sockets(in: .finWait2).first?.inode != 0)
      withExtendedLifetime((server, kept)) {}
    }

    @Test(.enabled("there is no sleep") { Program.exists("sleep") })
    func whatNobodyAcceptedIsTheListenersAndGoesWithIt() throws {
      let scene = try Scene()
      var listener: Scene.Held? = try scene.listener(backlog: 5)
      let place = try #require(try listener?.socket.localEndpoint())
      let port = place.port
      let clients = try (0..<3).map { _ in
        let client = try scene.socket()
        try scene.connect(client, to: place)
        try client.socket.shutdown(.write)
        return client
      }
      #expect(try scene.comes { try scene.sockets(in: .closeWait).count == 3 })
      let other = try scene.holder(of: try #require(listener))
      defer { if other.isRunning { Scene.end(other) } }
      let found = try scene.who()
      let queued = try #require(found.group(.closeWait)?.processes.first)
      #expect(queued.owner == "not-accepted" && queued.listener?.port == port)
      let row = try #require(found.listeners.first)
      #expect(row.port == port && row.waiting == 3 && row.limit == 5 && row.notAccepted == 3)
      #expect(Set(row.owner.numbers) == [getpid(), other.processIdentifier])
      let text = try scene.text()
      #expect(text.contains("not accepted, in the queue of 127.0.0.1:\(port)"))
      #expect(
        text.contains("[\(getpid())]")
          && text.contains("when the last process that holds the listening socket closes it or ends"))
      listener = nil
      #expect(try scene.sockets(in: .closeWait).count == 3)
      Scene.end(other)
      #expect(try scene.comes { try scene.sockets(in: .closeWait).isEmpty })
      withExtendedLifetime(clients) {}
    }

    @Test func aClosedWindowIsToldOfUntilThePeerReads() throws {
      let scene = try Scene()
      let listener = try scene.listener()
      let pair = try scene.pair(listener)
      try scene.fill(pair.client)
      #expect(
        try scene.comes {
          try scene.sockets(in: .established).contains { $0.timer?.kind == .zeroWindowProbe }
        })
      let stall = try #require(try scene.who().stalled.first)
      let port = try listener.socket.localEndpoint().port
      #expect(stall.cause == "zero-window" && stall.peer.port == port && stall.tally.silence != nil)
      #expect(stall.owner.numbers == [getpid()])
      #expect(try scene.text().contains("Stalled 1 in ESTABLISHED"))
      var read = 0
      #expect(
        try scene.comes {
          while let part = try pair.server.socket.receive(upTo: 1 << 20), !part.isEmpty { read += part.count }
          return try scene.who().stalled.isEmpty
        })
      #expect(read > 0)
    }

    @Test func aConnectionThatRetransmitsIsToldOfAndEndsAsIsTold() throws {
      let scene = try Scene(["tcp_retries2": "3"])
      let listener = try scene.listener()
      let pair = try scene.pair(listener)
      try pair.server.socket.rejectAll()
      let start = Clock.monotonic()
      _ = try pair.client.socket.send([1])
      #expect(
        try scene.comes {
          try scene.sockets(in: .established).contains { ($0.timer?.retries ?? 0) >= 2 && $0.sendQueue > 0 }
        })
      let stall = try #require(try scene.who().stalled.first)
      #expect(stall.cause == "retransmitting" && stall.owner.numbers == [getpid()])
      let text = try scene.text()
      let words = try #require(
        text.firstMatch(of: /TCP_USER_TIMEOUT\), ([\d.]+) to [\d.]+ s after the first loss/))
      _ = try waitReadable([pair.client.socket.rawValue], until: Scene.limit())
      #expect(try pair.client.socket.pendingError() == .timedOut)
      #expect(Clock.monotonic() - start >= Int64(try #require(Double(words.1)) * 1_000_000_000))
    }

    @Test func whatGotNoTimeWaitIsCounted() throws {
      let scene = try Scene()
      try scene.set(["tcp_max_tw_buckets": "1"])
      let listener = try scene.listener()
      try scene.timeWaits(4, at: listener)
      #expect(try scene.comes { try scene.counter("TCPTimeWaitOverflow") > 0 })
      let refused = try scene.counter("TCPTimeWaitOverflow")
      #expect(try scene.who().counters["timeWaitOverflow"] == refused)
      #expect(try scene.text().contains("TIME_WAIT: \(refused) refused since"))
      #expect(try scene.sockets(in: .timeWait).count + Int(refused) == 4)
    }
  }
}

import Foundation
import Linux
import SystemPackage
import TCP
import Testing

extension CommandTests {
  /// The sentences on how connections end, put beside the ends that then come.
  @Suite(.enabled(if: Scene.canBeMade, "no namespace can be made and entered here"))
  struct AdviceOnEndingsTests {
    struct Probing: CustomTestStringConvertible {
      var retries: Int
      var rate: Int
      var testDescription: String { "tcp_orphan_retries \(retries), tcp_invalid_ratelimit \(rate)" }
    }

    /// The answers to probes are all there, or but for the first none: so their number hangs on no time.
    @Test(arguments: [
      Probing(retries: 1, rate: 0), Probing(retries: 0, rate: 0), Probing(retries: 5, rate: 0),
      Probing(retries: 1, rate: 60_000), Probing(retries: 3, rate: 60_000),
    ])
    func anOrphanWhosePeerHasAClosedWindowSendsAsManyProbesAsAreTold(probing: Probing) throws {
      let scene = try Scene([
        "tcp_orphan_retries": "\(probing.retries)", "tcp_invalid_ratelimit": "\(probing.rate)",
      ])
      guard scene.has("tcp_rto_max_ms") else {
        return print("skipped: without tcp_rto_max_ms it would take minutes")
      }
      try scene.set(["tcp_rto_max_ms": "1000"])
      let listener = try scene.listener()
      // On a busy machine the orphan may be gone before tcpprobe looks.
      for _ in 0..<5 {
        var pair: (client: Scene.Held, server: Scene.Held)? = try scene.pair(listener)
        let server = pair?.server
        let before = try scene.counter("TCPWinProbe")
        let began = Clock.monotonic()
        try scene.fillAtOnce(try #require(pair).client)
        pair = nil
        let text = try scene.text("--state", "FIN_WAIT_1")
        #expect(try scene.comes { try scene.sockets(in: .finWait1).isEmpty })
        let took = Clock.monotonic() - began
        withExtendedLifetime(server) {}
        guard
          let words = text.firstMatch(
            of: /dropped after (\d+) probes?, usually ([\d.]+) to [\d.]+ s after the window closed/)
        else { continue }
        // A timer is never early.
        #expect(took >= Int64(try #require(Double(words.2)) * 1_000_000_000))
        #expect(try scene.counter("TCPWinProbe") - before == UInt64(words.1))
        return
      }
      print("skipped: each orphan was gone before tcpprobe looked")
    }

    @Test(arguments: [State.finWait1, .lastAck])
    func anOrphanThatHearsNothingLivesAtLeastAsLongAsIsTold(state: State) throws {
      let scene = try Scene(["tcp_orphan_retries": "4"])
      let listener = try scene.listener()
      var pair: (client: Scene.Held, server: Scene.Held)? =
        state == .lastAck ? try scene.closeWait(listener) : try scene.pair(listener)
      let client = pair?.client
      try client?.socket.rejectAll()
      let place = try listener.socket.localEndpoint()
      let closed = Clock.monotonic()
      // The server's end closes, and its FIN has no answer.
      pair = nil
      func orphans() throws -> Int {
        try scene.sockets(in: state).count { $0.inode == 0 && $0.tuple.local.port == place.port }
      }
      #expect(try orphans() == 1)
      let text = try scene.text("--state", state.rawValue)
      #expect(text.contains("4 retransmissions from 200 ms on"))
      let words = try #require(
        text.firstMatch(of: /dropped after ([\d.]+) to [\d.]+ s if the peer acknowledges nothing/),
        "\(text)")
      #expect(try scene.comes { try orphans() == 0 })
      #expect(Clock.monotonic() - closed >= Int64(try #require(Double(words.1)) * 1_000_000_000))
      withExtendedLifetime(client) {}
    }

    /// Two FINs cross: each end has sent its own and hears the other's before an ACK.
    @Test func closingWaitsForAnACKAndTimeWaitFollows() throws {
      let scene = try Scene()
      let listener = try scene.listener()
      let pair = try scene.pair(listener)
      let ends = [pair.client, pair.server]
      for end in ends { try end.socket.rejectAll() }
      for end in ends { try end.socket.shutdown(.write) }
      #expect(try scene.sockets(in: .finWait1).count == 2)
      try pair.client.socket.acceptAll()
      #expect(try scene.comes { try scene.sockets(in: .closing).count == 1 })
      let text = try scene.text("--state", "CLOSING")
      #expect(
        text.contains(
          "Both ends closed at the same time, and this end's FIN is not acknowledged yet. TIME_WAIT follows.")
      )
      let port = try pair.client.socket.localEndpoint().port
      #expect(try scene.who().group(.closing)?.tally.count == 1)
      try pair.server.socket.acceptAll()
      #expect(
        try scene.comes {
          try scene.sockets(in: .closing).isEmpty
            && scene.sockets(in: .timeWait).contains { $0.tuple.local.port == port }
        })
    }

    @Test(arguments: [0, 1]) func theLastACKAtAFullAcceptQueueIsDroppedOrReset(abort: Int) throws {
      let scene = try Scene(["tcp_abort_on_overflow": "\(abort)"])
      let listener = try scene.listener(backlog: 3)
      let place = try listener.socket.localEndpoint()
      let late = try scene.deafClient(to: place)
      #expect(try scene.comes { try scene.who().listeners.first?.synQueue == 1 })
      let clients = try (0..<4).map { _ in try scene.socket() }
      for client in clients { try scene.connect(client, to: place) }
      let text = try scene.text()
      #expect(text.contains("accept queue full"))
      #expect(
        text.contains(
          abort == 1
            ? "The last ACK of a handshake gets an RST (tcp_abort_on_overflow 1)."
            : "The last ACK of a handshake is dropped, but the client is already in ESTABLISHED."))
      let before = try scene.counter("ListenOverflows")
      // The listener sends its SYN+ACK again.
      try late.socket.acceptAll()
      _ = try waitWritable([late.socket.rawValue], until: Scene.limit())
      #expect(try scene.comes { try scene.counter("ListenOverflows") > before })
      let port = try late.socket.localEndpoint().port
      func isConnected() throws -> Bool {
        try scene.sockets(in: .established).contains { $0.tuple.local.port == port }
      }
      if abort == 1 {
        #expect(try scene.comes { try !isConnected() })
        #expect(try late.socket.pendingError() == .connectionReset)
      } else {
        #expect(try isConnected() && late.socket.pendingError() == nil)
        // Nobody has it at the other end.
        #expect(try !scene.sockets(in: .established).contains { $0.tuple.remote.port == port })
      }
      withExtendedLifetime(clients) {}
    }

    @Test func anotherTimeThatTheProgramHasSetEndsAnOrphanInFinWait2() throws {
      let scene = try Scene(["tcp_fin_timeout": "60"])
      let listener = try scene.listener()
      var short: (client: Scene.Held, server: Scene.Held)? = try scene.pair(listener)
      var long: (client: Scene.Held, server: Scene.Held)? = try scene.pair(listener)
      try short?.client.socket.set(.finTimeout, to: 2)
      let port = try #require(try long?.client.socket.localEndpoint().port)
      let servers = [short?.server, long?.server]
      (short, long) = (nil, nil)
      #expect(try scene.comes { try scene.sockets(in: .finWait2).count == 2 })
      #expect(
        try scene.text("--state", "FIN_WAIT_2").contains(
          "end 60 s (tcp_fin_timeout) after the last segment from the peer, unless the program set TCP_LINGER2"
        ))
      #expect(try scene.comes { try scene.sockets(in: .finWait2).count == 1 })
      #expect(try scene.sockets(in: .finWait2).first?.tuple.local.port == port)
      withExtendedLifetime(servers) {}
    }

    /// Without an answer, and with answers that close the window.
    @Test(arguments: [false, true]) func aTimeoutOfTheProgramEndsWhatElseWouldStay(isAnswered: Bool) throws {
      let scene = try Scene()
      let listener = try scene.listener()
      let pairs = try (0..<2).map { _ in try scene.pair(listener) }
      try pairs[0].client.socket.set(.userTimeout, to: 1_000)
      for pair in pairs {
        if isAnswered { try scene.fillAtOnce(pair.client) } else { try pair.server.socket.rejectAll() }
        try pair.client.socket.shutdown(.write)
      }
      #expect(
        try scene.text("--state", "FIN_WAIT_1").contains(
          "(tcp_retries2), or after TCP_USER_TIMEOUT, if the peer acknowledges nothing. While the peer answers with"
            + " window 0, only TCP_USER_TIMEOUT ends them."))
      let ports = try pairs.map { try $0.client.socket.localEndpoint().port }
      #expect(
        try scene.comes { try !scene.sockets(in: .finWait1).contains { $0.tuple.local.port == ports[0] } })
      #expect(try scene.sockets(in: .finWait1).contains { $0.tuple.local.port == ports[1] })
      #expect(try pairs[0].client.socket.pendingError() == .timedOut)
    }

    @Test func aTimeoutOfTheProgramEndsConnect() throws {
      let scene = try Scene()
      let listener = try scene.listener()
      try listener.socket.rejectAll()
      let place = try listener.socket.localEndpoint()
      let clients = try (0..<2).map { _ in try scene.socket() }
      try clients[0].socket.set(.userTimeout, to: 1_500)
      for client in clients { try client.socket.connect(to: place) }
      #expect(
        try scene.text("--state", "SYN_SENT").contains(
          "if nothing answers and the program has set neither TCP_SYNCNT nor TCP_USER_TIMEOUT"))
      _ = try waitWritable([clients[0].socket.rawValue], until: Scene.limit())
      #expect(try clients[0].socket.pendingError() == .timedOut)
      let port = try clients[1].socket.localEndpoint().port
      #expect(try scene.sockets(in: .synSent).map(\.tuple.local.port) == [port])
    }

    /// Each port gives one connection in the time that it is kept.
    @Test func portsGiveAsManyConnectionsInATimeAsAreTold() throws {
      let scene = try Scene(["ip_local_port_range": "40000 40011", "tcp_tw_reuse": "1"])
      guard scene.has("tcp_tw_reuse_delay") else {
        return print("skipped: without tcp_tw_reuse_delay a port may come back within the first second")
      }
      try scene.set(["tcp_tw_reuse_delay": "60000"])
      let listener = try scene.listener(at: Endpoint(.loopback(.ipv4), 80))
      try scene.timeWaits(12, at: listener)
      #expect(try scene.comes { try scene.sockets(in: .timeWait).count == 12 })
      let text = try scene.text()
      #expect(
        text.contains("each connection keeps its port for 60 s. That allows 12 connections per minute"),
        "\(text)")
      #expect(throws: Errno.addressNotAvailable) { _ = try scene.pair(listener) }
      try scene.set(["tcp_tw_reuse_delay": "1000"])
      var (made, first) = (0, Int64(0))
      let end = Scene.limit()
      while made < 24, Clock.monotonic() < end {
        let began = Clock.monotonic()
        do {
          try scene.timeWaits(1, at: listener)
          made += 1
          if made == 1 { first = began }
        } catch Errno.addressNotAvailable {
          Clock.sleep(nanoseconds: 10_000_000)
        }
      }
      // The 13th needs a port that one of the first 12 had.
      #expect(made == 24 && Clock.monotonic() - first >= 990_000_000)
    }
  }
}

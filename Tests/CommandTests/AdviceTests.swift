import Foundation
import Linux
import SystemPackage
import TCP
import Testing

extension CommandTests {
  /// Each sentence of advice is put beside what the kernel then does.
  @Suite(.enabled(if: Scene.canBeMade, "no namespace can be made and entered here"))
  struct AdviceTests {
    struct Reuse: CustomTestStringConvertible {
      var setting: String
      var timestamps: String
      var address: Address
      var testDescription: String { "tcp_tw_reuse \(setting), tcp_timestamps \(timestamps), \(address)" }
    }

    static let other = Address(10, 9, 0, 1)

    @Test(arguments: [
      Reuse(setting: "0", timestamps: "1", address: .loopback(.ipv4)),
      Reuse(setting: "1", timestamps: "1", address: .loopback(.ipv4)),
      Reuse(setting: "2", timestamps: "1", address: .loopback(.ipv4)),
      Reuse(setting: "1", timestamps: "0", address: .loopback(.ipv4)),
      Reuse(setting: "2", timestamps: "1", address: other),
      Reuse(setting: "1", timestamps: "1", address: other),
    ])
    func asManyConnectsSucceedAsPortsAreLeft(reuse: Reuse) throws {
      let scene = try Scene([
        "tcp_tw_reuse": reuse.setting, "tcp_timestamps": reuse.timestamps,
        "ip_local_port_range": "40000 40011",
      ])
      try scene.namespace.enter { try Interface(named: "lo").add(Self.other, prefix: 32) }
      let place = Endpoint(reuse.address, 80)
      let listener = try scene.listener(at: place)
      // One port of the range is a listener's: connect() passes it over.
      let inRange = try scene.listener(at: Endpoint(reuse.address, 40_003))
      try scene.timeWaits(8, at: listener)
      // Until they are old enough to be taken again, or clearly would be.
      let isOld = try scene.comes {
        let waiting = try scene.sockets(in: .timeWait)
        return waiting.count == 8
          && waiting.allSatisfy { 60_000 - ($0.timer?.milliseconds ?? 60_000) > 2_100 }
      }
      try #require(isOld)
      let found = try scene.who()
      let use = try #require(found.ports.first { $0.destination.port == 80 })
      let isReusable =
        reuse.timestamps == "1" && (reuse.setting == "1" || reuse.setting == "2" && place.address.isLoopback)
      #expect(use.available == 12 && use.reusable == (isReusable ? 8 : 0))
      var made: [Scene.Held] = []
      var refusal: Errno?
      while refusal == nil, made.count < 20 {
        let client = try scene.socket()
        do throws(Errno) { try scene.connect(client, to: place) } catch { refusal = error }
        if refusal == nil { made.append(client) }
      }
      #expect(refusal == .addressNotAvailable && made.count == use.left)
      withExtendedLifetime(inRange) {}
    }

    /// Ports that connect() chose are taken for bind() of that address as well, whatever the destination.
    @Test func asManyBindsSucceedAsAreToldOf() throws {
      let scene = try Scene(["ip_local_port_range": "40000 40009", "tcp_tw_reuse": "0"])
      let listener = try scene.listener(at: Endpoint(.loopback(.ipv4), 80))
      let other = try scene.listener(at: Endpoint(.loopback(.ipv4), 81))
      let pairs = try (0..<6).map { _ in try scene.pair(listener) } + [try scene.pair(other)]
      try scene.timeWaits(2, at: listener)
      #expect(try scene.comes { try scene.sockets(in: .timeWait).count == 2 })
      let found = try scene.who()
      let use = try #require(found.ports.first { $0.destination.port == 80 })
      #expect(use.left == 2)
      var bound: [Scene.Held] = []
      var refusal: Errno?
      while refusal == nil, bound.count < 20 {
        let client = try scene.socket()
        do throws(Errno) { try client.socket.bind(to: Endpoint(.loopback(.ipv4), 0)) } catch {
          refusal = error
        }
        if refusal == nil { bound.append(client) }
      }
      #expect(refusal == .addressInUse && bound.count == use.bindable)
      bound = []
      let text = try scene.text()
      if use.bindable == 0 { #expect(text.contains("fails with EADDRINUSE now")) }
      // As the sentence says: connect() chooses, once bind() need not.
      let client = try scene.socket()
      try client.socket.set(.bindAddressNoPort, to: true)
      try client.socket.bind(to: Endpoint(.loopback(.ipv4), 0))
      try scene.connect(client, to: Endpoint(.loopback(.ipv4), 80))
      withExtendedLifetime(pairs) {}
    }

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
      #expect(try scene.text().contains("when the last of them closes or ends"))
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
      #expect(text.contains("calls a listener of this machine"))
      _ = try waitWritable([client.socket.rawValue], until: Scene.limit())
      let took = Clock.monotonic() - start
      #expect(try client.socket.pendingError() == .timedOut)
      #expect(try scene.counter("TCPSynRetrans") == UInt64(words.1))
      // A timer is never early.
      #expect(took >= Int64(try #require(Double(words.2)) * 1_000_000_000))
    }

    /// The two ends of an orphan in FIN_WAIT_1 that are told of: no answer, and answers with window 0.
    @Test func anOrphanWhosePeerAnswersWithAClosedWindowLivesAsLongAsIsTold() throws {
      let scene = try Scene(["tcp_orphan_retries": "1"])
      guard scene.has("tcp_rto_max_ms") else {
        return print("skipped: without tcp_rto_max_ms it would take minutes")
      }
      try scene.set(["tcp_rto_max_ms": "1000"])
      let listener = try scene.listener()
      var stuck: (client: Scene.Held, server: Scene.Held)? = try scene.pair(listener)
      var deaf: (client: Scene.Held, server: Scene.Held)? = try scene.pair(listener)
      let servers = [stuck?.server, deaf?.server]
      try deaf?.server.socket.rejectAll()
      let began = Clock.monotonic()
      try scene.fill(try #require(stuck).client)
      let closed = Clock.monotonic()
      (stuck, deaf) = (nil, nil)
      func orphans(_ kind: KernelTimer.Kind) throws -> Int {
        try scene.sockets(in: .finWait1).count { $0.inode == 0 && $0.timer?.kind == kind }
      }
      let text = try scene.text("--state", "FIN_WAIT_1")
      let words = try #require(
        text.firstMatch(of: /given up after ([\d.]+) to ([\d.]+) s when the peer acknowledges nothing/))
      let probed = try #require(
        text.firstMatch(
          of: /one to three times tcp_rto_max_ms, usually ([\d.]+) to [\d.]+ s after the window closed/))
      let (quick, slow) = (try #require(Double(words.1)), try #require(Double(probed.1)))
      #expect(slow > quick)
      #expect(try scene.comes { try orphans(.retransmission) == 0 })
      #expect(Clock.monotonic() - closed >= Int64(quick * 1_000_000_000))
      #expect(try scene.comes { try scene.sockets(in: .finWait1).isEmpty })
      // The longest pause is one second here.
      #expect(Clock.monotonic() - began >= 1_000_000_000)
      withExtendedLifetime(servers) {}
    }

    @Test func anOrphanInFinWait2EndsAndASocketThatWasShutDownDoesNot() throws {
      let scene = try Scene(["tcp_fin_timeout": "2"])
      let listener = try scene.listener()
      var orphan: (client: Scene.Held, server: Scene.Held)? = try scene.pair(listener)
      let kept = try scene.closeWait(listener)
      let server = orphan?.server
      orphan = nil
      #expect(try scene.comes { try scene.sockets(in: .finWait2).count == 2 })
      let text = try scene.text("--state", "FIN_WAIT_2")
      #expect(text.contains("Those without a process end 2 s (tcp_fin_timeout) after"))
      #expect(text.contains("Those of a process were only shut down"))
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
        text.contains("[\(getpid())]") && text.contains("when the last process that holds it closes or ends"))
      listener = nil
      #expect(try scene.sockets(in: .closeWait).count == 3)
      Scene.end(other)
      #expect(try scene.comes { try scene.sockets(in: .closeWait).isEmpty })
      withExtendedLifetime(clients) {}
    }

    @Test func aFullAcceptQueueDropsSYNs() throws {
      let scene = try Scene(["tcp_syn_retries": "1"])
      if scene.has("tcp_syn_linear_timeouts") { try scene.set(["tcp_syn_linear_timeouts": "0"]) }
      let listener = try scene.listener(backlog: 1)
      let place = try listener.socket.localEndpoint()
      let clients = try (0..<2).map { _ in try scene.socket() }
      for client in clients { try scene.connect(client, to: place) }
      let late = try scene.socket()
      try late.socket.connect(to: place)
      let found = try scene.who()
      let row = try #require(found.listeners.first)
      #expect(row.isFull && row.waiting == 2 && row.limit == 1 && row.unanswered == 1)
      #expect(found.counters["listenOverflows"] ?? 0 >= 1 && found.counters["listenDrops"] ?? 0 >= 1)
      let text = try scene.text()
      #expect(text.contains("accept queue full") && text.contains("every SYN is dropped"))
      #expect(text.contains("1 calls a listener of this machine"))
      _ = try waitWritable([late.socket.rawValue], until: Scene.limit())
      #expect(try late.socket.pendingError() == .timedOut)
      // Where it is emptied, the next SYN is answered.
      for _ in clients { _ = try listener.socket.accept() }
      let next = try scene.socket()
      try scene.connect(next, to: place)
      #expect(try scene.who().listeners.first?.isFull == false)
    }

    @Test(arguments: [0, 1]) func aFullSYNQueueDropsSYNsUnlessThereAreCookies(cookies: Int) throws {
      let scene = try Scene(["tcp_syn_retries": "1", "tcp_syncookies": "\(cookies)"])
      if scene.has("tcp_syn_linear_timeouts") { try scene.set(["tcp_syn_linear_timeouts": "0"]) }
      let listener = try scene.listener(backlog: 4)
      let place = try listener.socket.localEndpoint()
      let first = try scene.deafClient(to: place)
      #expect(try scene.comes { try scene.who().listeners.first?.synQueue == 1 })
      let deaf = try (0..<12).map { _ in try scene.deafClient(to: place) }
      let row = try #require(try scene.who().listeners.first)
      #expect(row.synQueue > 4 && row.synQueueLimit == 4 && !row.isFull)
      let text = try scene.text()
      #expect(text.contains("SYN queue full"))
      #expect(text.contains(cookies == 0 ? "further SYNs are dropped" : "are answered with cookies"))
      let client = try scene.socket()
      var refusal: Errno?
      do throws(Errno) { try scene.connect(client, to: place) } catch { refusal = error }
      #expect(refusal == (cookies == 0 ? .timedOut : nil))
      withExtendedLifetime((first, deaf)) {}
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

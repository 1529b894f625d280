import Foundation
import Linux
import SystemPackage
import TCP
import Testing

extension CommandTests {
  /// Full queues of a listener, as they are told of and as the kernel then treats a SYN.
  @Suite(.enabled(if: Scene.canBeMade, "no namespace can be made and entered here"))
  struct QueueAdviceTests {
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
      #expect(text.contains("ListenOverflows"))
      #expect(text.contains("1 connects to a listener of this machine"))
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
      #expect(text.contains(cookies == 0 ? "further SYNs are dropped" : "are answered with SYN cookies"))
      // A request that waits is dropped after some seconds: on a busy machine the queue is filled again.
      var waiting = deaf
      var refusal: Errno?
      for _ in 0..<5 {
        let client = try scene.socket()
        refusal = nil
        do throws(Errno) { try scene.connect(client, to: place) } catch { refusal = error }
        if cookies == 1 || refusal == .timedOut { break }
        waiting += try (0..<12).map { _ in try scene.deafClient(to: place) }
      }
      #expect(refusal == (cookies == 0 ? .timedOut : nil))
      withExtendedLifetime((first, waiting)) {}
    }
  }
}

import Benches
import Documents
import Grounds
import Linux
import SystemPackage
import TCP
import Testing

extension BenchesTests {
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct WireTests {
    /// Long enough for a machine that has other work; what a test waits for comes in microseconds.
    private var soon: Int64 { Clock.monotonic() + 10_000_000_000 }

    @Test(arguments: Ground.wires) func nothingArrivesUnlessItIsDelivered(ground: Ground) throws {
      let wire = try ground.bench()
      let pair = try SocketPair(on: wire)
      let syn = try #require(try wire.departure(until: soon))
      #expect(syn.packet.segment.flags == .syn)
      // On a machine that stops for a second the SYN may leave again.
      while let other = try wire.departure(until: Clock.monotonic() + 50_000_000) {
        #expect(other.packet.segment.sequence == syn.packet.segment.sequence)
      }
      #expect(try pair.states() == Both(left: .synSent, right: .listen))
      try wire.deliver(syn)
      let answer = try #require(try next(of: wire) { $0.segment.flags == [.syn, .ack] })
      #expect(answer.packet.segment.acknowledgment == syn.packet.segment.sequence + 1)
      #expect(try pair.states().left == .synSent)
      try wire.deliver(answer)
      #expect(try pair.states().left == .established)
    }

    /// The next packet that is wanted; the kernel may have sent an older one again meanwhile.
    private func next(of wire: any Bench, _ isWanted: (Packet) -> Bool) throws -> Departure? {
      let deadline = soon
      while let departure = try wire.departure(until: deadline) {
        if isWanted(departure.packet) { return departure }
      }
      return nil
    }

    @Test(arguments: Ground.wires) func whatIsNotDeliveredIsSentAgain(ground: Ground) throws {
      let wire = try ground.bench()
      let pair = try SocketPair(on: wire)
      let syn = try #require(try wire.departure(until: soon))
      let again = try #require(try wire.departure(until: soon))
      #expect(again.packet.segment.flags == .syn)
      #expect(again.packet.segment.sequence == syn.packet.segment.sequence)
      #expect(again.time > syn.time)
      withExtendedLifetime(pair) {}
    }

    @Test(arguments: Ground.wires, [[0, 1, 2], [2, 1, 0], [1, 1, 0, 2, 2]])
    func whatIsHeldArrivesInWhateverOrderItIsReleased(ground: Ground, order: [Int]) throws {
      let wire = try ground.bench()
      let pair = try SocketPair(on: wire)
      let server = try pair.establish(by: wire, until: soon)
      // Each a segment of its own, held until all have left.
      var held: [Departure] = []
      for text in ["one ", "two ", "three"] {
        _ = try pair.client.send(Array(text.utf8))
        held.append(try #require(try next(of: wire) { $0.payload == Array(text.utf8) }))
      }
      #expect(try server.receive(upTo: 100) == nil)
      for place in order { try wire.deliver(held[place]) }
      #expect(try server.receive(upTo: 100) == Array("one two three".utf8))
    }
  }
}

/// A listener at the right and a socket that connects to it from the left, Nagle's algorithm off.
private struct SocketPair: ~Copyable {
  let listener: Socket
  let client: Socket

  init(on bench: any Bench) throws {
    let ports = bench.nextPorts()
    let target = Endpoint(bench.addresses.right, ports.right)
    let listener = try bench.enter(.right) { try Socket.tcp(bench.family) }
    let client = try bench.enter(.left) { try Socket.tcp(bench.family) }
    try listener.bind(to: target)
    try listener.listen(backlog: 1)
    try client.set(.noDelay, to: true)
    try client.set(.linger, to: .seconds(0))
    try client.connect(to: target)
    self.listener = listener
    self.client = client
  }

  borrowing func states() throws -> Both<State?> {
    Both(
      left: try readInfo(ofDescriptor: client.rawValue).state,
      right: try readInfo(ofDescriptor: listener.rawValue).state)
  }

  /// Carries the handshake.
  borrowing func establish(by wire: any Bench, until deadline: Int64) throws -> Socket {
    while true {
      guard let departure = try wire.departure(until: deadline) else { throw Errno.timedOut }
      try wire.deliver(departure)
      if let socket = try listener.accept() {
        // What is still open when a test ends shall not outlive it.
        try socket.set(.linger, to: .seconds(0))
        return socket
      }
    }
  }
}

package import Learning
import Linux
import SystemPackage
package import TCP

/// One end of a kernel's TCP that answers words of inputs: calls of a program, and segments of its peer. Each word begins
/// with sockets and ports of its own.
package final class LearnedSystem {
  package let side: Side
  package let family: Family
  package let alphabet: [Stimulus]
  /// The time that is waited after each input, for a test of this bench.
  private let pause: Duration?
  private let host: LearnedHost
  private var port: UInt16 = LearnedSystem.firstPort
  /// The words that were asked again because a timer of the kernel may have fired meanwhile.
  package private(set) var repetitions = 0

  /// Less than the shortest timer that may matter, 200 ms.
  private static let longest: Int64 = 150_000_000
  /// The number of times that a word is asked again because the timer fired that is shorter than that.
  private static let mostTurns = 20
  private static let firstPort: UInt16 = 10_000

  /// - Throws: ``BenchError`` where the namespace or the device cannot be made.
  package init(_ side: Side, _ family: Family, pause: Duration? = nil) throws(BenchError) {
    self.side = side
    self.family = family
    self.pause = pause
    alphabet = side.alphabet
    host = try benchStep("set up the host whose machine is learned") { try LearnedHost(family) }
  }

  /// Runs `body` where words can be asked.
  package func enter<R: ~Copyable>(_ body: () throws -> R) throws -> R { try host.enter(body) }

  /// The outputs to a word. Time is no input: a word that took so long that a timer may have fired is asked again.
  ///
  /// - Throws: ``BenchError`` where the bench fails, or where the machine stands still again and again.
  package func answers(to word: Word) throws(BenchError) -> [Response] {
    try run(word) { _, outputs in outputs }
  }

  /// The kernel's sockets behind a word, but for those that are closed.
  package func sockets(behind word: Word) throws(BenchError) -> [KernelSocket] {
    try run(word) { _, _ throws(Errno) in
      let states = Set(State.allCases).subtracting([.closed])
      return try SocketDiagnosis.open().dump(self.family, states: states).map {
        KernelSocket(state: $0.record.state, hasDescriptor: $0.record.inode != 0)
      }.sorted { $0.state != $1.state ? $0.state < $1.state : $0.hasDescriptor && !$1.hasDescriptor }
    }
  }

  private func run<R>(
    _ word: Word, _ body: (LearnedPeer, [Response]) throws(Errno) -> R
  ) throws(BenchError) -> R {
    for turn in 0..<100 {
      let began = Clock.monotonic()
      let (value, sawTimer) = try benchStep("answer a word") {
        var peer = nextPeer()
        var program = try LearnedProgram(side, at: peer.kernel, towards: peer.own)
        let outputs = try word.map { try output(to: alphabet[$0], &program, &peer) }
        let value = try body(peer, outputs)
        try end(&program, &peer)
        return (value, peer.sawTimer)
      }
      let time = Clock.monotonic() - began - (pause.map { $0.inNanoseconds * Int64(word.count) } ?? 0)
      // On a slow machine the shortest timer fires each time: the answers are without what it sent.
      if time < Self.longest, !sawTimer || turn >= Self.mostTurns { return value }
      repetitions += 1
    }
    throw BenchError(step: "answer a word", reason: "the machine stood still each time")
  }

  private func nextPeer() -> LearnedPeer {
    port = port < 60_000 ? port + 1 : Self.firstPort
    return LearnedPeer(
      of: side,
      kernel: Endpoint(host.local, port), own: Endpoint(host.remote, port))
  }

  private func output(
    to stimulus: Stimulus, _ program: inout LearnedProgram, _ peer: inout LearnedPeer
  ) throws(Errno) -> Response {
    var response = Response()
    if let bytes = peer.bytes(of: stimulus) {
      try host.write(bytes)
    } else {
      response.call = program.make(stimulus)
    }
    if let pause { Clock.sleep(for: pause) }
    while let bytes = try host.read() {
      if let packet = Packet(bytes: bytes), let answer = peer.answer(packet) {
        response.segments.append(answer)
      }
    }
    return response
  }

  /// Leaves nothing behind: the program's sockets are reset, and a valid RST ends what has no descriptor any more, be it
  /// an orphan, a request or a minisocket.
  private func end(_ program: inout LearnedProgram, _ peer: inout LearnedPeer) throws(Errno) {
    program.end()
    while let bytes = try host.read() { _ = Packet(bytes: bytes).flatMap { peer.answer($0) } }
    if let bytes = peer.bytes(of: .reset) { try host.write(bytes) }
    while try host.read() != nil {}
  }
}

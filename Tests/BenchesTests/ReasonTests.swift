import Documents
import Grounds
import Linux
import Synchronization
import TCP
import Testing
import Traces

@testable import Benches

extension BenchesTests {
  /// The kernel's own words for why it drops a segment and sends an RST.
  @Suite(
    .enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"),
    .enabled(if: ReasonWatch.availability() == nil, "\(ReasonWatch.availability() ?? "")"))
  struct ReasonTests {
    /// A segment that an open connection's end refuses, and the names that kernels have for the reason.
    struct Refused: Sendable, CustomStringConvertible {
      var description: String
      var names: [String]
      var payload = 0
      var isDamaged = false
      /// Gives it a timestamp from before the connection's own.
      var isOld = false
      /// The segment, by the number that is expected next and the one that is acknowledged last.
      var segment: @Sendable (SequenceNumber, SequenceNumber) -> Segment
    }

    private static let far = 1 << 29

    private static func segment(
      _ flags: Flags, _ next: SequenceNumber, _ ack: SequenceNumber
    ) -> Segment {
      Segment(flags: flags, sequence: next, acknowledgment: ack, window: 1000)
    }

    static let refused = [
      Refused(
        description: "data beyond the window", names: ["TCP_INVALID_SEQUENCE", "TCP_OVERWINDOW"], payload: 1
      ) {
        segment(.ack, $0 + far, $1)
      },
      Refused(description: "data that came before", names: ["TCP_OLD_DATA"], payload: 1) {
        segment(.ack, $0 + -1, $1)
      },
      Refused(description: "an old ACK", names: ["TCP_TOO_OLD_ACK", "TCP_OLD_ACK"]) {
        segment(.ack, $0, $1 + -far)
      },
      Refused(description: "an ACK of data not sent", names: ["TCP_ACK_UNSENT_DATA"]) {
        segment(.ack, $0, $1 + 1000)
      },
      Refused(description: "a bad checksum", names: ["TCP_CSUM"], payload: 100, isDamaged: true) {
        segment([.psh, .ack], $0, $1)
      },
      Refused(description: "an RST beyond the window", names: ["TCP_INVALID_SEQUENCE"]) { next, _ in
        segment(.rst, next + far, SequenceNumber(0))
      },
      Refused(description: "an RST elsewhere in the window", names: ["TCP_RESET"]) { next, _ in
        segment(.rst, next + 1, SequenceNumber(0))
      },
      Refused(description: "a SYN in ESTABLISHED", names: ["TCP_INVALID_SYN"]) { next, _ in
        segment(.syn, next, SequenceNumber(0))
      },
      Refused(description: "an old timestamp", names: ["TCP_RFC7323_PAWS"], payload: 1, isOld: true) {
        segment(.ack, $0, $1)
      },
      Refused(description: "no flags", names: ["TCP_FLAGS"]) { next, _ in
        segment([], next, SequenceNumber(0))
      },
    ]

    /// The reasons of this run, in words.
    private func reasons(_ trace: Trace) -> [String] { trace.kernelReasons.map { "\($0.reason)" } }

    /// Lets the segment arrive at the left end of an open connection.
    private func refuse(_ refused: Refused, on connection: Connection) throws {
      try connection.open()
      try connection.settle()
      let log = connection.log
      let theirs = try #require(log.segment(at: log.lastSegment(of: .right)))
      let mine = try #require(log.segment(at: log.lastSegment(of: .left)))
      var segment = refused.segment(theirs.end, mine.end)
      if refused.isOld {
        let clocks = theirs.options.compactMap { option -> UInt32? in
          if case .timestamps(let value, _) = option { value } else { nil }
        }
        segment.options = [.timestamps(value: try #require(clocks.first) &- 1_000_000, echo: 0)]
      }
      let start = connection.bench.family == .ipv4 ? 20 : 40
      try connection.path.forge(
        segment, payload: [UInt8](repeating: 1, count: refused.payload),
        damage: refused.isDamaged ? { $0[start + 16] ^= 0x55 } : nil, from: .right)
      try connection.settle()
    }

    @Test(arguments: Ground.wires, refused)
    func theKernelsNameStandsBesideWhatItDropped(ground: Ground, refused: Refused) throws {
      let trace = try running(on: ground) { try refuse(refused, on: $0) }
      let forged = trace.events.firstIndex { if case .forged = $0.what { true } else { false } }
      #expect(trace.kernelReasons.map(\.segment) == [forged])
      let known = ReasonWatch.names().discards
      let reason = try #require(trace.kernelReasons.first?.reason)
      #expect(reason.what == .discard)
      #expect(known.contains(reason.reason), "\(reason.reason) is no name of this kernel's")
      if !known.isDisjoint(with: refused.names) { #expect(refused.names.contains(reason.reason)) }
    }

    @Test(arguments: Ground.wires) func aSYNWhereNobodyListensSaysSoTwice(ground: Ground) throws {
      let trace = try running(on: ground) { connection in
        try connection.reserve(.right)
        try connection.call(.connect, by: .left)
        try connection.expect(.left, SegmentPattern(flags: .syn))
        try connection.expect(.right, SegmentPattern(flags: .rst))
        try connection.settle()
      }
      var expected = ["dropped: NO_SOCKET"]
      if ReasonWatch.names().resets.contains("NO_SOCKET") { expected.append("RST, reason: NO_SOCKET") }
      #expect(reasons(trace) == expected)
    }

    @Test(
      .enabled(
        if: ReasonWatch.names().resets.contains("TCP_ABORT_ON_CLOSE"), "this kernel has no reasons of RSTs"),
      arguments: Ground.wires)
    func anRSTOfACallHasAReason(ground: Ground) throws {
      let trace = try running(on: ground) { connection in
        try connection.open()
        try connection.settle()
        try connection.call(.send(100), by: .left)
        try connection.expect(.left, SegmentPattern(length: 100))
        try connection.settle()
        try connection.closeUnread(.right)
        try connection.expect(.right, SegmentPattern(flags: .rst))
        try connection.settle()
      }
      #expect(reasons(trace) == ["RST, reason: TCP_ABORT_ON_CLOSE"])
    }

    @Test(arguments: Ground.wires) func ofADoubledSegmentTheCopyIsDropped(ground: Ground) throws {
      let trace = try running(on: ground) { connection in
        try connection.open()
        try connection.settle()
        connection.path.rules.append { segment, _ in segment.length > 0 ? .double : nil }
        try connection.call(.send(100), by: .left)
        try connection.expect(.left, SegmentPattern(length: 100))
        try connection.settle()
      }
      #expect(reasons(trace) == ["its copy dropped: TCP_OLD_DATA"])
    }

    /// Drops of others at the same time: in other threads, and between the same addresses.
    @Test(arguments: Ground.wires) func dropsOfOthersAreNotTold(ground: Ground) throws {
      let isDone = Atomic(false)
      var outcome: Result<[[String]], any Error>?
      Linux.Thread.sideBySide(3) { _ in
        while !isDone.load(ordering: .relaxed) {
          _ = try? running(on: ground) { connection in
            try connection.reserve(.right)
            try connection.call(.connect, by: .left)
            try connection.expect(.left, SegmentPattern(flags: .syn))
            try connection.expect(.right, SegmentPattern(flags: .rst))
          }
        }
      } meanwhile: {
        outcome = Result {
          try (0..<20).map { _ in
            reasons(try running(on: ground) { try refuse(Self.refused[0], on: $0) })
          }
        }
        isDone.store(true, ordering: .relaxed)
      }
      let told = try #require(try outcome?.get())
      #expect(told.allSatisfy { $0.count == 1 && !$0[0].contains("NO_SOCKET") }, "\(Set(told))")
    }

    @Test(arguments: Ground.wires) func anOrdinaryConnectionHasNoReasons(ground: Ground) throws {
      let bench = try ground.bench()
      let variant = Variant(subject: .scenario(id: "reasons"), bench: ground.kind, family: ground.family)
      let runner = Runner(on: bench)
      func run(_ body: (Connection) throws -> Void) throws -> Trace {
        try runner.repeatedly(variant, body) { (Both(left: "client", right: "server"), .left) }
      }
      #expect(reasons(try run(openAndClose)).isEmpty)
      // The same once the tracepoints are open.
      #expect(reasons(try run { try refuse(Self.refused[0], on: $0) }).count == 1)
      #expect(reasons(try run(openAndClose)).isEmpty)
    }

    @Test func onLoopbackNobodyAsks() throws {
      let ground = try #require(Ground.loopbacks.first)
      let trace = try running(on: ground, openAndClose)
      #expect(!trace.observers.contains { $0.kind == .reasonTracepoint })
    }
  }
}

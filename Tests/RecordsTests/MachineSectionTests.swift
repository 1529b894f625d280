import Kinds
import Learning
import Records
import Scenarios
import TCP
import Testing
import Traces

/// The edges of learned machines in records.
@Suite(.tags(.pure)) struct MachineSectionTests {
  /// - Parameters:
  ///   - reset: the answer to an RST in the second state.
  ///   - sending: the end of send() there.
  private static func machine(
    _ family: Family = .ipv4, reset: [Response.Answer] = [], sending: Response.Result = .done
  ) -> LearnedMachine {
    func edge(_ target: Int, _ output: Response = Response()) -> LearnedMachine.Edge {
      .init(output: output, target: target)
    }
    let syn = Response.Answer(flags: .syn, hasData: false, sequence: .first, acknowledgment: nil)
    return LearnedMachine(
      side: .client, family: family, release: "6.1",
      bounds: .init(depth: 1, words: 1, seed: 1, isComplete: true),
      counts: AskedCounts(), inputs: [.connect, .send, .resetBeyond],
      sockets: [[], [KernelSocket(state: .synSent, hasDescriptor: true)]],
      edges: [
        [
          edge(1, Response(call: .failed("EINPROGRESS"), segments: [syn])),
          edge(0, Response(call: .failed("EPIPE"))), edge(0),
        ],
        [edge(1), edge(1, Response(call: sending)), edge(0, Response(segments: reset))],
      ])
  }

  private static let challenge = Response.Answer(
    flags: .ack, hasData: false, sequence: .next, acknowledgment: .next)

  private static func record(_ machines: LearnedMachine...) -> Record {
    var environment = Sample.environment
    let families = machines.map(\.family)
    environment.facts.append(
      Environment.Fact(Environment.Name.family, families.map(\.rawValue).joined(separator: ", ")))
    return Record(
      command: "tcpprobe record --machine client", environment: environment,
      sections: machines.map { Record.Section(of: $0, in: families) })
  }

  @Test func anEdgeIsARowAndACallThatIsNotMadeIsNone() {
    let rows = Self.record(Self.machine()).sections[0].rows
    #expect(rows.map(\.what) == ["connect()", "send()", "RST+ACK beyond", "send()", "RST+ACK beyond"])
    #expect(rows.map(\.setBy).suffix(2) == ["SYN_SENT: connect()", "SYN_SENT: connect()"])
    let values = rows.map { row in if case .measured(let value) = row.value { value.description } else { "" }
    }
    #expect(values.first == "EINPROGRESS, SYN seq=first, then SYN_SENT: connect()")
    #expect(values.last == "-, then CLOSED: beginning")
  }

  @Test(arguments: [[], [MachineSectionTests.challenge]])
  func whatIsWrittenIsReadAgain(reset: [Response.Answer]) throws {
    let record = Self.record(Self.machine(), Self.machine(.ipv6, reset: reset))
    let again = try Record(reading: record.markdown, name: "sample")
    #expect(again.markdown == record.markdown)
    #expect(again.sections.map(\.rows) == record.sections.map(\.rows) && again.sections.count == 2)
    #expect(record.markdown.contains("connect(), IPv6") == !reset.isEmpty)
  }

  @Test func anotherEdgeIsOneChangeThatACaptureShowsOrAProgram() throws {
    func changes(to machine: LearnedMachine) -> [Change] {
      Comparison(Self.record(Self.machine()), Self.record(machine), by: Scenarios.catalogue).changes
    }
    #expect(changes(to: Self.machine()).isEmpty)
    #expect(changes(to: Self.machine(reset: [Self.challenge])).map(\.notice) == [.packets])
    #expect(changes(to: Self.machine(sending: .failed("EPIPE"))).map(\.notice) == [.programs])
  }

  @Test func aMachineThatWasNotLearnedIsNoChange() {
    let missing = Record.Section(
      ofMachine: .client, .ipv4, in: [.ipv4], missing: .other("a word of the machine had two answers"))
    var record = Self.record(Self.machine())
    record.sections = [missing]
    #expect(record.unmeasuredCount == 1)
    #expect(Comparison(Self.record(Self.machine()), record, by: Scenarios.catalogue).changes.isEmpty)
  }
}

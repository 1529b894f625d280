import Kinds
import Learning
import Reports
import TCP
import Testing

/// Machines made by hand: how they are compared, drawn, written and read.
@Suite(.tags(.pure)) struct MachineTests {
  private static let established = KernelSocket(state: .established, hasDescriptor: true)
  private static let synSent = KernelSocket(state: .synSent, hasDescriptor: true)

  private static func answer(_ flags: Flags) -> Response.Answer {
    Response.Answer(
      flags: flags, hasData: false, sequence: .next, acknowledgment: flags.contains(.ack) ? .new : nil)
  }

  /// Three states: connect() goes to the second, SYN+ACK from there to the third, close() back.
  private static func machine(
    release: String = "6.1", closing: Response = Response(call: .done),
    first: Response = Response(call: .done)
  ) -> LearnedMachine {
    func edge(_ target: Int, _ output: Response = Response()) -> LearnedMachine.Edge {
      .init(output: output, target: target)
    }
    let bad = Response(call: .failed("EBADF"))
    return LearnedMachine(
      side: .client, family: .ipv4, release: release,
      bounds: .init(depth: 1, words: 10, seed: 3, isComplete: true), counts: AskedCounts(),
      inputs: [.connect, .close, .synAck], sockets: [[], [synSent], [established]],
      edges: [
        [edge(1, Response(call: .failed("EINPROGRESS"), segments: [answer(.syn)])), edge(0, bad), edge(0)],
        [edge(1), edge(0, first), edge(2, Response(segments: [answer(.ack)]))],
        [edge(2), edge(0, closing), edge(2)],
      ])
  }

  @Test func aWordWithTwoAnswersIsTwoLadders() {
    let done = Response(call: .failed("EINPROGRESS"), segments: [Self.answer(.syn)])
    let text = Side.client.ladders(
      of: [.connect, .synAck],
      answers: [([done, Response(segments: [Self.answer(.ack)])], 9), ([done, Response()], 1)],
      style: Style(width: 78))
    let ladders = text.split(separator: "\n\n")
    #expect(ladders.count == 2 && ladders[0].contains("Answered 9 times:"))
    #expect(ladders[0].contains("ACK seq=next ack=new") && !ladders[1].contains("ACK seq=next"))
    #expect(ladders[1].contains("Answered once:") && ladders[1].contains("connect()"))
    #expect(ladders.allSatisfy { $0.contains("peer") && $0.contains("SYN+ACK") })
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 78 })
  }

  @Test func aMachineIsTheSameAsItself() throws {
    #expect(try MachineComparison(Self.machine(), Self.machine(release: "6.2")).isSame)
  }

  @Test func theShortestWordThatTellsIsFound() throws {
    let other = Self.machine(closing: Response(call: .done, segments: [Self.answer([.rst, .ack])]))
    let comparison = try MachineComparison(Self.machine(), other)
    #expect(comparison.differences.map(\.first.inputs) == [[.connect, .synAck, .close]])
    #expect(comparison.differences.first?.state == .established)
    #expect(
      comparison.differences.first?.first.outputs.last != comparison.differences.first?.second.outputs.last)
  }

  @Test func eachKindOfDifferenceIsToldOnceTheShortestFirst() throws {
    let reset = Response(call: .done, segments: [Self.answer([.rst, .ack])])
    let comparison = try MachineComparison(Self.machine(), Self.machine(closing: reset, first: reset))
    #expect(comparison.differences.map(\.first.inputs.count) == [2, 3])
    #expect(comparison.edgeCount == 2)
  }

  @Test func anotherAlphabetCannotBeCompared() {
    var other = Self.machine()
    other.inputs = [.connect, .close, .syn]
    #expect(throws: MachineComparison.OtherAlphabet.self) { try MachineComparison(Self.machine(), other) }
  }

  @Test func whatIsWrittenAsJSONIsReadAsTheSame() throws {
    let machine = Self.machine()
    let text = machine.rendered(as: .json, style: Style(), command: "")
    #expect(try LearnedMachine(reading: Array(text.utf8)) == machine)
  }

  @Test(arguments: ["", "{}", "{\"kind\": \"machine\"}", "[1]"]) func whatIsNoMachineIsRefused(text: String) {
    #expect(throws: LearnedMachine.NoMachine.self) { try LearnedMachine(reading: Array(text.utf8)) }
  }

  /// A target that is no state must not end the program.
  @Test func aDamagedMachineIsRefused() {
    let text = Self.machine().rendered(as: .json, style: Style(), command: "")
    let damaged = text.replacing("\"target\" : 2", with: "\"target\" : 7")
    #expect(damaged != text)
    #expect(throws: LearnedMachine.NoMachine.self) { try LearnedMachine(reading: Array(damaged.utf8)) }
  }

  @Test func edgesWithTheSameEndAreOneBundle() {
    let bundles = Self.machine().bundles(of: 2)
    #expect(bundles.map(\.target) == [0, 2])
    #expect(bundles[1].edges.map(\.input) == [.connect, .synAck])
  }

  @Test func changesThatTheDiagramLacksAreTold() {
    let changes = Self.machine().changes
    #expect(changes.filter { !$0.isInFigure }.map { [$0.from, $0.to] } == [[.established, .closed]])
    #expect(changes.filter(\.isInFigure).count == 3)
  }

  @Test func drawingsAreWellFormed() {
    for format in [MachineFormat.svg, .html] {
      let text = Self.machine().rendered(as: format, style: Style(), command: "tcpprobe learn")
      #expect(WellFormed(text) != nil)
      #expect(text.contains("ESTABLISHED") && text.contains("to CLOSED: close()"))
      #expect(text.contains("behind ≠"))
    }
  }

  @Test func graphsHaveNoSelfLoopsAndOneEdgeForEachPair() {
    let dot = Self.machine().rendered(as: .dot, style: Style(), command: "")
    #expect(dot.split(separator: "\n").count { $0.contains(" -> ") } == 4)
    #expect(!dot.contains("2 -> 2"))
    // Two inputs that are one edge: a semicolon would end it.
    var machine = Self.machine()
    machine.edges[2][2].target = 0
    let mermaid = machine.rendered(as: .mermaid, style: Style(), command: "")
    #expect(mermaid.contains("  s2 --> s0: close() / ok<br/>SYN+ACK / -"))
  }

  @Test func aTableTellsFromWhichKernelOnTheMachineDiffers() {
    let other = Self.machine(release: "6.12.1", closing: Response(call: .failed("EIO")))
    let table = MachineTable([other, Self.machine(release: "5.10.9"), Self.machine(release: "6.1.1")])
    #expect(table.rows.map(\.machine.version) == ["5.10.9", "6.1.1", "6.12.1"])
    #expect(table.rows.map { $0.change?.isSame } == [nil, true, false])
    #expect(table.hasDifferences)
    #expect(table.markdownReport.contains("## From 6.12.1 on"))
    #expect(table.markdownReport.contains("connect(), SYN+ACK, close()"))
  }
}

import Claims
import Documents
import Kinds
import TCP
import Testing
import Traces

/// The results of edges, from traces that were made up.
@Suite(.tags(.pure)) struct EdgeResultTests {
  /// The edge from ESTABLISHED by the peer's FIN, with an ACK as its action.
  private static let finArrives = Transition.figure5.first {
    $0.from == .established && $0.to == .closeWait
  }

  /// A trace of that edge.
  ///
  /// - Parameters:
  ///   - before, after: the states that sock_diag and /proc/net/tcp find.
  ///   - traced: the changes that the tracepoint tells of.
  ///   - sent: the segments that the end sends.
  private func result(
    of wanted: Transition? = finArrives, before: State = .established, after: State = .closeWait,
    traced: [State] = [.established, .closeWait], sent: [Flags] = [.ack],
    event: Event.What = .forged(segment: Segment(flags: [.fin, .ack], sequence: SequenceNumber(1))),
    end: Trace.End = .finished
  ) throws -> EdgeResult {
    let transition = try #require(wanted)
    let left = Endpoint(Address(192, 0, 2, 1), 40000)
    let right = Endpoint(Address(192, 0, 2, 2), 80)
    let tuple = FourTuple(local: left, remote: right)
    func look(_ state: State, _ observer: ObserverKind) -> (Event.What, ObserverKind?) {
      (.sighting(record: SocketRecord(tuple: tuple, state: state)), observer)
    }
    var what = [look(before, .sockDiag), look(before, .proc)]
    what.append((event, nil))
    for (from, to) in zip(traced, traced.dropFirst()) {
      what.append((.transition(from: from, to: to), .stateTracepoint))
    }
    for flags in sent {
      let segment = Segment(
        flags: flags, sequence: SequenceNumber(7), acknowledgment: SequenceNumber(2))
      let packet = Packet(source: left, destination: right, segment: segment)
      what.append((.segment(segment: segment, bytes: Bytes(packet.bytes)), .wire))
    }
    what += [look(after, .sockDiag), look(after, .proc)]
    let last = what.count - 1
    what.append((.measurement(figure: Measurement("figure", .measured("x"), events: [1, last])), nil))
    let trace = Trace(
      variant: Variant(
        subject: .scenario(id: "edges"), bench: .wire, family: .ipv4, conditions: [.edge(transition)]),
      names: Both(left: "client", right: "server"), endpoints: Both(left: left, right: right), end: end,
      events: what.enumerated().map { Event(time: Int64($0), party: .left, observer: $1.1, what: $1.0) })
    let proof = EdgeProof(transition, by: "edges", under: [.edge(transition)], figures: ["figure"])
    let row = try #require(EdgeTable([proof], in: [trace]).rows.first { $0.edge == transition.edge })
    return try #require(row.results.first)
  }

  @Test func anEdgeWithItsActionAndStatesIsSeen() throws {
    let result = try result()
    #expect(result.outcome == .seen)
    #expect(result.witnesses == [.wire, .stateTracepoint, .sockDiag, .proc])
  }

  @Test func theEndOfATimerThatNothingElseTellsOfIsSeen() throws {
    let edge = Transition.figure5.first { $0.from == .timeWait }
    let result = try result(
      of: edge, before: .timeWait, after: .closed, traced: [], sent: [], event: .rung(index: 1))
    #expect(result.outcome == .seen && result.witnesses == [.sockDiag, .proc])
  }

  @Test func anotherActionOrNoneDiffers() throws {
    #expect(try result(sent: [.rst]).outcome == .differs([.action([.rst])]))
    #expect(try result(sent: []).outcome == .differs([.action([])]))
    #expect(try result(sent: [.ack, .rst]).outcome == .differs([.action([.ack, .rst])]))
  }

  @Test func anotherStateDiffersAndSoDoesOneInBetween() throws {
    #expect(try result(after: .closing, traced: []).outcome == .differs([.state(.closing)]))
    let passing = try result(traced: [.established, .finWait1, .closeWait])
    #expect(passing.outcome == .differs([.passes([.finWait1])]))
  }

  @Test func aStateThatIsNotReachedIsNotSeen() throws {
    guard case .notSeen = try result(before: .synSent, traced: []).outcome else {
      Issue.record("an edge from a state that was not reached was judged")
      return
    }
  }

  @Test func whatCouldNotBeRunIsNotHeldAgainstTheKernel() throws {
    let lack = Reason.needs("the wire")
    #expect(try result(end: .cannotRun(reason: lack)).outcome == .cannotBeSeen(lack))
    let table = EdgeTable([], in: [])
    #expect(table.count(.notTried) == 33 && table.count(.seen) == 0)
  }

  @Test func withoutTheTracepointTheOthersAreWitnesses() throws {
    #expect(try result(traced: []).witnesses == [.wire, .sockDiag, .proc])
  }
}

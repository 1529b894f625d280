import Benches
import Claims
import Documents
import Grounds
import Testing
import Traces

extension ScenariosTests {
  /// Calls that the page does not name: which are made, what hangs on them, and that they are told.
  @Suite struct AdditionRuleTests {
    /// The verdicts on a page's segments, in order.
    private func kinds(_ rows: String, on ground: Ground) throws -> [Verdict.Kind] {
      try judged(rows, on: ground).claims.map(\.verdict.kind)
    }

    private static let data = "| send(500) data(500bytes) | |\n| | ACK |\n"

    @Test(arguments: Ground.onePerBench)
    func recvReadsAsMuchAsItSays(ground: Ground) throws {
      #expect(try kinds(Self.data + "| | recv(100) |\n| | close() FIN |", on: ground).last == .contradicted)
      #expect(try kinds(Self.data + "| | recv(100) |\n| | close() RST |", on: ground).last == .confirmed)
      let whole = try judged(Self.data + "| | recv(500) |\n| | close() FIN |", on: ground)
      #expect(whole.claims.allSatisfy { $0.verdict.kind == .confirmed }, "\(differences(whole))")
      let reads = whole.run.traces.flatMap(\.events).compactMap { event -> Outcome? in
        if case .call(.receive, let outcome, _) = event.what { outcome } else { nil }
      }
      #expect(reads == [.returned(value: 500)])
    }

    @Test(arguments: Ground.onePerBench)
    func nothingIsReadWhereACellExpectsRST(ground: Ground) throws {
      for rows in [Self.data + "| | close() RST |", "| data(500bytes) | |\n| | ACK |\n| | RST |"] {
        let assessment = try judged(rows, on: ground)
        #expect(assessment.run.traces.count == 1)
        #expect(
          assessment.claims.map(\.verdict.kind).allSatisfy { $0 == .confirmed }, "\(differences(assessment))")
        #expect(
          !assessment.run.traces[0].events.contains {
            if case .call(.receive, _, _) = $0.what { true } else { false }
          })
      }
    }

    @Test(arguments: Ground.onePerBench)
    func whatThePageLeavesOpenIsRunBothWaysAndConditional(ground: Ground) throws {
      let assessment = try judged(Self.data + "| | close() FIN |", on: ground)
      #expect(assessment.run.traces.count == 2)
      let verdict = try #require(assessment.claims.last).verdict
      #expect(verdict.kind == .conditional)
      #expect(verdict.seen.contains("RST (before close(): the program has read nothing)"))
      #expect(verdict.seen.contains("FIN (before close(): the program has read everything)"))
      #expect(assessment.ladders.flatMap(\.parts).allSatisfy { $0.verdict.kind != .contradicted })
    }

    @Test(arguments: Ground.onePerBench)
    func anExtraSegmentThatHangsOnAnAdditionIsConditional(ground: Ground) throws {
      // Read, it is a FIN as the page says; unread, an RST, and no ACK of the last row.
      let assessment = try judged(Self.data + "| | close() |\n| | FIN |\n| ACK | |", on: ground)
      #expect(!assessment.claims.contains { $0.verdict.kind == .contradicted }, "\(differences(assessment))")
    }

    @Test(arguments: Ground.onePerBench)
    func aSegmentThatOnlyOneOfTheRunsHasIsConditional(ground: Ground) throws {
      // Read, the connection ends with FINs, and the client's is in no row; unread, the server's RST has ended it.
      let assessment = try judged(Self.data + "| | close() FIN |\n| close() | |", on: ground)
      #expect(assessment.run.traces.count == 2)
      let extras = assessment.ladders.flatMap(\.parts).filter {
        if case .extra(rung: _, party: .left) = $0.subject { true } else { false }
      }
      #expect(extras.map(\.verdict.kind) == [.conditional], "\(differences(assessment))")
      let seen = try #require(extras.first).verdict.seen
      #expect(seen.hasPrefix("FIN"), "\(seen)")
      #expect(seen.contains("nothing (before close(): the program has read nothing)"), "\(seen)")
      // Numbers that the page does not have are told from the first one on, as in the picture.
      #expect(seen.contains("(SEQ:x+500,ACK:y+1)"), "\(seen)")
      #expect(assessment.claims.allSatisfy { $0.verdict.kind != .contradicted }, "\(differences(assessment))")
    }

    @Test(arguments: Ground.onePerBench)
    func aFINWithoutACallSaysThatEverythingWasRead(ground: Ground) throws {
      let assessment = try judged("| data(500bytes) | |\n| | ACK |\n| | FIN |\n| ACK | |", on: ground)
      #expect(assessment.run.traces.count == 1)
      #expect(
        assessment.claims.map(\.verdict.kind).allSatisfy { $0 == .confirmed }, "\(differences(assessment))")
    }

    @Test(arguments: Ground.onePerBench)
    func everyCallThatWasAddedIsNamed(ground: Ground) throws {
      let assessment = try judged("| data(500bytes) | |\n| | ACK |\n| | FIN |\n| ACK | |", on: ground)
      let trace = assessment.run.traces[0]
      let calls = trace.events.compactMap { event -> String? in
        guard case .call(let call, _, _) = event.what, let party = event.party else { return nil }
        return "\(call) by \(trace.names[party])"
      }
      #expect(calls.contains("recv() by server") && calls.contains("send(500) by client"))
      #expect(Set(assessment.claims.flatMap(\.verdict.added)) == Set(calls))
      #expect(Set(assessment.ladders[0].additions) == Set(calls))
      // What the page names is none.
      let named = try judged("| send(500) data(500bytes) | |\n| | ACK |\n| | recv(500) |", on: ground)
      #expect(!named.ladders[0].additions.contains { $0.hasPrefix("send") || $0.hasPrefix("recv") })
      // Neither is a connection that was there from the start.
      let placed = try judged("| FIN(SEQ:5) | |\n| | ACK(SEQ:9,ACK:6) |", on: ground)
      #expect(
        placed.ladders[0].additions == [
          "an established connection (by TCP_REPAIR)", "close() by client",
        ])
    }

    @Test(arguments: Ground.onePerBench)
    func anRSTWithoutACauseIsAnAbortAndTold(ground: Ground) throws {
      let assessment = try judged("| SYN | |\n| | SYN+ACK |\n| ACK | |\n| RST | |", on: ground)
      #expect(
        assessment.claims.map(\.verdict.kind).allSatisfy { $0 == .confirmed }, "\(differences(assessment))")
      let added = try #require(assessment.claims.last).verdict.added
      #expect(added.contains("abort() (close() with SO_LINGER 0) by client"))
    }

    @Test(arguments: Ground.onePerBench)
    func anEndThatAnswersASYNWithRSTDoesNotListen(ground: Ground) throws {
      let assessment = try judged("| SYN(SEQ:7) | |\n| | RST+ACK(SEQ:0,ACK:8) |", on: ground)
      #expect(
        assessment.claims.map(\.verdict.kind).allSatisfy { $0 == .confirmed }, "\(differences(assessment))")
    }
  }
}

import Benches
import Claims
import Documents
import Grounds
import Linux
import Scenarios
import TCP
import Testing
import Traces

extension ScenariosTests {
  /// Segments that arrive in each state, on this kernel.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct MatrixTests {
    private func cells(in state: State, on bench: any Bench) throws -> [Matrix.Cell] {
      let trace = try Scenario.answers.run(
        under: [.arrivesIn(state), .everyCell], with: Runner(on: bench), on: bench)
      return Matrix([trace]).cells.filter { $0.state == state }
    }

    private func cell(
      _ segment: MatrixSegment, in state: State, of cells: [Matrix.Cell]
    ) throws -> Matrix.Cell { try #require(cells.first { $0.segment == segment && $0.state == state }) }

    @Test(arguments: Ground.wires) func establishedDiffersOnlyInFINsWithoutACK(ground: Ground) throws {
      let cells = try cells(in: .established, on: try ground.bench())
      #expect(cells.count == MatrixSegment.all(in: .established).count)
      for cell in cells {
        let sight = try #require(cell.sight, "\(cell.segment.name): \(cell.result)")
        // What lies outside of the window, or is old, is to be answered, whatever its flags.
        let isKnown =
          cell.segment.kind == .fin
          && ([.left, .right].contains(cell.segment.place) || cell.segment.hasOldTimestamp)
        #expect(cell.deviates == isKnown, "\(cell.segment.name): \(sight.sent), \(sight.next)")
      }
      let reset = try cell(MatrixSegment(.reset, at: .leftEdge), in: .established, of: cells)
      #expect(reset.sight?.told == "ECONNRESET" && reset.sight?.next == .closed)
      let fin = try cell(MatrixSegment(.finAck, at: .leftEdge, .current), in: .established, of: cells)
      #expect(fin.sight?.told == "end of stream" && fin.sight?.next == .closeWait)
      let data = try cell(MatrixSegment(.data, at: .leftEdge, .current), in: .established, of: cells)
      #expect(data.sight?.told == "1 byte")
      let old = try cell(
        MatrixSegment(.data, at: .leftEdge, .current, hasOldTimestamp: true), in: .established, of: cells)
      #expect(old.sight?.told == nil && old.sight?.sent == [.ack])
      let options = try #require(old.sight?.arrived?.options)
      #expect(options.contains { if case .timestamps = $0 { true } else { false } })
    }

    /// RFC 7323 excepts each RST from the check of its timestamp; a minisocket of Linux does not.
    @Test func anRSTWithAnOldTimestampIsNotTakenInTimeWait() throws {
      let cells = try cells(in: .timeWait, on: try #require(Ground.wires.first).bench())
      let old = try cell(
        MatrixSegment(.reset, at: .leftEdge, hasOldTimestamp: true), in: .timeWait, of: cells)
      #expect(old.sight?.next == .timeWait && old.deviates == true)
      let plain = try cell(MatrixSegment(.reset, at: .leftEdge), in: .timeWait, of: cells)
      #expect(plain.sight?.next == .closed)
    }

    @Test func withoutTimestampsThereIsNoOldOne() throws {
      let bench = try #require(Ground.wires.first).bench()
      for party in Party.allCases {
        try bench.enter(party) { try Sysctl.write("net.ipv4.tcp_timestamps", "0") }
      }
      for cell in try cells(in: .established, on: bench) where cell.segment.hasOldTimestamp {
        #expect(cell.result == .missing(.other("the ends have agreed on no timestamps")))
      }
    }

    @Test(arguments: [State.closed, .listen]) func whereNoConnectionIsAnACKIsAnsweredWithRST(state: State)
      throws
    {
      let cells = try cells(in: state, on: try #require(Ground.wires.first).bench())
      let ack = try cell(MatrixSegment(.ack), in: state, of: cells)
      #expect(ack.sight?.sent == [.rst] && ack.sight?.next == state && ack.deviates == false)
    }

    @Test func theTraceOfACellHasItsConnectionAlone() throws {
      let bench = try #require(Ground.wires.first).bench()
      let trace = try Scenario.answers.run(
        under: [.arrivesIn(.listen), .everyCell], with: Runner(on: bench), on: bench)
      let matrix = Matrix([trace])
      let syn = try cell(MatrixSegment(.syn), in: .listen, of: matrix.cells)
      let alone = matrix.trace(of: try #require(syn.sight))
      let forged = alone.events.count { if case .forged = $0.what { true } else { false } }
      #expect(forged == 1 && alone.segments(of: .right).first?.segment.flags == [.syn, .ack])
    }

    @Test func aWireThatTurnsChallengesIntoRSTsIsFound() throws {
      let bench = try AlteredWire(family: .ipv4) { departure in
        let segment = departure.packet.segment
        // An RST of CLOSED has no ACK of its own.
        if segment.flags == .rst { departure.packet.segment.flags = .ack }
        return .pass
      }
      let cells = try cells(in: .closed, on: bench)
      #expect(try cell(MatrixSegment(.ack), in: .closed, of: cells).deviates == true)
      #expect(try cell(MatrixSegment(.reset), in: .closed, of: cells).deviates == false)
    }
  }
}

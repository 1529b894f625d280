import Benches
import Documents
import Grounds
import TCP
import Testing
import Traces

extension BenchesTests {
  @Suite(.enabled(if: !Ground.all.isEmpty, "no bench can be set up here"))
  struct PlacementTests {
    @Test(arguments: Ground.all) func aSYNLeavesAtTheDocumentsNumber(ground: Ground) throws {
      try placeSYN(at: 1000, on: ground)
    }

    @Test(arguments: [UInt32(1), .max]) func soItDoesAtTheEndsOfTheCircle(number: UInt32) throws {
      try placeSYN(at: number, on: try #require(Ground.all.first))
    }

    private func placeSYN(at number: UInt32, on ground: Ground) throws {
      let trace = try Runner(on: try ground.bench()).run(
        table: """
          | client            | server  |
          | ----------------- | ------- |
          | SYN(SEQ:\(number)) |         |
          |                   | SYN+ACK |
          """)
      let syn = try #require(trace.segments(of: .left).first?.segment)
      #expect(syn.flags.intersection([.syn, .ack]) == .syn)
      #expect(syn.sequence == SequenceNumber(number))
      let answer = try #require(trace.segments(of: .right).first?.segment)
      #expect(answer.acknowledged == SequenceNumber(number) + 1)
      #expect(trace.placed == Both(left: SequenceNumber(number), right: nil))
    }

    @Test(arguments: Ground.all)
    func anEstablishedPairIsPlacedAtBothNumbers(ground: Ground) throws {
      let trace = try Runner(on: try ground.bench()).run(
        table: """
          | client        | server                 |
          | ------------- | ---------------------- |
          | FIN(SEQ:5000) |                        |
          |               | ACK(SEQ:7500,ACK:5001) |
          |               | FIN                    |
          | ACK           |                        |
          """)
      // Not a segment opens it, and none before the FIN moves.
      let left = trace.segments(of: .left).map(\.segment)
      let fin = try #require(left.first)
      #expect(fin.flags == [.fin, .ack])
      #expect(fin.sequence == SequenceNumber(5000) && fin.acknowledged == SequenceNumber(7500))
      let right = trace.segments(of: .right).map(\.segment)
      #expect(right.first?.sequence == SequenceNumber(7500))
      #expect(right.first?.acknowledged == SequenceNumber(5001))
      // A pure ACK takes up no number.
      #expect(right.last?.flags == [.fin, .ack] && right.last?.sequence == SequenceNumber(7500))
      #expect(left.last?.acknowledged == SequenceNumber(7501))
    }

    @Test(arguments: Ground.all)
    func dataCrossesBetweenPlacedEndsInOneSegment(ground: Ground) throws {
      let trace = try Runner(on: try ground.bench()).run(
        table: """
          | client                | server                     |
          | --------------------- | -------------------------- |
          | SEQ:4294967200, 100bytes |                         |
          |                       | ACK:4                      |
          |                       | packet(SEQ:9000, 1000bytes) |
          | ACK:10000             |                            |
          """)
      // The number wraps between its first octet and its last.
      #expect(trace.segments(of: .left).map(\.segment.length).filter { $0 > 0 } == [100])
      #expect(trace.segments(of: .right).first?.segment.acknowledged == SequenceNumber(4))
      #expect(trace.segments(of: .right).map(\.segment.length).filter { $0 > 0 } == [1000])
      #expect(trace.segments(of: .left).last?.segment.acknowledged == SequenceNumber(10000))
    }
  }
}

import Chance
import ChangedPages
import Documents
import Kinds
import Notations
import TCP
import Testing

/// A ladder that was written in a notation is read as the same ladder.
@Suite(.tags(.pure)) struct RoundTripTests {
  @Test func aLadderIsWrittenAsAMermaidDiagram() throws {
    let page = try Page(reading: Self.page, name: "p")
    #expect(page.ladders[0].mermaid == Self.mermaid)
    try expect(page.ladders[0], readFrom: "```mermaid\n" + Self.mermaid + "```\n")
  }

  @Test func aLadderIsWrittenAsAFigureOfTheStandard() throws {
    let page = try Page(reading: Self.page, name: "p")
    #expect(page.ladders[0].standardFigure == Self.figure)
    try expect(page.ladders[0], readFrom: "```\n" + Self.figure + "```\n")
  }

  @Test func aSegmentAndItsAnswerInOneRowAreDrawnOneAfterTheOther() throws {
    let page = try Page(
      reading: "| a | b |\n|-|-|\n| close() FIN(SEQ:5) [FIN_WAIT_2] | ACK(ACK:6) [CLOSE_WAIT] |\n", name: "p")
    #expect(
      page.ladders[0].withAnswersApart.told
        == ["close() FIN(SEQ:5) | ", "[FIN_WAIT_2] | ACK(ACK:6) [CLOSE_WAIT]"])
    let crossing = try Page(reading: "| a | b |\n|-|-|\n| FIN | FIN |\n| ACK | ACK |\n", name: "p")
    #expect(crossing.ladders[0].withAnswersApart == crossing.ladders[0])
  }

  static let page = """
    | client                                     | server                                   | note  |
    | ------------------------------------------ | ---------------------------------------- | ----- |
    | [CLOSED]                                   | [LISTEN]                                 |       |
    | connect() SYN(SEQ:1000) [SYN_SENT]         | lost                                     | first |
    | timeout                                    |                                          |       |
    | SYN(SEQ:1000) [SYN_SENT]                   | [SYN_RECV] (received)                    |       |
    | [ESTABLISHED] (received)                   | SYN+ACK(SEQ:x,ACK:1001) [SYN_RECV]       |       |
    | ACK(SEQ:1001,ACK:x+1)                      | [ESTABLISHED]                            |       |
    | ...                                        |                                          |       |
    | close() FIN+ACK(SEQ:5,ACK:1) [FIN_WAIT_1]  | close() FIN+ACK(SEQ:1,ACK:5) [FIN_WAIT_1] |      |
    | ACK data(SEQ:6,ACK:2, 10bytes) [CLOSING]   | ACK [CLOSING]                            |       |

    """
  static let mermaid = """
    sequenceDiagram
        participant A as client
        participant B as server
        Note over A,B: [CLOSED] | [LISTEN]
        A-xB: connect() SYN(SEQ:1000) [SYN_SENT]
        Note over B: first
        Note over A: timeout
        A->>B: SYN(SEQ:1000) [SYN_SENT]
        Note over B: [SYN_RECV] (received)
        B->>A: SYN+ACK(SEQ:x,ACK:1001) [SYN_RECV]
        Note over A: [ESTABLISHED] (received)
        A->>B: ACK(SEQ:1001,ACK:x+1)
        Note over B: [ESTABLISHED] (in this step)
        Note over A,B: ...
        par at the same time
        A->>B: close() FIN+ACK(SEQ:5,ACK:1) [FIN_WAIT_1]
        and
        B->>A: close() FIN+ACK(SEQ:1,ACK:5) [FIN_WAIT_1]
        end
        par at the same time
        A->>B: ACK data(SEQ:6,ACK:2, 10bytes) [CLOSING]
        and
        B->>A: ACK [CLOSING]
        end

    """
  static let figure = """
        client                                                     server
    1.  CLOSED                                                     LISTEN
    2.  (connect())
        SYN-SENT     --> <SEQ=1000><CTL=SYN>                   XXX
        (note: first)
    3.  (timeout)
    4.  SYN-SENT     --> <SEQ=1000><CTL=SYN>                   --> SYN-RECEIVED
    5.  ESTABLISHED  <-- <SEQ=x><ACK=1001><CTL=SYN,ACK>        <-- SYN-RECEIVED
    6.               --> <SEQ=1001><ACK=x+1><CTL=ACK>          ... ESTABLISHED
                     ... <SEQ=1001><ACK=x+1><CTL=ACK>          -->
    7.  (...)
    8.  (close())                                                  (close())
        FIN-WAIT-1   --> <SEQ=5><ACK=1><CTL=FIN,ACK>           ...
                     <-- <SEQ=1><ACK=5><CTL=FIN,ACK>           <-- FIN-WAIT-1
                     ... <SEQ=5><ACK=1><CTL=FIN,ACK>           -->
    9.  CLOSING      --> <SEQ=6><ACK=2><CTL=ACK><DATA><LEN=10> ...
                     <-- <CTL=ACK>                             <-- CLOSING
                     ... <SEQ=6><ACK=2><CTL=ACK><DATA><LEN=10> -->

    """

  @Test(arguments: 0..<150) func aRandomLadderIsReadFromItsDiagram(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let ladder = Self.holdable(try read(random.ladder().markdown, random: &random))
    guard !ladder.hasTwins else { return }
    try expect(ladder, readFrom: ladder.mermaidFence)
  }

  @Test(arguments: 0..<150) func aRandomLadderIsReadFromItsFigure(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var ladder = Self.holdable(try read(random.ladder().markdown, random: &random))
    // A figure has no row in which one party sends and the other calls or waits.
    for index in ladder.rungs.indices {
      for party in Party.allCases
      where ladder.rungs[index].cells[party.other].segment != nil
        && ladder.rungs[index].cells[party].segment == nil
      {
        ladder.rungs[index].cells[party].elements.removeAll {
          if case .call = $0 { true } else { $0 == .timeout }
        }
      }
    }
    try expect(ladder, readFrom: "```\n" + ladder.standardFigure + "```\n")
  }

  private func read(_ text: String, random: inout SplitMix64) throws -> Ladder {
    var ladder = try #require(try Page(reading: text, name: "written").ladders.first)
    for index in ladder.rungs.indices {
      for party in Party.allCases where ladder.rungs[index].cells[party.other].segment != nil {
        let cell = ladder.rungs[index].cells[party]
        guard cell.segment == nil, cell.state != nil, !cell.isLost, random.chance(50) else { continue }
        ladder.rungs[index].cells[party].elements.append(.received)
      }
    }
    return ladder
  }

  /// Without what no picture holds: cells that were not read, and states that a reader of a picture takes in another way
  /// (CLOSED behind TIME_WAIT, FIN_WAIT_2 and CLOSE_WAIT at the beginning, a connection that is half-open).
  private static func holdable(_ ladder: Ladder) -> Ladder {
    var ladder = ladder
    for index in ladder.rungs.indices {
      for party in Party.allCases {
        if ladder.rungs[index].cells[party].unreadText != nil { ladder.rungs[index].cells[party] = Cell() }
        ladder.rungs[index].cells[party].elements = ladder.rungs[index].cells[party].elements.map {
          if case .state(let state) = $0, [.closed, .listen, .timeWait, .finWait2].contains(state) {
            return .state(.established)
          }
          return $0
        }
      }
    }
    ladder.isExhaustive = false
    return ladder
  }

  private func expect(_ ladder: Ladder, readFrom text: String) throws {
    let page = try Page(reading: text, name: "written")
    let read = try #require(page.ladders.first, "\(text)")
    #expect(page.ladders.count == 1 && page.unread.isEmpty, "\(text)")
    for party in Party.allCases where !ladder.parties[party].isEmpty {
      #expect(read.parties[party] == ladder.parties[party], "\(text)")
    }
    #expect(read.steps == ladder.withAnswersApart.steps, "\(text)")
  }
}

import Claims
import Documents
import Notations
import Kinds
import TCP
import Testing

/// How a document's numbers stand to the kernel's.
@Suite(.tags(.pure)) struct NumberRuleTests {
  /// A handshake and a hundred octets, at numbers that the kernel chose.
  static let opening = Sketch([
    .rung, .left(.syn, seq: 88_001_000), .rung, .right([.syn, .ack], seq: 4_294_967_295, ack: 88_001_001),
    .rung, .left(.ack, seq: 88_001_001, ack: 0), .rung,
    .left([.psh, .ack], seq: 88_001_001, ack: 0, length: 100), .rung, .right(.ack, seq: 0, ack: 88_001_101),
  ])
  static let literals = """
    SYN(SEQ:1000) |
    | SYN+ACK(SEQ:2000,ACK:1001)
    ACK(SEQ:1001,ACK:2001) |
    data(SEQ:1001,ACK:2001, 100bytes) |
    | ACK(SEQ:2001,ACK:1101)
    """
  static let variables = """
    SYN seq=x |
    | SYN+ACK seq=y, ack=x+1
    ACK seq=x+1, ack=y+1 |
    data seq=x+1, ack=y+1, len=100 |
    | ACK seq=y+1, ack=x+101
    """

  @Test(arguments: [literals, variables])
  func oneOffsetHoldsForAllNumbersOfADirection(rows: String) throws {
    #expect(try assess(page(rows), Self.opening).kinds == Array(repeating: .confirmed, count: 5))
  }

  @Test(arguments: [literals, variables], 2...4)
  func anOffsetIsNeverBoundAgain(rows: String, segment: Int) throws {
    // The first two segments bind; every later number that is off by one contradicts, and it alone.
    let sequence = Self.opening.with {
      $0[segment: segment].segment.sequence = $0[segment: segment].segment.sequence + 1
    }
    let acknowledgment = Self.opening.with {
      $0[segment: segment].segment.acknowledgment = $0[segment: segment].segment.acknowledgment + -1
    }
    for (sketch, field) in [(sequence, "SEQ"), (acknowledgment, "ACK")] {
      let assessment = try assess(page(rows), sketch)
      var kinds = Array(repeating: Verdict.Kind.confirmed, count: 5)
      kinds[segment] = .contradicted
      #expect(assessment.kinds == kinds)
      let verdict = try assessment.segment(segment + 1, segment == 4 ? .right : .left)
      #expect(verdict.reason == "the \(field) number differs")
    }
  }

  /// The same, and a close after seven hundred octets that no row has.
  static let elided = opening.with {
    $0.steps += [
      .rung, .rung, .left([.fin, .ack], seq: 88_001_801, ack: 300), .rung,
      .right([.fin, .ack], seq: 300, ack: 88_001_802),
    ]
  }

  @Test(arguments: ["... | ...", "… | …", "⋮ | ⋮", "| ...", "after a while |", "(time passes) | ..."])
  func behindAnElisionNumbersAreBoundAgain(row: String) throws {
    for close in [
      "FIN+ACK(SEQ:701,ACK:301) |\n| FIN+ACK(SEQ:301,ACK:702)",
      "FIN seq=u, ack=x+1 |\n| FIN seq=x+1, ack=u+1",
    ] {
      let assessment = try assess(page("\(Self.literals)\n\(row)\n\(close)"), Self.elided)
      #expect(assessment.kinds == Array(repeating: .confirmed, count: 7))
      // They bind once, as those before did.
      let wrong = Self.elided.with { $0[segment: 6].segment.acknowledgment = SequenceNumber(88_001_803) }
      let kinds = try assess(page("\(Self.literals)\n\(row)\n\(close)"), wrong).kinds
      #expect(kinds == Array(repeating: .confirmed, count: 6) + [.contradicted])
    }
  }

  @Test(arguments: ["| ...listening", "-|-", "|"])
  func withoutAnElisionTheFirstOffsetsHold(row: String) throws {
    let close = "FIN+ACK(SEQ:701,ACK:301) |\n| FIN+ACK(SEQ:301,ACK:702)"
    let kinds = try assess(page("\(Self.literals)\n\(row)\n\(close)"), Self.elided).kinds
    #expect(kinds == Array(repeating: .confirmed, count: 5) + [.contradicted, .contradicted])
  }

  @Test func theOffsetsAreThoseOfTheFirstNumbers() throws {
    let offsets = try assess(page(Self.literals), Self.opening).ladders[0].offsets
    #expect(offsets == Both(left: 88_000_000, right: -2001))
  }

  @Test func anAckBindsTheOtherDirectionWhereItHasNoNumberYet() throws {
    let rows = "FIN |\n| ACK:5001\n| FIN(SEQ:7500,ACK:5001)\nACK:7501 |"
    let sketch = Sketch([
      .left([.fin, .ack], seq: 60, ack: 90), .right(.ack, seq: 90, ack: 61),
      .right([.fin, .ack], seq: 90, ack: 61), .left(.ack, seq: 61, ack: 91),
    ])
    #expect(try assess(page(rows), sketch).kinds == Array(repeating: .confirmed, count: 4))
    let late = sketch.with { $0[segment: 2].segment.acknowledgment = SequenceNumber(62) }
    #expect(try assess(page(rows), late).segment(3, .right).kind == .contradicted)
  }

  @Test func aPlacedNumberIsExact() throws {
    let rows = "FIN(SEQ:5000) |"
    for (seen, isRight) in [(UInt32(5000), true), (5001, false), (4999, false)] {
      var sketch = Sketch([.left([.fin, .ack], seq: seen, ack: 1)])
      #expect(try assess(page(rows + "\n| close()"), sketch).segment(1, .left).kind == .confirmed)
      sketch.placed.left = 5000
      let verdict = try assess(page(rows + "\n| close()"), sketch).segment(1, .left)
      #expect(verdict.kind == (isRight ? .confirmed : .contradicted))
    }
  }

  @Test func aPlacedDirectionDoesNotPlaceTheOther() throws {
    let rows = "FIN(SEQ:5000,ACK:7500) |\n| ACK(SEQ:7500,ACK:5001)"
    let sketch = Sketch(
      [.left([.fin, .ack], seq: 5000, ack: 123_456), .right(.ack, seq: 123_456, ack: 5001)],
      placed: Both(left: 5000, right: nil))
    #expect(try assess(page(rows), sketch).kinds == [.confirmed, .confirmed])
    let both = sketch.with { $0.placed.right = 7500 }
    let verdict = try assess(page(rows), both).segment(1, .left)
    #expect(verdict.reason == "the ACK number differs" && verdict.seen == "FIN(SEQ:5000,ACK:123456)")
  }

  @Test func numbersGoOnPastTheEndOfTheCircle() throws {
    let rows = "data(SEQ:4294967290, 10bytes) |\n| ACK:4\ndata(SEQ:4, 10bytes) |"
    let sketch = Sketch([
      .left(.ack, seq: 50, ack: 1, length: 10), .right(.ack, seq: 1, ack: 60),
      .left(.ack, seq: 60, ack: 1, length: 10),
    ])
    #expect(try assess(page(rows), sketch).kinds == Array(repeating: .confirmed, count: 3))
  }

  @Test func whatWasSeenIsWrittenInTheDocumentsOwnNumbers() throws {
    let wrong = Self.opening.with { $0[segment: 4].segment.acknowledgment = SequenceNumber(88_000_999) }
    #expect(try assess(page(Self.literals), wrong).segment(5, .right).seen == "ACK(SEQ:2001,ACK:999)")
    #expect(try assess(page(Self.variables), wrong).segment(5, .right).seen == "ACK(SEQ:y+1,ACK:x-1)")
  }
}

import Claims
import Kinds
import TCP
import Testing

/// What of a segment is held against a document, and what is not.
@Suite(.tags(.pure)) struct SegmentRuleTests {
  static let control: [Flags] = [[], .syn, .fin, .rst]

  @Test(arguments: control, control)
  func synFinAndRstAreExact(named: Flags, seen: Flags) throws {
    let cell = named.isEmpty ? "SEQ:7" : "\(named)(SEQ:7)"
    // An octet of data keeps the segment from being a pure ACK, which no SYN, FIN or RST can be.
    let verdict = try verdict(on: cell, .left(seen, seq: 7, length: 1))
    #expect(verdict.kind == (named == seen ? .confirmed : .contradicted))
    #expect(named == seen || verdict.reason == "the flags differ")
  }

  @Test func aNumberMeansThatTheAckFlagIsThere() throws {
    let seen = Sketch.Step.left([.fin, .ack], seq: 7, ack: 9)
    #expect(try verdict(on: "FIN(ACK:9)", seen).kind == .confirmed)
    let without = try verdict(on: "FIN(ACK:9)", .left(.fin, seq: 7, ack: 9))
    #expect(without.kind == .contradicted && without.reason == "the ACK flag differs")
    #expect(without.expected == "FIN(ACK:9)" && without.seen == "FIN(ACK:-)")
  }

  @Test func aDashMeansThatTheAckFlagIsAbsent() throws {
    #expect(try verdict(on: "RST(SEQ:7,ACK:-)", .left(.rst, seq: 7)).kind == .confirmed)
    #expect(try verdict(on: "RST(SEQ:7,ACK:-)", .left([.rst, .ack], seq: 7, ack: 9)).kind == .contradicted)
  }

  @Test func withoutAnAckFieldTheAckFlagIsNotJudged() throws {
    for cell in ["FIN", "RST", "data"] {
      let flags = Flags(name: cell) ?? []
      #expect(try verdict(on: cell, .left(flags, seq: 7, length: 5)).kind == .confirmed)
      #expect(try verdict(on: cell, .left(flags.union(.ack), seq: 7, ack: 9, length: 5)).kind == .confirmed)
    }
  }

  @Test func anExplicitAckIsJudged() throws {
    #expect(try verdict(on: "FIN+ACK", .left([.fin, .ack], seq: 7, ack: 9)).kind == .confirmed)
    #expect(try verdict(on: "FIN+ACK", .left(.fin, seq: 7)).kind == .contradicted)
  }

  @Test func aBareSynIsAPureSyn() throws {
    #expect(try verdict(on: "SYN", .left(.syn, seq: 7)).kind == .confirmed)
    #expect(try verdict(on: "SYN", .left([.syn, .ack], seq: 7, ack: 9)).kind == .contradicted)
    #expect(try verdict(on: "SYN+ACK", .left([.syn, .ack], seq: 7, ack: 9)).kind == .confirmed)
    #expect(try verdict(on: "SYN+ACK", .left(.syn, seq: 7)).kind == .contradicted)
  }

  @Test(arguments: [Flags.psh, .urg, .ece, .cwr])
  func theOtherFlagsAreJudgedOnlyWhereTheyAreNamed(flag: Flags) throws {
    let bare = Sketch.Step.left(.ack, seq: 7, ack: 9, length: 5)
    let flagged = Sketch.Step.left([.ack, flag], seq: 7, ack: 9, length: 5)
    #expect(try verdict(on: "data", bare).kind == .confirmed)
    #expect(try verdict(on: "data", flagged).kind == .confirmed)
    #expect(try verdict(on: "\(flag) data", flagged).kind == .confirmed)
    let missing = try verdict(on: "\(flag) data", bare)
    #expect(missing.kind == .contradicted && missing.reason == "the flags differ")
    #expect(missing.expected == "\(flag) data" && missing.seen == "data")
  }

  @Test func aLengthIsJudgedOnlyWhereItIsNamed() throws {
    let hundred = Sketch.Step.left(.ack, seq: 7, ack: 9, length: 100)
    let less = Sketch.Step.left(.ack, seq: 7, ack: 9, length: 99)
    for cell in ["SEQ:7, 100bytes", "data(100bytes)", "ACK(len=100)"] {
      #expect(try verdict(on: cell, hundred).kind == .confirmed)
      let verdict = try verdict(on: cell, less)
      #expect(verdict.kind == .contradicted && verdict.reason == "the length differs")
    }
    for cell in ["SEQ:7", "ACK:9", "ACK"] {
      #expect(try verdict(on: cell, hundred).kind == .confirmed)
      #expect(try verdict(on: cell, less).kind == .confirmed)
    }
  }

  @Test func whatIsCalledDataCarriesSomeOfIt() throws {
    for cell in ["data", "packet"] {
      #expect(try verdict(on: cell, .left(.ack, seq: 7, ack: 9, length: 1)).kind == .confirmed)
      #expect(try verdict(on: cell, .left(.fin, seq: 7, ack: 9)).kind == .contradicted)
    }
  }

  @Test func allFieldsThatDifferAreNamedOnce() throws {
    let verdict = try verdict(
      on: "SYN+PSH(SEQ:7,ACK:9, 100bytes)", .left(.fin, seq: 8, ack: 9, length: 5),
      placed: .init(left: 7, right: 8))
    #expect(verdict.reason == "flags, ACK flag, SEQ number and length differ")
    #expect(verdict.expected == "SYN+PSH(SEQ:7,ACK:9, 100bytes)")
    #expect(verdict.seen == "FIN(SEQ:8,ACK:-, 5bytes)")
  }

  @Test func aDocumentThatOnlyLeavesTheAckOutSimplifies() throws {
    let fin = Sketch.Step.left([.fin, .ack], seq: 7, ack: 9)
    #expect(try verdict(on: "FIN(SEQ:7,ACK:-)", fin).isSimplified)
    #expect(try verdict(on: "FIN(SEQ:7,ACK:-)", fin).kind == .contradicted)
    // A SYN has none to leave out, and what differs elsewhere too is wrong.
    #expect(try !verdict(on: "SYN(SEQ:7,ACK:-)", .left([.syn, .ack], seq: 7, ack: 9)).isSimplified)
    #expect(try !verdict(on: "FIN(SEQ:7,ACK:-, 5bytes)", fin).isSimplified)
    #expect(try !verdict(on: "FIN+ACK", .left(.fin, seq: 7)).isSimplified)
  }
}

import Documents
import Notations
import Kinds
import TCP
import Testing

/// What stands for a segment in a cell, and what does not.
@Suite(.tags(.pure)) struct SegmentNotationTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var cell: String
    var pattern: SegmentPattern
    var testDescription: String { cell }

    init(_ cell: String, _ pattern: SegmentPattern) {
      self.cell = cell
      self.pattern = pattern
    }
  }

  static let named: [Case] = [
    Case("SYN", SegmentPattern(flags: .syn)),
    Case("syn+ack", SegmentPattern(flags: [.syn, .ack])),
    Case("SYN-ACK", SegmentPattern(flags: [.syn, .ack])),
    Case("FIN/ACK", SegmentPattern(flags: [.fin, .ack])),
    Case("FIN + PSH + ACK", SegmentPattern(flags: [.fin, .psh, .ack])),
    Case("RST", SegmentPattern(flags: .rst)),
    Case("ECE+CWR+URG", SegmentPattern(flags: [.ece, .cwr, .urg])),
    Case("ACK", SegmentPattern(flags: .ack)),
    Case("packet", SegmentPattern(isData: true)),
    Case("Data", SegmentPattern(isData: true)),
    Case("PSH+ACK data", SegmentPattern(flags: [.psh, .ack], isData: true)),
  ]

  /// Words behind a flag that only say that it is a segment: they say nothing of data.
  static let called: [Case] = [
    Case("SYN packet", SegmentPattern(flags: .syn)),
    Case("SYN+ACK packet", SegmentPattern(flags: [.syn, .ack])),
    Case("ACK segment", SegmentPattern(flags: .ack)),
    Case("FIN packet(SEQ:5)", SegmentPattern(flags: .fin, sequence: .literal(5))),
    Case("ACK data", SegmentPattern(flags: .ack, isData: true)),
  ]

  static let fields: [Case] = [
    Case(
      "SYN(SEQ:1000,ACK:-)", SegmentPattern(flags: .syn, sequence: .literal(1000), acknowledgment: .absent)),
    Case(
      "SYN+ACK(SEQ:2000,ACK:1001)",
      SegmentPattern(flags: [.syn, .ack], sequence: .literal(2000), acknowledgment: .number(.literal(1001)))),
    Case(
      "ack ( seq = 1001 , ack = 2001 )",
      SegmentPattern(flags: .ack, sequence: .literal(1001), acknowledgment: .number(.literal(2001)))),
    Case("packet(SEQ:1301, 100bytes)", SegmentPattern(sequence: .literal(1301), length: 100, isData: true)),
    Case("data seq=1301 len=100", SegmentPattern(sequence: .literal(1301), length: 100, isData: true)),
    Case("data(len: 0)", SegmentPattern(length: 0, isData: true)),
    Case("PSH (100 bytes)", SegmentPattern(flags: .psh, length: 100)),
    Case("FIN, SEQ: 4294967295", SegmentPattern(flags: .fin, sequence: .literal(4_294_967_295))),
    Case("SYN seq=x", SegmentPattern(flags: .syn, sequence: .variable(name: "x", plus: 0))),
    Case(
      "SYN+ACK seq=y2, ack=x + 1",
      SegmentPattern(
        flags: [.syn, .ack], sequence: .variable(name: "y2", plus: 0),
        acknowledgment: .number(.variable(name: "x", plus: 1)))),
  ]

  static let bare: [Case] = [
    Case("ACK:1401", SegmentPattern(acknowledgment: .number(.literal(1401)))),
    Case("ack=x+1", SegmentPattern(acknowledgment: .number(.variable(name: "x", plus: 1)))),
    Case("SEQ:1401, 100bytes", SegmentPattern(sequence: .literal(1401), length: 100)),
    Case("(SEQ:1401, 100 octets)", SegmentPattern(sequence: .literal(1401), length: 100)),
  ]

  static let dressed: [Case] = [
    Case("`SYN`", SegmentPattern(flags: .syn)),
    Case("**SYN**(`SEQ:1000`)", SegmentPattern(flags: .syn, sequence: .literal(1000))),
    Case("_**FIN**_", SegmentPattern(flags: .fin)),
    Case("SYN →", SegmentPattern(flags: .syn)),
    Case("<-- ACK:5", SegmentPattern(acknowledgment: .number(.literal(5)))),
    Case("ＳＹＮ（SEQ：1000）", SegmentPattern(flags: .syn, sequence: .literal(1000))),
    Case(
      "SYN\u{A0}(SEQ:1000,\tACK:\u{2013})",
      SegmentPattern(flags: .syn, sequence: .literal(1000), acknowledgment: .absent)),
  ]

  @Test(arguments: named) func aFlagsNameIsASegment(_ example: Case) { check(example) }
  @Test(arguments: called) func packetBehindAFlagSaysNothingOfData(_ example: Case) { check(example) }
  @Test(arguments: fields) func fieldsSayMoreOfASegment(_ example: Case) { check(example) }
  @Test(arguments: bare) func bareNumbersAreASegmentToo(_ example: Case) { check(example) }
  @Test(arguments: dressed) func markupAndArrowsAroundASegmentDoNotMatter(_ example: Case) { check(example) }

  private func check(_ example: Case) {
    #expect(Cell.Reading(of: example.cell) == .elements([.segment(example.pattern)]))
  }

  @Test(arguments: [
    "ACK only:lasthandshake", "SYN:synchronization", "ACK: acknowledge", "SYN flag", "FIN please",
    "SYN and ACK", "packets", "data flows", "receive ACK, ready to send",
  ])
  func aSegmentUsesUpItsCell(cell: String) { #expect(Cell.Reading(of: cell) == .text) }

  @Test(arguments: [
    "SYN(SEQ:10x0)", "SYN(SEQ:)", "SYN(SEQ:1000", "SYN()", "SYN(SEQ:-5)", "SYN(SEQ:0x10)", "SYN seq=isn",
    "ACK:x+y", "ACK:1000+1", "SYN(SEQ:1, SEQ:2)", "SYN+SYN", "SYN+", "SYN+ACK:1001", "SYN(window:5)",
    "SYN ACK",
    "100bytes", "len=100", "data(100bytes, 100bytes)",
  ])
  func aMalformedSegmentIsText(cell: String) { #expect(Cell.Reading(of: cell) == .text) }

  @Test(arguments: [
    "SYN(SEQ:4294967296)", "ACK:99999999999999999999999999", "SYN seq=x+4294967296", "data(1000001bytes)",
    "SEQ:1, len=18446744073709551616", "send(1000001)", "recv(0)",
    "FIN [CLOSING] write(99999999999999999999)",
  ])
  func aNumberThatNoSegmentCanHoldIsImpossible(cell: String) {
    guard case .impossible(let what) = Cell.Reading(of: cell) else {
      Issue.record("\(cell) was taken")
      return
    }
    #expect(what.contains("expected"))
  }
}

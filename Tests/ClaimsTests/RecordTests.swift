import Claims
import Documents
import Notations
import Kinds
import TCP
import Testing
import Traces

/// The report of one kernel is the document that the next kernel is checked against.
@Suite(.tags(.pure)) struct RecordTests {
  /// Placed numbers, all states, both ends' calls.
  static let close = Sketch(
    [
      .rung, .look(.left, .established), .call(.left, .close), .look(.left, .finWait1),
      .left([.fin, .ack], seq: 5000, ack: 7500, is: .finWait1, then: .closeWait), .rung,
      .right(.ack, seq: 7500, ack: 5001, is: .closeWait, then: .finWait2), .rung,
      .look(.right, .closeWait), .call(.right, .close), .look(.right, .lastAck),
      .right([.fin, .ack], seq: 7500, ack: 5001, is: .lastAck, then: .timeWait), .rung,
      .left(.ack, seq: 5001, ack: 7501, is: .timeWait, then: .closed),
    ], placed: Both(left: 5000, right: 7500))

  /// The kernel's own numbers, past the end of the circle, and data both ways.
  static let transfer = Sketch([
    .rung, .call(.left, .connect),
    .left(.syn, seq: 4_294_967_290, is: .synSent, then: .synReceived), .rung,
    .right([.syn, .ack], seq: 77, ack: 4_294_967_291, is: .synReceived, then: .established), .rung,
    .left(.ack, seq: 4_294_967_291, ack: 78, is: .established, then: .established), .rung,
    .call(.left, .send(100)), .left([.psh, .ack], seq: 4_294_967_291, ack: 78, length: 100),
    .right(.ack, seq: 78, ack: 95), .call(.right, .send(5)),
    .right([.psh, .ack], seq: 78, ack: 95, length: 5), .left(.ack, seq: 95, ack: 83),
    .call(.left, .shutdown(.write)), .left([.fin, .ack], seq: 95, ack: 83, is: .finWait1),
  ])

  /// Data that is lost and comes again; then the ACK of it is lost. One direction is placed.
  static let loss = Sketch(
    [
      .left(.syn, seq: 1300), .right([.syn, .ack], seq: 900, ack: 1301), .left(.ack, seq: 1301, ack: 901),
      .rung, .call(.left, .send(100)),
      .left([.psh, .ack], seq: 1301, ack: 901, length: 100, lost: true, then: .established), .rung, .rung,
      .left([.psh, .ack], seq: 1301, ack: 901, length: 100),
      .right(.ack, seq: 901, ack: 1401, lost: true),
      .left([.psh, .ack], seq: 1301, ack: 901, length: 100), .right(.ack, seq: 901, ack: 1401),
    ], placed: Both(left: 1301, right: nil))

  /// Both FINs at once, an ACK at a number before the first, urgent data, a reset without ACK.
  static let odd = Sketch([
    .rung, .call(.left, .shutdown(.write)), .call(.right, .shutdown(.write)),
    .left([.fin, .ack], seq: 10, ack: 20), .right([.fin, .ack], seq: 20, ack: 10),
    .left(.ack, seq: 9, ack: 21), .call(.right, .send(1)),
    .right([.urg, .psh, .ack], seq: 21, ack: 11, length: 1), .left(.rst, seq: 11),
  ])

  static let all = [close, transfer, loss, odd]

  private func record(_ sketch: Sketch) -> String { "# Record\n\n" + sketch.trace().ladder().markdown }

  @Test(arguments: all.indices) func aRecordIsConfirmedByTheTraceThatItWasWrittenFrom(number: Int) throws {
    let sketch = Self.all[number]
    let assessment = try assess(record(sketch), sketch)
    #expect(assessment.pages[0].unread.isEmpty && assessment.pages[0].ladders[0].isExhaustive)
    #expect(Set(assessment.kinds) == [.confirmed], "\(record(sketch))")
    let rungs = assessment.pages[0].ladders[0].rungs
    let segments = rungs.reduce(0) { count, rung in
      count + Party.allCases.count { rung.cells[$0].segment != nil }
    }
    let isRun = sketch.trace().events.drop { if case .rung = $0.what { false } else { true } }
    #expect(segments == isRun.count { $0.segment != nil })
  }

  @Test(arguments: all.indices) func aRecordCanBeRun(number: Int) throws {
    let page = try Page(reading: record(Self.all[number]), name: "page.md")
    #expect(throws: Never.self) { try Plan(page.ladders[0], page: page.name) }
  }

  @Test(arguments: all.indices) func aRecordIsContradictedByAnyOtherSegment(number: Int) throws {
    let sketch = Self.all[number]
    let text = record(sketch)
    let count = sketch.steps.count { if case .segment = $0 { true } else { false } }
    let first = number == 2 ? 3 : 0
    for segment in first..<count {
      for flag in [Flags.syn, .fin, .rst, .ack, .urg, .ece, .cwr] {
        let turned = sketch.with { $0[segment: segment].segment.flags.formSymmetricDifference(flag) }
        #expect(try assess(text, turned).hasDifferences, "segment \(segment), \(flag)")
      }
      let longer = sketch.with { $0[segment: segment].segment.length += 1 }
      #expect(try assess(text, longer).hasDifferences, "segment \(segment), length")
      let missing = sketch.with { $0.steps.remove(at: $0.place(ofSegment: segment)) }
      #expect(try assess(text, missing).hasDifferences, "segment \(segment), missing")
      let doubled = sketch.with { $0.steps.append(.segment($0[segment: segment])) }
      #expect(try assess(text, doubled).hasDifferences, "segment \(segment), doubled")
    }
  }

  @Test func aRecordIsContradictedByAnotherNumber() throws {
    for segment in 0..<4 {
      let sequence = Self.close.with {
        $0[segment: segment].segment.sequence = $0[segment: segment].segment.sequence + 1
      }
      #expect(try assess(record(Self.close), sequence).hasDifferences)
      let acknowledgment = Self.close.with {
        $0[segment: segment].segment.acknowledgment = $0[segment: segment].segment.acknowledgment + 1
      }
      #expect(try assess(record(Self.close), acknowledgment).hasDifferences)
    }
  }

  @Test func aRecordIsContradictedByAnotherState() throws {
    for segment in 0..<4 {
      let receiver = Self.close.with { $0[segment: segment].receiver = .closing }
      #expect(try assess(record(Self.close), receiver).hasDifferences)
    }
    for segment in [0, 2, 3] {
      let sender = Self.close.with { $0[segment: segment].sender = .closing }
      #expect(try assess(record(Self.close), sender).hasDifferences)
    }
  }
}

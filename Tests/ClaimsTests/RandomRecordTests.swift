import Chance
import Claims
import Documents
import Notations
import Kinds
import TCP
import Testing
import Traces

/// Whatever a kernel may do, its record is its own.
@Suite(.tags(.pure)) struct RandomRecordTests {
  @Test(arguments: 1...200) func theRecordOfAnyTraceIsConfirmedByIt(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let sketch = random.sketch()
    let text = sketch.trace().ladder().markdown
    let assessment = try assess(text, sketch)
    #expect(Set(assessment.kinds) == [.confirmed], "\(text)")
    #expect(assessment.passedOver == 0)
    let number = random.below(sketch.steps.count { if case .segment = $0 { true } else { false } })
    let turned = sketch.with { $0[segment: number].segment.flags.formSymmetricDifference(.fin) }
    #expect(try assess(text, turned).hasDifferences, "\(text)")
  }
}

extension SplitMix64 {
  fileprivate mutating func sketch() -> Sketch {
    let base = Both(left: UInt32(truncatingIfNeeded: next()), right: UInt32(truncatingIfNeeded: next()))
    var steps: [Sketch.Step] = [.rung]
    for _ in 0...below(12) {
      if below(4) == 0 { steps.append(.rung) }
      if below(4) == 0 { steps.append(.call(party(), [.close, .send(7), .shutdown(.write)][below(3)])) }
      if below(4) == 0 { steps.append(.look(party(), State.allCases[below(11)])) }
      steps.append(segment(base))
    }
    // A table is a ladder where both its columns speak.
    steps += [.left(.rst, seq: base.left), .right(.rst, seq: base.right)]
    return Sketch(
      steps,
      placed: Both(left: below(2) == 0 ? base.left : nil, right: below(2) == 0 ? base.right : nil))
  }

  private mutating func segment(_ base: Both<UInt32>) -> Sketch.Step {
    let party = party()
    let segment = Segment(
      flags: Flags(rawValue: UInt8(truncatingIfNeeded: next())),
      sequence: SequenceNumber(base[party]) + (below(400) - 50),
      acknowledgment: SequenceNumber(base[party.other]) + (below(400) - 50), length: below(2) * below(200))
    return .segment(
      Sketch.Sent(
        party: party, segment: segment, isLost: below(4) == 0,
        sender: below(2) == 0 ? State.allCases[below(11)] : nil,
        receiver: below(2) == 0 ? State.allCases[below(11)] : nil))
  }

  private mutating func party() -> Party { below(2) == 0 ? .left : .right }
  mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &self) }
}

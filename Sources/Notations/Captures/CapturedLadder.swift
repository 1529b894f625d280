package import Documents
import TCP

extension CapturedConnection {
  /// The connection as a ladder, with what was left out of it.
  ///
  /// - Throws: ``PageError`` where its segments make no steps of two parties.
  package func ladder(named file: String) throws(PageError) -> (ladder: Ladder, leftOut: LeftOut) {
    var steps = CapturedSteps(self)
    let packets = steps.packets()
    // A lost segment has a mark in the column of the other end.
    if let one = packets.first, packets.allSatisfy({ $0.from == one.from && !$0.isLost }) {
      let sender = one.from == 0 ? names.left : names.right
      throw PageError(
        page: file,
        message:
          "connection \(number) is no ladder: each of its steps is of \(sender), and a ladder has two parties"
      )
    }
    var builder = LadderBuilder(
      Sketch(of: packets, names: [names.left, names.right]))
    do throws(SketchRefusal) {
      var ladder = try builder.build()
      for index in ladder.rungs.indices where !ladder.rungs[index].isElision {
        ladder.rungs[index].notes.insert(
          Rung.Note(column: "#", text: "\(ladder.rungs[index].line)"), at: 0)
      }
      return (ladder, steps.leftOut)
    } catch {
      throw PageError(page: file, message: "connection \(number) is no ladder: \(error.reason)")
    }
  }

  /// Segments that a ladder does not have, by their packets.
  package struct LeftOut: Equatable, Sendable {
    /// Keep-alive and window probes, and pure ACKs that acknowledge nothing new.
    package var repeatedAcks: [Int] = []
    /// Repetitions of what was acknowledged, or of other boundaries.
    package var repetitions: [Int] = []
    /// Segments that came behind later ones.
    package var outOfOrder: [Int] = []
    /// Segments between the first and the last that are shown.
    package var middle = 0
  }
}

/// The segments of a connection that make the steps of a ladder.
private struct CapturedSteps {
  private let segments: [CapturedSegment]
  private let states: [Both<State?>]
  private let sides: Both<CapturedSide>
  private let gap: Int?
  private let bulk: Set<Int>
  private(set) var leftOut = CapturedConnection.LeftOut()
  /// The last number that each party has acknowledged in a step.
  private var acknowledged = Both<SequenceNumber?>(nil)

  /// The steps that are shown at the beginning and at the end of a longer connection.
  private static let most = 20

  init(_ connection: CapturedConnection) {
    segments = connection.segments
    states = connection.provenStates
    sides = connection.sides
    gap = connection.gap
    leftOut.middle = connection.omitted
    bulk = Self.bulk(of: segments, sides)
  }

  /// Data segments of one end in a row beyond which they are bulk: the points at which the other end acknowledges them depend
  /// on how fast both programs are.
  private static let mostInARow = 3

  /// The places of bulk data and of the ACKs of it.
  private static func bulk(of segments: [CapturedSegment], _ sides: Both<CapturedSide>) -> Set<Int> {
    var bulk: Set<Int> = []
    for sender in Party.allCases {
      var run: [Int] = []
      var data = 0
      func isData(_ segment: CapturedSegment) -> Bool { segment.from == sender && segment.length > 0 }
      for (index, segment) in segments.enumerated() {
        let isOther = segment.from != sender && segment.length > 0
        if isOther || !segment.flags.isDisjoint(with: .control) {
          if data > mostInARow { bulk.formUnion(run) }
          (run, data) = ([], 0)
        } else if isData(segment) || data > 0 {
          run.append(index)
          data += isData(segment) ? 1 : 0
        }
      }
      if data > mostInARow { bulk.formUnion(run) }
      guard bulk.contains(where: { isData(segments[$0]) }), let next = sides[sender].next,
        let first = bulk.min()
      else { continue }
      let end = sides[sender].fin.map { $0.end + -1 } ?? next
      // ACKs that lag behind the end of the data.
      for (index, segment) in segments.enumerated()
      where segment.from != sender && segment.sequenceLength == 0 && segment.flags == .ack
        && segment.acknowledgment - end < 0 && first < index
      {
        bulk.insert(index)
      }
    }
    return bulk
  }

  mutating func packets() -> [SketchedPacket] {
    var packets: [SketchedPacket] = []
    var isBehindElision = false
    for index in segments.indices {
      let segment = segments[index]
      if index == gap { isBehindElision = true }
      if bulk.contains(index) {
        leftOut.middle += 1
        isBehindElision = true
        continue
      }
      guard isStep(segment) else {
        if segment.marks.contains(.fillsGap) { isBehindElision = true }
        continue
      }
      if !segment.marks.isDisjoint(with: [.behindGap, .acknowledgesUnseen]) { isBehindElision = true }
      packets.append(
        SketchedPacket(
          pattern: pattern(of: segment), from: segment.from == .left ? 0 : 1, line: segment.number,
          isLost: isLost(index), states: states[index], calls: calls(before: segment),
          isBehindElision: isBehindElision && !packets.isEmpty))
      isBehindElision = false
    }
    guard packets.count > 2 * Self.most else { return packets }
    leftOut.middle += packets.count - 2 * Self.most
    var end = Array(packets.suffix(Self.most))
    end[0].isBehindElision = true
    return packets.prefix(Self.most) + end
  }

  /// Tells whether the segment is a step; what is none is noted.
  private mutating func isStep(_ segment: CapturedSegment) -> Bool {
    let party = segment.from
    if segment.marks.contains(.fillsGap) {
      leftOut.outOfOrder.append(segment.number)
      return false
    }
    if segment.marks.contains(.retransmission) {
      let isWhole = segments.contains {
        $0.number < segment.number && $0.from == party && $0.sequence == segment.sequence
          && $0.sequenceLength > 0
      }
      if segment.marks.contains(.needless) || !isWhole {
        leftOut.repetitions.append(segment.number)
        return false
      }
    }
    let isOld = segment.acknowledged.map { number in acknowledged[party].map { number - $0 <= 0 } ?? false }
    let isProbe = !segment.marks.isDisjoint(with: [.keepAlive, .windowProbe])
    if isProbe || segment.sequenceLength == 0 && !segment.flags.contains(.rst) && isOld == true {
      leftOut.repeatedAcks.append(segment.number)
      return false
    }
    if let number = segment.acknowledged, isOld == false { acknowledged[party] = number }
    return true
  }

  /// Tells whether the segment came again before the other end had acknowledged it.
  private func isLost(_ index: Int) -> Bool {
    let segment = segments[index]
    guard segment.sequenceLength > 0 else { return false }
    return segments[(index + 1)...].contains {
      $0.from == segment.from && $0.sequence == segment.sequence && $0.marks.contains(.retransmission)
        && !$0.marks.contains(.needless)
    }
  }

  /// The call that the segment proves: an end that answers data behind its FIN with RST has closed both directions.
  private func calls(before segment: CapturedSegment) -> [Call] {
    guard segment.flags.contains(.fin), sides[segment.from].fin?.number == segment.number,
      let reset = sides[segment.from].rst, reset.number > segment.number, !reset.flags.contains(.ack)
    else { return [] }
    return [.close]
  }

  /// Numbers are counted from the first of their end.
  private func pattern(of segment: CapturedSegment) -> SegmentPattern {
    let (own, other) = (sides[segment.from].first, sides[segment.from.other].first)
    let acknowledgment = segment.acknowledged.map {
      SegmentPattern.Acknowledgment.number(.literal($0.rawValue &- (other?.rawValue ?? 0)))
    }
    // Marks of congestion are no part of a step.
    return SegmentPattern(
      flags: segment.flags.intersection([.syn, .fin, .rst, .psh, .ack]),
      sequence: .literal(segment.sequence.rawValue &- (own?.rawValue ?? 0)), acknowledgment: acknowledgment,
      length: segment.length == 0 ? nil : segment.length)
  }
}

import Documents
import TCP
import Traces

/// Old duplicates, and the numbers of a connection that follows another one.
extension LadderJudge {
  /// Binds the numbers of an old duplicate: the bench made it up as the page has it, so there is nothing to judge.
  mutating func bind(_ pattern: SegmentPattern, rung: Int, party: Party) {
    guard
      let place = moments(of: rung).first(where: { place in
        if case .forged = trace.events[place].what { trace.events[place].party == party } else { false }
      }), case .forged(let segment) = trace.events[place].what
    else { return }
    _ = SegmentComparison(pattern, segment, of: party, &numbering, isExhaustive: false)
  }

  /// Tells whether this SYN begins a connection of its party's behind one that an RST has ended: its number has nothing
  /// to do with the one of the SYN before.
  func beginsAnew(_ pattern: SegmentPattern, of party: Party, rung: Int) -> Bool {
    guard pattern.flags.contains(.syn), trace.placed[party] == nil else { return false }
    let earlier = judgement.ladder.rungs[..<rung]
    guard
      let syn = earlier.lastIndex(where: {
        !$0.cells[party].isOldDuplicate && $0.cells[party].segment?.flags.contains(.syn) == true
      })
    else { return false }
    return earlier[syn...].contains { $0.cells[party.other].segment?.flags.contains(.rst) == true }
  }

  /// Calls, and the arrivals that the rung tells of itself, from its beginning up to the next rung.
  func moments(of rung: Int) -> [Int] {
    guard let start = trace.events.firstIndex(where: { $0.what == .rung(index: rung) }) else { return [] }
    let end = trace.events[(start + 1)...].firstIndex { if case .rung = $0.what { true } else { false } }
    let tellsOfArrival = Party.allCases.contains { party in
      let cell = judgement.ladder.rungs[rung].cells[party]
      return cell.isOldDuplicate || cell.elements.contains(.arrivesNow)
    }
    return trace.events[start..<(end ?? trace.events.endIndex)].indices.filter {
      switch trace.events[$0].what {
      case .call: true
      case .forged, .delivered: tellsOfArrival
      default: false
      }
    }
  }

  /// The place at which a segment arrives that this party does not send in this rung: an old duplicate, or one that was
  /// under way.
  func lateArrival(rung: Int, from party: Party) -> Int? {
    let cell = judgement.ladder.rungs[rung].cells[party]
    guard cell.isOldDuplicate || cell.elements.contains(.arrivesNow) else { return nil }
    return moments(of: rung).first { place in
      switch trace.events[place].what {
      case .forged: trace.events[place].party == party
      case .delivered: trace.events[place].party == party.other
      default: false
      }
    }
  }

  /// Tells whether the segment belongs to a connection that is still being opened when the page ends: a SYN that the
  /// timer sends again, and the answer to one. The page does not say that nothing follows, and how far the opening goes
  /// meanwhile hangs on the machine.
  func goesOnOpening(_ place: Int, of party: Party) -> Bool {
    guard let segment = trace.events[place].segment else { return false }
    if segment.flags == .syn { return trace.events.repeatsAll(at: place) && trace.events.isDue(again: place) }
    guard segment.flags.contains(.rst) || segment.flags.isSuperset(of: [.syn, .ack]) else { return false }
    return isLastSegment(.syn, of: party.other)
      || trace.segments(of: party.other).contains { earlier in
        earlier.place < place && earlier.segment.flags == .syn && trace.events.repeatsAll(at: earlier.place)
          && segment.acknowledged == earlier.segment.end
      }
  }

  /// Tells whether the page ends with a segment of this party's alone that has these flags.
  private func isLastSegment(_ flags: Flags, of party: Party) -> Bool {
    let last = judgement.ladder.rungs.last { rung in
      Party.allCases.contains { rung.cells[$0].segment != nil }
    }
    return last?.cells[party.other].segment == nil && last?.cells[party].segment?.flags == flags
  }
}

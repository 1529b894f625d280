package import Documents
package import TCP

/// A segment that has left its party and waits until a person says what becomes of it.
package struct WaitingSegment: Equatable, Sendable {
  /// Its number in the list, from 1; no other segment of the connection has it.
  package var number: Int
  /// The party that sent it.
  package var party: Party
  package var segment: Segment
  /// The place of its event.
  package var place: Int
  /// The places of the same segment's events as the party's timer sent it again meanwhile.
  package var copies: [Int] = []
  package var isHeldBack = false
  /// Tells that the party had sent it before, and that it was lost or unanswered.
  package var isSentAgain = false
  /// Tells that it has arrived before: it was sent again because no answer came in time.
  package var hasArrived = false

  package init(number: Int, party: Party, segment: Segment, place: Int) {
    self.number = number
    self.party = party
    self.segment = segment
    self.place = place
  }
}

/// The segments of one connection that have left and have not arrived.
package struct WaitingList: Equatable, Sendable {
  /// Oldest first.
  package private(set) var segments: [WaitingSegment] = []
  /// The places of segments that a timer sent while their originals waited: a person was slow, and nothing else.
  package private(set) var hidden: Set<Int> = []
  /// The number of the next segment that is none of these.
  package private(set) var nextNumber = 1

  package init() {}

  package subscript(number: Int) -> WaitingSegment? { segments.first { $0.number == number } }

  /// Notes a segment that has left. One that a timer sends while the same segment waits is a copy of that.
  ///
  /// - Parameters:
  ///   - place: its event.
  ///   - isAnswer: true if it answers what a person has done; else a timer has sent it.
  package mutating func admit(_ place: Int, in log: Log, isAnswer: Bool) {
    guard let segment = log.segment(at: place), let party = log.events[place].party else { return }
    let same = segments.firstIndex {
      $0.party == party && $0.segment.flags == segment.flags && $0.segment.sequence == segment.sequence
        && $0.segment.length == segment.length
        && (segment.sequenceLength > 0 || !isAnswer && $0.segment.acknowledgment == segment.acknowledgment)
    }
    if let same {
      segments[same].copies.append(place)
      hidden.insert(place)
      return
    }
    let earlier = log.firstSegment(of: party) {
      $0.sequenceLength > 0 && $0.sequence == segment.sequence && $0.length == segment.length
    }
    var entry = WaitingSegment(number: nextNumber, party: party, segment: segment, place: place)
    entry.isSentAgain = segment.sequenceLength > 0 && earlier.map { $0 < place } ?? false
    entry.hasArrived = entry.isSentAgain && log.arrival(of: earlier) != nil
    segments.append(entry)
    nextNumber += 1
  }

  /// Takes the segment of this number off the list.
  @discardableResult
  package mutating func remove(_ number: Int) -> WaitingSegment? {
    segments.firstIndex { $0.number == number }.map { segments.remove(at: $0) }
  }

  package mutating func hold(_ number: Int, back isHeldBack: Bool) {
    for index in segments.indices where segments[index].number == number {
      segments[index].isHeldBack = isHeldBack
    }
  }

  /// Takes all off, and begins anew with the numbers.
  package mutating func clear() {
    segments = []
    nextNumber = 1
  }
}

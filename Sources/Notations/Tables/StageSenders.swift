import Documents
import TCP

/// The senders of the steps of one connection, where a table names only the states of both parties.
///
/// A SYN is of the party that is in SYN_SENT, the first FIN of the one that is in FIN_WAIT_1; a SYN+ACK and an ACK
/// answer the other party.
struct StageSenders {
  private let opener: Party?
  private let closer: Party?
  private(set) var last: (party: Party, flags: Flags)?
  private var firstEnd: Party?
  private var firstSyn: Party?
  /// The number of steps of the opening and of the close so far.
  private var opened = 0
  private var closed = 0

  init(states rows: [Both<[State]>]) {
    func votes(_ party: Party, _ states: Set<State>) -> Int {
      rows.count { !states.isDisjoint(with: $0[party]) }
    }
    /// The party that has rather these states than those.
    func role(_ active: Set<State>, _ passive: Set<State>) -> Party? {
      let left = votes(.left, active) + votes(.right, passive)
      let right = votes(.right, active) + votes(.left, passive)
      return left == right ? nil : left > right ? .left : .right
    }
    opener = role([.synSent], [.listen, .synReceived])
    closer = role([.finWait1, .finWait2, .timeWait, .closing], [.closeWait, .lastAck])
  }

  /// The sender of a segment with these flags as the next step; nil where the table does not tell.
  func sender(of flags: Flags) -> Party? {
    if flags.isSuperset(of: [.syn, .ack]) { return firstSyn?.other ?? opener?.other }
    if flags.contains(.syn) { return opener }
    if flags.contains(.fin) { return firstEnd?.other ?? closer }
    if let last { return last.party.other }
    if flags == .ack { return closer?.other ?? opener }
    return nil
  }

  mutating func take(_ flags: Flags, of party: Party) {
    if flags.contains(.syn) { firstSyn = firstSyn ?? party }
    if flags.contains(.fin) { firstEnd = firstEnd ?? party }
    last = (party, flags)
  }

  private static let opening: [Flags] = [.syn, [.syn, .ack], .ack]
  private static let close: [Flags] = [.fin, .ack, .fin, .ack]

  /// The segment of the n-th step (from 1) of an opening or of a close with four segments.
  static func flags(ofStep number: Int, isClose: Bool) -> Flags? {
    let steps = isClose ? close : opening
    return steps.indices.contains(number - 1) ? steps[number - 1] : nil
  }

  /// The segments that must have gone, beyond those before, for the two to be in these states.
  mutating func advance(to states: Both<[State]>) -> [(party: Party, flags: Flags)] {
    var steps: [(party: Party, flags: Flags)] = []
    if let opener, !Self.isOfClose(states) {
      let needed = max(
        Self.need(states[opener], [.synSent: 1, .established: 2]),
        Self.need(states[opener.other], [.synReceived: 1, .established: 3]))
      while opened < needed {
        steps.append((opened == 1 ? opener.other : opener, Self.opening[opened]))
        opened += 1
      }
    }
    if let closer, Self.isOfClose(states) {
      let needed = max(
        Self.need(states[closer], [.finWait1: 1, .finWait2: 2, .closing: 1, .timeWait: 3]),
        Self.need(states[closer.other], [.closeWait: 1, .lastAck: 3, .closed: 4]))
      while closed < needed {
        let isCloser = closed == 0 || closed == 3
        steps.append((isCloser ? closer : closer.other, Self.close[closed]))
        closed += 1
      }
    }
    return steps
  }

  private static func need(_ states: [State], _ needs: [State: Int]) -> Int {
    states.compactMap { needs[$0] }.max() ?? 0
  }

  /// Tells whether one of the two is in a state behind ESTABLISHED.
  static func isOfClose(_ states: Both<[State]>) -> Bool {
    let ending: Set<State> = [.finWait1, .finWait2, .closing, .timeWait, .closeWait, .lastAck]
    return Party.allCases.contains { !ending.isDisjoint(with: states[$0]) }
  }

  static func isOfOpening(_ states: Both<[State]>) -> Bool {
    let opening: Set<State> = [.synSent, .synReceived, .listen]
    return Party.allCases.contains { !opening.isDisjoint(with: states[$0]) }
  }
}

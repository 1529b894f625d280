/// The changes between censuses, to show what grows.
package struct Growth: Hashable, Sendable {
  /// The subject of a row.
  package enum Subject: Hashable, Comparable, Sendable {
    case state(State)
    case owner(State, Owner)
    case peer(State, Peer)
  }

  package struct Row: Hashable, Sendable {
    package let subject: Subject
    package let count: Int
    package let sinceLast: Int
    package let sinceStart: Int
  }

  /// All that there is or was at one of the three looks. What has grown most since the start is first.
  package let rows: [Row]

  package init(now: Census, last: Census, first: Census) {
    let (now, last, first) = (now.counts, last.counts, first.counts)
    let subjects = Set(now.keys).union(last.keys).union(first.keys)
    rows = subjects.map { subject in
      let count = now[subject] ?? 0
      return Row(
        subject: subject, count: count, sinceLast: count - (last[subject] ?? 0),
        sinceStart: count - (first[subject] ?? 0))
    }.sorted(by: Growth.isBefore)
  }

  private static func isBefore(_ first: Row, _ second: Row) -> Bool {
    let one = (first.sinceStart, first.sinceLast, first.count)
    let other = (second.sinceStart, second.sinceLast, second.count)
    return one != other ? one > other : first.subject < second.subject
  }
}

extension Census {
  fileprivate var counts: [Growth.Subject: Int] {
    var counts: [Growth.Subject: Int] = [:]
    for group in states {
      counts[.state(group.state)] = group.tally.count
      for owner in group.owners { counts[.owner(group.state, owner.key)] = owner.tally.count }
      for peer in group.peers { counts[.peer(group.state, peer.key)] = peer.tally.count }
    }
    return counts
  }
}

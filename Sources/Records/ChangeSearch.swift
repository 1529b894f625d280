/// The place in an order of kernels where one of them begins to differ, found with as few runs as possible.
///
/// Between two that do the same nothing is looked for: that is the bet of every bisection. What is known by chance, of
/// kernels that were run for something else, counts all the same; so a change there and back can show.
package struct ChangeSearch: Equatable, Sendable {
  /// The number of kernels, oldest first.
  package let count: Int
  /// The values of the kernels that were run, by their place.
  private var values: [Int: String] = [:]
  /// The places of those that said nothing: they did not boot, or could not tell.
  private var silent: Set<Int> = []

  /// Two places with other values, and none known between them.
  package struct Change: Equatable, Sendable {
    /// The last that is known to have the old value.
    package var last: Int
    /// The first that is known to have the new one.
    package var first: Int
    package var before: String
    package var after: String
    /// Between them: run, and nothing was learned.
    package var skipped: [Int]
    /// Between them: not run yet.
    package var notRun: [Int]

    package init(
      last: Int, first: Int, before: String, after: String, skipped: [Int] = [], notRun: [Int] = []
    ) {
      self.last = last
      self.first = first
      self.before = before
      self.after = after
      self.skipped = skipped
      self.notRun = notRun
    }
  }

  package init(count: Int) { self.count = count }

  /// Takes what one of them does; nil where it said nothing.
  package mutating func take(_ value: String?, at place: Int) {
    if let value { values[place] = value } else { silent.insert(place) }
  }

  package var known: [(place: Int, value: String)] {
    values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The changes that are known, oldest first. None where the ends are the same and nothing between them is known.
  package var changes: [Change] {
    zip(known, known.dropFirst()).filter { $0.value != $1.value }.map { old, new in
      let between = (old.place + 1)..<new.place
      return Change(
        last: old.place, first: new.place, before: old.value, after: new.value,
        skipped: between.filter(silent.contains), notRun: between.filter { !silent.contains($0) })
    }
  }

  /// True if nothing more can be learned from kernels between changes.
  package var isDone: Bool { changes.allSatisfy(\.notRun.isEmpty) }

  /// True if it is more than one change, which a bisection does not find on purpose.
  package var isBackAndForth: Bool { changes.count > 1 }

  /// The kernels to run next, so that these searches come to their ends soonest.
  ///
  /// - Parameter most: how many can be run at a time.
  package static func next(for searches: [ChangeSearch], atMost most: Int) -> [Int] {
    var gaps: [[Int]] = []
    for gap in searches.flatMap({ $0.changes.map(\.notRun) })
    where !gap.isEmpty && !gaps.contains(where: { !Set($0).isDisjoint(with: gap) }) { gaps.append(gap) }
    // Who has a place to spare cuts a gap into more than two.
    let share = max(1, most / max(1, gaps.count))
    let chosen = gaps.flatMap { gap in (1...share).map { gap[$0 * gap.count / (share + 1)] } }
    return Array(Set(chosen).sorted().prefix(most))
  }
}

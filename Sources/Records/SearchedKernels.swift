/// The kernels of a search by number alone, oldest first: the results of those that were run.
package struct SearchedKernels<Result: Sendable>: Sendable {
  package let count: Int
  /// True if all kernels are run: a change there and back between equal ends is found, too.
  package let isEvery: Bool
  package private(set) var results: [Int: Result] = [:]
  package private(set) var failed: Set<Int> = []

  package init(count: Int, isEvery: Bool) {
    self.count = count
    self.isEvery = isEvery
  }

  /// Takes a kernel's result; nil where it gave none, and is skipped.
  package mutating func take(_ result: Result?, at place: Int) {
    if let result { results[place] = result } else { failed.insert(place) }
  }

  /// The oldest and the newest that gave a result; nil where those are not known yet, or are not two.
  package var ends: (oldest: Int, newest: Int)? {
    let alive = (0..<count).filter { !failed.contains($0) }
    guard let oldest = alive.first, let newest = alive.last, oldest != newest, results[oldest] != nil,
      results[newest] != nil
    else { return nil }
    return (oldest, newest)
  }

  /// The number of kernels that were run.
  package var ran: Int { results.count + failed.count }
  package var skipped: [Int] { failed.sorted() }

  /// The results, the oldest kernel first.
  package var inOrder: [Result] { results.sorted { $0.key < $1.key }.map(\.value) }

  /// The kernels to run next; none at the end.
  ///
  /// - Parameter searches: what is looked for once the ends are known.
  package func next(atMost most: Int, for searches: () -> [ChangeSearch]) -> [Int] {
    let notRun = (0..<count).filter { results[$0] == nil && !failed.contains($0) }
    if isEvery { return Array(notRun.prefix(most)) }
    guard ends != nil else {
      let alive = (0..<count).filter { !failed.contains($0) }
      return Array([alive.first, alive.last].compactMap { $0 }.filter(notRun.contains).prefix(most))
    }
    return ChangeSearch.next(for: searches(), atMost: most)
  }
}

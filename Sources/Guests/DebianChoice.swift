import TCP

extension Debian {
  /// The packages that a word means, oldest first: a series (`6.12`, its newest), a point release (`6.12.100`), all
  /// point releases of a series (`6.12.*`), all that there are (`*`), `newest`, `all` (the newest of each series).
  package static func choose(_ word: String, from packages: [Package]) -> [Package] {
    let sorted = packages.sorted { KernelOrder.isOlder($0.version, $1.version) }
    let series = Dictionary(grouping: sorted) { Array($0.numbers.prefix(2)) }
    let newest = series.values.compactMap(\.last).sorted { KernelOrder.isOlder($0.version, $1.version) }
    switch word {
    case "newest": return newest.last.map { [$0] } ?? []
    case "all": return newest
    default:
      var parts = word.split(separator: ".", omittingEmptySubsequences: false)
      let isEach = parts.last == "*"
      if isEach { parts.removeLast() }
      let numbers = parts.map { Int($0) ?? -1 }
      let found = sorted.filter { $0.numbers.starts(with: numbers) }
      guard isEach else { return found.last.map { [$0] } ?? [] }
      // The newest build of each: Debian's own number behind the dash is no other kernel of Linux's.
      let builds = Dictionary(grouping: found, by: \.numbers)
      return builds.values.compactMap(\.last).sorted { KernelOrder.isOlder($0.version, $1.version) }
    }
  }
}

import TCP

extension Debian {
  /// The packages of images among these, without those whose modules Debian no longer has, which come second.
  ///
  /// From 6.19 on an image (`linux-binary-`) and its modules (`linux-modules-`) are two packages, beside one that only asks
  /// for both (`linux-image-`). Old ones of the first kind stay in the archive longer than those of the second.
  package static func complete(_ packages: [Package]) -> (images: [Package], incomplete: [Package]) {
    let names = Set(packages.map(\.name))
    var (images, incomplete): ([Package], [Package]) = ([], [])
    for package in packages {
      func named(_ kind: String, beside prefix: String) -> Bool? {
        guard package.name.hasPrefix(prefix) else { return nil }
        return names.contains(kind + package.name.dropFirst(prefix.count))
      }
      if named("linux-binary-", beside: "linux-image-") == false { images.append(package) }
      switch named("linux-modules-", beside: "linux-binary-") {
      case true?: images.append(package)
      case false?: incomplete.append(package)
      case nil: break
      }
    }
    return (images, incomplete)
  }

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

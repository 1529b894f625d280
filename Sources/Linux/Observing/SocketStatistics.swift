package import SystemPackage

/// The numbers of TCP sockets in /proc/net/sockstat and /proc/net/sockstat6.
package struct SocketStatistics: Hashable, Sendable {
  /// Sockets of the namespace that have an endpoint, of IPv4 and of IPv6.
  package var inUse: Int
  package var inUseV6: Int
  /// The namespace's connections in TIME_WAIT.
  package var timeWait: Int
  /// The whole machine's connections without a descriptor, and all its sockets.
  package var orphans: Int
  package var allocated: Int

  /// The numbers that the calling thread's namespace shows.
  ///
  /// Throws `badMessage` for what is no such file.
  ///
  /// The corresponding C function is `read`.
  package static func now() throws(Errno) -> SocketStatistics {
    let numbers = parse(try TextFile.read("/proc/thread-self/net/sockstat"), group: "TCP")
    // A kernel without IPv6 has no such file.
    let others = (try? TextFile.read("/proc/thread-self/net/sockstat6")).map { parse($0, group: "TCP6") }
    guard let inUse = numbers["inuse"], let orphans = numbers["orphan"], let timeWait = numbers["tw"],
      let allocated = numbers["alloc"]
    else { throw .badMessage }
    return SocketStatistics(
      inUse: inUse, inUseV6: others?["inuse"] ?? 0, timeWait: timeWait, orphans: orphans,
      allocated: allocated)
  }

  /// A line of pairs: `TCP: inuse 5 orphan 0 tw 1 alloc 7 mem 2`.
  private static func parse(_ text: String, group: String) -> [String: Int] {
    let words = text.split(separator: "\n").first { $0.hasPrefix(group + ":") }?.split(separator: " ") ?? []
    let pairs = stride(from: 1, to: words.count - 1, by: 2).compactMap { index in
      Int(words[index + 1]).map { (String(words[index]), $0) }
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }
}

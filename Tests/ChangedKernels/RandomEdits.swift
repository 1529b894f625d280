import Chance

/// A sequence of random changes of a kernel's TCP, the same for the same seed and the same sources.
package struct RandomEdits {
  /// The files of TCP, each below the kernel's tree.
  package static let files =
    [
      "tcp", "tcp_input", "tcp_output", "tcp_timer", "tcp_minisocks", "tcp_ipv4", "tcp_recovery",
      "tcp_fastopen",
      "tcp_cong", "tcp_cubic", "tcp_rate", "tcp_metrics", "tcp_diag", "syncookies", "af_inet",
      "inet_connection_sock", "inet_hashtables", "inet_timewait_sock", "inet_diag",
    ].map { "net/ipv4/\($0).c" }
    + ["tcp_ipv6", "inet6_hashtables", "inet6_connection_sock", "syncookies"]
    .map { "net/ipv6/\($0).c" }

  /// A random change, with its place in the sequence, counted from 1.
  package struct Numbered: Equatable, Sendable {
    package var number: Int
    package var id: String
    package var edit: KernelEdit
  }

  private let functions: [(sites: EditSites, end: Int)]
  private let seed: UInt64
  private var chance: SplitMix64
  private var number = 0
  private var taken: Set<String> = []

  /// - Parameter sources: the text of each file.
  package init(of sources: [(file: String, text: [UInt8])], seed: UInt64) {
    self.seed = seed
    chance = SplitMix64(seed: seed)
    var functions: [(sites: EditSites, end: Int)] = []
    for (file, text) in sources {
      for function in CFunction.all(in: text) where !function.isOnlyOfBoot {
        let sites = EditSites(of: function, in: file, source: text)
        if !sites.isEmpty { functions.append((sites, (functions.last?.end ?? 0) + function.lineCount)) }
      }
    }
    self.functions = functions
  }

  /// The next change; none occurs twice. Nil if there are no more to be found.
  package mutating func next() -> Numbered? {
    guard let lines = functions.last?.end else { return nil }
    for _ in 0..<10_000 {
      // A function by its lines, then a kind, then a place: few places are relations, and many are constants.
      let line = Int.random(in: 0..<lines, using: &chance)
      guard let function = functions.first(where: { $0.end > line }) else { return nil }
      let kinds = EditKind.allCases.filter { function.sites.sites[$0] != nil }
      let edit = chance.one(of: chance.one(of: function.sites.sites[chance.one(of: kinds)] ?? []))
      guard taken.insert("\(edit.file):\(edit.range):\(edit.replacement)").inserted else { continue }
      number += 1
      return Numbered(number: number, id: "s\(seed)-\(number)-\(edit.placeSum)", edit: edit)
    }
    return nil
  }
}

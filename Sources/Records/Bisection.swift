package import Traces

/// Finds which of many kernels was the first to do something else, and in what.
///
/// It is told which kernels there are by number alone, oldest first; whoever boots them gives back records. A record
/// answers for all behaviours that are looked for, so that kernels are run once and not for each of them.
package struct Bisection {
  /// The behaviours to look for.
  package enum Aim: Equatable, Sendable {
    /// Of all that differs between the ends, what matters most.
    case mostConsequential
    /// All that differs between the ends.
    case all
    /// The differences between the ends that have one of these texts in their name or section.
    case named([String])
  }

  package let aim: Aim
  private let catalogue: Catalogue
  package private(set) var kernels: SearchedKernels<Record>

  /// - Parameter catalogue: what is declared of the figures.
  package init(count: Int, aim: Aim, by catalogue: Catalogue, isEvery: Bool = false) {
    self.catalogue = catalogue
    self.aim = aim
    kernels = SearchedKernels(count: count, isEvery: isEvery)
  }

  /// Takes a kernel's record; nil where it gave none, and is skipped.
  package mutating func take(_ record: Record?, at place: Int) { kernels.take(record, at: place) }

  /// The kernels to run next; none at the end.
  package func next(atMost most: Int) -> [Int] {
    kernels.next(atMost: most) { findings.map(\.search) }
  }

  package var count: Int { kernels.count }
  package var isEvery: Bool { kernels.isEvery }
  package var ends: (oldest: Int, newest: Int)? { kernels.ends }
  package var ran: Int { kernels.ran }
  package var skipped: [Int] { kernels.skipped }

  private var records: [Int: Record] { kernels.results }
  private var failed: Set<Int> { kernels.failed }

  /// Something that is not the same in all of them, and where it changes.
  package struct Finding: Equatable, Sendable {
    package var subject: Change.Subject
    /// Nil for a setting.
    package var notice: Figure.Notice?
    package var known: String?
    package var search: ChangeSearch
  }

  /// The behaviours that are looked for, the most important first; none before the ends are known.
  package var findings: [Finding] {
    let all = differences
    switch aim {
    case .all: return all
    case .mostConsequential: return Array(all.prefix(1))
    case .named(let texts): return all.filter { $0.subject.isNamed(byOneOf: texts) }
    }
  }

  /// All that differs between the ends (or, where all are run, between any), the most consequential first.
  package var differences: [Finding] {
    guard let ends, let oldest = records[ends.oldest], let newest = records[ends.newest] else { return [] }
    let wanted = KernelTable(inOrder: isEvery ? inOrder : [oldest, newest], by: catalogue).rows.map(\.subject)
    let table = KernelTable(inOrder: inOrder, by: catalogue, all: true)
    let values = Dictionary(
      table.rows.map { ($0.subject, $0.values) }, uniquingKeysWith: { first, _ in first })
    let comparison = Comparison(oldest, newest, by: catalogue)
    let ranks = Dictionary(
      comparison.changes.enumerated().map { ($1.subject, $0) }, uniquingKeysWith: { first, _ in first })
    let findings = wanted.map { subject in
      var search = ChangeSearch(count: count)
      for (place, value) in zip(records.keys.sorted(), values[subject] ?? []) {
        search.take(value, at: place)
      }
      for place in failed { search.take(nil, at: place) }
      let change = comparison.changes.first { $0.subject == subject }
      return Finding(
        subject: subject, notice: subject.notice(in: catalogue) ?? change?.notice,
        known: subject.known(in: catalogue)?.told(
          of: oldest.environment.kernelVersion, newest.environment.kernelVersion), search: search)
    }
    return findings.enumerated().sorted { first, second in
      func rank(_ finding: Finding) -> (Int, Int) {
        (finding.notice?.rawValue ?? Int.max, ranks[finding.subject] ?? Int.max)
      }
      let (one, other) = (rank(first.element), rank(second.element))
      return one == other ? first.offset < second.offset : one < other
    }.map(\.element)
  }

  /// The behaviours asked for by name that are the same at both ends, with their value.
  package func alike(namedBy texts: [String]) -> [(subject: Change.Subject, value: String)] {
    guard let ends, let oldest = records[ends.oldest], let newest = records[ends.newest] else { return [] }
    return KernelTable(inOrder: [oldest, newest], by: catalogue, all: true).rows.compactMap { row in
      guard row.isSame, row.subject.isNamed(byOneOf: texts), let value = row.values[0], row.values[1] != nil
      else { return nil }
      return (row.subject, value)
    }
  }

  private var inOrder: [Record] { kernels.inOrder }
}

extension Change.Subject {
  /// Tells whether its name or its section holds one of these, whatever the case of letters.
  package func isNamed(byOneOf texts: [String]) -> Bool {
    texts.contains { name.contains(folded: $0) || section.contains(folded: $0) }
  }

  fileprivate var isSetting: Bool { section == KernelTable.settings }

  fileprivate func notice(in catalogue: Catalogue) -> Figure.Notice? {
    isSetting ? nil : figure(in: catalogue)?.noticed
  }

  fileprivate func known(in catalogue: Catalogue) -> Known? {
    isSetting ? what.flatMap(catalogue.known) : figure(in: catalogue)?.known
  }
}

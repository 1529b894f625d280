import Documents
package import Records

/// Finds the first of many kernels that gives another verdict on a file than those before.
package struct VerdictSearch {
  package private(set) var kernels: SearchedKernels<FileVerdicts>

  package init(count: Int, isEvery: Bool = false) {
    kernels = SearchedKernels(count: count, isEvery: isEvery)
  }

  /// Takes the verdicts of a kernel; nil where it gave none, and is skipped.
  package mutating func take(_ verdicts: FileVerdicts?, at place: Int) { kernels.take(verdicts, at: place) }

  /// The kernels to run next; none at the end.
  package func next(atMost most: Int) -> [Int] { kernels.next(atMost: most) { findings.map(\.search) } }

  /// A file, or a claim of it, whose verdict is not the same in all of them, and where it changes.
  package struct Finding: Equatable, Sendable {
    package var subject: FileVerdicts.Subject
    package var search: ChangeSearch
  }

  /// The files and claims whose verdicts are not the same at both ends (or, where all are run, on all kernels), in the
  /// order in which they were given; none before the ends are known.
  package var findings: [Finding] {
    guard let ends = kernels.ends else { return [] }
    let results = kernels.results
    let compared = kernels.isEvery ? kernels.inOrder : [ends.oldest, ends.newest].compactMap { results[$0] }
    var known: Set<FileVerdicts.Subject> = []
    return compared.flatMap(\.subjects).filter { known.insert($0).inserted }.compactMap { subject in
      let words = compared.compactMap { $0[subject]?.words }
      guard Set(words).count > 1 else { return nil }
      var search = ChangeSearch(count: kernels.count)
      for (place, verdicts) in results { search.take(verdicts[subject]?.words, at: place) }
      for place in kernels.failed { search.take(nil, at: place) }
      return Finding(subject: subject, search: search)
    }
  }

  /// The report for a terminal.
  ///
  /// - Parameters:
  ///   - titles: the kernels, oldest first, as a person knows them.
  ///   - versions: their versions alone.
  package func text(titles: [String], versions: [String], style: Style) -> String {
    let told = SearchLines(titles: titles, versions: versions, isEvery: kernels.isEvery, style: style)
    let findings = findings
    var lines = findings.flatMap { finding in
      told.lines(
        of: finding.subject.file + (finding.subject.claim.map { ", claim \($0)" } ?? ""), finding.search)
    }
    if findings.isEmpty, let ends = kernels.ends { lines += told.same(ends, doing: "give the same verdicts") }
    lines += told.closing(ran: kernels.ran, skipped: kernels.skipped)
    return lines.map { $0.painted(color: style.color) + "\n" }.joined()
  }
}

import Claims
import Documents
import TCP

/// The verdicts of several kernels on the same files, one beside the other.
package struct VerdictTable: Sendable {
  /// A kernel that was run.
  package struct Kernel: Equatable, Sendable {
    /// The version alone: `6.1.192`.
    package var version: String
    /// `uname -r`.
    package var release: String
    /// The image and its build.
    package var origin: String
    /// Whole seconds of the guest's time, and on the wall.
    package var guestSeconds: Int
    package var seconds: Int

    package init(version: String, release: String, origin: String, guestSeconds: Int, seconds: Int) {
      self.version = version
      self.release = release
      self.origin = origin
      self.guestSeconds = guestSeconds
      self.seconds = seconds
    }
  }

  /// A file, or a claim of it.
  package struct Row: Equatable, Sendable {
    /// The file as it was given; for a claim, the claim's id.
    package var name: String
    /// The verdict of each kernel; nil where there is none.
    package var verdicts: [FileVerdict?]
    /// The claims of a page, each where the kernels' verdicts on it are not the same.
    package var claims: [Row] = []

    package var isSame: Bool { stretches.count < 2 && claims.isEmpty }

    /// Kernels that follow each other and have the same verdict. What has none parts nobody.
    package var stretches: [(kernels: ClosedRange<Int>, verdict: FileVerdict)] {
      var stretches: [(kernels: ClosedRange<Int>, verdict: FileVerdict)] = []
      for (place, verdict) in verdicts.enumerated() {
        guard let verdict else { continue }
        if let last = stretches.last, last.verdict.isSame(as: verdict) {
          stretches[stretches.count - 1].kernels = last.kernels.lowerBound...place
        } else {
          stretches.append((place...place, verdict))
        }
      }
      return stretches
    }

    /// The first kernel with another verdict than those before; nil unless the verdict changes once.
    package var from: Int? { stretches.count == 2 ? stretches[1].kernels.lowerBound : nil }
  }

  /// The kernels, oldest first.
  package private(set) var kernels: [Kernel]
  /// The files: first those whose verdicts are not the same, then the others, each in the order in which they were given.
  package private(set) var rows: [Row]
  /// The files that no kernel has a verdict on: pages without a TCP exchange.
  package private(set) var without: [String]

  /// - Parameters:
  ///   - results: each kernel with its verdicts, in any order.
  ///   - files: the names of the files, in the order in which they were given; the built-in pages come behind them.
  package init(_ results: [(kernel: Kernel, verdicts: FileVerdicts)], files: [String]) {
    let ordered = results.enumerated().sorted { first, second in
      let (one, other) = (first.element.kernel.version, second.element.kernel.version)
      if KernelOrder.isOlder(one, other) { return true }
      return !KernelOrder.isOlder(other, one) && first.offset < second.offset
    }.map(\.element)
    kernels = ordered.map(\.kernel)
    let verdicts = ordered.map(\.verdicts)
    func row(_ subject: FileVerdicts.Subject) -> Row {
      Row(name: subject.claim ?? subject.file, verdicts: verdicts.map { $0[subject] })
    }
    var known: Set<FileVerdicts.Subject> = []
    let subjects =
      (files.map { FileVerdicts.Subject($0) } + verdicts.flatMap(\.subjects))
      .filter { known.insert($0).inserted }
    let claims = Dictionary(grouping: subjects.filter { $0.claim != nil }, by: \.file)
    let all = subjects.filter { $0.claim == nil }.map { subject in
      var file = row(subject)
      file.claims = (claims[subject.file] ?? []).map(row).filter { !$0.isSame }
      return file
    }
    let told = all.filter { !$0.stretches.isEmpty }
    rows = told.filter { !$0.isSame } + told.filter(\.isSame)
    without = all.filter(\.stretches.isEmpty).map(\.name)
  }

  /// The files that are not the same on all kernels.
  package var differing: [Row] { rows.filter { !$0.isSame } }

  package var hasDifferences: Bool { rows.contains { !$0.isSame } }

  /// The heads of the columns: the versions, with more where two kernels have the same.
  package var titles: [String] {
    func isAlone(_ name: KeyPath<Kernel, String>, _ kernel: Kernel) -> Bool {
      kernels.count { $0[keyPath: name] == kernel[keyPath: name] } == 1
    }
    return kernels.map { kernel in
      if isAlone(\.version, kernel) { return kernel.version }
      return isAlone(\.release, kernel) ? kernel.release : "\(kernel.version) (\(kernel.origin))"
    }
  }
}

import Claims
import Documents
import Notations
import Reports
import Scenarios
import Synchronization
import Traces

/// Shows each section of a page as soon as what it needs was run, where a person waits for it.
final class ReadySections: Sendable {
  private let page: Page
  private let style: Style
  /// The runs that each section of the page needs, by its place; none for one that is prose alone.
  private let needs: [[Runnable]]
  /// The places of sections that wait so long for the kernel that the others do not wait for them.
  private let long: Set<Int>
  private let state = Mutex(State())

  private struct State {
    var traces: [Int: Trace] = [:]
    var shown: Set<Int> = []
    /// The places of sections that were named where they stand, and are shown later.
    var named: Set<Int> = []
  }

  /// A wait of so many seconds is worth a change of the order.
  private static let longest = 10

  init(page: Page, style: Style, needs: ([Page.Block]) -> [Runnable]) {
    self.page = page
    self.style = style
    let all = page.sections.map(needs)
    self.needs = all
    long = Set(
      all.indices.filter { place in
        all[place].contains { RunList.wait(for: $0, in: Scenarios.catalogue) > Self.longest }
      })
  }

  /// The places of the sections that were shown.
  var shown: Set<Int> { state.withLock(\.shown) }

  /// The headings of the sections that were not shown, for a person; nil where all were.
  var missing: String? {
    let shown = shown
    let headings = page.sections.indices.filter { !shown.contains($0) && !needs[$0].isEmpty }.compactMap {
      place -> String? in
      guard case .prose(let lines, _)? = page.sections[place].first, let heading = lines.first else {
        return nil
      }
      return "\"\(heading.drop { $0 == "#" || $0 == " " })\""
    }
    return headings.isEmpty ? nil : headings.joined(separator: ", ") + " could be shown"
  }

  /// Takes one more trace, at its place in the run, and shows what is ready.
  ///
  /// - Parameter run: a run of these traces.
  func add(_ trace: Trace, at place: Int, run: ([Trace]) -> Run, progress: Progress) {
    state.withLock { state in
      state.traces[place] = trace
      let next = ready(state)
      guard !next.isEmpty else { return }
      let traces = state.traces.keys.sorted().compactMap { state.traces[$0] }
      guard let assessment = try? Assessment(of: run(traces), by: Scenarios.catalogue) else { return }
      let later = long.filter {
        $0 < next.last ?? 0 && !state.shown.union(state.named).union(next).contains($0)
      }
      let text = assessment.sections(
        next, later: Array(later), of: page.name, isFirst: state.shown.isEmpty, style: style)
      progress.clear { try? Output.write(text) }
      state.shown.formUnion(next)
      state.named.formUnion(later)
    }
  }

  private func ready(_ state: State) -> [Int] {
    let variants = Set(state.traces.values.map(\.variant))
    func isRun(_ runnable: Runnable) -> Bool {
      variants.contains { runnable.variant(on: $0.bench, $0.family) == $0 }
    }
    var ready: [Int] = []
    // Prose stands behind all that it speaks of.
    var (isComplete, isInOrder) = (true, true)
    for place in needs.indices where !state.shown.contains(place) {
      let isReady = needs[place].allSatisfy(isRun)
      if isReady, needs[place].isEmpty ? isComplete : isInOrder { ready.append(place) }
      isComplete = isComplete && isReady
      isInOrder = isInOrder && (isReady || long.contains(place))
    }
    return ready
  }
}

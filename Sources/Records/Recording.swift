import Claims
import Documents
package import Traces

extension Record {
  /// Makes a record of a run: one section for each ladder and each scenario, in the order of the runs.
  ///
  /// - Parameter catalogue: the figures that a run that failed would have left.
  package init(of run: Run, environment: Environment, by catalogue: Catalogue) {
    var sections: [Section] = []
    for trace in run.traces {
      let name = Record.name(of: trace.variant, in: environment.families ?? [])
      let place =
        sections.firstIndex { $0.name == name }
        ?? {
          sections.append(Section(name: name))
          return sections.count - 1
        }()
      if let ladder = Record.ladder(of: trace) { sections[place].ladder = ladder }
      sections[place].rows += Record.rows(of: trace, by: catalogue)
      if Record.keepsTrace(of: trace, in: environment, by: catalogue) {
        sections[place].traces.append(
          Trace(
            setBy: trace.variant.conditions.setBy,
            NormalTrace(trace, isInVirtualTime: environment.isInVirtualTime)))
      }
    }
    // A scenario of which nobody can observe anything leaves none.
    sections.removeAll { $0.ladder == nil && $0.rows.isEmpty }
    self.init(command: run.command, environment: environment, sections: sections)
  }

  /// The section that a run belongs to.
  package static func name(of variant: Variant) -> String {
    switch variant.subject {
    case .ladder(let page, let table): "\(page), table \(table)"
    case .scenario(let id): id.rawValue
    }
  }

  /// Tells whether a run leaves a trace that is the same in the next run.
  private static func keepsTrace(
    of trace: Traces.Trace, in environment: Environment, by catalogue: Catalogue
  ) -> Bool {
    guard trace.end == .finished, trace.variant.bench == .wire, !trace.observers.isEmpty else { return false }
    if !environment.isInVirtualTime, trace.wasSlow == true { return false }
    guard case .scenario(let name) = trace.variant.subject, let timed = catalogue[name]?.timed,
      timed.variants.includes(trace.variant.conditions)
    else { return true }
    return environment.isInVirtualTime && !timed.isChance
  }

  private static func ladder(of trace: Traces.Trace) -> Ladder? {
    guard case .ladder = trace.variant.subject, trace.end == .finished, trace.seesSegments else { return nil }
    let ladder = trace.ladder()
    return ladder.rungs.isEmpty ? nil : ladder
  }

  private static func rows(of trace: Traces.Trace, by catalogue: Catalogue) -> [Row] {
    let setBy = trace.variant.conditions.setBy
    if trace.end != .finished {
      // The number of runs is no behaviour.
      let reason =
        trace.end == .stalled
        ? .disturbed("the machine stalled each time") : trace.obstacle ?? .other("no reason is known")
      return missing(of: trace.variant, by: catalogue).map {
        Row($0, .notMeasured(reason), setBy: setBy)
      }
    }
    if case .ladder = trace.variant.subject, !trace.seesSegments {
      return [
        Row(Acceptance.ladder, .notMeasured(trace.obstacle ?? .other("no reason is known")), setBy: setBy)
      ]
    }
    return trace.events.compactMap { event in
      guard case .measurement(let figure) = event.what else { return nil }
      if case .unobservable = figure.result { return nil }
      guard let content = figure.kept.map(Content.measured) ?? figure.missing.map(Content.notMeasured) else {
        return nil
      }
      return Row(figure.name, content, setBy: setBy, observer: figure.source)
    }
  }

  /// The rows of a run that was not possible.
  private static func missing(of variant: Variant, by catalogue: Catalogue) -> [String] {
    switch variant.subject {
    case .ladder: [Acceptance.ladder]
    case .scenario(let name):
      (catalogue[name]?.figures ?? []).filter { $0.variants.includes(variant.conditions) }.map(\.name)
    }
  }
}

import Documents
import Traces

/// Puts a row of a facts table beside what the scenarios measured.
struct FactJudge {
  let run: Run
  let catalogue: Catalogue

  /// The row's verdict in each run that measured it. Where none could, why not; empty where none was to.
  func judge(_ fact: Fact) -> [(trace: Int, verdict: Verdict)] {
    let measured = run.traces.indices.filter { fact.isMeant(for: run.traces[$0].variant, in: catalogue) }
      .compactMap { index in
        verdict(on: fact, in: run.traces[index], index: index).map { (trace: index, verdict: $0) }
      }
    if !measured.isEmpty {
      let judged = judgingSetter(of: fact, measured)
      return fact.namesOnlySetter ? judged.map { ($0.trace, $0.verdict.onSetter(of: fact)) } : judged
    }
    guard let scenario = catalogue.scenario(measuring: fact.what) else { return [] }
    if case .none(let reason) = fact.variants(of: scenario) {
      let reason = "not run under \(fact.setBy): \(reason)"
      return [(0, Verdict(.undecided, expected: fact.value, seen: "", reason: reason))]
    }
    let variants = run.traces.indices.filter {
      run.traces[$0].variant.subject == .scenario(id: scenario.name)
    }
    let meant = variants.filter { fact.isMeant(for: run.traces[$0].variant, in: catalogue) }
    return (meant.isEmpty ? variants : meant).map { index in
      let trace = run.traces[index]
      let obstacle = trace.end == .finished ? nil : trace.obstacle?.description
      let reason = obstacle ?? fact.absence(in: trace.variant, of: scenario)
      return (index, Verdict(run.traces[index].open, expected: fact.value, seen: "", reason: reason))
    }
  }

  private func verdict(on fact: Fact, in trace: Trace, index: Int) -> Verdict? {
    let name = catalogue.figure(fact.what)?.name ?? fact.what
    for event in trace.events {
      guard case .measurement(let measurement) = event.what, measurement.name.isFolded(name) else { continue }
      // A run that the machine disturbed left figures of another kind.
      if trace.end != .finished, let reason = trace.obstacle {
        return Verdict(.undecided, expected: fact.value, seen: "", reason: reason.description)
      }
      switch measurement.result {
      case .undecided(let reason):
        return Verdict(.undecided, expected: fact.value, seen: "", reason: reason.description)
      case .unobservable(let reason):
        return Verdict(.unobservable, expected: fact.value, seen: "", reason: reason.description)
      case .measured(let value, let within):
        let stated = Value(reading: catalogue.presentText(fact.value, of: name)).asWritten(for: value)
        guard let stated else {
          return Verdict(
            .undecided, expected: fact.value, seen: value.description,
            reason:
              "the page's value could not be read as a length of time: write a number and its unit, such as 200 ms"
          )
        }
        // A row without a value says only which sysctl sets the figure.
        let holds = fact.namesOnlySetter || stated.holds(for: value, within: within)
        if !holds, let condition = unnamedSetting(of: fact, in: trace.variant) {
          let reason = "it was measured under \(condition), which \"set by\" does not name"
          return Verdict(
            .undecided, expected: fact.value, seen: value.description,
            reason: "\(reason): write \(condition.name) and its value there")
        }
        return Verdict(
          holds ? .confirmed : .contradicted,
          expected: fact.value, seen: value.description, reason: measurement.source,
          evidence: measurement.events.isEmpty ? [] : [.init(trace: index, events: measurement.events)])
      }
    }
    return nil
  }
}

extension FactJudge {
  /// The verdicts on a row that says which sysctl sets the figure, and gives no value of it. A part of what the row says
  /// is that another value of the sysctl makes another figure: a run under one proves it or refutes it.
  ///
  /// Runs under anything else say nothing of the row.
  private func judgingSetter(
    of fact: Fact, _ verdicts: [(trace: Int, verdict: Verdict)]
  ) -> [(trace: Int, verdict: Verdict)] {
    guard let figure = catalogue.figure(fact.what), let setters = [String](sysctlsIn: fact.setBy),
      let usual = verdicts.first(where: { run.traces[$0.trace].variant.conditions.isEmpty }),
      usual.verdict.kind == .confirmed, let value = measured(figure, in: usual.trace)
    else {
      guard fact.namesOnlySetter else { return verdicts }
      return verdicts.map { trace, verdict in
        guard verdict.kind == .confirmed else { return (trace, verdict) }
        let reason = "no run without conditions measures it: write a value"
        return (trace, Verdict(.undecided, expected: "", seen: verdict.seen, reason: reason))
      }
    }
    for setter in setters {
      let isDeclared = figure.settings.contains { $0.isOf(Condition(setter, "").ofHosts.name) }
      var isTurned = false
      for (trace, verdict) in verdicts {
        let conditions = run.traces[trace].variant.conditions
        guard conditions.count == 1, conditions[0].isSetting, conditions[0].shortName.isFolded(setter),
          let other = measured(figure, in: trace)
        else { continue }
        isTurned = true
        guard other == value else { continue }
        var refuting = Verdict(
          isDeclared ? .undecided : .contradicted,
          expected: fact.namesOnlySetter ? "" : "\(fact.value), set by \(setter)",
          seen: "still \(verdict.seen) under \(conditions[0])", reason: "\(setter) does not set it",
          evidence: usual.verdict.evidence + verdict.evidence)
        if isDeclared {
          refuting.reason = "\(conditions[0]) gives the same value, but \(setter) may still set it"
        }
        return [(trace, refuting)]
      }
      if !isTurned, !isDeclared || fact.namesOnlySetter {
        let reason = "no run changes \(setter): write a value after it, such as \(setter): 1"
        return [
          (usual.trace, Verdict(.undecided, expected: fact.value, seen: usual.verdict.seen, reason: reason))
        ]
      }
    }
    return [usual]
  }

  /// The figure as a run measured it, or the bounds that it may lie in; nil where the run left none.
  private func measured(_ figure: Figure, in trace: Int) -> Value? {
    guard run.traces[trace].end == .finished else { return nil }
    for event in run.traces[trace].events {
      guard case .measurement(let measurement) = event.what, measurement.name.isFolded(figure.name),
        case .measured(let value, let within) = measurement.result
      else { continue }
      return within ?? value
    }
    return nil
  }

  /// A sysctl that bears on the figure, that each run sets which measures it, and that the row does not name: the row
  /// speaks of another value, most likely the default.
  private func unnamedSetting(of fact: Fact, in variant: Variant) -> Condition? {
    guard let scenario = catalogue.scenario(measuring: fact.what), let figure = scenario.figure(fact.what),
      case .all = fact.variants(of: scenario)
    else { return nil }
    return variant.conditions.first { condition in
      let bears = figure.settings.contains {
        $0.isOf(condition.ofHosts.name) && ($0.condition.map(variant.conditions.contains) ?? true)
      }
      return condition.isSetting && bears
        && scenario.conditions(of: figure, everyTimer: false).allSatisfy { $0.contains(condition) }
    }
  }
}

extension Verdict {
  /// The verdict on a row that says only which sysctl sets the figure.
  fileprivate func onSetter(of fact: Fact) -> Verdict {
    var verdict = self
    verdict.expected = "set by \(fact.setBy)"
    return verdict
  }
}

extension Fact {
  /// Tells whether it names a sysctl that sets the figure, and no value.
  fileprivate var namesOnlySetter: Bool { value.isEmpty && [String](sysctlsIn: setBy)?.isEmpty == false }

  /// The reason why a run of the scenario that measures it left nothing of it.
  fileprivate func absence(in variant: Variant, of scenario: Declaration) -> String {
    guard let figure = scenario.figure(what), !figure.variants.includes(variant.conditions) else {
      return "the scenario did not produce this figure"
    }
    let others = scenario.conditions(of: figure).map(\.setBy).joined(separator: "; ")
    return "not measured under \"\(variant.conditions.setBy)\"; it is measured under: \(others)"
  }
}

extension Value {
  /// The value that a page's text means beside what was measured: of a length of time in people's words, the length. nil
  /// where a length of time was measured, and the text has a number and is none.
  fileprivate func asWritten(for measured: Value) -> Value? {
    switch (self, measured) {
    case (.duration, _), (.bounds, _): self
    case (.list(let told), .list(let values)) where told.count == values.count:
      Value.list(zip(told, values).map { $0.asWritten(for: $1) ?? $0 })
    case (_, .duration), (_, .bounds):
      if let length = Duration(written: description) {
        .duration(length)
      } else {
        // An interval is in the notation of records, and is held to it.
        description.contains(where: \.isNumber) && !description.contains("[") ? nil : self
      }
    default: self
    }
  }
}

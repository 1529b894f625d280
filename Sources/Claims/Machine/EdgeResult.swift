package import TCP
package import Traces

/// The result of one edge from one state: whether the kernel takes it as the RFC has it.
package struct EdgeResult: Equatable, Sendable {
  package var transition: Transition
  package var outcome: Outcome
  /// The observers that saw the state before and the state after, or the segment that was sent.
  package var witnesses: [ObserverKind] = []
  /// All that was seen; more than once where several segments stand for the event.
  package var sights: [EdgeSight] = []

  package enum Outcome: Equatable, Sendable {
    case seen
    /// The kernel does otherwise.
    case differs([Difference])
    /// The event could not be brought about, for this reason.
    case notSeen(Reason)
    /// It was not tried, or nobody could see it.
    case cannotBeSeen(Reason)
  }

  package enum Difference: Hashable, Sendable {
    /// The end sent these segments.
    case action([Flags])
    /// The call failed with this errno, by name.
    case refused(String)
    case state(State)
    /// It passed through these states.
    case passes([State])
  }
}

extension EdgeResult {
  /// - Parameters:
  ///   - traces: of the runs that leave the proof's figures.
  ///   - proof: says where this edge is measured.
  init(_ proof: EdgeProof, in traces: [Trace]) {
    transition = proof.transition
    let trace = traces.first { trace in
      guard case .scenario(proof.run.scenario) = trace.variant.subject else { return false }
      return trace.variant.conditions == proof.run.conditions
    }
    outcome = .cannotBeSeen(.leftOut(by: .noWait))
    guard let trace else { return }
    if let reason = trace.reasonWithout {
      outcome = reason.isOfPerson ? .cannotBeSeen(reason) : .notSeen(reason)
      return
    }
    var reason = Reason.other("no segment and no state was seen")
    for figure in proof.figures {
      let measurement = trace.events.lazy.compactMap { event -> Measurement? in
        if case .measurement(let found) = event.what, found.name == figure { found } else { nil }
      }.first
      guard let measurement, measurement.missing == nil,
        let sight = EdgeSight(trace, proof: measurement.events)
      else {
        if let missing = measurement?.missing { reason = missing }
        continue
      }
      sights.append(sight)
    }
    guard sights.count == proof.figures.count else {
      outcome = reason.isOfPerson ? .cannotBeSeen(reason) : .notSeen(reason)
      return
    }
    judge()
  }

  private mutating func judge() {
    var differences: [Difference] = []
    for sight in sights {
      let states = Set(sight.before.values)
      guard states.contains(transition.from) || sight.traced.first == transition.from else {
        let found = states.sorted().map(\.rawValue).joined(separator: ", ")
        outcome = .notSeen(
          .other("\(transition.from.rawValue) was not reached" + (found.isEmpty ? "" : ", but \(found)")))
        return
      }
      for difference in sight.differences(from: transition) where !differences.contains(difference) {
        differences.append(difference)
      }
    }
    witnesses = ObserverKind.allCases.filter { kind in sights.allSatisfy { $0.isSeen(transition, by: kind) } }
    outcome = differences.isEmpty ? .seen : .differs(differences)
  }
}

extension EdgeSight {
  fileprivate func differences(from transition: Transition) -> [EdgeResult.Difference] {
    var differences: [EdgeResult.Difference] = []
    if case .call = transition.edge.event, let failure { differences.append(.refused(failure)) }
    if differences.isEmpty, !isAction(transition.edge.action) { differences.append(.action(sent)) }
    if let other = after.values.sorted().first(where: { $0 != transition.to }) {
      differences.append(.state(other))
    }
    let ends: Set = [transition.from, transition.to]
    // The first is the state that it left: a child of a listener comes from LISTEN.
    let passed = traced.dropFirst().dropLast().filter { !ends.contains($0) }
    if !passed.isEmpty { differences.append(.passes(Array(passed))) }
    return differences
  }

  /// Tells whether what was sent is this action.
  private func isAction(_ action: Edge.Action) -> Bool {
    guard case .send(let wanted) = action else { return sent.isEmpty }
    guard sent.count == 1 else { return false }
    let found = sent[0]
    return found.intersection(.control) == wanted.intersection(.control)
      && (!wanted.contains(.ack) || found.contains(.ack))
  }

  fileprivate func isSeen(_ transition: Transition, by kind: ObserverKind) -> Bool {
    switch kind {
    case .stateTracepoint:
      traced.contains(transition.from) && traced.last == transition.to && traced.count > 1
    case .wire, .capture:
      if case .send = transition.edge.action {
        kind == .wire && isAction(transition.edge.action)
      } else {
        false
      }
    default: before[kind] == transition.from && after[kind] == transition.to
    }
  }
}

extension Reason {
  /// Tells that this run was not to see it: a person left it out, or another bench or kernel would be needed.
  fileprivate var isOfPerson: Bool {
    switch self {
    case .leftOut, .needs, .notOnThisKernel: true
    case .disturbed, .timedOut, .other: false
    }
  }
}

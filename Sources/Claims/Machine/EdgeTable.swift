package import TCP
package import Traces

/// The edges of RFC 9293's state machine, each with what a kernel does.
package struct EdgeTable: Equatable, Sendable {
  package var rows: [Row]

  /// An edge, with a result for each state that it leaves.
  package struct Row: Equatable, Sendable {
    package var edge: Edge
    package var results: [EdgeResult]
  }

  package enum Kind: String, CaseIterable, Sendable {
    case seen
    case differs
    case notSeen = "not seen"
    case notTried = "cannot be seen"
    case notWaitedFor = "not waited for"
  }

  /// - Parameters:
  ///   - proofs: where each edge is measured, for all of its states.
  ///   - traces: of all these runs.
  package init(_ proofs: [EdgeProof], in traces: [Trace]) {
    rows = Edge.all.map { edge in
      Row(
        edge: edge,
        results: proofs.filter { $0.transition.edge == edge }.map { EdgeResult($0, in: traces) })
    }
  }

  /// The number of edges of this kind.
  package func count(_ kind: Kind) -> Int { rows.count { $0.kind == kind } }

  /// Tells that all that was to be run was run: nothing is missing but what a person left out.
  package var isTried: Bool {
    rows.flatMap(\.results).allSatisfy { result in
      switch result.outcome {
      case .seen, .differs, .cannotBeSeen(.leftOut): true
      case .notSeen, .cannotBeSeen: false
      }
    }
  }
}

extension EdgeResult {
  package var kind: EdgeTable.Kind {
    switch outcome {
    case .seen: .seen
    case .differs: .differs
    case .notSeen: .notSeen
    case .cannotBeSeen(.leftOut): .notWaitedFor
    case .cannotBeSeen: .notTried
    }
  }
}

extension EdgeTable.Row {
  /// The kind of all results together: what differs in one state differs.
  package var kind: EdgeTable.Kind {
    let kinds = Set(results.map(\.kind))
    let order: [EdgeTable.Kind] = [.differs, .notSeen, .notTried, .notWaitedFor]
    return order.first { kinds.contains($0) } ?? (results.isEmpty ? .notTried : .seen)
  }

  /// The observers that saw the edge from each of its states.
  package var witnesses: [ObserverKind] {
    ObserverKind.allCases.filter { kind in
      !results.isEmpty && results.allSatisfy { $0.witnesses.contains(kind) }
    }
  }
}

package import Traces

extension Environment {
  /// The observers that could not run, each with the reason.
  package var missingObservers: [(kind: ObserverKind, reason: String)] {
    let parts = self[Name.missing]?.split(separator: Name.separator) ?? []
    let missing = parts.compactMap { part in
      ObserverKind.allCases.first { part.hasPrefix("\($0.rawValue) (") }.map { kind in
        (kind: kind, reason: String(part.dropFirst(kind.rawValue.count + 2).dropLast()))
      }
    }
    // The wire and the capture see the same: each bench has one of them. A run on loopback may say why there is no wire.
    let others = missing.filter {
      $0.kind != .wire && ($0.kind != .capture || self[Name.bench] != BenchKind.wire.rawValue)
    }
    return (self[Name.noWire].map { [(kind: .wire, reason: $0)] } ?? []) + others
  }
}

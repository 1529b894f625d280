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
    // A run on loopback says why there is no wire.
    guard let reason = self[Name.noWire] else { return missing }
    return [(kind: .wire, reason: reason)] + missing.filter { $0.kind != .wire }
  }
}

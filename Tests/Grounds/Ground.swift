package import Benches
import Linux
package import TCP
package import Traces

/// A bench and a family that this machine has: what a test on a real kernel stands on.
package struct Ground: Sendable, CustomStringConvertible {
  package var kind: BenchKind
  package var family: Family

  package init(_ kind: BenchKind, _ family: Family) {
    self.kind = kind
    self.family = family
  }

  package var description: String { "\(kind.rawValue), \(family.rawValue)" }

  /// A new bench, nothing run on it.
  package func bench() throws(BenchError) -> any Bench {
    switch kind {
    case .wire: try Wire(family: family)
    case .loopback: try Loopback(family: family)
    }
  }

  /// All that can be set up here, with what a probe with all privileges sees; for each that cannot, a line says why.
  package static let all: [Ground] = BenchKind.allCases.flatMap { kind in
    Family.allCases.map { Ground(kind, $0) }
  }.filter { ground in
    do throws(BenchError) {
      let bench = try ground.bench()
      guard bench.segmentObserver.ran, bench.placementObstacle == nil else {
        print("not tested on \(ground): \(bench.segmentObserver.reason ?? bench.placementObstacle ?? "")")
        return false
      }
      return true
    } catch {
      print("not tested on \(ground): \(error)")
      return false
    }
  }

  /// One family of each bench, for what takes long and does not hang on the family.
  package static let onePerBench = [wires.first, loopbacks.last].compactMap { $0 }
  package static let wires = all.filter { $0.kind == .wire }
  package static let loopbacks = all.filter { $0.kind == .loopback }
}

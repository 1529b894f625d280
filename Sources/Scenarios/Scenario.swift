package import Benches
import Documents
import Linux
import SystemPackage
package import Traces

/// A measurement that no ladder can describe: a body that drives connections on a bench and leaves figures, and its
/// declaration.
package struct Scenario: Sendable {
  package let declaration: Declaration
  private let body: @Sendable (Connection, [Condition]) throws -> Void

  init(
    _ name: ScenarioName, _ declaration: Declaration,
    body: @escaping @Sendable (Connection, [Condition]) throws -> Void
  ) {
    var declaration = declaration
    declaration.name = name
    self.declaration = declaration
    self.body = body
  }

  package var name: ScenarioName { declaration.name }

  /// Runs it under these conditions.
  ///
  /// - Throws: ``BenchError`` where the bench cannot run.
  package func run(
    under conditions: [Condition] = [], with runner: Runner, on bench: any Bench
  ) throws -> Trace {
    let variant = Variant(
      subject: .scenario(id: name), bench: bench.kind, family: bench.family, conditions: conditions)
    var trace = try runner.repeatedly(variant) { connection in
      if let need = declaration.needs.first(where: {
        $0.variants.includes(conditions) && !connection.meets($0.kind)
      }) {
        leave(need.reason, conditions, in: connection)
      } else {
        do {
          try body(connection, conditions)
        } catch let lack as NotMeasurable {
          leave(lack.reason, conditions, in: connection)
        } catch let error as Errno {
          throw BenchError(step: "measure \(name.rawValue)", reason: error.explained)
        }
      }
    } names: {
      (Both(left: "client", right: "server"), .left)
    }
    if !declaration.isObserved { trace.observers = [] }
    return trace
  }
}

/// The reason why a body can measure nothing more.
struct NotMeasurable: Error {
  var reason: Reason
}

extension Scenario {
  /// Records the reason for each figure of the variant that was not measured.
  private func leave(_ reason: Reason, _ conditions: [Condition], in connection: Connection) {
    let measured = Set(
      connection.log.events.compactMap { event in
        if case .measurement(let figure) = event.what { figure.name } else { nil }
      })
    for figure in declaration.figures
    where figure.variants.includes(conditions) && !measured.contains(figure.name) {
      connection.cannotMeasure(figure, because: reason)
    }
  }
}

extension Connection {
  fileprivate func meets(_ need: Declaration.Need.Kind) -> Bool {
    switch need {
    case .wire: bench.holdsPackets
    case .segments: seesSegments
    case .namespace: bench.isPrivate
    case .ipv6: bench.family == .ipv6
    }
  }
}

extension Scenario: CustomStringConvertible {
  package var description: String { name.rawValue }
}

extension Scenario: Equatable {
  package static func == (one: Scenario, other: Scenario) -> Bool { one.name == other.name }
}

extension Runnable {
  /// This scenario under these conditions.
  package static func scenario(_ scenario: Scenario, under conditions: [Condition]) -> Runnable {
    .scenario(scenario.name, under: conditions)
  }
}

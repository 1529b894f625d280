import SystemPackage
import Traces

/// The reason why a bench cannot run: the step that failed, and how it failed. What a scenario expects to fail is no
/// such error.
package struct BenchError: Error, CustomStringConvertible {
  package var step: String
  package var reason: String
  /// The remedy for a person, in a few words; nil where none is known.
  package var remedy: String?
  /// The observer that failed, so that this run cannot go on, though the next one may; nil where the bench itself did.
  var observer: ObserverKind?

  package init(step: String, reason: String, remedy: String? = nil) {
    self.step = step
    self.reason = reason
    self.remedy = remedy
  }

  package var description: String { "\(step): \(reason)" + (remedy.map { "; to enable: \($0)" } ?? "") }
}

/// Runs a step of the bench itself, and names it where it fails.
///
/// - Parameter remedy: what helps against an error of the step; nil where that is not known.
func benchStep<R: ~Copyable>(
  _ step: String, remedy: (Errno) -> String? = { _ in nil }, _ body: () throws -> R
) throws(BenchError) -> R {
  do {
    return try body()
  } catch let error as Errno {
    throw BenchError(step: step, reason: error.explained, remedy: remedy(error))
  } catch let error as BenchError {
    throw error
  } catch {
    throw BenchError(step: step, reason: "\(error)")
  }
}

/// Lets an observer do its step, and names it where it fails.
func observerStep<R>(_ kind: ObserverKind, _ body: () throws(Errno) -> R) throws(BenchError) -> R {
  do throws(Errno) {
    return try body()
  } catch {
    var failure = BenchError(step: "look with \(kind.rawValue)", reason: error.explained)
    failure.observer = kind
    throw failure
  }
}

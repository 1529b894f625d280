import SystemPackage

/// The reason why a bench cannot run: the step that failed, and how it failed. What a scenario expects to fail is no
/// such error.
package struct BenchError: Error, CustomStringConvertible {
  package var step: String
  package var reason: String

  package init(step: String, reason: String) {
    self.step = step
    self.reason = reason
  }

  package var description: String { "\(step): \(reason)" }
}

/// Runs a step of the bench itself, and names it where it fails.
func benchStep<R>(_ step: String, _ body: () throws -> R) throws(BenchError) -> R {
  do {
    return try body()
  } catch let error as Errno {
    throw BenchError(step: step, reason: error.explained)
  } catch let error as BenchError {
    throw error
  } catch {
    throw BenchError(step: step, reason: "\(error)")
  }
}

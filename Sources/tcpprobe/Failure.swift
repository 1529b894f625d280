import ArgumentParser

/// The reason why the program ends without a report: exit status 2, or 64 where what it was given is at fault.
struct Failure: Error, CustomStringConvertible {
  var description: String
  var status: ExitCode
  /// Tells whether it is the bench that could not run: nothing was given wrongly, and nothing is known.
  var isOfBench: Bool

  init(_ description: String, status: ExitCode = ExitCode(2), isOfBench: Bool = false) {
    self.description = description
    self.status = status
    self.isOfBench = isOfBench
  }

  /// Runs `body`; what it throws is told in one line, with the exit status that it stands for.
  static func reporting<R>(_ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch let failure as Failure {
      Output.note(failure.description)
      throw failure.status
    } catch let status as ExitCode {
      throw status
    } catch {
      // Whatever it is, it is no difference between a document and the kernel, which 1 would say.
      Output.note("\(error)")
      throw ExitCode(2)
    }
  }
}

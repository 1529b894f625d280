import Benches
import Grounds
import Linux
import SystemPackage
import Testing
import Traces

@testable import Scenarios

extension ScenariosTests {
  @Suite(.enabled(if: !Ground.all.isEmpty, "no bench can be set up here"))
  struct FailingScenarioTests {
    /// An error that ends one run must not end all runs.
    @Test(arguments: Ground.onePerBench)
    func anErrorOfACallIsOneOfTheBenchAndNamesTheScenario(ground: Ground) throws {
      let bench = try ground.bench()
      let scenario = Scenario("failing", Declaration([])) { _, _ in throw Errno.invalidArgument }
      let error = try #require(throws: BenchError.self) {
        try scenario.run(with: Runner(on: bench), on: bench)
      }
      #expect(error.step.contains("failing") && error.reason.contains("EINVAL"))
    }
  }
}

import Benches
import Grounds
import Scenarios
import Testing
import Traces

extension ScenariosTests {
  /// A segment that is lost, with others right behind it.
  @Suite struct BadPathTests {
    /// The filter that loses it on loopback would lose the others, too, were it there when they arrive; each try would be
    /// given up for it.
    @Test(arguments: Ground.all) func onlyTheSecondSegmentIsLost(ground: Ground) throws {
      let bench = try ground.bench()
      let trace = try Scenario.badPath.run(under: [.path(.loses)], with: Runner(on: bench), on: bench)
      #expect(trace.end == .finished, "\(trace.disturbances) tries")
      #expect(trace.events.count { if case .dropped = $0.what { true } else { false } } == 1)
    }
  }
}

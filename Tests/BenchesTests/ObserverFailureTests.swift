import Documents
import Grounds
import Linux
import SystemPackage
import TCP
import Testing
import Traces

@testable import Benches

/// An observer whose look fails, once.
private final class FailingObserver: Observer {
  let kind = ObserverKind.sockDiag
  private var looksLeft: Int?

  init(afterLooks looks: Int) { looksLeft = looks }

  func look(at parties: Both<End>, into log: Log) throws(Errno) {
    guard let left = looksLeft else { return }
    looksLeft = left > 0 ? left - 1 : nil
    if left == 0 { throw .invalidArgument }
  }
}

extension BenchesTests {
  @Suite(.enabled(if: !Ground.all.isEmpty, "no bench can be set up here"))
  struct ObserverFailureTests {
    @Test(arguments: Ground.onePerBench)
    func aRunWhoseObserverFailsIsUndecidedAndTheNextOneIsNot(ground: Ground) throws {
      let bench = try ground.bench()
      var runner = Runner(on: bench)
      let others = runner.observers.running.filter { $0.kind != .sockDiag }
      runner.observers = Observers(running: others + [FailingObserver(afterLooks: 2)])
      func run() throws -> Trace {
        let variant = Variant(
          subject: .scenario(id: "observer"), bench: ground.kind, family: ground.family)
        return try runner.repeatedly(variant) { connection in
          // The table of sock_diag is not there to be asked; each step looks all the same.
          try connection.open()
          try connection.look()
          try connection.look()
        } names: {
          (Both(left: "client", right: "server"), .left)
        }
      }
      let trace = try run()
      let reason = "sock_diag, which failed: EINVAL (Invalid argument)"
      #expect(trace.end == .cannotRun(reason: .needs(reason)))
      let report = try #require(trace.observers.first { $0.kind == .sockDiag })
      #expect(!report.ran && report.reason?.contains("EINVAL") == true)
      // The run keeps everything from before the failure.
      #expect(!trace.events.isEmpty)
      #expect(try run().end == .finished)
    }

    @Test(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
    func onlyAKernelThatCannotEndConnectionsKeepsThem() throws {
      let bench = try #require(Ground.wires.first).bench()
      var families: [Family] = []
      try bench.endEarlier { family throws(Errno) in
        families.append(family)
        throw .notSupported
      }
      #expect(families == [bench.family, bench.family])
      for error in [Errno.invalidArgument, .notPermitted, .noBufferSpace] {
        #expect(throws: BenchError.self) {
          try bench.endEarlier { _ throws(Errno) in throw error }
        }
      }
      try bench.endEarlier()
    }
  }
}

import Benches
import Grounds
import Linux
import Testing
import Traces

extension BenchesTests {
  /// Scripts that were written from ladders, on a real kernel.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here")) struct WrittenScriptTests {
    @Test(arguments: BuiltInScript.all.filter { !$0.isContradicted })
    func whatAPageSaysIsConfirmed(script: BuiltInScript) throws {
      #expect(try ScriptRunner().run(script.read).decision == .confirmed)
    }

    @Test(arguments: BuiltInScript.all.filter(\.isContradicted))
    func whatTheKernelDoesOtherwiseIsContradicted(script: BuiltInScript) throws {
      let decision = try ScriptRunner().run(script.read).decision
      guard case .contradicted = decision else {
        Issue.record("\(decision)")
        return
      }
    }
  }
}

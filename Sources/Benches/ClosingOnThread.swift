package import Documents
package import Linux
import SystemPackage
import TCP
import Traces

extension Connection {
  /// close() of a program that may have to wait in it, on a thread of its own.
  ///
  /// - Parameter blocks: true for a socket whose calls wait.
  package func closeOnThread(_ party: Party, linger: Linger, blocks: Bool) throws -> WaitingCall {
    try acceptIfWaiting(party)
    let last = try lastDescriptor(of: party, linger: linger)
    log.record(.call(call: .close, outcome: .pending, ended: log.now), party: party)
    let end = ends[party]
    end.socket = nil
    end.wasClosed = true
    do throws(Errno) {
      return try WaitingCall(closing: last, remote: end.tuple.remote, blocks: blocks)
    } catch {
      throw BenchError(step: "close the socket of \(names[party])", reason: error.explained)
    }
  }

  /// A descriptor of the party's socket beside its own. In a function of its own: nothing of it holds the socket afterwards.
  private func lastDescriptor(of party: Party, linger: Linger) throws -> Descriptor {
    guard let socket = ends[party].socket else {
      throw CannotRun(reason: .other("there is no socket to close"))
    }
    return try benchStep("close the socket of \(names[party])") {
      try socket.value.set(.linger, to: linger)
      return try WaitingCall.duplicate(of: socket.value)
    }
  }
}

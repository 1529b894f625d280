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
    let end = ends[party]
    guard let socket = end.socket else { throw CannotRun(reason: .other("there is no socket to close")) }
    log.record(.call(call: .close, outcome: .pending, ended: log.now), party: party)
    return try benchStep("close the socket of \(names[party])") {
      try socket.value.set(.linger, to: linger)
      return try WaitingCall(.close, on: socket.value, remote: end.tuple.remote, blocks: blocks) {
        end.socket = nil
        end.wasClosed = true
      }
    }
  }
}

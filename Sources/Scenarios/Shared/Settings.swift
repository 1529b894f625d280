import Benches
import Documents
import Linux
import SystemPackage
import Traces

extension Connection {
  /// Runs `body` under these settings, by their whole names, in the namespaces of these parties.
  ///
  /// - Throws: ``NotMeasurable`` where one cannot be had.
  func withSettings(
    _ settings: [(name: String, value: String)], at parties: [Party] = Party.allCases,
    _ body: () throws -> Void
  ) throws {
    guard let (name, value) = settings.last else { return try body() }
    try withSetting(name, value, at: parties[...]) {
      try withSettings(settings.dropLast(), at: parties, body)
    }
  }

  private func withSetting(
    _ name: String, _ value: String, at parties: ArraySlice<Party>, _ body: () throws -> Void
  ) throws {
    guard let party = parties.last else { return try body() }
    let reason = try withSetting(name, value, at: party) {
      try withSetting(name, value, at: parties.dropLast(), body)
    }
    if let reason { throw NotMeasurable(reason: reason) }
  }

  /// Runs `body` under the settings that the conditions name (`tcp_rfc1337: 1`), in the namespace of this party.
  ///
  /// - Throws: ``NotMeasurable`` where one cannot be had.
  func withSettings(of conditions: [Condition], at party: Party, _ body: () throws -> Void) throws {
    try withSettings(conditions.settings, at: [party], body)
  }

  /// Chooses this congestion control for the end that connects, or for both.
  ///
  /// - Throws: ``NotMeasurable`` where the kernel has no such control, or lets this process not choose it.
  func choose(congestionControl control: String, atBothEnds: Bool = false) throws {
    let known = try? bench.enter(opener) { try Sysctl.read("net.ipv4.tcp_available_congestion_control") }
    // A socket of root's that asks for another would load its module, for the whole machine.
    if let known, !known.split(separator: " ").contains(Substring(control)) {
      throw NotMeasurable(reason: .needs("the congestion control \(control); there are \(known)"))
    }
    let refusal = try bench.enter(opener) { () -> Errno? in
      let socket = try Socket.tcp(bench.family)
      do throws(Errno) { try socket.set(.congestion, to: control) } catch { return error }
      return nil
    }
    if let refusal {
      throw NotMeasurable(reason: .needs("the congestion control \(control): \(refusal.name)"))
    }
    beforeConnect.append { socket in try socket.set(.congestion, to: control) }
    if atBothEnds { beforeListen.append { socket in try socket.set(.congestion, to: control) } }
  }
}

import Kinds
import Benches
import Documents
import Foundation
import Grounds
import TCP
import Testing
import Traces

/// `ss`, which shares no code with this program, run in a host's own namespace.
private enum Witness {
  static let path = ["/usr/bin/ss", "/bin/ss", "/usr/sbin/ss", "/sbin/ss"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// The connections of this party's host: local and remote endpoint, and the state.
  static func rows(of party: Party, on bench: any Bench) throws -> [(tuple: String, state: State?)] {
    guard let path else { return [] }
    // A child is where the thread is that begins it.
    let output = try bench.enter(party) {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: path)
      process.arguments = ["-tanH"]
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.runAtOnce()
      defer { process.waitUntilExit() }
      return try pipe.fileHandleForReading.readToEnd() ?? Data()
    }
    return String(decoding: output, as: UTF8.self).split(separator: "\n").compactMap { line in
      let columns = line.split(separator: " ")
      guard columns.count >= 5 else { return nil }
      return ("\(columns[3]) \(columns[4])", State(name: columns[0]))
    }
  }
}

extension BenchesTests {
  @Suite(
    .enabled(if: !Ground.all.isEmpty, "no bench can be set up here"),
    .enabled(if: Witness.path != nil, "there is no ss"))
  struct WitnessTests {
    /// A program that another test starts has copies of all descriptors until its execve(), and close() ends nothing
    /// meanwhile. So a run in which the last close() did not is made again.
    @Test(arguments: Ground.all) func ssSeesTheSameStatesAtEveryStepOfAClose(ground: Ground) throws {
      var seen: [Both<State>] = []
      for _ in 0..<5 where seen.last?.right != .closed { seen = try statesOfAClose(on: ground) }
      #expect(
        seen == [
          Both(.established), Both(left: .finWait2, right: .closeWait), Both(left: .timeWait, right: .closed),
        ])
    }

    private func statesOfAClose(on ground: Ground) throws -> [Both<State>] {
      var seen: [Both<State>] = []
      _ = try running(on: ground) { connection in
        seen = []
        try connection.open()
        try connection.settle()
        try agree(connection, into: &seen)
        try connection.call(.shutdown(.write), by: .left)
        try connection.expect(.left, SegmentPattern(flags: .fin))
        try connection.settle()
        try agree(connection, into: &seen)
        try connection.call(.close, by: .right)
        try connection.settle()
        try agree(connection, into: &seen)
      }
      return seen
    }

    @Test(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
    func ssSeesWhatStandsStillOnTheWire() throws {
      var seen: [Both<State>] = []
      _ = try running(on: try #require(Ground.wires.first)) { connection in
        seen = []
        try connection.open()
        try connection.settle()
        try connection.call(.close, by: .left)
        try agree(connection, into: &seen)
        try connection.call(.close, by: .right)
        try agree(connection, into: &seen)
        try connection.settle()
      }
      // Both FINs have left, and neither has arrived.
      #expect(seen == [Both(left: .finWait1, right: .established), Both(left: .finWait1, right: .finWait1)])
    }

    /// What ss, sock_diag and /proc say of both ends is one thing.
    private func agree(_ connection: Connection, into seen: inout [Both<State>]) throws {
      try connection.look()
      let states = try Both(left: Party.left, right: .right).map { party in
        let tuple = connection.ends[party].tuple
        let rows = try Witness.rows(of: party, on: connection.bench)
        let witnessed = rows.first { $0.tuple == "\(tuple.local) \(tuple.remote)" }?.state ?? .closed
        for kind in [ObserverKind.sockDiag, .proc] {
          let last = connection.log.events.last { $0.party == party && $0.observer == kind }
          guard case .sighting(let record)? = last?.what else {
            Issue.record("\(kind) did not look")
            continue
          }
          #expect(record?.state ?? .closed == witnessed, "\(kind), \(party)")
        }
        return witnessed
      }
      seen.append(states)
    }
  }
}

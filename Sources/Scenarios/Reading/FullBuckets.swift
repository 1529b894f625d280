import Benches
import Documents
import Linux
import SystemPackage
import TCP
import Traces

extension Scenario {
  /// Tables with few buckets: the parts that they are read in end in the middle of one.
  package static let fullBuckets = Scenario(
    "tables with few buckets", Declaration([.rows, .dump], isDrawn: false, needs: [.namespace])
  ) { connection, _ in try connection.runFullBuckets() }
}

extension Figure {
  fileprivate static let rows = inBuckets("rows of /proc/net/tcp")
  fileprivate static let dump = inBuckets("sock_diag's dump")

  private static func inBuckets(_ name: String) -> Figure {
    Figure("\(name) with 400 connections in 16 buckets", .operators)
  }
}

extension Connection {
  fileprivate func runFullBuckets() throws {
    log.record(.rung(index: 0))
    let setting = "net.ipv4.tcp_child_ehash_entries"
    let host = try bench.enter(opener) { () throws -> Box<Namespace>? in
      // The namespace that is made inside takes the number over.
      let outer = try Namespace.make()
      return try outer.enter {
        guard (try? Sysctl.write(setting, "16")) != nil else { return nil }
        return Box(try Namespace.make())
      }
    }
    guard let host else { throw NotMeasurable(reason: .notOnThisKernel("there is no \(setting)")) }
    try host.value.enter {
      guard try Sysctl.read("net.ipv4.tcp_ehash_entries") == "16" else {
        throw NotMeasurable(reason: .notOnThisKernel("a new namespace does not take \(setting) over"))
      }
      try measureTables()
    }
  }

  private func measureTables() throws {
    try Interface(named: "lo").bringUp()
    let listener = try Socket.tcp(bench.family)
    try listener.bind(to: Endpoint(.loopback(bench.family), 0))
    try listener.listen(backlog: 500)
    let remote = try listener.localEndpoint()
    let sockets = try (0..<200).map { _ in
      let socket = Box(try Socket.tcp(bench.family))
      _ = try socket.value.connect(to: remote)
      return socket
    }
    // Both ends of each are in the table once the handshake is over, and until they are closed.
    let accepted = try accept(sockets.count, of: listener)
    defer { withExtendedLifetime((sockets, accepted)) {} }
    let expected = try Set(
      sockets.flatMap { socket in
        let tuple = FourTuple(local: try socket.value.localEndpoint(), remote: remote)
        return [tuple, tuple.reversed]
      })
    func found(_ tuples: [FourTuple]) -> Value {
      let ours = tuples.filter { expected.contains($0) }
      let isOnce = ours.count == Set(ours).count
      return .list([.words("\(Set(ours).count) of \(expected.count)"), isOnce ? "each once" : "some twice"])
    }
    // A kernel that begins the same bucket again and again has no end.
    let records = try SocketTable.open().records(atMost: 10 * expected.count)
    measure(.rows, found(records.map(\.tuple)), "the whole table", proof: [])
    let sightings = try SocketDiagnosis.open().dump(bench.family)
    measure(.dump, found(sightings.map(\.record.tuple)), "the whole dump", proof: [])
  }

  /// So many connections, waited for one by one.
  private func accept(_ count: Int, of listener: borrowing Socket) throws -> [Box<Socket>] {
    var accepted: [Box<Socket>] = []
    let end = Clock.time(after: .seconds(5))
    while accepted.count < count {
      if let socket = try listener.accept() {
        accepted.append(Box(socket))
      } else if Clock.monotonic() < end {
        _ = try waitReadable([listener.rawValue], until: end)
      } else {
        throw NotMeasurable(
          reason: .timedOut("\(accepted.count) of \(count) connections were there after 5 s"))
      }
    }
    return accepted
  }
}

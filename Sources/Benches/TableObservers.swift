import Documents
import Linux
import SystemPackage
import TCP
import Traces

/// Looks the connection up by sock_diag: full sockets and minisockets, exactly by four-tuple.
final class SockDiagObserver: Observer {
  let kind = ObserverKind.sockDiag
  private let tables: Both<Box<SocketDiagnosis>>

  init(on bench: any Bench) throws {
    if let reason = SocketDiagnosis.availability() { throw Unavailable(reason: reason) }
    tables = try Both(
      left: bench.enter(.left) { Box(try SocketDiagnosis.open()) },
      right: bench.enter(.right) { Box(try SocketDiagnosis.open()) })
  }

  func look(at parties: Both<End>, into log: Log) throws(Errno) {
    for party in Party.allCases {
      log.record(.sighting(record: try find(parties[party])), party: party, observer: kind)
    }
  }

  /// The end's socket; while the connection has not come, the listener that waits for it.
  func find(_ end: End) throws(Errno) -> SocketRecord? {
    if let sighting = try tables[end.party].value.look(up: end.tuple) {
      end.note(sighting.record)
      return sighting.record
    }
    guard !end.wasSeen, end.listener != nil else { return nil }
    return try tables[end.party].value.look(upListener: end.tuple.local)?.record
  }
}

/// Looks the connection up in /proc/net/tcp and tcp6.
final class ProcObserver: Observer {
  let kind = ObserverKind.proc
  private let tables: Both<Box<SocketTable>>

  init(on bench: any Bench) throws {
    if let reason = SocketTable.availability() { throw Unavailable(reason: reason) }
    tables = try Both(
      left: bench.enter(.left) { Box(try SocketTable.open()) },
      right: bench.enter(.right) { Box(try SocketTable.open()) })
  }

  /// The processor time that one reading of the table takes, in nanoseconds: the least of several, as a machine that does
  /// other things meanwhile takes longer.
  func cost() throws(Errno) -> Int64 {
    var least = Int64.max
    for _ in 0..<3 {
      let before = Clock.ofThread()
      _ = try tables.left.value.records()
      least = min(least, Clock.ofThread() - before)
    }
    return least
  }

  func look(at parties: Both<End>, into log: Log) throws(Errno) {
    for party in Party.allCases {
      log.record(.sighting(record: try find(parties[party])), party: party, observer: kind)
    }
  }

  /// Does the same as ``SockDiagObserver/find(_:)``.
  func find(_ end: End) throws(Errno) -> SocketRecord? {
    if let record = try tables[end.party].value.look(up: end.tuple) {
      end.note(record)
      return record
    }
    guard !end.wasSeen, end.listener != nil else { return nil }
    return try tables[end.party].value.records().first {
      $0.state == .listen && $0.tuple.local.port == end.tuple.local.port
    }
  }
}

/// Asks the descriptor, while there is one.
final class TCPInfoObserver: Observer {
  let kind = ObserverKind.tcpInfo

  func look(at parties: Both<End>, into log: Log) throws(Errno) {
    for party in Party.allCases {
      guard let socket = parties[party].socket else { continue }
      let info = try readInfo(ofDescriptor: socket.value.rawValue)
      log.record(.info(info: info), party: party, observer: kind)
    }
  }
}

internal import CLinux
import Glibc
import Synchronization
package import SystemPackage
package import TCP

/// The kernel's table of sockets, asked over netlink (NETLINK_SOCK_DIAG).
///
/// It answers for the network namespace in which it was opened, whatever thread asks. A look-up costs
/// microseconds at any size of the table and sees minisockets too; what happened between two looks it misses.
/// One thread at a time may use it.
package struct SocketDiagnosis: ~Copyable {
  private let descriptor: Descriptor
  private let buffer = Buffer(capacity: 1 << 16)
  private let sequence = Atomic<UInt32>(0)

  /// Opens it in the calling thread's namespace; no privilege is needed.
  ///
  /// Throws `protocolNotSupported` where the kernel has no sock_diag.
  ///
  /// The corresponding C function is `socket`.
  package static func open() throws(Errno) -> SocketDiagnosis {
    let number = try result {
      socket(AF_NETLINK, CInt(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue), NETLINK_SOCK_DIAG)
    }
    return SocketDiagnosis(descriptor: Descriptor(owning: number))
  }

  private init(descriptor: consuming Descriptor) { self.descriptor = descriptor }

  /// The socket of exactly this four-tuple, or nil.
  ///
  /// A four-tuple that is not there, the kernel answers with the listener that would take it: that is nil, too.
  /// A socket bound to an interface is not found.
  package borrowing func look(up tuple: FourTuple) throws(Errno) -> Sighting? {
    let found = try ask(.exact(tuple)).first
    return found?.record.tuple == tuple ? found : nil
  }

  /// The listener that a SYN to this endpoint would reach, or nil; its own address may be the wildcard.
  package borrowing func look(upListener endpoint: Endpoint) throws(Errno) -> Sighting? {
    let nobody = Address(bytes: Array(repeating: 0, count: endpoint.address.bytes.count)) ?? endpoint.address
    let found = try ask(.exact(FourTuple(local: endpoint, remote: Endpoint(nobody, 0)))).first
    return found?.record.state == .listen && found?.record.tuple.local.port == endpoint.port ? found : nil
  }

  /// All TCP sockets of the family that are in one of the states.
  ///
  /// Throws `interrupted` where the table changed so that the dump is not whole (`NLM_F_DUMP_INTR`), and
  /// `messageTooLong` where the kernel sent more than the buffer of 64 KiB holds.
  package borrowing func dump(_ family: Family, states: Set<State> = Set(State.allCases)) throws(Errno)
    -> [Sighting]
  {
    try ask(.dump(family, states))
  }

  /// Sends a request and reads all of its answer, even after a failure, so that none is left for the next.
  private borrowing func ask(_ request: DiagnosisRequest) throws(Errno) -> [Sighting] {
    let number = sequence.wrappingAdd(1, ordering: .relaxed).newValue
    try send(request.message(sequence: number).bytes)
    var answer = DiagnosisAnswer(to: number, isDump: request.isDump)
    while !answer.isComplete {
      // The kernel has put the next part into the queue before send() or the last recv() returned.
      let datagram = try receive()
      answer.take(datagram.bytes[...], wasCut: datagram.wasCut)
    }
    if let failure = answer.failure {
      if failure == .noSuchFileOrDirectory, !request.isDump { return [] }
      throw failure
    }
    return answer.sightings
  }

  private borrowing func send(_ bytes: [UInt8]) throws(Errno) {
    _ = try result(retrying: true) {
      unsafe bytes.withUnsafeBytes { unsafe Glibc.send(descriptor.rawValue, $0.baseAddress, $0.count, 0) }
    }
  }

  private borrowing func receive() throws(Errno) -> (bytes: [UInt8], wasCut: Bool) {
    let flags = CInt(MSG_TRUNC | MSG_DONTWAIT)
    return unsafe try buffer.fill { memory throws(Errno) in
      try result(retrying: true) {
        unsafe recv(descriptor.rawValue, memory.baseAddress, memory.count, flags)
      }
    }
  }
}

extension SocketDiagnosis {
  /// nil where sock_diag can look at TCP sockets from this thread's namespace, else why not, in one line.
  package static func availability() -> String? {
    do throws(Errno) {
      // A dump of no state walks no table, and tells a missing module from a missing socket.
      _ = try SocketDiagnosis.open().dump(.ipv4, states: [])
      return nil
    } catch .noSuchFileOrDirectory {
      return "the kernel has no tcp_diag module"
    } catch {
      return "sock_diag cannot be asked: \(error)"
    }
  }
}

internal import CLinux
import Glibc
internal import SystemPackage

/// The netlink socket that sock_diag is asked over, one question at a time.
struct DiagnosisChannel: ~Copyable {
  private let descriptor: Descriptor
  /// The kernel sends parts of 32 KiB at most, and cuts them where there is less room.
  private let buffer = Buffer(capacity: 1 << 16)
  private var sequence: UInt32 = 0

  /// The corresponding C function is `socket`.
  init() throws(Errno) {
    descriptor = Descriptor(
      owning: try result {
        socket(AF_NETLINK, CInt(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue), NETLINK_SOCK_DIAG)
      })
  }

  /// Sends a request and reads all of its answer, even after a failure, so that none is left for the next.
  mutating func ask(_ request: DiagnosisRequest) throws(Errno) -> [Sighting] {
    var sightings: [Sighting] = []
    try ask(request) { sightings.append($0) }
    return sightings
  }

  /// As ``ask(_:)``, but gives each sighting away at once: an answer may be as large as the machine has sockets.
  mutating func ask(_ request: DiagnosisRequest, _ body: (Sighting) -> Void) throws(Errno) {
    try exchange(request) { answer, _ in for sighting in answer.giveAway() { body(sighting) } }
  }

  /// The octets of each socket in the answer to a dump.
  mutating func askForAllOctets(_ request: DiagnosisRequest) throws(Errno) -> [ArraySlice<UInt8>] {
    var found: [ArraySlice<UInt8>] = []
    try exchange(request) { [sequence = sequence &+ 1] _, datagram in
      for message in NetlinkMessage.read(datagram) ?? []
      where message.sequence == sequence && message.type == UInt16(SOCK_DIAG_BY_FAMILY) {
        found.append(message.body)
      }
    }
    return found
  }

  /// Sends a request, and gives `part` each datagram of its answer as it comes.
  private mutating func exchange(
    _ request: DiagnosisRequest, _ part: (inout DiagnosisAnswer, ArraySlice<UInt8>) -> Void
  ) throws(Errno) {
    sequence &+= 1
    try send(request.message(sequence: sequence).bytes)
    var answer = DiagnosisAnswer(to: sequence, isDump: request.kind == .dump)
    while !answer.isComplete {
      let datagram = try receive()
      answer.take(datagram.bytes[...], wasCut: datagram.wasCut)
      part(&answer, datagram.bytes[...])
    }
    if let failure = answer.failure { throw failure }
  }

  /// The octets of the first answer to a request for one socket, or nil where there is none.
  mutating func askForOctets(_ request: DiagnosisRequest) throws(Errno) -> ArraySlice<UInt8>? {
    sequence &+= 1
    try send(request.message(sequence: sequence).bytes)
    let message = NetlinkMessage.read(try receive().bytes[...])?.first { $0.sequence == sequence }
    return message?.type == UInt16(SOCK_DIAG_BY_FAMILY) ? message?.body : nil
  }

  private func send(_ bytes: [UInt8]) throws(Errno) {
    _ = try result(retrying: true) { unsafe Glibc.send(descriptor.rawValue, bytes, bytes.count, 0) }
  }

  private func receive() throws(Errno) -> (bytes: [UInt8], wasCut: Bool) {
    // It need not wait: the kernel has put the next part into the queue before the last call returned.
    let flags = CInt(MSG_TRUNC | MSG_DONTWAIT)
    return unsafe try buffer.fill { memory throws(Errno) in
      try result(retrying: true) {
        unsafe recv(descriptor.rawValue, memory.baseAddress, memory.count, flags)
      }
    }
  }
}

package import SystemPackage

/// The answer to one request of sock_diag, put together from its datagrams: octets in, sightings out.
package struct DiagnosisAnswer {
  private let sequence: UInt32
  private let isDump: Bool
  package private(set) var sightings: [Sighting] = []
  /// The kernel's refusal of the request, or the first fault of the answer.
  package private(set) var failure: Errno?
  /// No further datagram belongs to the answer.
  package private(set) var isComplete = false

  package init(to sequence: UInt32, isDump: Bool) {
    self.sequence = sequence
    self.isDump = isDump
  }

  /// Reads a datagram. Messages that answer other requests are passed over.
  package mutating func take(_ datagram: ArraySlice<UInt8>, wasCut: Bool = false) {
    if wasCut { fail(.messageTooLong) }
    guard let messages = NetlinkMessage.read(datagram) else {
      fail(.badMessage)
      // A cut dump goes on; of a single answer nothing more will come.
      if !isDump || !wasCut { isComplete = true }
      return
    }
    for message in messages where message.sequence == sequence { take(message) }
  }

  /// Returns the sightings since the last call.
  mutating func giveAway() -> [Sighting] {
    defer { sightings.removeAll(keepingCapacity: true) }
    return sightings
  }

  private mutating func take(_ message: NetlinkMessage) {
    if message.flags & Kind.interrupted != 0 { fail(.interrupted) }
    switch message.type {
    case Kind.error, Kind.done:
      // A negative errno; 0 is the plain end of a dump.
      if let code = message.body.number(Int32.self, at: 0), code < 0 { fail(Errno(rawValue: 0 &- code)) }
      isComplete = true
    case Kind.socket, Kind.socketOfAnyFamily:
      if let sighting = Sighting(diagnosis: message.body) {
        sightings.append(sighting)
      } else {
        fail(.badMessage)
      }
      if !isDump { isComplete = true }
    default: break
    }
  }

  private mutating func fail(_ error: Errno) { if failure == nil { failure = error } }

  /// `NLMSG_ERROR`, `NLMSG_DONE`, `SOCK_DIAG_BY_FAMILY`, `TCPDIAG_GETSOCK`, `NLM_F_DUMP_INTR`.
  private enum Kind {
    static let error: UInt16 = 2
    static let done: UInt16 = 3
    static let socket: UInt16 = 20
    static let socketOfAnyFamily = UInt16(DiagnosisRequest.allFamilies)
    static let interrupted: UInt16 = 0x10
  }
}

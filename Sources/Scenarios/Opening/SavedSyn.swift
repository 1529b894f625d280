import Benches
import Documents
import Linux
import SystemPackage
import TCP
import Traces

extension Scenario {
  /// A listener keeps the SYN of each connection for its program (TCP_SAVE_SYN).
  package static let savedSyn = Scenario(
    "saved SYN",
    Declaration(
      [.saved, .again, .unset], settings: ["tcp_syncookies"], given: [.init("TCP_SAVE_SYN", "1")],
      isDrawn: false, needs: [.wire])
  ) { connection, _ in
    try connection.runSavedSyn()
  }
}

extension Figure {
  fileprivate static let saved = Figure(
    "TCP_SAVED_SYN", .programs, formerWords: ["other octets": "other bytes"])
  fileprivate static let again = Figure("TCP_SAVED_SYN a second time", .programs)
  fileprivate static let unset = Figure(
    "TCP_SAVED_SYN without TCP_SAVE_SYN", .programs, formerWords: ["other octets": "other bytes"])
}

extension Connection {
  fileprivate func runSavedSyn() throws {
    log.record(.rung(index: 0))
    try measureApart([.unset]) { connection in
      let (value, proof) = try connection.saved()
      connection.measure(.unset, value, "getsockopt()", proof: proof)
    }
    try measureApart([.saved, .again]) { connection in
      connection.beforeListen.append { socket in try socket.set(.saveSyn, to: true) }
      let (value, proof) = try connection.saved()
      connection.measure(.saved, value, "getsockopt(), beside the SYN that left", proof: proof)
      let socket = connection.ends[connection.opener.other].socket
      let again = try connection.answer(giving: { .bytes(try socket?.value.savedSyn().count ?? 0) })
      connection.measure(.again, again, "getsockopt()", proof: proof)
    }
  }

  private func saved() throws -> (Value, [Int?]) {
    try listen()
    let (syn, _, _) = try shakeHands()
    try call(.accept, by: opener.other)
    guard let socket = ends[opener.other].socket, let syn, case .segment(_, let bytes) = log.events[syn].what
    else { throw NotMeasurable(reason: "there is no connection") }
    let value = try answer(giving: {
      let saved = try socket.value.savedSyn()
      return saved.isEmpty ? "nothing" : saved == bytes.array ? "the SYN" : "other bytes"
    })
    return (value, [syn])
  }
}

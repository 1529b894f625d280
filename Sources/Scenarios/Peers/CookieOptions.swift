import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A server keeps nothing of a SYN.
  package static let cookieOptions = Scenario(
    "options under SYN cookies",
    Declaration(
      [
        .optionsOfAnswer,
        .optionsOfConnection,
        .clientScale,
        .clientMSS,
        .counters,
      ],
      under: [[], [.setting("tcp_timestamps", "0")], [.setting("tcp_sack", "0")]],
      given: [
        .init("TCP_MAXSEG", "1400"), .init("tcp_syncookies", "2"), usualBuffers,
      ], needs: [.wire])
  ) { try $0.runCookieOptions(under: $1) }
}

extension Figure {
  fileprivate static let optionsOfAnswer = Figure(
    "options of a SYN+ACK with a SYN cookie", .packets, settings: Scenario.options)
  fileprivate static let optionsOfConnection = Figure(
    "options of a connection that a SYN cookie made", .operators, settings: Scenario.options + ["tcp_ecn"])
  fileprivate static let clientScale = Figure(
    "window scale of the client after a SYN cookie", .operators,
    settings: ["tcp_timestamps", "tcp_window_scaling"])
  fileprivate static let clientMSS = Figure("MSS of the client after a SYN cookie", .operators)
  fileprivate static let counters = Figure("counters of a connection that a SYN cookie made", .operators)
}

extension Connection {
  /// The server keeps nothing of a SYN but what its own answer carries (tcp_syncookies: 2): what of the SYN's options
  /// holds in the connection?
  fileprivate func runCookieOptions(under conditions: [Condition]) throws {
    // The scale follows from the size of buffers, which a machine chooses by its memory.
    let own = [
      (name: "net.ipv4.tcp_syncookies", value: "2"), Scenario.usualBuffersSetting,
    ]
    try withSettings(own + conditions.settings) {
      waiting.isPatient = true
      // Between two of the sizes that a cookie can say.
      beforeConnect.append { socket in try socket.set(.maximumSegment, to: 1400) }
      let before = try counters(of: opener.other)
      log.record(.rung(index: 0))
      try listen()
      let (syn, answer, _) = try shakeHands()
      try call(.accept, by: opener.other)
      try settle()
      try look()
      let after = try counters(of: opener.other)
      measure(
        .optionsOfAnswer, answer.flatMap { log.events[$0].header?.options } ?? "no such segment",
        "the bytes of the segment", proof: [syn, answer])
      guard let info = try info(of: opener.other) else {
        throw NotMeasurable(reason: "there is no connection")
      }
      let proof = [answer, log.lastLook(at: opener.other)]
      measure(.optionsOfConnection, info.agreed, "tcpi_options at the server", proof: proof)
      let scales = info[.wscales].map { $0 & 0xF }
      measure(
        .clientScale, scales.map { .count(Int($0)) } ?? "none", "tcpi_snd_wscale at the server", proof: proof)
      // Each segment has room for less where it carries timestamps.
      let room = info[.sndMss].map { $0 + (info.hasTimestamps ? 12 : 0) }
      measure(
        .clientMSS, room.map { .list([.count(Int($0)), "where it said 1400"]) } ?? "none",
        "tcpi_snd_mss at the server, with the bytes of the timestamps", proof: proof)
      // How many SYNs were answered with one hangs on what else came.
      measure(
        .counters, change(["SyncookiesRecv", "SyncookiesFailed"], from: before, to: after),
        "TcpExt in /proc/net/netstat at the server", proof: proof)
    }
  }
}

extension Info {
  var hasTimestamps: Bool { (self[.options] ?? 0) & 1 != 0 }

  /// The options that the two ends have agreed on, by the bits of `tcpi_options`.
  var agreed: Value {
    let bits = self[.options] ?? 0
    let names = ["timestamps", "SACK", "window scale", "ECN"]
    let found = names.indices.filter { bits & 1 << $0 != 0 }.map { Value.words(names[$0]) }
    return found.isEmpty ? "none" : .all(found)
  }
}

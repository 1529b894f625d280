import Benches
import Documents
import Linux
import SystemPackage
import TCP
import Traces

extension Scenario {
  /// A connection is read and made by TCP_REPAIR, as programs do that move it to another machine.
  package static let movedConnection = Scenario(
    "a moved connection",
    Declaration(
      [.windows, .outside, .late, .terms, .refusals, .data], isDrawn: false, needs: [.wire])
  ) { connection, _ in try connection.runMovedConnection() }
}

extension Figure {
  fileprivate static let windows = Figure(
    "windows that TCP_REPAIR_WINDOW returns", .programs,
    settings: [
      "tcp_rmem", "tcp_window_scaling", "tcp_timestamps", "tcp_shrink_window", "tcp_syncookies",
      "tcp_workaround_signed_windows",
    ], circumstances: [.privileges])
  fileprivate static let terms = Figure(
    "TCP_INFO after TCP_REPAIR_OPTIONS", .programs, settings: ["tcp_timestamps", "tcp_mtu_probing"],
    circumstances: [.privileges])
  fileprivate static let data = Figure(
    "data of a connection made by TCP_REPAIR", .programs, circumstances: [.privileges])
  fileprivate static let refusals = Figure(
    "answers to values of TCP_REPAIR_OPTIONS", .programs, circumstances: [.privileges])
  fileprivate static let late = Figure(
    "TCP_REPAIR_OPTIONS after data was sent", .programs, circumstances: [.privileges])
  fileprivate static let outside = Figure(
    "TCP_REPAIR_WINDOW and TCP_REPAIR_OPTIONS outside of TCP_REPAIR", .programs, circumstances: [.privileges])
}

extension Connection {
  fileprivate func runMovedConnection() throws {
    try needRepair()
    log.record(.rung(index: 0))
    try measureApart([.windows, .outside, .late]) { try $0.measureReading() }
    try measureApart([.terms, .refusals]) { try $0.measureTerms() }
    try measureApart([.data]) { connection in
      try connection.establish(at: Both(left: SequenceNumber(1000), right: SequenceNumber(5000)))
      try connection.call(.send(100), by: opener)
      try connection.settle()
      let read = try connection.read(by: opener.other)
      connection.measure(
        .data, .bytes(read.count), "recv() of the other end", proof: [connection.log.lastCall()])
    }
  }

  /// Reads from an open connection, on which nothing is under way.
  private func measureReading() throws {
    waiting.isPatient = true
    try open()
    try call(.send(100), by: opener)
    try settle()
    guard let socket = ends[opener].socket,
      let peer = log.segment(at: log.lastSegment(of: opener.other, since: first))
    else { throw NotMeasurable(reason: "an end has sent nothing") }
    let window = try socket.value.repairedWindow()
    let values = [
      "SND.WL1 at RCV.NXT\(distance(from: peer.end, to: window.lastUpdate))", "peer's window \(window.send)",
      "largest \(window.largest)", "own window \(window.own)",
      "offered at RCV.NXT\(distance(from: peer.end, to: window.offeredAt))",
    ]
    measure(
      .windows, .list(values.map { .words($0) }), "getsockopt(), after 100 bytes were sent",
      proof: [log.lastCall()])
    let outside = [
      try answer { _ = try socket.value.repairedWindow(entersRepair: false) },
      try answer { try socket.value.setRepairOption(2, to: 1000, entersRepair: false) },
    ]
    measure(.outside, .list(outside), "getsockopt() and setsockopt()", proof: [])
    measure(
      .late, try answer { try socket.value.setRepairOption(2, to: 1000) }, "setsockopt()",
      proof: [log.lastCall()])
  }

  private func distance(from number: SequenceNumber, to other: SequenceNumber) -> String {
    let distance = other - number
    return distance == 0 ? "" : distance < 0 ? " - \(-distance)" : " + \(distance)"
  }

  /// Makes one end of a connection with terms of its own, and reads them.
  private func measureTerms() throws {
    var terms = Terms()
    terms.maximumSegmentSize = 1200
    terms.windowScale = 5
    terms.usesTimestamps = true
    let (info, answers) = try bench.enter(opener) {
      let socket = try Socket.repairConnect(
        from: Endpoint(ends[opener].tuple.local.address, 9_999), to: ends[opener].tuple.remote,
        sending: SequenceNumber(1000), receiving: SequenceNumber(5000), terms: terms)
      let info = try readInfo(ofDescriptor: socket.rawValue)
      // The socket is still in repair.
      let options: [(kind: UInt32, value: UInt32)] = [(3, 14), (3, 15), (3, 15 << 16), (4, 1), (8, 1)]
      var answers: [Value] = []
      for option in options {
        answers.append(
          try answer { try socket.setRepairOption(option.kind, to: option.value, entersRepair: false) })
      }
      return (info, answers)
    }
    measure(
      .refusals, .list(answers),
      "setsockopt(), with a window scale of 14, of 15, of 15 for the own window, SACK and timestamps with a value",
      proof: [])
    let fields: [InfoField] = [.options, .wscales, .sndMss, .sndWnd, .rcvWnd]
    let values = fields.compactMap { field in info[field].map { Value.words("\(field.rawValue) \($0)") } }
    measure(.terms, .list(values), "TCP_INFO of the socket", proof: [])
  }
}

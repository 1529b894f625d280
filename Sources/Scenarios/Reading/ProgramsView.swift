import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Programs read what the kernel tells of a connection.
  package static let programsView = Scenario(
    "what programs read",
    Declaration(
      [
        .infoLength,
        .timeouts,
        .establishedAttributes,
        .listenAttributes,
        .timeWaitAttributes,
        .columns,
        .columns6,
        .extendedCounters,
        .counters,
      ], given: [.init("TCP_CONGESTION", "cubic")])
  ) { connection, _ in
    try connection.runProgramsView()
  }
}

extension Figure {
  fileprivate static let infoLength = Figure(
    "length of struct tcp_info", .programs,
    known: Known(
      "It grows: 232 bytes in Linux 5.10 and 6.1, 248 in 6.12, 280 in 6.18.", .between("6.1", "6.12"),
      .between("6.12", "6.18")))
  fileprivate static let timeouts = Figure(
    "timeouts in TCP_INFO of a connection that lost nothing", .operators)
  fileprivate static let establishedAttributes = Figure(
    "sock_diag's attributes in ESTABLISHED", .programs, circumstances: [.privileges])
  fileprivate static let listenAttributes = Figure(
    "sock_diag's attributes in LISTEN", .programs, circumstances: [.privileges])
  fileprivate static let timeWaitAttributes = Figure(
    "sock_diag's attributes in TIME_WAIT", .programs, settings: ["tcp_max_tw_buckets"],
    circumstances: [.privileges])
  fileprivate static let columns = Figure("columns of /proc/net/tcp", .programs)
  fileprivate static let columns6 = Figure("columns of /proc/net/tcp6", .programs)
  fileprivate static let extendedCounters = Figure("counters of TcpExt in /proc/net/netstat", .operators)
  fileprivate static let counters = Figure("counters of Tcp in /proc/net/snmp", .operators)
}

extension Connection {
  /// Measures the form of what the kernel gives programs to read of a connection: lengths, attributes, columns, names.
  fileprivate func runProgramsView() throws {
    // An attribute is this control's own, or has its name.
    if bench.hasNetAdmin { try choose(congestionControl: "cubic", atBothEnds: true) }
    // No form hangs on time.
    waiting.isPatient = true
    try open()
    try settle()
    log.record(.rung(index: 0))
    try look()
    let seen = log.lastLook(at: opener)
    var length: Int?
    try setOption(of: opener) { socket in length = try readInfo(ofDescriptor: socket.rawValue).bytes.count }
    measure(
      .infoLength, length.map(Value.bytes) ?? "none",
      "what getsockopt(TCP_INFO) fills of 512",
      proof: [seen])
    try measureTimeouts(proof: seen)
    let nobody = Endpoint(.wildcard(bench.family), 0)
    let listener = ends[opener.other].tuple.local
    try measureShape(.establishedAttributes, ends[opener].tuple, at: opener)
    try measureShape(
      .listenAttributes, FourTuple(local: listener, remote: nobody), at: opener.other)
    _ = try closeIntoTimeWait(opener)
    try measureShape(.timeWaitAttributes, ends[opener].tuple, at: opener)
    try measureTexts()
  }

  private func measureTimeouts(proof: Int?) throws {
    let fields: [InfoField] = [.totalRto, .totalRtoRecoveries, .totalRtoTime]
    let info = try info(of: opener)
    let values = fields.compactMap { field in info?[field].map { Value.words("\(field.rawValue) \($0)") } }
    guard !values.isEmpty else {
      return cannotMeasure(
        .timeouts, because: .notOnThisKernel("struct tcp_info has no \(fields[0].rawValue)"))
    }
    measure(.timeouts, .list(values), "getsockopt(TCP_INFO)", proof: [proof])
  }

  private func measureShape(_ figure: Figure, _ tuple: FourTuple, at party: Party) throws {
    if let reason = SocketDiagnosis.availability() {
      return cannotMeasure(figure, because: .needs("sock_diag: \(reason)"))
    }
    // Without it the kernel leaves attributes out, as it does where it has none to give.
    guard bench.hasNetAdmin else {
      return cannotMeasure(figure, because: .needs("CAP_NET_ADMIN, to which alone some attributes are shown"))
    }
    let shape = try bench.enter(party) { try DiagnosisShape.ask(for: tuple) }
    let texts = shape?.attributes.map { "\($0.name):\($0.length)" }
    measure(
      figure, texts.map { $0.isEmpty ? "none" : .words($0.joined(separator: " ")) } ?? "no such socket",
      "an answer of sock_diag with everything asked for, each attribute with its bytes",
      proof: [log.lastLook(at: party)])
  }

  private func measureTexts() throws {
    let seen = log.lastLook(at: opener)
    for (figure, file) in [(Figure.columns, "tcp"), (.columns6, "tcp6")] {
      try measureText(figure, proof: seen) {
        let text = try TextFile.read("/proc/thread-self/net/\(file)")
        return text.split(separator: "\n").first?.split(separator: " ").map(String.init) ?? []
      }
    }
    for (figure, group, file) in [(Figure.extendedCounters, "TcpExt", "netstat"), (.counters, "Tcp", "snmp")]
    {
      try measureText(figure, proof: seen) {
        try Counters.names(of: group, in: file).sorted()
      }
    }
  }

  /// Measures a list of words, read in the namespace.
  private func measureText(_ figure: Figure, proof: Int?, _ read: () throws -> [String]) throws {
    do {
      let words = try bench.enter(opener) { try read() }
      measure(figure, .words(words.joined(separator: " ")), "\(words.count) words", proof: [proof])
    } catch {
      cannotMeasure(figure, because: .needs("a file that cannot be read: \(error)"))
    }
  }
}

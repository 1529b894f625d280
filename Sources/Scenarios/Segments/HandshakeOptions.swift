import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// The options and windows of the first segments of a connection.
  package static let handshakeOptions = Scenario(
    "options of a handshake",
    Declaration(
      [
        .optionsOfSyn,
        .optionsOfSynAck,
        .optionsOfAck,
        .optionsOfData,
        .mssOfSyn,
        .mssOfSynAck,
        .largestSegment,
        .scaleOfSyn,
        .scaleOfSynAck,
        .windowOfSyn,
        .windowOfSynAck,
        .windowOfAck,
        .hopLimit,
        .differentiatedServices,
        .fragmentation,
        .identificationOfSynAck,
        .identification,
      ],
      under: [
        [], [.setting("tcp_timestamps", "0")], [.setting("tcp_sack", "0")],
        [.setting("tcp_window_scaling", "0")], [.receiveBuffer(8192)], [.maximumSegment(500)],
      ], given: [usualBuffers], needs: [.segments],
      timed: .init(
        "the room that the first ACK leaves while data is written",
        in: .underAny([.setting("tcp_window_scaling", "0")])))
  ) { try $0.runHandshakeOptions(under: $1) }
}

extension Figure {
  fileprivate static let optionsOfSyn = Figure(
    "options of a SYN", .packets, settings: Scenario.options)
  fileprivate static let optionsOfSynAck = Figure(
    "options of a SYN+ACK", .packets, settings: Scenario.options + [Scenario.withoutTimestamps])
  fileprivate static let optionsOfAck = Figure(
    "options of an ACK", .packets, settings: ["tcp_timestamps"])
  fileprivate static let optionsOfData = Figure(
    "options of a segment with data", .packets, settings: ["tcp_timestamps"])
  fileprivate static let mssOfSyn = Figure("MSS option of a SYN", .packets)
  fileprivate static let mssOfSynAck = Figure("MSS option of a SYN+ACK", .packets)
  fileprivate static let largestSegment = Figure(
    "largest segment that is sent", .packets,
    settings: ["tcp_timestamps", "tcp_min_snd_mss", "tcp_mtu_probing"],
    circumstances: [.bench, .family])
  fileprivate static let scaleOfSyn = Figure(
    "window scale option of a SYN", .packets, settings: ["tcp_window_scaling", "tcp_rmem"])
  fileprivate static let scaleOfSynAck = Figure(
    "window scale option of a SYN+ACK", .packets,
    settings: ["tcp_window_scaling", "tcp_rmem", Scenario.withoutTimestamps])
  fileprivate static let windowOfSyn = Figure(
    "window of a SYN", .packets, settings: ["tcp_workaround_signed_windows", "tcp_rmem"],
    circumstances: [.bench, .family])
  fileprivate static let windowOfSynAck = Figure(
    "window of a SYN+ACK", .packets,
    settings: ["tcp_workaround_signed_windows", "tcp_rmem", "tcp_timestamps"],
    circumstances: [.bench, .family])
  fileprivate static let windowOfAck = Figure(
    "window of the ACK of a SYN+ACK", .packets,
    settings: [
      "tcp_workaround_signed_windows", "tcp_rmem", "tcp_window_scaling", "tcp_shrink_window",
      Scenario.withoutTimestamps,
    ], circumstances: [.bench, .family])
  fileprivate static let hopLimit = Figure(
    "hop limit", alsoCalled: ["TTL", "initial TTL", "default TTL", "time to live", "initial hop limit"],
    .packets, in: .byDefault, settings: ["ip_default_ttl"])
  fileprivate static let differentiatedServices = Figure(
    "differentiated services of a segment", .packets, in: .byDefault)
  fileprivate static let fragmentation = Figure(
    "fragmentation of a segment", .packets, in: .byDefault, settings: ["ip_no_pmtu_disc"])
  fileprivate static let identificationOfSynAck = Figure(
    "IP identification of a SYN+ACK", .packets, in: .byDefault)
  fileprivate static let identification = Figure(
    "IP identification of later segments", formerly: ["IP identification of what follows"], .packets,
    in: .byDefault)
}

extension Connection {
  /// Measures the contents of the first segments of a connection beside numbers: options, windows, and the IP header
  /// around them.
  fileprivate func runHandshakeOptions(under conditions: [Condition]) throws {
    for condition in conditions {
      guard let value = Int(condition.value) else { continue }
      let set: (borrowing Socket) throws -> Void
      switch condition {
      case .maximumSegment(value): set = { socket in try socket.set(.maximumSegment, to: value) }
      case .receiveBuffer(value): set = { socket in try socket.set(.receiveBuffer, to: value) }
      default: continue
      }
      beforeConnect.append(set)
      if condition == .receiveBuffer(value) { beforeListen.append(set) }
    }
    // Windows follow from the size of buffers, which a machine chooses by its memory.
    try withSettings([Scenario.usualBuffersSetting] + conditions.settings) {
      // The first of each kind is looked at, whatever is sent again.
      waiting.isPatient = true
      try listen()
      log.record(.rung(index: 0))
      let (syn, answer, third) = try shakeHands()
      // More than one segment can hold.
      try call(.send(3000), by: opener)
      let data = try expect(opener, SegmentPattern(isData: true))
      try settle()
      try look()
      measureOptions([syn, answer, third, data])
      measureSizes([syn, answer, third, data])
      // Not what an option of TCP could change.
      if conditions.isEmpty { measureNetwork(syn, answer, [third, data]) }
    }
  }

  private func measureOptions(_ places: [Int?]) {
    let figures: [Figure] = [.optionsOfSyn, .optionsOfSynAck, .optionsOfAck, .optionsOfData]
    for (place, figure) in zip(places, figures) {
      guard let place, let header = log.events[place].header else {
        cannotMeasure(figure, because: "no such segment came")
        continue
      }
      measure(figure, header.options, "the bytes of the segment", proof: [place])
    }
  }

  private func measureSizes(_ places: [Int?]) {
    let segments = places.map { log.segment(at: $0) }
    let mtu = log.events.lazy.compactMap { event in
      if event.party == self.opener, case .info(let info) = event.what { info[.pmtu] } else { nil }
    }.last.map(Int.init)
    /// A size as what is left of a packet.
    func ofPacket(_ size: Int?) -> Value {
      guard let size else { return "none" }
      return mtu.flatMap { $0 - size <= 100 ? .words("MTU - \($0 - size)") : nil } ?? .count(size)
    }
    func measureOption(_ figure: Figure, _ index: Int, _ value: (Option) -> Value?) {
      let found = segments[index]?.options.lazy.compactMap(value).first
      measure(figure, found ?? "none", "the segment's options", proof: [places[index]])
    }
    for (index, figure) in [Figure.mssOfSyn, .mssOfSynAck].enumerated() {
      measureOption(figure, index) {
        if case .maximumSegmentSize(let size) = $0 { ofPacket(Int(size)) } else { nil }
      }
    }
    measure(
      .largestSegment, ofPacket(segments[3]?.length),
      "the bytes of data in the first segment of 3000 bytes",
      proof: [places[3]])
    for (index, figure) in [Figure.scaleOfSyn, .scaleOfSynAck].enumerated() {
      measureOption(figure, index) {
        if case .windowScale(let shift) = $0 { .count(Int(shift)) } else { nil }
      }
    }
    for (index, figure) in [Figure.windowOfSyn, .windowOfSynAck, .windowOfAck].enumerated() {
      measure(
        figure, segments[index].map { .count(Int($0.window)) } ?? "none",
        "the window field as it stands there; tcp_rmem is \(Scenario.usualBuffersSetting.value)",
        proof: [places[index]])
    }
  }

  private func measureNetwork(_ syn: Int?, _ answer: Int?, _ rest: [Int?]) {
    let places = ([syn, answer] + rest).compactMap { $0 }
    let headers = places.compactMap { log.events[$0].header }
    func inAll(_ figure: Figure, _ values: [Value]) {
      let differ = Set(values)
      measure(
        figure, differ.count == 1 ? values[0] : .list(values),
        "the IP headers of the handshake and of data", proof: places)
    }
    guard !headers.isEmpty else { return }
    inAll(.hopLimit, headers.map { .count(Int($0.hopLimit)) })
    inAll(.differentiatedServices, headers.map { .count(Int($0.codePoint)) })
    inAll(
      .fragmentation,
      headers.map { $0.fragmentation.map { $0.isForbidden ? "forbidden" : "allowed" } ?? "no such field" })
    func identification(_ place: Int?) -> UInt16? {
      place.flatMap { log.events[$0].header?.fragmentation?.identification }
    }
    measure(
      .identificationOfSynAck,
      identification(answer).map { $0 == 0 ? .count(0) : "not 0" } ?? "no such field",
      "the IP header",
      proof: [answer])
    // Where it counts begins anywhere.
    let steps = rest.map(identification)
    let value: Value =
      switch (steps.first ?? nil, steps.last ?? nil) {
      case (let first?, let last?) where last &- first == 1: "counts up"
      case (let first?, let last?) where first == last: "stays"
      case (_?, _?): "changes"
      default: "no such field"
      }
    measure(.identification, value, "the IP headers of the ACK and of the data after it", proof: rest)
  }
}

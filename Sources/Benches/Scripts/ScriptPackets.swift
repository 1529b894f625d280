import Documents
import Linux
import TCP
import Traces

extension ScriptRun {
  /// Waits for the segment that the kernel must send next.
  func expect(_ packet: ScriptPacket, _ event: Script.Event, at place: Int) throws -> Bool {
    let bounds = clock.bounds(event.time)
    guard case .segment(let segment) = packet else {
      trace.reason = .other("line \(event.line): ICMP errors of the kernel are not compared")
      return true
    }
    stage.current?.willSend(segment)
    let longest = bounds.map { $0.latest + Self.patience.inNanoseconds }
    let deadline = longest ?? Clock.time(after: .seconds(60))
    var seen: [ScriptSegment] = []
    var last: Int64?
    while true {
      try collect()
      while let departure = departures.first, seen.isEmpty || segment.needsMore(than: seen) {
        departures.removeFirst()
        guard let socket = stage.socket(of: departure.packet) else { continue }
        socket.sent(departure.packet)
        seen.append(socket.scripted(departure.packet, expected: segment))
        last = departure.time
        if script.settings.isStrict { break }
      }
      let isDone = !seen.isEmpty && (script.settings.isStrict || !segment.needsMore(than: seen))
      if isDone || Clock.monotonic() > deadline { break }
      _ = try waitReadable(host.descriptors, until: deadline)
    }
    let time = last ?? Clock.monotonic()
    let deviation = bounds?.deviation(of: time) ?? .zero
    clock.happened(began: time)
    return note(.segments(seen), at: place, time: time, deviation: last == nil ? .zero : deviation)
  }

  /// Sends a packet of the script's peer.
  ///
  /// - Returns: nil, or the reason why that cannot be.
  func inject(_ packet: ScriptPacket) throws -> String? {
    switch packet {
    case .error(let error):
      guard let bytes = stage.bytes(of: error, settings: script.settings) else {
        return "there is no connection that the error can be about"
      }
      try host.send(bytes)
    case .segment(let segment):
      if stage.current == nil || stage.current?.stage == .listening {
        let socket = ScriptSocket()
        socket.stage = .received
        socket.local = Endpoint(script.settings.local, script.settings.bindPort)
        socket.remote = Endpoint(script.settings.remote, nextPort)
        nextPort += 1
        socket.begin(with: segment)
        stage.add(socket)
      }
      guard let socket = stage.current else { return "there is no connection for the segment" }
      socket.received(segment)
      guard let packet = socket.live(segment, scalesEchoes: script.settings.scalesEchoes) else {
        return "the echoed timestamp is of no segment before, or the connection has no addresses yet"
      }
      try host.send(packet.bytes)
    }
    return nil
  }
}

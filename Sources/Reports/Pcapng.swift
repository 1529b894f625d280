package import Traces

extension Run {
  /// Every segment of every run as a capture file (pcapng), for Wireshark and its kin.
  ///
  /// Each trace is an interface of its own. Times are the machine's when the run began, and the trace's own from there.
  package func pcapng() -> [UInt8] {
    var bytes = Pcapng.section(
      hardware: machine.architecture, system: "Linux \(machine.release)", program: "tcpprobe \(version)")
    for (index, trace) in traces.enumerated() {
      let title = RunTitle(trace.variant, judgement: nil, pages: [])
      bytes += Pcapng.interface(
        name: "run \(index + 1)", description: ([title.heading] + title.details).joined(separator: ", "))
    }
    for (index, trace) in traces.enumerated() {
      for (place, event) in trace.events.enumerated() {
        guard case .segment(_, let packet) = event.what else { continue }
        let time = UInt64(clamping: machine.time) &* 1_000_000_000 &+ UInt64(clamping: event.time)
        let comment = trace.isLost(segmentAt: place) ? "tcpprobe: this segment was lost on the way" : nil
        bytes += Pcapng.packet(packet.array, interface: UInt32(index), nanoseconds: time, comment: comment)
      }
    }
    return bytes
  }
}

/// The blocks of a capture file (draft-ietf-opsawg-pcapng), little-endian.
private enum Pcapng {
  static func section(hardware: String, system: String, program: String) -> [UInt8] {
    // The magic number of the byte order, version 1.0, a section of unknown length.
    let body = little(0x1A2B_3C4D as UInt32) + little(1 as UInt16) + little(0 as UInt16) + little(UInt64.max)
    return block(0x0A0D_0D0A, body + options([(2, hardware), (3, system), (4, program)]))
  }

  /// An interface whose packets begin with their IP header (LINKTYPE_RAW), of any length, timed in nanoseconds.
  static func interface(name: String, description: String) -> [UInt8] {
    let resolution = option(9, [9])
    let body = little(101 as UInt16) + little(0 as UInt16) + little(0 as UInt32)
    return block(1, body + resolution + options([(2, name), (3, description)]))
  }

  static func packet(_ packet: [UInt8], interface: UInt32, nanoseconds: UInt64, comment: String?) -> [UInt8] {
    let length = little(UInt32(packet.count))
    let body =
      little(interface) + little(UInt32(nanoseconds >> 32)) + little(UInt32(truncatingIfNeeded: nanoseconds))
      + length + length + padded(packet)
    return block(6, body + (comment.map { options([(1, $0)]) } ?? []))
  }

  private static func block(_ type: UInt32, _ body: [UInt8]) -> [UInt8] {
    let length = little(UInt32(body.count + 12))
    return little(type) + length + body + length
  }

  /// These texts, with the end of the list behind them.
  private static func options(_ texts: [(code: UInt16, text: String)]) -> [UInt8] {
    texts.flatMap { option($0.code, Array($0.text.utf8.prefix(1000))) } + [0, 0, 0, 0]
  }

  private static func option(_ code: UInt16, _ value: [UInt8]) -> [UInt8] {
    little(code) + little(UInt16(value.count)) + padded(value)
  }

  private static func padded(_ bytes: [UInt8]) -> [UInt8] {
    bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
  }

  private static func little(_ value: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
    stride(from: 0, to: value.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}

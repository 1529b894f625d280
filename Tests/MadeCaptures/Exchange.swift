package import TCP

/// Segments between two ends, each a millisecond behind the one before.
package struct Exchange {
  package static let time: Int64 = 1_700_000_000_123_456_000
  package let ends: (left: Endpoint, right: Endpoint)
  package private(set) var packets: [(packet: Packet, time: Int64)] = []
  private var time = Exchange.time

  package init(isSix: Bool = false, port: UInt16 = 40000) {
    let groups: (UInt16) -> Address = { Address(groups: (0x2001, 0xDB8, 0, 0, 0, 0, 0, $0)) }
    ends = (
      Endpoint(isSix ? groups(1) : Address(192, 0, 2, 1), port),
      Endpoint(isSix ? groups(2) : Address(192, 0, 2, 2), 80)
    )
  }

  /// `>` from left to right, `<` back, then flags, sequence number, acknowledgment, octets.
  package mutating func add(
    _ way: Character, _ flags: Flags, _ sequence: UInt32, _ acknowledgment: UInt32 = 0, _ length: Int = 0,
    window: UInt16 = 512, options: [Option] = [], after wait: Int64 = 1_000_000
  ) {
    time += wait
    let (from, to) = way == ">" ? (ends.left, ends.right) : (ends.right, ends.left)
    let segment = Segment(
      flags: flags, sequence: SequenceNumber(sequence), acknowledgment: SequenceNumber(acknowledgment),
      window: window, options: options)
    let payload = [UInt8](repeating: 0x2A, count: length)
    packets.append((Packet(source: from, destination: to, segment: segment, payload: payload), time))
  }

  /// The three segments that open: the left end begins at 100, the right one at 500.
  package mutating func open(options: [Option] = []) {
    add(">", .syn, 100, options: options)
    add("<", [.syn, .ack], 500, 101, options: options)
    add(">", .ack, 101, 501)
  }

  package func bytes(
    _ format: CaptureBytes.Format = .pcapng, _ link: CaptureBytes.Link = .raw, snap: Int = 1 << 18
  )
    -> [UInt8]
  {
    var file = CaptureBytes(format, link)
    file.snap = snap
    for (packet, time) in packets { file.add(packet, at: time) }
    return file.bytes
  }
}

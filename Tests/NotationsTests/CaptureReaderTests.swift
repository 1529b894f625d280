import Chance
import Documents
import Kinds
import MadeCaptures
import Notations
import TCP
import Testing

/// Capture files in every format give the same segments, and damage ends the reading without a trap.
@Suite(.tags(.pure)) struct CaptureReaderTests {
  /// Reads in pieces of this size, as a pipe would give them.
  private func read(_ bytes: [UInt8], piece: Int = 1 << 16, connection: Int? = nil) -> Capture {
    var reader = CaptureReader(connection: connection)
    for start in stride(from: 0, to: bytes.count, by: piece) {
      reader.add(Array(bytes[start..<min(start + piece, bytes.count)]))
    }
    return reader.end()
  }

  private func exchange(isSix: Bool = false) -> Exchange {
    var all = Exchange(isSix: isSix)
    all.open()
    all.add(">", [.psh, .ack], 101, 501, 200)
    all.add("<", [.fin, .ack], 501, 301)
    all.add(">", [.fin, .ack], 301, 502)
    all.add("<", .ack, 502, 302)
    return all
  }

  private func check(_ capture: Capture, against all: Exchange, resolution: Int64 = 1) throws {
    #expect(capture.fault == nil)
    #expect(capture.connections.count == 1)
    let found = try #require(capture.connections.first)
    #expect(found.names == Both(left: "\(all.ends.left)", right: "\(all.ends.right)"))
    #expect(found.segments.map(\.number) == Array(1...all.packets.count))
    #expect(found.segments.map(\.segment) == all.packets.map(\.packet.segment))
    #expect(
      found.segments.map(\.from) == all.packets.map { $0.packet.source == all.ends.left ? .left : .right })
    #expect(found.segments.map(\.time) == all.packets.map { $0.time / resolution * resolution })
  }

  @Test(arguments: CaptureBytes.Format.allCases, CaptureBytes.Link.allCases)
  func everyFormatAndLinkLayerIsRead(format: CaptureBytes.Format, link: CaptureBytes.Link) throws {
    for isSix in [false, true] {
      let all = exchange(isSix: isSix)
      let isMicro = !format.isPcapng && !format.isNano
      for piece in [1, 7, 1 << 16] {
        try check(read(all.bytes(format, link), piece: piece), against: all, resolution: isMicro ? 1000 : 1)
      }
    }
  }

  @Test func lengthsAreThoseOfTheHeadersWhereLessWasCaptured() throws {
    let all = exchange()
    try check(read(all.bytes(.pcapMicro, .ethernet, snap: 64)), against: all, resolution: 1000)
    let cut = read(exchange(isSix: true).bytes(.pcapng, .ethernet, snap: 64))
    #expect(cut.connections.isEmpty && cut.tally.cut == all.packets.count)
  }

  @Test func extensionHeadersArePassedOver() throws {
    var packet = try #require(exchange(isSix: true).packets.first?.packet.bytes)
    packet.insert(
      contentsOf: [60, 0, 1, 4, 0, 0, 0, 0, 44, 0, 1, 4, 0, 0, 0, 0, 6, 0, 0, 1, 0, 0, 0, 9], at: 40)
    packet[6] = 0
    packet[5] += 24
    var file = CaptureBytes()
    file.add(packet, isSix: true, at: 5)
    // A later fragment has no header of TCP's.
    packet[40 + 16 + 2] = 8
    file.add(packet, isSix: true, at: 6)
    let read = read(file.bytes)
    #expect(read.connections.first?.segments.map(\.flags) == [.syn])
    #expect(read.tally.fragments == 1)
  }

  @Test func sectionsOfBothOrdersAndUnknownBlocksAreReadOneAfterTheOther() throws {
    let all = exchange()
    var (first, second) = (CaptureBytes(.pcapng, .ethernet), CaptureBytes(.pcapngBig, .raw))
    first.add(block: 0x0BAD, [UInt8](repeating: 7, count: 400_000))
    for (packet, time) in all.packets.prefix(3) { first.add(packet, at: time) }
    for (packet, time) in all.packets.dropFirst(3) { second.add(packet, at: time) }
    try check(read(first.bytes + second.bytes, piece: 1000), against: all)
  }

  @Test func aSYNWithAnotherNumberBeginsAnotherConnection() {
    var all = exchange()
    all.add(">", .syn, 9000)
    all.add(">", .syn, 9000)
    let read = read(all.bytes())
    #expect(read.connections.map(\.count) == [7, 2])
    #expect(read.connections[0].successor == 2)
    #expect(read.connections[1].segments[1].marks == .retransmission)
  }

  @Test func packetsThatPassTwoInterfacesCountOnce() throws {
    let all = exchange()
    var file = CaptureBytes(.pcapng, .cooked2)
    for (packet, time) in all.packets {
      for interface in [1, 2] as [UInt8] { file.add(packet, at: time, interface: interface) }
    }
    let found = try #require(read(file.bytes).connections.first)
    #expect(found.segments.map(\.segment) == all.packets.map(\.packet.segment))
    #expect(found.copies == all.packets.count)
  }

  @Test func aRetransmissionOnAnotherPathIsNoCopy() throws {
    var all = Exchange()
    all.open()
    all.add(">", [.psh, .ack], 101, 501, 9)
    all.add(">", [.psh, .ack], 101, 501, 9, after: 200_000_000)
    // The window opens by an ACK of the same number.
    all.add("<", .ack, 501, 110, window: 0)
    all.add("<", .ack, 501, 110, window: 512)
    var file = CaptureBytes(.pcapng, .cooked2)
    for (index, (packet, time)) in all.packets.enumerated() {
      file.add(packet, at: time, interface: [4, 6].contains(index) ? 2 : 1)
    }
    let found = try #require(read(file.bytes).connections.first)
    #expect(found.copies == 0 && found.count == 7)
    #expect(found.sides.left.retransmissions == 1 && found.sides.right.closedWindow == nil)
  }

  @Test func anICMPErrorAboutAnUnseenConnectionIsAnotherPacket() throws {
    let syn = try #require(exchange().packets.first?.packet)
    let error = ICMP.hostUnreachable.bytes(
      about: Array(syn.bytes.prefix(28)), from: Address(192, 0, 2, 254), to: syn.source.address)
    var file = CaptureBytes()
    file.add(error, at: 1)
    let read = read(file.bytes)
    #expect(read.connections.isEmpty)
    #expect(read.tally.others == 1 && read.tally.segments == 0 && read.tally.leftOut == 0)
  }

  @Test func memoryHoldsTheFirstAndTheLastSegmentsOfALongConnection() throws {
    var all = Exchange()
    all.open()
    for index in 0..<6000 as Range<UInt32> { all.add(">", .ack, 101 + index * 10, 501, 10) }
    let found = try #require(read(all.bytes()).connections.first)
    #expect(found.count == 6003 && found.segments.count == 4000 && found.omitted == 2003)
    #expect(found.segments.map(\.number) == Array(1...24) + Array(2028...6003))
    #expect(found.sides.left.next == SequenceNumber(60_101) && found.sides.left.segments == 6002)
  }

  @Test func aFileThatEndsWithinAPacketIsReadUpToIt() throws {
    for format in CaptureBytes.Format.allCases {
      let all = exchange()
      let whole = all.bytes(format)
      let capture = read(Array(whole.dropLast(30)))
      #expect(capture.connections.first?.count == 6)
      let fault = try #require(capture.fault)
      #expect(fault.packet == 7)
      #expect(fault.description.hasPrefix("packet 7, byte \(fault.offset): the file ends within this packet"))
    }
  }

  @Test func aFileThatEndsWithinALargeBlockIsDamaged() throws {
    var file = CaptureBytes(.pcapng, .raw)
    for (packet, time) in exchange().packets { file.add(packet, at: time) }
    let before = file.bytes.count
    file.add(block: 0x0BAD, [UInt8](repeating: 7, count: 400_000))
    #expect(read(file.bytes).fault == nil)
    for piece in [1000, 1 << 20] {
      let fault = try #require(read(Array(file.bytes.dropLast(30)), piece: piece).fault)
      #expect(fault.packet == nil && fault.offset == before + 400_012 - 30)
      #expect(fault.message.contains("a block of which 30 octets are missing"))
    }
  }

  @Test func damageIsNamedWithItsPlace() throws {
    var pcap = exchange().bytes(.pcapMicro)
    // The length of the second packet.
    let second = 24 + 16 + 40
    pcap.replaceSubrange((second + 8)..<(second + 12), with: [0xFF, 0xFF, 0xFF, 0x7F])
    let fault = try #require(read(pcap).fault)
    #expect(fault.packet == 2 && fault.offset == second && fault.message.contains("2147483647"))
    var pcapng = exchange().bytes(.pcapng)
    pcapng[pcapng.count - 1] = 9
    #expect(read(pcapng).fault?.packet == 7)
    #expect(read(pcapng).connections.first?.count == 6)
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func noDamageStopsTheReader(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<60 {
      let format = CaptureBytes.Format.allCases.randomElement(using: &random) ?? .pcapng
      let link = CaptureBytes.Link.allCases.randomElement(using: &random) ?? .raw
      var bytes = exchange(isSix: Bool.random(using: &random)).bytes(format, link)
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: bytes[place] = [0, 0xFF, 0x7F, 0x80].randomElement(using: &random) ?? 0
        case 2: bytes.removeSubrange(place..<min(place + Int.random(in: 1...40, using: &random), bytes.count))
        default: bytes.insert(contentsOf: bytes.prefix(40), at: place)
        }
      }
      let whole = read(bytes)
      let pieces = read(bytes, piece: 13)
      #expect(whole.tally == pieces.tally && whole.fault == pieces.fault, "seed \(seed)")
      #expect(whole.fault.map { !$0.message.isEmpty && !$0.description.contains("\n") } ?? true)
      #expect(whole.tally.packets <= bytes.count / 16)
      for connection in whole.connections {
        #expect(connection.provenStates.count == connection.segments.count)
        _ = try? connection.ladder(named: "a.pcap")
      }
    }
  }
}

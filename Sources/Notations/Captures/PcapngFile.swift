/// A file of blocks (draft-ietf-opsawg-pcapng), with one or more sections of either byte order.
struct PcapngFile {
  private var isBig = false
  private var interfaces: [Interface] = []
  /// Interfaces of earlier sections, so that those of all sections have numbers of their own.
  private var before = 0
  /// Octets of a block that is passed over, and that are still to come.
  private(set) var missing = 0
  /// Packets that the capturing program or system could not keep, by what interfaces report.
  private(set) var dropped: [UInt32: UInt64] = [:]

  private struct Interface {
    var number: UInt32
    var link: LinkType?
    var snapLength: Int
    var clock = CaptureClock()
  }

  /// The most octets of a block that is read; a larger one is passed over, or is damage.
  private static let largestBlock = largestPacket + 65_536
  /// The type of the block that begins a section: the same in either byte order.
  static let sectionType: UInt32 = 0x0A0D_0D0A

  /// Reads the block at `place`, which it moves.
  mutating func next(
    in octets: [UInt8], at place: inout Int, packet number: Int, offset: Int
  ) throws(CaptureFault) -> CaptureStep {
    if missing > 0 {
      let passed = min(missing, octets.count - place)
      place += passed
      missing -= passed
      return missing > 0 ? .more : .other
    }
    guard octets.count - place >= 12 else { return .more }
    let at = offset + place
    if octets.number32(at: place) == Self.sectionType { try beginSection(octets, place, at) }
    let type = octets.number32(at: place, isBig: isBig)
    let length = Int(octets.number32(at: place + 4, isBig: isBig))
    let isPacket = [2, 3, 6].contains(type)
    guard length >= 12, length % 4 == 0 else {
      throw CaptureFault(
        packet: isPacket ? number : nil, offset: at,
        "a block of \(length) octets; a block has a multiple of 4, and 12 at least: the file is damaged here")
    }
    guard length <= Self.largestBlock else {
      // Blocks without packets may be large, and say nothing about segments.
      guard !isPacket, type != Self.sectionType, type != 1, type != 5 else {
        throw CaptureFault(
          packet: isPacket ? number : nil, offset: at,
          "a block of \(length) octets, and the most that a packet has is \(largestPacket): the file is damaged here"
        )
      }
      missing = length
      return .other
    }
    guard octets.count - place >= length else { return .more }
    guard octets.number32(at: place + length - 4, isBig: isBig) == length else {
      throw CaptureFault(
        packet: isPacket ? number : nil, offset: at,
        "a block whose two lengths differ (\(length) and \(octets.number32(at: place + length - 4, isBig: isBig))):"
          + " the file is damaged here")
    }
    let body = (place + 8)..<(place + length - 4)
    place += length
    switch type {
    case 1: addInterface(octets, body)
    case 5: addStatistics(octets, body)
    case 6, 2:
      return .frame(try packet(octets, body, isEnhanced: type == 6, packet: number, at: at))
    case 3: return .frame(try simplePacket(octets, body, packet: number, at: at))
    default: break
    }
    return .other
  }

  private mutating func beginSection(_ octets: [UInt8], _ place: Int, _ at: Int) throws(CaptureFault) {
    switch octets.number32(at: place + 8) {
    case 0x1A2B_3C4D: isBig = true
    case 0x4D3C_2B1A: isBig = false
    default:
      throw CaptureFault(
        offset: at, "a section without its mark 1A2B3C4D for the byte order: the file is damaged here")
    }
    before += interfaces.count
    interfaces = []
  }

  private mutating func addInterface(_ octets: [UInt8], _ body: Range<Int>) {
    guard body.count >= 8 else { return }
    var interface = Interface(
      number: UInt32(truncatingIfNeeded: before + interfaces.count),
      link: LinkType(UInt32(octets.number16(at: body.lowerBound, isBig: isBig))),
      snapLength: Int(octets.number32(at: body.lowerBound + 4, isBig: isBig)))
    eachOption(octets, body.dropFirst(8)) { code, value in
      switch (code, value.count) {
      case (9, 1): interface.clock.resolution = octets[value.lowerBound]
      case (14, 8): interface.clock.offset = signed64(octets, value.lowerBound)
      default: break
      }
    }
    interfaces.append(interface)
  }

  private mutating func addStatistics(_ octets: [UInt8], _ body: Range<Int>) {
    guard body.count >= 12 else { return }
    let interface = UInt32(truncatingIfNeeded: before) &+ octets.number32(at: body.lowerBound, isBig: isBig)
    var lost: UInt64 = 0
    eachOption(octets, body.dropFirst(12)) { code, value in
      // Dropped by the interface, or by the system.
      if code == 5 || code == 7, value.count == 8 {
        lost &+= UInt64(bitPattern: signed64(octets, value.lowerBound))
      }
    }
    if lost > 0 { dropped[interface] = lost }
  }

  private func signed64(_ octets: [UInt8], _ place: Int) -> Int64 {
    let number = octets.number64(at: place)
    return Int64(bitPattern: isBig ? number : number.byteSwapped)
  }

  private func eachOption(_ octets: [UInt8], _ options: Range<Int>, _ take: (UInt16, Range<Int>) -> Void) {
    var place = options.lowerBound
    while place + 4 <= options.upperBound {
      let code = octets.number16(at: place, isBig: isBig)
      let length = Int(octets.number16(at: place + 2, isBig: isBig))
      guard code != 0, place + 4 + length <= options.upperBound else { return }
      take(code, (place + 4)..<(place + 4 + length))
      place += 4 + (length + 3) / 4 * 4
    }
  }

  /// An enhanced packet block, or the older packet block, in which the interface has 16 bits.
  private func packet(
    _ octets: [UInt8], _ body: Range<Int>, isEnhanced: Bool, packet number: Int, at offset: Int
  ) throws(CaptureFault) -> CapturedFrame {
    guard body.count >= 20 else {
      throw CaptureFault(
        packet: number, offset: offset, "a packet block of \(body.count + 12) octets; it has 32 at least")
    }
    let start = body.lowerBound
    let index =
      isEnhanced
      ? Int(octets.number32(at: start, isBig: isBig)) : Int(octets.number16(at: start, isBig: isBig))
    let captured = Int(octets.number32(at: start + 12, isBig: isBig))
    guard captured <= body.count - 20 else {
      throw CaptureFault(
        packet: number, offset: offset,
        "a packet of \(captured) octets in a block that has room for \(body.count - 20): the file is damaged here"
      )
    }
    guard interfaces.indices.contains(index) else { throw unknown(index, packet: number, at: offset) }
    let ticks =
      UInt64(octets.number32(at: start + 4, isBig: isBig)) << 32
      | UInt64(octets.number32(at: start + 8, isBig: isBig))
    let interface = interfaces[index]
    return CapturedFrame(
      number: number, time: interface.clock.nanoseconds(ticks), link: interface.link,
      interface: interface.number, octets: (start + 20)..<(start + 20 + captured),
      wire: Int(octets.number32(at: start + 16, isBig: isBig)))
  }

  private func simplePacket(
    _ octets: [UInt8], _ body: Range<Int>, packet number: Int, at offset: Int
  ) throws(CaptureFault) -> CapturedFrame {
    guard let interface = interfaces.first else { throw unknown(0, packet: number, at: offset) }
    guard body.count >= 4 else {
      throw CaptureFault(
        packet: number, offset: offset, "a packet block of \(body.count + 12) octets; it has 16 at least")
    }
    let wire = Int(octets.number32(at: body.lowerBound, isBig: isBig))
    let snapped = interface.snapLength == 0 ? wire : min(wire, interface.snapLength)
    let captured = min(snapped, body.count - 4)
    let start = body.lowerBound + 4
    return CapturedFrame(
      number: number, time: 0, link: interface.link, interface: interface.number,
      octets: start..<(start + captured), wire: wire)
  }

  private func unknown(_ index: Int, packet number: Int, at offset: Int) -> CaptureFault {
    CaptureFault(
      packet: number, offset: offset,
      "a packet of interface \(index), and the section describes \(interfaces.count): the file is damaged here"
    )
  }
}

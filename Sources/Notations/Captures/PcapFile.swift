/// A packet in the octets of a capture file.
struct CapturedFrame {
  /// The packet's place in the file, from 1, as every reader of captures counts.
  var number: Int
  /// Nanoseconds since 1970.
  var time: Int64
  var link: LinkType?
  var interface: UInt32
  /// The captured part of the packet, in the reader's octets.
  var octets: Range<Int>
  /// Octets that the packet had on its way.
  var wire: Int
}

/// The next item in the octets of a file.
enum CaptureStep {
  case frame(CapturedFrame)
  /// Something else, which is passed over.
  case other
  /// More octets are needed.
  case more
}

/// The largest packet that tools capture, and thus write into a file.
let largestPacket = 262_144

/// A file in the format of libpcap, of either byte order.
struct PcapFile {
  private let isBig: Bool
  private let isNano: Bool
  /// Octets of the header of a record: some old systems wrote more.
  private let header: Int
  private let link: LinkType?

  static let headerLength = 24

  /// The file whose header stands at the beginning of these octets; nil where they begin none.
  init?(_ octets: [UInt8]) {
    guard octets.count >= Self.headerLength else { return nil }
    switch octets.number32(at: 0) {
    case 0xA1B2_C3D4: (isBig, isNano, header) = (true, false, 16)
    case 0xA1B2_3C4D: (isBig, isNano, header) = (true, true, 16)
    case 0xA1B2_CD34: (isBig, isNano, header) = (true, false, 24)
    case 0xD4C3_B2A1: (isBig, isNano, header) = (false, false, 16)
    case 0x4D3C_B2A1: (isBig, isNano, header) = (false, true, 16)
    case 0x34CD_B2A1: (isBig, isNano, header) = (false, false, 24)
    default: return nil
    }
    // The upper bits tell the length of a checksum behind each frame.
    link = LinkType(octets.number32(at: 20, isBig: isBig) & 0xFFFF)
  }

  /// Reads the record at `place`, which it moves.
  func next(
    in octets: [UInt8], at place: inout Int, packet number: Int, offset: Int
  ) throws(CaptureFault) -> CaptureStep {
    guard octets.count - place >= header else { return .more }
    let length = Int(octets.number32(at: place + 8, isBig: isBig))
    guard length <= largestPacket else {
      throw CaptureFault(
        packet: number, offset: offset + place,
        "a packet of \(length) octets, and the most that a packet has is \(largestPacket): the file is damaged here"
      )
    }
    guard octets.count - place >= header + length else { return .more }
    let seconds = Int64(octets.number32(at: place, isBig: isBig))
    let fraction = Int64(octets.number32(at: place + 4, isBig: isBig))
    let frame = CapturedFrame(
      number: number, time: seconds * 1_000_000_000 + fraction * (isNano ? 1 : 1000), link: link,
      interface: 0,
      octets: (place + header)..<(place + header + length),
      wire: Int(octets.number32(at: place + 12, isBig: isBig)))
    place += header + length
    return .frame(frame)
  }
}

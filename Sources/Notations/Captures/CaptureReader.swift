/// Reads a capture file piece by piece, in bounded memory, and never traps, whatever the file holds.
package struct CaptureReader {
  private var octets: [UInt8] = []
  /// The place in `octets` up to which all was read, and the file's place of its first octet.
  private var place = 0
  private var offset = 0
  private var format: Format?
  private var packets = 0
  private var collector: CaptureCollector
  private var fault: CaptureFault?

  private enum Format {
    case pcap(PcapFile)
    case pcapng(PcapngFile)
  }

  /// - Parameter connection: the number of the only connection of which segments are wanted; nil for all.
  package init(connection: Int? = nil) { collector = CaptureCollector(wanted: connection) }

  /// Octets at the beginning of a file that tell whether it is a capture.
  package static let signatureLength = 4

  /// Tells whether a file that begins with these octets is a capture in a format that is read.
  package static func isCapture(_ octets: [UInt8]) -> Bool {
    guard octets.count >= signatureLength else { return false }
    return [
      PcapngFile.sectionType, 0xA1B2_C3D4, 0xA1B2_3C4D, 0xA1B2_CD34, 0xD4C3_B2A1, 0x4D3C_B2A1, 0x34CD_B2A1,
    ].contains(octets.number32(at: 0))
  }

  /// A remark on a file that begins with these octets and is no capture as it stands, though one may be in it; else nil.
  package static func refusal(of octets: [UInt8]) -> String? {
    guard octets.count >= signatureLength else { return nil }
    switch octets.number32(at: 0) {
    case 0x1F8B_0000...0x1F8B_FFFF: return "compressed with gzip: use gunzip -c FILE | tcpprobe COMMAND -"
    case 0x28B5_2FFD: return "compressed with zstd: use zstd -dc FILE | tcpprobe COMMAND -"
    case 0xFD37_7A58: return "compressed with xz: use xz -dc FILE | tcpprobe COMMAND -"
    case 0x736E_6F6F: return "a capture of snoop: convert it first, with editcap -F pcapng FILE new.pcapng"
    default: return nil
    }
  }

  /// Reads the next octets of the file. Behind a fault nothing is read any more.
  package mutating func add(_ piece: [UInt8]) {
    guard fault == nil else { return }
    if place > 0 {
      octets.removeSubrange(..<place)
      offset += place
      place = 0
    }
    octets += piece
    do throws(CaptureFault) {
      try begin()
      while fault == nil, let step = try next() {
        switch step {
        case .frame(let frame):
          packets += 1
          collector.add(frame, in: octets)
        case .other: break
        case .more: return
        }
      }
    } catch { fault = error }
  }

  /// All that was read.
  package mutating func end() -> Capture {
    if fault == nil, place < octets.count || format == nil { fault = unfinished }
    var dropped: UInt64 = 0
    if case .pcapng(let file)? = format {
      for lost in file.dropped.values { dropped &+= lost }
      if fault == nil, file.missing > 0 {
        fault = CaptureFault(
          offset: offset + place,
          "the file ends within a block of which \(file.missing) octets are missing: it is cut off, or the block's"
            + " length is damaged")
      }
    }
    octets = []
    return collector.end(fault: fault, dropped: dropped)
  }

  /// True behind a fault: nothing more is read.
  package var isOver: Bool { fault != nil }

  private var unfinished: CaptureFault {
    let left = octets.count - place
    guard format != nil else {
      return CaptureFault(offset: offset, "the file ends within its header, after \(left) octets")
    }
    return CaptureFault(
      packet: packets + 1, offset: offset + place,
      "the file ends within this packet, \(left) octets behind its beginning, as when the capturing program is"
        + " stopped")
  }

  private mutating func begin() throws(CaptureFault) {
    guard format == nil, octets.count >= PcapFile.headerLength else { return }
    if octets.number32(at: 0) == PcapngFile.sectionType {
      format = .pcapng(PcapngFile())
    } else if let file = PcapFile(octets) {
      place = PcapFile.headerLength
      format = .pcap(file)
    } else {
      throw CaptureFault(offset: 0, "neither pcap nor pcapng")
    }
  }

  private mutating func next() throws(CaptureFault) -> CaptureStep? {
    switch format {
    case .pcap(let file): return try file.next(in: octets, at: &place, packet: packets + 1, offset: offset)
    case .pcapng(var file):
      // Taken out while it changes, so that nothing is copied.
      format = nil
      defer { format = .pcapng(file) }
      return try file.next(in: octets, at: &place, packet: packets + 1, offset: offset)
    case nil: return nil
    }
  }
}

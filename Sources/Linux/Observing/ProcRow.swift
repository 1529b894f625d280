package import TCP

/// Rows of /proc/net/tcp and /proc/net/tcp6 (`Documentation/networking/proc_net_tcp.rst` of the kernel).
extension SocketRecord {
  /// The socket in this row, or nil where it is the heading, is cut off, or is anything else.
  ///
  /// Its family is that of its addresses; an IPv4 peer of an IPv6 socket is given as IPv4. A timer's time is
  /// exact to 10 ms, the table's unit. A listener's backlog is not in the table: `sendQueue` is 0 there.
  package init?(procRow row: ArraySlice<UInt8>) {
    let words = row.split(separator: UInt8(ascii: " "))
    guard words.count >= 10, words[0].last == UInt8(ascii: ":"),
      let local = Endpoint(procWord: words[1]), let remote = Endpoint(procWord: words[2]),
      let state = UInt8(hexadecimal: words[3]).flatMap({ State(linux: $0) }),
      let queues = pair(words[4]), let timer = pair(words[5]),
      let retransmissions = UInt32(hexadecimal: words[6]), let probes = decimal(words[8]),
      let inode = decimal(words[9])
    else { return nil }
    let kind = UInt8(exactly: timer.0).flatMap { KernelTimer.Kind(linux: $0) }
    self.init(
      tuple: FourTuple(local: local, remote: remote), state: state,
      timer: kind.map { kind in
        KernelTimer(
          kind: kind, milliseconds: Int(timer.1) * millisecondsPerTick,
          retries: kind == .retransmission ? Int(retransmissions) : Int(clamping: probes))
      },
      receiveQueue: Int(queues.1), sendQueue: Int(queues.0), inode: inode)
  }
}

extension FoundSocket {
  /// The socket in this row with its user, or nil as for a record.
  init?(procRow row: ArraySlice<UInt8>) {
    let words = row.split(separator: UInt8(ascii: " "), maxSplits: 8)
    guard let record = SocketRecord(procRow: row), words.count > 7, let user = decimal(words[7]) else {
      return nil
    }
    // Only a row of tcp6 has addresses of 32 digits.
    let isMapped = words[1].count > 32 && record.tuple.local.address.family == .ipv4
    self.init(record: record, user: UInt32(truncatingIfNeeded: user), isMapped: isMapped)
  }
}

/// USER_HZ is 100 on x86-64 and aarch64, whatever the kernel's own HZ.
private let millisecondsPerTick = 10

/// Two hexadecimal numbers with a colon between them.
private func pair(_ word: ArraySlice<UInt8>) -> (UInt32, UInt32)? {
  guard let colon = word.firstIndex(of: UInt8(ascii: ":")),
    let first = UInt32(hexadecimal: word[..<colon]), let second = UInt32(hexadecimal: word[(colon + 1)...])
  else { return nil }
  return (first, second)
}

private func decimal(_ word: ArraySlice<UInt8>) -> UInt64? {
  word.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    ? UInt64(String(decoding: word, as: UTF8.self)) : nil
}

extension Endpoint {
  /// `0100007F:1F90`: each word of the address in the machine's order, the port as a number.
  fileprivate init?(procWord word: ArraySlice<UInt8>) {
    guard let colon = word.firstIndex(of: UInt8(ascii: ":")),
      let port = UInt16(hexadecimal: word[(colon + 1)...])
    else { return nil }
    let digits = word[..<colon]
    guard digits.count == 8 || digits.count == 32 else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: digits.startIndex, to: digits.endIndex, by: 8) {
      guard let group = UInt32(hexadecimal: digits[start..<start + 8]) else { return nil }
      bytes += group.octets
    }
    guard let address = Address(bytes: bytes) else { return nil }
    self.init(address.unmapped, port)
  }
}

extension FourTuple {
  /// As a row of /proc/net/tcp has it, or of tcp6, where IPv4 addresses are mapped; nil where it has none.
  func procText(isIPv6: Bool) -> [UInt8]? {
    guard let local = local.procText(isIPv6: isIPv6), let remote = remote.procText(isIPv6: isIPv6) else {
      return nil
    }
    return local + [UInt8(ascii: " ")] + remote
  }
}

extension Endpoint {
  fileprivate func procText(isIPv6: Bool) -> [UInt8]? {
    var bytes = address.bytes
    if isIPv6, bytes.count == 4 { bytes = Array(repeating: 0, count: 10) + [0xFF, 0xFF] + bytes }
    guard bytes.count == (isIPv6 ? 16 : 4) else { return nil }
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 4) {
      // A word is printed as the machine's own number, whose last octet comes first (x86-64, aarch64).
      text += bytes[start..<start + 4].reversed().flatMap(hexadecimal)
    }
    return text + [UInt8(ascii: ":")] + hexadecimal(UInt8(port >> 8)) + hexadecimal(UInt8(port & 0xFF))
  }
}

private func hexadecimal(_ octet: UInt8) -> [UInt8] {
  [octet >> 4, octet & 15].map { $0 < 10 ? UInt8(ascii: "0") + $0 : UInt8(ascii: "A") + $0 - 10 }
}

extension FixedWidthInteger where Self: UnsignedInteger {
  /// The number that these digits write, or nil where there is none, another character, or too many.
  fileprivate init?(hexadecimal digits: ArraySlice<UInt8>) {
    var significant = 0
    self = 0
    guard !digits.isEmpty else { return nil }
    for digit in digits {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = digit - UInt8(ascii: "A") + 10
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      default: return nil
      }
      if significant > 0 || value > 0 { significant += 1 }
      guard significant <= Self.bitWidth / 4 else { return nil }
      self = self << 4 | Self(value)
    }
  }
}

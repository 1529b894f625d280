/// A message of the netlink protocol (`struct nlmsghdr` and what follows it).
package struct NetlinkMessage: Equatable {
  package var type: UInt16
  package var flags: UInt16
  /// The number of the request that this answers.
  package var sequence: UInt32
  package var body: ArraySlice<UInt8>

  package init(type: UInt16, flags: UInt16, sequence: UInt32, body: ArraySlice<UInt8>) {
    self.type = type
    self.flags = flags
    self.sequence = sequence
    self.body = body
  }

  static let headerLength = 16

  /// The messages of one datagram, or nil where a length does not fit: then none of it is to be trusted.
  package static func read(_ datagram: ArraySlice<UInt8>) -> [NetlinkMessage]? {
    var messages: [NetlinkMessage] = []
    var rest = datagram
    while !rest.isEmpty {
      guard let length = rest.number(UInt32.self, at: 0).map(Int.init), length >= headerLength,
        let type = rest.number(UInt16.self, at: 4), let flags = rest.number(UInt16.self, at: 6),
        let sequence = rest.number(UInt32.self, at: 8),
        let body = rest.part(at: headerLength, count: length - headerLength)
      else { return nil }
      messages.append(NetlinkMessage(type: type, flags: flags, sequence: sequence, body: body))
      rest = rest.dropFirst(aligned(length))
    }
    return messages
  }

  /// The message's octets; the port of the sender is left to the kernel.
  package var bytes: [UInt8] {
    UInt32(NetlinkMessage.headerLength + body.count).octets + type.octets
      + flags.octets + sequence.octets + [0, 0, 0, 0] + body
  }

  /// Messages and attributes begin at multiples of four octets (`NLMSG_ALIGN`).
  static func aligned(_ length: Int) -> Int { (length + 3) & ~3 }

  /// The body of the first attribute of this kind (`struct nlattr`), or nil; a wrong length ends the search.
  static func attribute(_ kind: UInt16, in attributes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var rest = attributes
    while let length = rest.number(UInt16.self, at: 0).map(Int.init),
      let found = rest.number(UInt16.self, at: 2)
    {
      guard length >= 4, let body = rest.part(at: 4, count: length - 4) else { return nil }
      // The two highest bits say how the body is made, not what it is.
      if found & 0x3FFF == kind { return body }
      rest = rest.dropFirst(aligned(length))
    }
    return nil
  }

  /// The kinds and bodies of these attributes, in their order; a wrong length ends the list.
  static func all(of attributes: ArraySlice<UInt8>) -> [(kind: UInt16, body: ArraySlice<UInt8>)] {
    var all: [(kind: UInt16, body: ArraySlice<UInt8>)] = []
    var rest = attributes
    while let length = rest.number(UInt16.self, at: 0).map(Int.init), length >= 4, length <= rest.count,
      let kind = rest.number(UInt16.self, at: 2), let body = rest.part(at: 4, count: length - 4)
    {
      all.append((kind & 0x3FFF, body))
      rest = rest.dropFirst(aligned(length))
    }
    return all
  }
}

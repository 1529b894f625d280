package import TCP

/// One look at a socket by sock_diag: what the kernel's table says of it, and its TCP_INFO.
package struct Sighting: Hashable, Codable, Sendable {
  package var record: SocketRecord
  /// nil for minisockets (TIME_WAIT, SYN_RECV), which have none.
  package var info: Info?
  /// The number of the user who made the socket, in the asking process's user namespace; 0 for minisockets.
  package var user: UInt32

  /// Tells whether it is an IPv6 socket with an IPv4 connection; no record of a run holds it.
  package var isMapped = false

  private enum CodingKeys: CodingKey { case record, info, user }

  package init(record: SocketRecord, info: Info?, user: UInt32 = 0) {
    self.record = record
    self.info = info
    self.user = user
  }
}

extension Sighting {
  /// The socket that this body of a sock_diag message describes (`struct inet_diag_msg` and attributes), or nil
  /// where it is too short, or its family or state is unknown.
  ///
  /// An IPv4 peer of an IPv6 socket is given as IPv4: so it stands on the wire.
  package init?(diagnosis body: ArraySlice<UInt8>) {
    guard let octets = body.part(at: 0, count: Layout.length), let family = octets.number(UInt8.self, at: 0),
      let state = octets.number(UInt8.self, at: 1).flatMap({ State(linux: $0) }),
      let local = Sighting.endpoint(octets, family: family, port: Layout.sourcePort, address: Layout.source),
      let remote = Sighting.endpoint(
        octets, family: family, port: Layout.destinationPort, address: Layout.destination),
      let timer = octets.number(UInt8.self, at: 2), let retries = octets.number(UInt8.self, at: 3),
      let expires = octets.number(UInt32.self, at: Layout.expires),
      let received = octets.number(UInt32.self, at: Layout.receiveQueue),
      let sent = octets.number(UInt32.self, at: Layout.sendQueue),
      let user = octets.number(UInt32.self, at: Layout.user),
      let inode = octets.number(UInt32.self, at: Layout.inode)
    else { return nil }
    self.user = user
    isMapped = family == Layout.ipv6 && local.address.family == .ipv4
    record = SocketRecord(
      tuple: FourTuple(local: local, remote: remote), state: state,
      timer: KernelTimer.Kind(linux: timer).map {
        KernelTimer(kind: $0, milliseconds: Int(expires), retries: Int(retries))
      },
      receiveQueue: Int(received), sendQueue: Int(sent), inode: UInt64(inode))
    info = NetlinkMessage.attribute(Layout.infoAttribute, in: body.dropFirst(Layout.length))
      .map { Info(bytes: Array($0)) }
  }

  private static func endpoint(_ octets: ArraySlice<UInt8>, family: UInt8, port: Int, address: Int)
    -> Endpoint?
  {
    let width = family == Layout.ipv4 ? 4 : family == Layout.ipv6 ? 16 : nil
    guard let width, let port = octets.port(at: port), let bytes = octets.part(at: address, count: width),
      let address = Address(bytes: bytes)
    else { return nil }
    return Endpoint(address.unmapped, port)
  }

  /// The offsets of the fields of `struct inet_diag_msg`; part of the kernel's interface, so they never move.
  private enum Layout {
    static let sourcePort = 4
    static let destinationPort = 6
    static let source = 8
    static let destination = 24
    static let expires = 52
    static let receiveQueue = 56
    static let sendQueue = 60
    static let user = 64
    static let inode = 68
    static let length = 72
    /// `INET_DIAG_INFO`.
    static let infoAttribute: UInt16 = 2
    /// `AF_INET`, `AF_INET6`.
    static let ipv4: UInt8 = 2
    static let ipv6: UInt8 = 10
  }
}

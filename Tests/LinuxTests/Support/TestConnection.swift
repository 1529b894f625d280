import Glibc
import SystemPackage
import TCP

/// A TCP connection over the machine's own loopback, made with plain C calls so that observers are tested
/// against something that none of this package's code has touched.
final class TestConnection {
  let listener: CInt
  let client: CInt
  private(set) var server: CInt
  let listening: Endpoint
  /// As the client sees it.
  let tuple: FourTuple

  /// - Parameter isMapped: whether the server's socket is one of IPv6, at the mapped address (RFC 4291 section 2.5.5.2).
  init(_ family: Family = .ipv4, mapped isMapped: Bool = false) throws {
    let address = Address.loopback(family)
    listener = try openSocket(isMapped ? .ipv6 : family)
    try bind(
      listener,
      to: Endpoint(
        isMapped ? Address(groups: (0, 0, 0, 0, 0, 0xffff, 0x7f00, 1)) : address, 0))
    try check(Glibc.listen(listener, 7))
    listening = Endpoint(address, try name(of: listener).port)
    client = try openSocket(family)
    try connect(client, to: listening)
    try waitUntilReadable(listener)
    server = try check(Glibc.accept(listener, nil, nil))
    tuple = FourTuple(local: try name(of: client), remote: listening)
  }

  deinit {
    for descriptor in [client, server, listener] where descriptor >= 0 { close(descriptor) }
  }

  /// Ends the server's part of it.
  func closeServer() {
    close(server)
    server = -1
  }

  func send(_ count: Int, from descriptor: CInt) throws {
    let bytes = [UInt8](repeating: 0x61, count: count)
    try check(unsafe Glibc.send(descriptor, bytes, count, CInt(MSG_NOSIGNAL)))
  }
}

extension Family {
  /// The families whose loopback address this machine has.
  static let here: [Family] = allCases.filter { family in
    if (try? TestConnection(family)) != nil { return true }
    print("\(family.rawValue) is not tested: its loopback address cannot be used here")
    return false
  }
}

@discardableResult
func check(_ result: some FixedWidthInteger) throws(Errno) -> CInt {
  if result == -1 { throw Errno(rawValue: errno) }
  return CInt(truncatingIfNeeded: result)
}

/// Waits a second at most.
func waitUntilReadable(_ descriptor: CInt) throws(Errno) {
  var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  if try check(unsafe poll(&polled, 1, 1000)) == 0 { throw .timedOut }
}

/// Asks again until there is an answer, a second at most; nil after that.
func eventually<Value>(_ ask: () throws -> Value?) rethrows -> Value? {
  for _ in 0..<1000 {
    if let value = try ask() { return value }
    usleep(1000)
  }
  return try ask()
}

private func openSocket(_ family: Family) throws(Errno) -> CInt {
  try check(
    socket(family == .ipv4 ? AF_INET : AF_INET6, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0))
}

private func bind(_ descriptor: CInt, to endpoint: Endpoint) throws(Errno) {
  try check(unsafe withAddress(of: endpoint) { unsafe Glibc.bind(descriptor, $0, $1) })
}

private func connect(_ descriptor: CInt, to endpoint: Endpoint) throws(Errno) {
  try check(unsafe withAddress(of: endpoint) { unsafe Glibc.connect(descriptor, $0, $1) })
}

private func withAddress(
  of endpoint: Endpoint, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt
) -> CInt {
  // sockaddr_in and sockaddr_in6 as octets: family, port, [flow label,] address.
  let family = UInt16(endpoint.address.family == .ipv4 ? AF_INET : AF_INET6)
  var bytes = [UInt8(truncatingIfNeeded: family), UInt8(family >> 8)]
  bytes += [UInt8(endpoint.port >> 8), UInt8(truncatingIfNeeded: endpoint.port)]
  bytes += endpoint.address.family == .ipv4 ? [] : [0, 0, 0, 0]
  bytes += endpoint.address.bytes
  bytes += [UInt8](repeating: 0, count: endpoint.address.family == .ipv4 ? 8 : 4)
  return unsafe bytes.withUnsafeBytes { raw in
    guard let base = raw.baseAddress else { return -1 }
    return unsafe body(base.assumingMemoryBound(to: sockaddr.self), socklen_t(raw.count))
  }
}

private func name(of descriptor: CInt) throws -> Endpoint {
  var bytes = [UInt8](repeating: 0, count: 28)
  var length = socklen_t(bytes.count)
  try check(
    unsafe bytes.withUnsafeMutableBytes { raw -> CInt in
      guard let base = raw.baseAddress else { return -1 }
      return unsafe getsockname(descriptor, base.assumingMemoryBound(to: sockaddr.self), &length)
    })
  let port = UInt16(bytes[2]) << 8 | UInt16(bytes[3])
  guard let address = Address(bytes: Array(length == 16 ? bytes[4..<8] : bytes[8..<24])) else {
    throw Errno.addressFamilyNotSupported
  }
  return Endpoint(address, port)
}

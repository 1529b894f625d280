internal import CLinux
import Glibc
package import SystemPackage

/// Memory into which the kernel maps pages of received data, instead of copying them (TCP_ZEROCOPY_RECEIVE).
@safe package struct MappedData: ~Copyable {
  private let memory: UnsafeMutableRawPointer
  private let length: Int

  /// The octets of a page.
  package static var pageSize: Int { clinux_page_size() }

  /// The results of one call.
  package struct Answer: Hashable, Sendable {
    /// Octets that were mapped, and those that were copied.
    package var mapped: [UInt8]
    package var copied: [UInt8]
    /// The number of octets that recv() is to read before more can be mapped.
    package var skip: Int
  }

  /// Memory of so many pages for this socket.
  ///
  /// Throws `noSuchDevice` where the kernel cannot map data.
  ///
  /// The corresponding C function is `mmap`.
  package init(of socket: borrowing Socket, pages: Int) throws(Errno) {
    length = pages * Self.pageSize
    let found = unsafe mmap(nil, length, PROT_READ, MAP_SHARED, socket.rawValue, 0)
    guard let found = unsafe found, unsafe found != MAP_FAILED else { throw Errno(rawValue: errno) }
    unsafe memory = found
  }

  deinit { _ = unsafe munmap(memory, length) }

  /// Maps what has come, no more than so many octets, into the memory from this octet on; what was mapped before is gone.
  ///
  /// - Parameter copying: octets that may be copied where they cannot be mapped.
  /// - Throws: EINVAL where `offset` is not that of a page, ENOTCONN for a listener, EIO at the end of the stream.
  ///
  /// The corresponding C function is `getsockopt`.
  package borrowing func receive(
    from socket: borrowing Socket, atMost limit: Int, copying: Int = 0, at offset: Int = 0
  ) throws(Errno) -> Answer {
    // The kernel writes into it by its address alone.
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(copying, 1), alignment: 8)
    defer { unsafe copy.deallocate() }
    let start = unsafe memory
    // struct tcp_zerocopy_receive: address, length, hint, octets left, error, buffer and its length, flags, control data.
    var request = UInt64(UInt(bitPattern: start) + UInt(offset)).octets
    request += UInt32(clamping: limit).octets + [UInt8](repeating: 0, count: 12)
    request += UInt64(UInt(bitPattern: copy.baseAddress)).octets
    request += UInt32(clamping: copying).octets + [UInt8](repeating: 0, count: 28)
    var length = socklen_t(request.count)
    _ = try result {
      unsafe getsockopt(socket.rawValue, CInt(IPPROTO_TCP), Self.option, &request, &length)
    }
    func number(at place: Int) -> Int { Int(UInt32(octets: request[place...]) ?? 0) }
    let mapped = min(number(at: 8), self.length - offset)
    return Answer(
      mapped: unsafe Array(UnsafeRawBufferPointer(start: start + offset, count: mapped)),
      copied: unsafe Array(copy.prefix(min(number(at: 32), copying))), skip: number(at: 12))
  }

  /// `TCP_ZEROCOPY_RECEIVE`.
  private static let option: CInt = 35
}

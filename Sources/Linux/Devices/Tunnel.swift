internal import CLinux
import Glibc
import Synchronization
package import SystemPackage

/// A TUN device: the kernel's packets come out of a descriptor, and what is written to it reaches the kernel.
///
/// It keeps the namespace of the thread that opened it, and is gone when the descriptor is closed.
package struct Tunnel: ~Copyable, Sendable {
  package let descriptor: Descriptor
  /// The device, whose calls belong into the same namespace. It has no address yet, and is down.
  package let interface: Interface
  /// The largest packet there is: a read takes one, and cuts what does not fit.
  private let buffer = Mutex(Buffer(capacity: 65_536 + Tunnel.cuttingHeader))
  /// True if each packet has a header in front that tells of the segments in it.
  private let isCutting: Bool
  /// struct virtio_net_hdr.
  private static let cuttingHeader = 10

  /// Makes a device of this name in the calling thread's namespace.
  ///
  /// What IPv6 sends on its own (router solicitations, duplicate detection, listener reports) is switched off
  /// before the device comes up.
  ///
  /// - Parameters:
  ///   - name: 1 to 15 octets.
  ///   - isCutting: true if the device takes large segments and cuts them, as Ethernet cards do; then several segments
  ///     come out as one.
  /// - Throws: ENOENT or ENODEV where the kernel has no TUN, EACCES where /dev/net/tun may not be opened, EPERM
  ///   without CAP_NET_ADMIN, EBUSY where the name is taken, EINVAL for a name that is none.
  ///
  /// The corresponding C function is `ioctl` with `TUNSETIFF`.
  package static func open(name: String, isCutting: Bool = false) throws(Errno) -> Tunnel {
    guard 1..<Int(IFNAMSIZ) ~= name.utf8.count else { throw .invalidArgument }
    let flags = O_RDWR | O_NONBLOCK | O_CLOEXEC
    let device = Descriptor(owning: try result(retrying: true) { unsafe Glibc.open("/dev/net/tun", flags) })
    _ = try result {
      isCutting
        ? unsafe clinux_tun_attach_cutting(device.rawValue, name)
        : unsafe clinux_tun_attach(device.rawValue, name)
    }
    let interface = try Interface(named: name)
    try interface.turnOffMulticast()
    interface.silenceIPv6()
    return Tunnel(descriptor: device, interface: interface, isCutting: isCutting)
  }

  /// The next packet that the kernel sends, from its IP header on, or nil where there is none.
  ///
  /// - Throws: EIO where the device is down.
  ///
  /// The corresponding C function is `read`.
  package borrowing func read() throws(Errno) -> [UInt8]? {
    do throws(Errno) {
      let bytes = try buffer.withLock { buffer throws(Errno) in
        unsafe try buffer.fill { memory throws(Errno) in
          try result(retrying: true) {
            unsafe Glibc.read(descriptor.rawValue, memory.baseAddress, memory.count)
          }
        }.bytes
      }
      return isCutting ? Array(bytes.dropFirst(Self.cuttingHeader)) : bytes
    } catch .wouldBlock {
      return nil
    }
  }

  /// Gives the kernel a packet, as if it had come from the network; the first four bits tell IPv4 from IPv6.
  ///
  /// - Parameter segmentSize: the size of the segments that the packet is made of, on a device that cuts them; nil for one.
  /// - Throws: EIO where the device is down, EINVAL where it is no packet.
  ///
  /// The corresponding C function is `write`.
  package borrowing func write(_ bytes: [UInt8], segmentSize: Int? = nil) throws(Errno) {
    var bytes = bytes
    if isCutting {
      var header = [UInt8](repeating: 0, count: Self.cuttingHeader)
      if let segmentSize, let first = bytes.first {
        // VIRTIO_NET_HDR_GSO_TCPV4 or _TCPV6, and gso_size.
        header[1] = first >> 4 == 4 ? 1 : 4
        header.replaceSubrange(4..<6, with: UInt16(clamping: segmentSize).octets)
      }
      bytes = header + bytes
    }
    _ = try result(retrying: true) { unsafe Glibc.write(descriptor.rawValue, bytes, bytes.count) }
  }
}

extension Interface {
  /// Nothing to do where the kernel has no IPv6, lacks one of the settings, or none may be written.
  fileprivate func silenceIPv6() {
    let settings = [
      ("router_solicitations", "0"), ("accept_ra", "0"), ("accept_dad", "0"), ("dad_transmits", "0"),
      // No link-local address: what it would be made from, a TUN device does not have.
      ("addr_gen_mode", "1"),
    ]
    for (setting, value) in settings {
      // Without them the device works too: it only says more.
      try? Sysctl.write("net/ipv6/conf/\(name)/\(setting)", value)
    }
  }
}

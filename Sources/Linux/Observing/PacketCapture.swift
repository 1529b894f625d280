internal import CLinux
import Glibc
import Synchronization
package import SystemPackage

/// A packet as a packet socket saw it.
package struct CapturedPacket: Hashable, Sendable {
  /// From the IP header on; of an incoming copy on loopback 128 octets at most.
  package var bytes: [UInt8]
  /// The kernel's time stamp, in nanoseconds of CLOCK_MONOTONIC.
  package var time: Int64
  /// It was on its way out of the interface.
  package var outgoing: Bool

  package init(bytes: [UInt8], time: Int64, outgoing: Bool) {
    self.bytes = bytes
    self.time = time
    self.outgoing = outgoing
  }
}

/// Every IPv4 and IPv6 packet of one interface (AF_PACKET), with the kernel's timestamps.
///
/// On loopback each packet passes twice, out and in. The outgoing copy is stamped before the receiver can react
/// to it, so that no reaction stands before its cause. The other says that the packet has arrived; the kernel's
/// filter cuts it to its headers. A segment that a receiver's socket filter rejects is seen both times.
/// With segmentation offload what is seen are not the segments of the wire but several in one.
package struct PacketCapture: ~Copyable, Sendable {
  private let descriptor: Descriptor
  /// The largest IP packet has 65,535 octets; one that offload made may have more, and counts as lost.
  private let buffer = Mutex(Buffer(capacity: 1 << 16))
  private let offset: Int64
  private let losses = Atomic<Int>(0)

  /// Begins to capture on the interface of this index in the calling thread's namespace.
  ///
  /// The kernel's buffer has `bufferSize` octets where CAP_NET_ADMIN lets it pass `net.core.rmem_max`, which
  /// bounds it else. The kernel turns timestamps on a moment later: a packet that passes before has the time
  /// at which it was read. Throws `notPermitted` without CAP_NET_RAW in the namespace, and
  /// `noSuchAddressOrDevice` or `operationNotSupportedByDevice` where there is no such interface.
  ///
  /// The corresponding C function is `socket`.
  package static func open(interface index: CInt, bufferSize: CInt = 8 << 20) throws(Errno) -> PacketCapture {
    let descriptor = Descriptor(owning: try result { clinux_packet_socket() })
    let number = descriptor.rawValue
    _ = try result { clinux_packet_filter(number) }
    _ = try result { clinux_packet_timestamps(number) }
    _ = try result { clinux_packet_buffer(number, bufferSize) }
    // Last, so that nothing comes in before the filter stands.
    _ = try result { clinux_packet_bind(number, index) }
    return PacketCapture(descriptor: descriptor, offset: -Clock.realtimeOffset())
  }

  private init(descriptor: consuming Descriptor, offset: Int64) {
    self.descriptor = descriptor
    self.offset = offset
  }

  /// The descriptor, for `poll`: readable when a packet is there.
  package var rawValue: CInt { descriptor.rawValue }

  /// The next packet, or nil where none is there; it never waits.
  ///
  /// Throws `networkDown` once when the interface goes down.
  ///
  /// The corresponding C function is `recvmsg`.
  package borrowing func next() throws(Errno) -> CapturedPacket? {
    while true {
      let received: (packet: CapturedPacket, wasCut: Bool)
      do throws(Errno) {
        received = try buffer.withLock { buffer throws(Errno) in try receive(into: buffer) }
      } catch .resourceTemporarilyUnavailable {
        return nil
      }
      if !received.wasCut { return received.packet }
      losses.wrappingAdd(1, ordering: .relaxed)
    }
  }

  private borrowing func receive(
    into buffer: borrowing Buffer
  ) throws(Errno) -> (packet: CapturedPacket, wasCut: Bool) {
    var address = sockaddr_ll()
    var stamp = timespec()
    let received = unsafe try buffer.fill { memory throws(Errno) in
      try result(retrying: true) {
        unsafe clinux_packet_receive(
          descriptor.rawValue, memory.baseAddress, memory.count, &address, &stamp)
      }
    }
    let realtime = Int64(stamp.tv_sec) * 1_000_000_000 + Int64(stamp.tv_nsec)
    let packet = CapturedPacket(
      bytes: received.bytes, time: realtime + offset,
      outgoing: CInt(address.sll_pkttype) == PACKET_OUTGOING)
    return (packet, received.wasCut)
  }

  /// The number of packets that were lost since the start because a buffer was too small.
  ///
  /// The corresponding C function is `getsockopt`.
  package borrowing func lost() throws(Errno) -> Int {
    var statistics = tpacket_stats()
    _ = try result { unsafe clinux_packet_statistics(descriptor.rawValue, &statistics) }
    return losses.wrappingAdd(Int(statistics.tp_drops), ordering: .relaxed).newValue
  }
}

extension PacketCapture {
  /// nil where packets of the calling thread's namespace can be captured, else why not, in one line.
  package static func availability() -> String? {
    do throws(Errno) {
      _ = Descriptor(owning: try result { clinux_packet_socket() })
      return nil
    } catch .notPermitted {
      return "needs CAP_NET_RAW in the namespace"
    } catch .addressFamilyNotSupported {
      return "the kernel has no packet sockets"
    } catch {
      return "a packet socket cannot be opened: \(error)"
    }
  }
}

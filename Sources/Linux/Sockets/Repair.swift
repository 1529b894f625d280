internal import CLinux
import Glibc
package import SystemPackage
package import TCP

/// Sequence numbers of one's own, by TCP_REPAIR: made to move connections between machines, it also lets a
/// connection begin where a document begins it.
///
/// All of it needs CAP_NET_ADMIN in the socket's namespace (EPERM without).
extension Socket {
  /// Makes the next ``connect(to:)`` send its SYN with this number.
  ///
  /// For a socket that is neither connected nor listening. Set ``Option/reuseAddress`` afterwards: leaving
  /// repair resets it.
  ///
  /// - Throws: EINVAL for 0, which to the kernel means "choose one"; EPERM in any other state.
  ///
  /// The corresponding C function is `setsockopt` with `TCP_QUEUE_SEQ`.
  package borrowing func placeInitialSequence(_ number: SequenceNumber) throws(Errno) {
    if number.rawValue == 0 { throw .invalidArgument }
    try setRepair(.on)
    try placeQueue(.send, at: number)
    try leaveRepair()
  }

  /// One end of a connection that is ESTABLISHED from the start, without a handshake.
  ///
  /// Each end is made in its own namespace, both before either calls ``leaveRepair()``: until then an end
  /// sends nothing and answers nothing. This end's `sending` is the other's `receiving`, and the reverse;
  /// it makes no difference which comes first. What they would have agreed on in their SYNs is in `terms`, the same for both.
  ///
  /// Such a connection has measured no round trip, so its first retransmission comes after a second.
  ///
  /// - Parameters:
  ///   - local: this end, an address of the namespace with a port that is not 0.
  ///   - remote: the other end.
  ///   - sending: the number of the first octet that this end will send (SND.NXT).
  ///   - receiving: the number of the first octet that it expects (RCV.NXT).
  /// - Throws: EADDRINUSE where `local` is taken.
  ///
  /// The corresponding C functions are `setsockopt` with `TCP_REPAIR` and its kin, and `connect`.
  package static func repairConnect(
    from local: Endpoint, to remote: Endpoint, sending: SequenceNumber, receiving: SequenceNumber,
    terms: Terms = Terms()
  ) throws(Errno) -> Socket {
    let socket = try Socket.tcp(local.address.family)
    try socket.setRepair(.on)
    try socket.bind(to: local)
    try socket.placeQueue(.send, at: sending)
    try socket.placeQueue(.receive, at: receiving)
    // connect() in repair works out how much fits into a segment; the options come too late for that.
    try socket.set(.maximumSegment, to: terms.maximumSegmentSize)
    try socket.connect(to: remote)
    // Both want an established connection, and only connect() in repair has made it one.
    try socket.set(.tcp, CLINUX_TCP_REPAIR_OPTIONS, terms.options)
    try socket.set(.tcp, CLINUX_TCP_REPAIR_WINDOW, terms.windows(receiving: receiving).octets)
    return socket
  }

  /// Lets an end of ``repairConnect(from:to:sending:receiving:terms:)`` take part in TCP. No segment leaves for it.
  ///
  /// The corresponding C function is `setsockopt` with `TCP_REPAIR_OFF_NO_WP`.
  package borrowing func leaveRepair() throws(Errno) { try setRepair(.offWithoutProbe) }

  /// The numbers that the socket's queues end at: the next octet it will put into a segment or behind those that
  /// wait, and the next it expects (SND.NXT where nothing waits, and RCV.NXT). The socket is in repair for a
  /// moment, so nothing may be on its way.
  ///
  /// The corresponding C function is `getsockopt` with `TCP_QUEUE_SEQ`.
  package borrowing func queueSequences() throws(Errno) -> (
    sending: SequenceNumber, receiving: SequenceNumber
  ) {
    try setRepair(.on)
    let sending = try queue(.send)
    let receiving = try queue(.receive)
    try leaveRepair()
    return (sending, receiving)
  }

  /// Makes this the number of the segment that offered the window that the socket uses (SND.WL1). Nothing may be on its way.
  ///
  /// - Parameter room: the own window, until the next ACK offers the usual one: the number must not lie 2 GB before its end.
  /// - Throws: EINVAL where it does.
  ///
  /// The corresponding C functions are `getsockopt` and `setsockopt` with `TCP_REPAIR_WINDOW`.
  package borrowing func placeWindow(at number: SequenceNumber, room: Int) throws(Errno) {
    try setRepair(.on)
    var window = try repairedWindow(entersRepair: false)
    (window.lastUpdate, window.own) = (number, UInt32(clamping: room))
    try set(.tcp, CLINUX_TCP_REPAIR_WINDOW, window.octets)
    try leaveRepair()
  }

  /// From here on the socket sends nothing, not even when it is closed: its end is as gone as that of a machine that
  /// lost its power.
  ///
  /// The corresponding C function is `setsockopt` with `TCP_REPAIR`.
  package borrowing func fallSilent() throws(Errno) { try setRepair(.on) }

  enum Repair: CInt {
    case on = 1
    /// Plain "off" (0) sends a window probe, which a document does not know of.
    case offWithoutProbe = -1
  }

  private enum Queue: CInt { case receive = 1, send }

  borrowing func setRepair(_ mode: Repair) throws(Errno) {
    try set(.tcp, CLINUX_TCP_REPAIR, mode.rawValue.octets)
  }

  private borrowing func placeQueue(_ queue: Queue, at number: SequenceNumber) throws(Errno) {
    try set(.tcp, CLINUX_TCP_REPAIR_QUEUE, queue.rawValue.octets)
    try set(.tcp, CLINUX_TCP_QUEUE_SEQ, number.rawValue.octets)
  }

  private borrowing func queue(_ queue: Queue) throws(Errno) -> SequenceNumber {
    try set(.tcp, CLINUX_TCP_REPAIR_QUEUE, queue.rawValue.octets)
    guard let number = UInt32(octets: try get(.tcp, CLINUX_TCP_QUEUE_SEQ)) else { throw .invalidArgument }
    return SequenceNumber(number)
  }
}

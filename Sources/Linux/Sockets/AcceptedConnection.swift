internal import CLinux
import Glibc
package import SystemPackage
package import TCP

/// A connection that a listener gave, with the other end's endpoint as accept() told it.
package struct AcceptedConnection: ~Copyable {
  private let descriptor: Descriptor
  /// Nil where the kernel wrote no address of a family that TCP has.
  package let peer: Endpoint?

  /// Takes the next connection of a listener; nil where none waits.
  ///
  /// The corresponding C function is `accept4`.
  package init?(of listener: borrowing Socket) throws(Errno) {
    var bytes = [UInt8](repeating: 0, count: 128)
    var length = UInt32(bytes.count)
    let number = listener.rawValue
    let descriptor: CInt
    do throws(Errno) {
      descriptor = try result(retrying: true) { unsafe clinux_accept(number, &bytes, &length) }
    } catch .wouldBlock {
      return nil
    }
    self.descriptor = Descriptor(owning: descriptor)
    peer = Endpoint(socketAddress: bytes)
  }

  /// The connection's socket, whose owner is then the caller.
  package consuming func socket() -> Socket { Socket(descriptor: descriptor) }
}

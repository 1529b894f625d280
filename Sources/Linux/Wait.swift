internal import CLinux
import Glibc
package import SystemPackage

/// Waits until one of the descriptors can be read, is at its end or has failed, or until the deadline.
///
/// - Parameter deadline: on ``Clock/monotonic()``, in nanoseconds; one that has passed only looks.
/// - Returns: for each descriptor whether it is ready; all false where the deadline came first.
/// - Throws: EBADF where one of the descriptors is not open.
///
/// The corresponding C function is `ppoll` with `POLLIN`.
package func waitReadable(_ descriptors: [CInt], until deadline: Int64) throws(Errno) -> [Bool] {
  try wait(for: POLLIN, descriptors, until: deadline)
}

/// Waits until one of the descriptors can be written (a connection that was in progress is made or has
/// failed), or until the deadline; as ``waitReadable(_:until:)``.
///
/// The corresponding C function is `ppoll` with `POLLOUT`.
package func waitWritable(_ descriptors: [CInt], until deadline: Int64) throws(Errno) -> [Bool] {
  try wait(for: POLLOUT, descriptors, until: deadline)
}

private func wait(for events: CInt, _ descriptors: [CInt], until deadline: Int64) throws(Errno) -> [Bool] {
  var entries = descriptors.map { pollfd(fd: $0, events: Int16(events), revents: 0) }
  while true {
    // Not the funnel's own repetition: after a signal there is less time left.
    var left = timespec(nanoseconds: deadline - Clock.monotonic())
    do throws(Errno) {
      _ = try result { unsafe ppoll(&entries, nfds_t(entries.count), &left, nil) }
    } catch .interrupted {
      continue
    }
    if entries.contains(where: { $0.revents & Int16(POLLNVAL) != 0 }) { throw .badFileDescriptor }
    return entries.map { $0.revents != 0 }
  }
}

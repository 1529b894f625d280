import Glibc
import SystemPackage

/// The one funnel for system calls: the result, or what errno says where the call returned -1.
///
/// A call that a signal interrupted is made again only where `retrying` is set: `close` and `connect`
/// must not be.
func result<I: FixedWidthInteger>(retrying: Bool = false, _ call: () -> I) throws(Errno) -> I {
  while true {
    let value = call()
    if value != -1 { return value }
    let error = Errno(rawValue: errno)
    if retrying, error == .interrupted { continue }
    throw error
  }
}

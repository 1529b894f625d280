internal import CLinux
import Glibc
package import SystemPackage

extension Namespace {
  /// Gives this process a user namespace in which it has every capability, so that ``make()`` works without
  /// being root. User and group keep their numbers there; every other is the overflow id.
  ///
  /// Call it first in the program: it needs a process of one thread, and a Swift task makes more. There is no
  /// way back, and outside its own namespaces the process may do less than before.
  ///
  /// - Throws: EINVAL in a process of several threads; EPERM or EACCES where the machine forbids it to
  ///   unprivileged users; ENOSPC where user.max_user_namespaces is used up.
  ///
  /// The corresponding C function is `unshare` with `CLONE_NEWUSER`.
  package static func becomeRootOfOwnUserNamespace() throws(Errno) {
    // Asked before, for afterwards every id is the overflow id until the maps are written.
    let user = geteuid()
    let group = getegid()
    _ = try result { unshare(CLINUX_CLONE_NEWUSER) }
    // An unprivileged process may write gid_map only after it has given up setgroups (user_namespaces(7)).
    try TextFile.write("deny", to: "/proc/self/setgroups")
    try TextFile.write("\(user) \(user) 1", to: "/proc/self/uid_map")
    try TextFile.write("\(group) \(group) 1", to: "/proc/self/gid_map")
  }
}

internal import CLinux
import Glibc
package import SystemPackage

/// A private network namespace: devices, addresses, routes, settings and sockets of its own.
///
/// It lives as long as this value, and as long as a socket or TUN device that was made in it.
/// A new one has nothing but the interface `lo`, which is down, and the kernel's default settings.
package struct Namespace: ~Copyable, Sendable {
  /// Of the namespace's file under /proc; it is good for `setns`.
  package let descriptor: Descriptor

  /// Makes a namespace. The calling thread stays where it is.
  ///
  /// - Throws: EPERM without CAP_SYS_ADMIN (see ``becomeRootOfOwnUserNamespace()``), ENOSPC where
  ///   user.max_net_namespaces is used up, EINVAL where the kernel has no network namespaces.
  ///
  /// The corresponding C function is `unshare` with `CLONE_NEWNET`.
  package static func make() throws(Errno) -> Namespace {
    // Thread.run runs the closure, which puts another in its place, or throws.
    var outcome: Result<CInt, Errno> = .failure(.noChildProcess)
    try Thread.run {
      outcome = Result { () throws(Errno) in
        _ = try result { unshare(CLINUX_CLONE_NEWNET) }
        return try result { unsafe open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC) }
      }
    }
    return Namespace(descriptor: Descriptor(owning: try outcome.get()))
  }

  /// The namespace that is reached in this way: by a file (/proc/PID/ns/net, or one below /run/netns), or by a socket.
  ///
  /// The corresponding C function is `open`.
  static func opened(_ way: NamespaceSearch.Way) throws(Errno) -> Namespace {
    switch way {
    case .file(let path): Namespace(descriptor: try openFile(path))
    case .socket(let descriptor, let process): try ofSocket(descriptor, ofProcess: process)
    }
  }

  /// Runs `body` on a thread in this namespace, and gives back its result or throws its error.
  ///
  /// What `body` makes (a socket, a TUN device, an open file of /proc/thread-self/net) keeps the namespace,
  /// so it can be used anywhere afterwards. `body` may use whatever the caller may: the caller waits for it.
  /// It must not be isolated to an actor.
  ///
  /// - Throws: what `body` throws; EPERM without CAP_SYS_ADMIN, EAGAIN where no thread could be made.
  ///
  /// The corresponding C function is `setns` with `CLONE_NEWNET`.
  package borrowing func enter<R: ~Copyable>(_ body: () throws -> R) throws -> R {
    let number = descriptor.rawValue
    // Thread.run runs the closure, which puts another in its place, or throws.
    var outcome: Result<R, any Error> = .failure(Errno.noChildProcess)
    try Thread.run {
      do {
        _ = try result { setns(number, CLINUX_CLONE_NEWNET) }
        outcome = .success(try body())
      } catch {
        outcome = .failure(error)
      }
    }
    return try outcome.get()
  }
}

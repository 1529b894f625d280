internal import CLinux
import Glibc
internal import SystemPackage

/// The kernel's tracing files (tracefs), wherever they can be read without changing anything.
///
/// Where nobody has mounted them, a mount of our own is made that hangs nowhere in the file tree: only this
/// descriptor leads to it, and closing the descriptor ends it.
struct TraceFiles: ~Copyable {
  private let directory: Descriptor

  /// Throws `permissionDenied` or `notPermitted` where tracefs is there and we may not read it,
  /// `operationNotSupportedByDevice` where the kernel has none.
  ///
  /// The corresponding C functions are `open`, `fsopen` and `fsmount`.
  static func open() throws(Errno) -> TraceFiles {
    for place in ["/sys/kernel/tracing", "/sys/kernel/debug/tracing"] {
      // The empty directory is there without a mount, so the question is for what lies in it.
      do throws(Errno) {
        _ = try openFile(place + "/events")
        return TraceFiles(directory: try openFile(place))
      } catch .noSuchFileOrDirectory { continue }
    }
    let context = Descriptor(owning: try result { unsafe clinux_fsopen("tracefs") })
    _ = try result { clinux_fsconfig_create(context.rawValue) }
    return TraceFiles(directory: Descriptor(owning: try result { clinux_fsmount(context.rawValue) }))
  }

  private init(directory: consuming Descriptor) { self.directory = directory }

  /// The text of a file of this event (`sock:inet_sock_set_state`), `id` or `format`.
  ///
  /// Throws `noSuchFileOrDirectory` where the kernel has no such event.
  borrowing func read(_ file: String, ofEvent event: String) throws(Errno) -> String {
    let path = "events/" + event.split(separator: ":").joined(separator: "/") + "/" + file
    let descriptor = try openFile(path, in: directory.rawValue)
    let buffer = Buffer(capacity: 1 << 14)
    var bytes: [UInt8] = []
    while true {
      let chunk = try buffer.read(descriptor.rawValue, at: bytes.count)
      if chunk.isEmpty { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk
    }
  }

  /// The names of the events of this group (`tcp`), sorted.
  ///
  /// Throws `noSuchFileOrDirectory` where the kernel has no such group.
  ///
  /// The corresponding C functions are `openat` and `readdir`.
  borrowing func events(ofGroup group: String) throws(Errno) -> [String] {
    let folder = try Folder("events/" + group, in: directory.rawValue)
    var names: [String] = []
    // Beside the events lie files that switch all of them.
    while let name = folder.nextName() {
      if !name.hasPrefix("."), name != "enable", name != "filter" { names.append(name) }
    }
    return names.sorted()
  }
}

internal import CLinux
import Glibc
package import SystemPackage

/// What the first process of a machine has to do, before there is anything: file systems, modules, the end.
package enum FirstProcess {
  /// Whether this is one. Whatever ends a machine is for it alone.
  package static var isOne: Bool { getpid() == 1 }

  /// Mounts what the kernel offers: /proc, /sys, /dev, and memory at /tmp.
  ///
  /// The corresponding C function is `mount`.
  package static func mountFileSystems() {
    for (kind, path) in [("proc", "/proc"), ("sysfs", "/sys"), ("devtmpfs", "/dev"), ("tmpfs", "/tmp")] {
      _ = unsafe mount(kind, path, kind, 0, nil)
    }
  }

  /// Loads a module, also one that is compressed as the kernel can unpack it.
  ///
  /// - Throws: EEXIST where it is there already, ENOEXEC for another kernel's.
  ///
  /// The corresponding C function is `finit_module`.
  package static func loadModule(_ path: String) throws(Errno) {
    guard isOne else { throw .notPermitted }
    let file = Descriptor(owning: try result { unsafe open(path, O_RDONLY | O_CLOEXEC) })
    let isCompressed = !path.hasSuffix(".ko")
    _ = try result { unsafe clinux_finit_module(file.rawValue, "", isCompressed ? 4 : 0) }
  }

  /// A serial line, on which every octet goes as it is.
  ///
  /// The corresponding C functions are `open` and `tcsetattr`.
  package static func serialLine(_ path: String) throws(Errno) -> Descriptor {
    let line = Descriptor(owning: try result { unsafe open(path, O_RDWR | O_NOCTTY | O_CLOEXEC) })
    var settings = termios()
    _ = try result { unsafe tcgetattr(line.rawValue, &settings) }
    unsafe cfmakeraw(&settings)
    _ = try result { unsafe tcsetattr(line.rawValue, TCSANOW, &settings) }
    return line
  }

  /// Waits until all has gone out on a serial line.
  ///
  /// The corresponding C function is `tcdrain`.
  package static func drain(_ line: borrowing Descriptor) { _ = tcdrain(line.rawValue) }

  /// The port of QEMU's isa-debug-exit.
  package static let exitPort = 0xF4

  /// Ends the machine: with this code where QEMU can be told one, else by power.
  ///
  /// The corresponding C functions are `outb` and `reboot`.
  package static func end(code: UInt8) {
    guard isOne else { return }
    sync()
    clinux_debug_exit(CInt(exitPort), code)
    _ = clinux_power_off()
  }
}

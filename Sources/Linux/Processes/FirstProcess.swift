internal import CLinux
import Glibc
package import SystemPackage

/// The first process of a machine that is ours, and the only one that may mount file systems there, load modules and
/// end the machine: without a value of this type nothing of that can be called.
package struct FirstProcess: Sendable {
  /// Tells whether the number of this process is 1, as it is in a guest, and in a container whose entry point this is.
  package static var isOne: Bool { getpid() == 1 }

  /// Nil unless this process has the number 1 and its kernel was booted with `name=mark`, which the kernel hands to its
  /// first process as a variable of the environment.
  ///
  /// Nothing is touched. A kernel that has just been booted has no /proc yet; where there is one, its command line must
  /// say the same, so that a container's environment alone does not make a machine of it.
  ///
  /// The corresponding C functions are `getpid` and `getenv`.
  package init?(bootedWith mark: String, named name: String) {
    guard Self.isOne, !mark.isEmpty, Terminal.environment(name) == mark else { return nil }
    if let line = try? TextFile.read("/proc/cmdline") {
      guard line.split(whereSeparator: \.isWhitespace).contains("\(name)=\(mark)") else { return nil }
    }
  }

  /// Mounts what the kernel offers: /proc, /sys, /dev, and memory at /tmp.
  ///
  /// The corresponding C function is `mount`.
  package func mountFileSystems() {
    for (kind, path) in [("proc", "/proc"), ("sysfs", "/sys"), ("devtmpfs", "/dev"), ("tmpfs", "/tmp")] {
      _ = unsafe mount(kind, path, kind, 0, nil)
    }
  }

  /// Loads a module, also one that is compressed as the kernel can unpack it.
  ///
  /// - Throws: EEXIST where it is there already, ENOEXEC for another kernel's.
  ///
  /// The corresponding C function is `finit_module`.
  package func loadModule(_ path: String) throws(Errno) {
    let file = Descriptor(owning: try result { unsafe open(path, O_RDONLY | O_CLOEXEC) })
    let isCompressed = !path.hasSuffix(".ko")
    _ = try result { unsafe clinux_finit_module(file.rawValue, "", isCompressed ? 4 : 0) }
  }

  /// A serial line, on which every octet goes as it is.
  ///
  /// The corresponding C functions are `open` and `tcsetattr`.
  package func serialLine(_ path: String) throws(Errno) -> Descriptor {
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
  package func drain(_ line: borrowing Descriptor) { _ = tcdrain(line.rawValue) }

  /// The port of QEMU's isa-debug-exit.
  package static let exitPort = 0xF4

  /// Ends the machine: with this code where QEMU can be told one, else by power.
  ///
  /// The corresponding C functions are `outb` and `reboot`.
  package func end(code: UInt8) {
    sync()
    clinux_debug_exit(CInt(Self.exitPort), code)
    _ = clinux_power_off()
  }
}

internal import CLinux
import Glibc
package import SystemPackage

/// The machine and the kernel that the program runs on.
package enum System {
  /// The kernel's release, `6.18.44`, with whatever its builder appended.
  ///
  /// The corresponding C function is `uname`.
  package static var release: String {
    var names = names
    return unsafe withUnsafeBytes(of: &names.release, text)
  }

  /// The kernel's version text from its build: number, configuration, version or date.
  ///
  /// The corresponding C function is `uname`.
  package static var version: String {
    var names = names
    return unsafe withUnsafeBytes(of: &names.version, text)
  }

  /// The machine's name in its network, in this UTS namespace.
  ///
  /// The corresponding C function is `uname`.
  package static var host: String {
    var names = names
    return unsafe withUnsafeBytes(of: &names.nodename, text)
  }

  /// The kind of machine, `x86_64` or `aarch64`.
  ///
  /// The corresponding C function is `uname`.
  package static var machine: String {
    var names = names
    return unsafe withUnsafeBytes(of: &names.machine, text)
  }

  /// The machine's name, or nil where it was given none.
  ///
  /// The corresponding C function is `uname`.
  package static var hostName: String? {
    var names = names
    let name = unsafe withUnsafeBytes(of: &names.nodename, text)
    return name.isEmpty || name == "(none)" ? nil : name
  }

  /// A page of memory, in octets.
  ///
  /// The corresponding C function is `sysconf` with `_SC_PAGESIZE`.
  package static var pageSize: Int { clinux_page_size() }

  /// Processors that are switched on.
  ///
  /// The corresponding C function is `sysconf` with `_SC_NPROCESSORS_ONLN`.
  package static var processorCount: Int { clinux_processors_online() }

  /// Processors that there may be; each has its own buffer for what tracepoints say.
  ///
  /// The corresponding C function is `sysconf` with `_SC_NPROCESSORS_CONF`.
  package static var configuredProcessorCount: Int { clinux_processors_configured() }

  /// The length of the kernel's tick, a jiffy, in nanoseconds: 4,000,000 where HZ is 250.
  ///
  /// The coarse clock is read from the tick, so that its resolution is the tick's length.
  ///
  /// The corresponding C function is `clock_getres` with `CLOCK_MONOTONIC_COARSE`.
  package static var jiffy: Int64 {
    var time = timespec()
    _ = unsafe clock_getres(CLOCK_MONOTONIC_COARSE, &time)
    return time.nanoseconds
  }

  /// Ticks in a second: HZ of the kernel's configuration, 100 to 1000.
  ///
  /// The corresponding C function is `clock_getres` with `CLOCK_MONOTONIC_COARSE`.
  package static var ticksPerSecond: Int { jiffy == 0 ? 0 : Int((1_000_000_000 + jiffy / 2) / jiffy) }

  /// The file that this process runs.
  ///
  /// The corresponding C function is `readlink` of /proc/self/exe.
  package static func executable() throws(Errno) -> FilePath { FilePath(try link("/proc/self/exe")) }

  /// Reads the target of a symbolic link.
  ///
  /// The corresponding C function is `readlink`.
  static func link(_ path: String) throws(Errno) -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = try result { unsafe readlink(path, &buffer, buffer.count) }
    return String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static var names: utsname {
    var names = utsname()
    _ = unsafe uname(&names)
    return names
  }

  private static func text(_ bytes: UnsafeRawBufferPointer) -> String {
    unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}

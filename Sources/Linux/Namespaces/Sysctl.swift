package import SystemPackage

/// The kernel's settings, by their names: `net.ipv4.tcp_fin_timeout`.
///
/// Those of the network are the calling thread's namespace's: in ``Namespace/enter(_:)`` a write stays private.
/// An interface whose name has a dot needs the form with slashes, `net/ipv6/conf/eth0.1/accept_ra`.
package enum Sysctl {
  /// The setting's value as the kernel writes it, without the newline.
  ///
  /// - Throws: ENOENT where this kernel has no such setting.
  ///
  /// The corresponding C function is `read` of /proc/sys.
  package static func read(_ name: String) throws(Errno) -> String {
    var text = try TextFile.read(path(name))
    while text.last == "\n" { text.removeLast() }
    return text
  }

  /// Sets the setting.
  ///
  /// - Throws: ENOENT where this kernel or this namespace has no such setting, EACCES or EPERM where it may
  ///   not be written, EINVAL where the value is out of range.
  ///
  /// The corresponding C function is `write` to /proc/sys.
  package static func write(_ name: String, _ value: String) throws(Errno) {
    try TextFile.write(value, to: path(name))
  }

  /// The names of the settings in this folder (`net.ipv4`), sorted; of those below it only the folders' names.
  ///
  /// The corresponding C function is `readdir` of /proc/sys.
  package static func names(in folder: String) throws(Errno) -> [String] {
    let open = try Folder(path(folder))
    var names: [String] = []
    while let name = open.nextName() {
      if !name.hasPrefix(".") { names.append("\(folder).\(name)") }
    }
    return names.sorted()
  }

  private static func path(_ name: String) -> String {
    "/proc/sys/" + (name.contains("/") ? name : String(name.map { $0 == "." ? "/" : $0 }))
  }
}

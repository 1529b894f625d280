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
    var text = try TextFile.read(try path(name))
    while text.last == "\n" { text.removeLast() }
    return text
  }

  /// Sets the setting. The value may come from a file of somebody else's: it is written only in the form that the
  /// setting has now.
  ///
  /// - Throws: ENOENT where this kernel or this namespace has no such setting, EACCES or EPERM where it may
  ///   not be written, EINVAL where the value is out of range, or has another form (see ``isAcceptable(_:for:)``).
  ///
  /// The corresponding C function is `write` to /proc/sys.
  package static func write(_ name: String, _ value: String) throws(Errno) {
    guard try isAcceptable(value, for: name) else { throw .invalidArgument }
    try TextFile.write(value, to: try path(name))
  }

  /// Tells whether the value has the form that the setting's present one has: as many whole numbers, or fewer; for a
  /// congestion control one of those that there are, for by any other name the kernel would load a module.
  package static func isAcceptable(_ value: String, for name: String) throws(Errno) -> Bool {
    if name.hasSuffix("tcp_congestion_control") {
      let known = try read(name.replacing("tcp_congestion_control", with: "tcp_available_congestion_control"))
      return known.split(separator: " ").contains { $0 == value }
    }
    let present = try? read(name).split(whereSeparator: \.isWhitespace)
    let words = value.split(whereSeparator: { $0 == " " || $0 == "\t" })
    // Some may only be written, and some have no value yet.
    guard let present, !present.isEmpty, present.allSatisfy({ isNumber($0) }) else {
      return value.utf8.allSatisfy { 0x20..<0x7F ~= $0 }
    }
    return 1...present.count ~= words.count && words.allSatisfy { isNumber($0) }
  }

  private static func isNumber(_ word: Substring) -> Bool {
    let digits = word.hasPrefix("-") ? word.dropFirst() : word
    return 1...20 ~= digits.utf8.count
      && digits.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
  }

  /// The names of the settings in this folder (`net.ipv4`), sorted; of those below it only the folders' names.
  ///
  /// The corresponding C function is `readdir` of /proc/sys.
  package static func names(in folder: String) throws(Errno) -> [String] {
    let open = try Folder(try path(folder))
    var names: [String] = []
    while let name = open.nextName() {
      if !name.hasPrefix(".") { names.append("\(folder).\(name)") }
    }
    return names.sorted()
  }

  /// Nothing outside of /proc/sys.
  private static func path(_ name: String) throws(Errno) -> String {
    if name.split(separator: "/").contains("..") { throw .noSuchFileOrDirectory }
    return "/proc/sys/" + (name.contains("/") ? name : String(name.map { $0 == "." ? "/" : $0 }))
  }
}

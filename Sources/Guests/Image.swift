import Linux
import SystemPackage

/// A kernel that can be booted: its image, and the folder of its modules where there is one.
package struct Image: Equatable, Sendable {
  /// The way in which an image is run.
  package enum Kind: Equatable, Sendable {
    /// A bzImage: a machine boots it.
    case machine
    /// User Mode Linux (`make ARCH=um`): a program of this machine.
    ///
    /// - Parameter hasVirtualTime: true if it was built with CONFIG_UML_TIME_TRAVEL_SUPPORT.
    case program(hasVirtualTime: Bool)
  }

  package var path: String
  package var kind = Kind.machine
  /// `uname -r` of it.
  package var release: String
  package var modules: String?
  /// All that the image says of itself: the release, who built it, and when.
  package var banner = ""

  package init(path: String, release: String, modules: String? = nil) {
    self.path = path
    self.release = release
    self.modules = modules
  }

  /// Reads what an image says of itself.
  ///
  /// - Parameter modules: the folder of its modules; nil looks for `lib/modules/RELEASE` where packages put it.
  /// - Throws: ``GuestError`` where the file is no kernel.
  package init(at path: String, modules: String? = nil) throws(GuestError) {
    let bytes: [UInt8]
    do { bytes = try WholeFile.read(path, limit: 1 << 30) } catch {
      throw GuestError("\(path): \(error)", kind: .noKernel)
    }
    let program = UserModeLinux(reading: bytes)
    guard let banner = program?.banner ?? Self.banner(in: bytes),
      let release = banner.split(separator: " ").first.map(String.init), Self.isRelease(release)
    else {
      throw GuestError(
        "\(path): not a Linux kernel: expected a bzImage, such as /boot/vmlinuz-* or arch/x86/boot/bzImage, or a User"
          + " Mode Linux program (make ARCH=um linux)", kind: .noKernel)
    }
    self.init(path: path, release: release)
    self.banner = banner
    if let program { kind = .program(hasVirtualTime: program.hasVirtualTime) }
    self.modules = modules ?? Self.folders(beside: path, release).first { WholeFile.isFolder($0) }
  }

  /// Tells whether `uname -r` could say so. Folders and files are named after it: no image may lead elsewhere.
  private static func isRelease(_ text: String) -> Bool {
    !text.hasPrefix(".") && text.utf8.allSatisfy { 0x21..<0x7F ~= $0 && $0 != UInt8(ascii: "/") }
  }

  /// The boot protocol's header: `HdrS` at 0x202, and at 0x20E where the version stands, less 0x200.
  private static func banner(in bytes: [UInt8]) -> String? {
    guard bytes.count > 0x210, Array(bytes[0x202..<0x206]) == Array("HdrS".utf8) else { return nil }
    let place = Int(bytes[0x20E]) + Int(bytes[0x20F]) << 8 + 0x200
    guard place < bytes.count else { return nil }
    return String(decoding: bytes[place...].prefix(512).prefix { $0 != 0 }, as: UTF8.self)
  }

  /// `boot/vmlinuz` beside `lib/modules` (an unpacked package, an installed one), an image that lies with its modules,
  /// and a kernel that was just built.
  private static func folders(beside path: String, _ release: String) -> [String] {
    let folder = FilePath(path).removingLastComponent()
    let up = folder.pushing("..")
    let beside = WholeFile.isFolder(folder.pushing("kernel").string) ? [folder.string] : []
    return Self.tree(of: path) + beside
      + [
        up.pushing("lib/modules"), up.pushing("usr/lib/modules"), up.pushing("lib/uml/modules"),
        folder.pushing("lib/modules"),
      ]
      .map { $0.pushing(FilePath(release)).string } + ["/lib/modules/\(release)"]
  }

  /// The modules that a probe needs, in the order in which they are loaded; what is built in has no file.
  package func neededModules() -> [String] {
    guard let modules else { return [] }
    let needed = [
      "kernel/lib/crc-ccitt.ko", "kernel/net/ipv6/ipv6.ko", "kernel/net/ipv4/inet_diag.ko",
      "kernel/net/ipv4/tcp_diag.ko",
      "kernel/drivers/net/tun.ko", "kernel/net/packet/af_packet.ko",
      "kernel/net/ipv4/tcp_bbr.ko",
    ]
    return needed.compactMap { name in
      // In the tree that they were built in, the first folder is not there.
      [name, String(name.dropFirst("kernel/".count))].lazy.flatMap { name in
        ["", ".xz", ".zst", ".gz"].map { "\(modules)/\(name)\($0)" }
      }.first { WholeFile.isThere($0) }
    }
  }
}

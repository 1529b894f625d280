package import TCP
internal import SystemPackage

/// Which processes have sockets, by the links in /proc/PID/fd.
package struct SocketHolders: Sendable {
  /// By the socket's inode.
  package private(set) var found: [UInt64: SocketHolder] = [:]
  /// Processes that are left out because their descriptors may not be read: somebody else's.
  package private(set) var unreadable = 0

  /// Looks for these sockets, and no longer than until all are found.
  ///
  /// Of several processes that share a socket the one with the lowest number is told. A process that ends meanwhile
  /// is passed over; where /proc is not mounted, nothing is found.
  ///
  /// The corresponding C functions are `readdir` and `readlinkat`.
  package init(of inodes: Set<UInt64>) {
    guard !inodes.isEmpty, let processes = try? Folder("/proc") else { return }
    while found.count < inodes.count, let process = processes.nextNumber() {
      look(at: process, for: inodes)
    }
  }

  private mutating func look(at process: Int, for inodes: Set<UInt64>) {
    do throws(Errno) {
      let descriptors = try Folder("/proc/\(process)/fd")
      var name: String?
      while found.count < inodes.count, let descriptor = descriptors.nextNumber() {
        guard let link = try SocketHolders.link(descriptor, in: descriptors),
          let inode = SocketHolders.inode(link), inodes.contains(inode), found[inode] == nil
        else { continue }
        let known = name ?? SocketHolders.name(of: process)
        name = known
        found[inode] = SocketHolder(process: process, name: known, descriptor: descriptor)
      }
    } catch .permissionDenied {
      count(process)
    } catch .notPermitted {
      count(process)
    } catch {}
  }

  /// The link, or nil where the descriptor was closed meanwhile.
  private static func link(_ descriptor: Int, in folder: borrowing Folder) throws(Errno) -> [UInt8]? {
    do throws(Errno) {
      return try folder.link(descriptor)
    } catch .noSuchFileOrDirectory {
      return nil
    }
  }

  /// Kernel threads and zombies have no command line, and no descriptors either.
  private mutating func count(_ process: Int) {
    if let line = try? TextFile.read("/proc/\(process)/cmdline"), line.isEmpty { return }
    unreadable += 1
  }

  private static func name(of process: Int) -> String {
    guard var name = try? TextFile.read("/proc/\(process)/comm") else { return "?" }
    if name.last == "\n" { name.removeLast() }
    return name
  }

  /// The number in `socket:[4711]`, or nil.
  private static func inode(_ link: [UInt8]) -> UInt64? {
    guard link.starts(with: "socket:[".utf8), link.last == UInt8(ascii: "]") else { return nil }
    var value: UInt64 = 0
    for octet in link.dropFirst(8).dropLast() {
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= octet, value < 1 << 59 else { return nil }
      value = value * 10 + UInt64(octet - UInt8(ascii: "0"))
    }
    return value
  }
}

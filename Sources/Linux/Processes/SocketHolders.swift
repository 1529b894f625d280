package import TCP
internal import SystemPackage

/// The processes that have sockets, by the links in /proc/PID/fd.
package struct SocketHolders: Sendable {
  /// By the socket's inode: each descriptor, by ascending numbers of processes.
  package private(set) var found: [UInt64: [SocketHolder]] = [:]
  /// Processes that are left out because their descriptors may not be read: somebody else's.
  package private(set) var unreadable = 0

  /// Looks for these sockets in every process: a socket that was inherited has several.
  ///
  /// A process that ends meanwhile is passed over; where /proc is not mounted, nothing is found.
  ///
  /// The corresponding C functions are `readdir` and `readlinkat`.
  package init(of inodes: Set<UInt64>) {
    guard !inodes.isEmpty, let processes = try? Folder("/proc") else { return }
    found.reserveCapacity(inodes.count)
    var numbers: [Int] = []
    while let process = processes.nextNumber() { numbers.append(process) }
    for process in numbers.sorted() { look(at: process, for: inodes) }
  }

  private mutating func look(at process: Int, for inodes: Set<UInt64>) {
    do throws(Errno) {
      let descriptors = try Folder("/proc/\(process)/fd")
      var name: String?
      descriptors.forEachInode(of: .socket) { descriptor, inode in
        guard inodes.contains(inode) else { return }
        let known = name ?? SocketHolders.name(of: process)
        name = known
        found[inode, default: []].append(
          SocketHolder(process: process, name: known, descriptor: descriptor))
      }
    } catch .permissionDenied {
      count(process)
    } catch .notPermitted {
      count(process)
    } catch {}
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

  /// Tells whether /proc leaves out the processes of other users, for those who may not look into every one (`hidepid`
  /// of proc(5): 2 or `invisible`, 4 or `ptraceable`).
  ///
  /// The corresponding C function is `read` of /proc/self/mountinfo.
  package static func areHidden() -> Bool {
    let privileges = Privileges.ofThisThread()
    if privileges.hasPtrace, privileges.isInInitialUserNamespace { return false }
    return hidesProcesses((try? TextFile.read("/proc/self/mountinfo")) ?? "")
  }

  /// Reads the same from mountinfo; the last mount of /proc is the one that is seen.
  package static func hidesProcesses(_ mounts: String) -> Bool {
    let lines = mounts.split(separator: "\n").map { $0.split(separator: " ") }
    guard let line = lines.last(where: { $0.count > 4 && $0[4] == "/proc" }) else { return false }
    let options = line.last?.split(separator: ",") ?? []
    return options.contains {
      ["hidepid=2", "hidepid=invisible", "hidepid=4", "hidepid=ptraceable"].contains($0)
    }
  }
}

extension Folder {
  /// Gives each descriptor of a process that leads to such a thing to `body`, with the thing's inode.
  ///
  /// The kernel gives a process its lowest free number, so that the numbers of many descriptors have few gaps. To try
  /// one after the other is quicker then than to list them: the list costs as much for each as to look it up. Those
  /// behind many gaps are listed.
  fileprivate borrowing func forEachInode(of kind: Link, _ body: (_ descriptor: Int, _ inode: UInt64) -> Void)
  {
    var (tried, missing) = (0, 0)
    while missing < 4 + tried / 8 {
      switch destination(of: tried, kind: kind) {
      case .inode(let inode): body(tried, inode)
      case .other: break
      case .none: missing += 1
      }
      tried += 1
    }
    seek(to: tried)
    while let descriptor = nextNumber() {
      guard descriptor >= tried, let inode = inode(of: kind, behind: descriptor) else { continue }
      body(descriptor, inode)
    }
  }
}

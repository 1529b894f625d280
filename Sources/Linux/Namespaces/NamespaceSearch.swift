internal import SystemPackage

/// The network namespaces of this machine that somebody uses: those of processes, and those that are mounted, as
/// `ip netns add` does.
package struct NamespaceSearch: Sendable {
  /// By the namespace's name (`net:[4026531840]`) the way to it.
  package private(set) var found: [String: Way] = [:]
  /// Processes whose namespace may not be read: there may be more than are found.
  package private(set) var unreadable = 0

  /// The way to a namespace.
  package enum Way: Equatable, Sendable {
    /// A file that stands for it.
    case file(String)
    /// A socket in it: a descriptor of a process.
    case socket(Int, ofProcess: Int)
  }

  /// Looks through /proc.
  ///
  /// - Parameter inDescriptors: whether every descriptor of every process is looked at as well: only so a namespace is
  ///   found that nothing but an open descriptor of it keeps. For one that only sockets keep, see
  ///   ``lookThroughSockets(except:)``.
  ///
  /// The corresponding C functions are `readdir`, `readlink`, and `read` of /proc/self/mountinfo.
  package init(inDescriptors: Bool = false) {
    guard let processes = try? Folder("/proc") else { return }
    while let process = processes.nextNumber() {
      let path = "/proc/\(process)/ns/net"
      do throws(Errno) {
        found[try System.link(path)] = .file(path)
      } catch .permissionDenied {
        unreadable += 1
      } catch {}
      if inDescriptors { lookThroughDescriptors(of: process) }
    }
    // A mounted one outlives every process.
    let mounted = Self.mounted((try? TextFile.read("/proc/self/mountinfo")) ?? "")
    found.merge(mounted.mapValues { .file($0) }) { $1 }
  }

  /// Ways that are known.
  package init(found: [String: Way]) { self.found = found }

  private mutating func lookThroughDescriptors(of process: Int) {
    let path = "/proc/\(process)/fd"
    guard let descriptors = try? Folder(path) else { return }
    while let descriptor = descriptors.nextNumber() {
      guard let inode = descriptors.inode(of: .networkNamespace, behind: descriptor) else { continue }
      let name = "\(Folder.Link.networkNamespace.rawValue)\(inode)]"
      if found[name] == nil { found[name] = .file("\(path)/\(descriptor)") }
    }
  }

  /// Looks for namespaces that nothing but a socket of some process keeps. The sockets that are known to be in one that
  /// was found need not be asked.
  ///
  /// The namespace of a socket that the kernel or the machine does not let be asked is not found.
  ///
  /// The corresponding C functions are `readdir`, `readlinkat`, `pidfd_getfd`, and `ioctl` with `SIOCGSKNS`.
  package mutating func lookThroughSockets(except known: Set<UInt64>) {
    guard let processes = try? Folder("/proc") else { return }
    var asked = known
    while let process = processes.nextNumber() {
      guard let descriptors = try? Folder("/proc/\(process)/fd"), let holder = try? openProcess(process)
      else {
        continue
      }
      while let descriptor = descriptors.nextNumber() {
        guard let inode = descriptors.inode(of: .socket, behind: descriptor), asked.insert(inode).inserted,
          let name = try? Namespace.ofSocket(descriptor, of: holder).name, found[name] == nil
        else { continue }
        found[name] = .socket(descriptor, ofProcess: process)
      }
    }
  }

  /// Forgets the way to a namespace, so that another can be found.
  mutating func forget(_ name: String) { found[name] = nil }

  /// The mounts of namespaces: `56 29 0:4 net:[4026532345] /run/netns/blue rw shared:1 - nsfs nsfs rw`.
  package static func mounted(_ mounts: String) -> [String: String] {
    var found: [String: String] = [:]
    for line in mounts.split(separator: "\n") {
      let words = line.split(separator: " ")
      // The kernel writes a blank in a path as \040: such a path is left out.
      if words.count > 4, words[3].hasPrefix("net:["), !words[4].contains("\\") {
        found[String(words[3])] = String(words[4])
      }
    }
    return found
  }
}

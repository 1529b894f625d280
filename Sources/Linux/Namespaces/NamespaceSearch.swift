internal import SystemPackage

/// The network namespaces of this machine that somebody uses: those of processes, and those that are mounted, as
/// `ip netns add` does.
package struct NamespaceSearch: Sendable {
  /// By the namespace's name (`net:[4026531840]`) a file that stands for it.
  package private(set) var found: [String: String] = [:]
  /// Processes whose namespace may not be read: there may be more than are found.
  package private(set) var unreadable = 0

  /// Looks through /proc. A namespace that only an open descriptor keeps is not found.
  ///
  /// The corresponding C functions are `readdir`, `readlink`, and `read` of /proc/self/mountinfo.
  package init() {
    guard let processes = try? Folder("/proc") else { return }
    while let process = processes.nextNumber() {
      let path = "/proc/\(process)/ns/net"
      do throws(Errno) {
        found[try System.link(path)] = path
      } catch .permissionDenied {
        unreadable += 1
      } catch {}
    }
    // A mounted one outlives every process.
    found.merge(Self.mounted((try? TextFile.read("/proc/self/mountinfo")) ?? "")) { $1 }
  }

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

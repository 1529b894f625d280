package import SystemPackage

/// The kernel's account of its memory, for the whole machine.
package enum KernelMemory {
  /// Octets that can be had without swapping (`MemAvailable`), or nil.
  ///
  /// The corresponding C function is `read` of /proc/meminfo.
  package static func available() throws(Errno) -> Int? {
    field("MemAvailable", of: try TextFile.read("/proc/meminfo"))
  }

  /// Octets in the kernel's slabs, its small objects of all kinds (`Slab`), or nil.
  ///
  /// The corresponding C function is `read` of /proc/meminfo.
  package static func slabs() throws(Errno) -> Int? {
    field("Slab", of: try TextFile.read("/proc/meminfo"))
  }

  /// Octets that an object of this slab cache takes (`tw_sock_TCP`), or nil where there is no such cache.
  ///
  /// - Throws: EACCES without root, ENOENT where the kernel was built without the file.
  ///
  /// The corresponding C function is `read` of /proc/slabinfo.
  package static func objectSize(in cache: String) throws(Errno) -> Int? {
    objectSize(in: cache, of: try TextFile.read("/proc/slabinfo"))
  }

  /// A line of /proc/meminfo, `Slab:  35032 kB`, in octets.
  package static func field(_ name: String, of text: String) -> Int? {
    for line in text.split(separator: "\n") where line.hasPrefix(name + ":") {
      let words = line.split(separator: " ")
      return words.count > 1 ? Int(words[1]).map { $0 * 1024 } : nil
    }
    return nil
  }

  /// The fourth column of /proc/slabinfo.
  package static func objectSize(in cache: String, of text: String) -> Int? {
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count > 3, words[0] == cache { return Int(words[3]) }
    }
    return nil
  }
}

/// The namespace's count of TCP sockets (/proc/net/sockstat).
package enum SocketCount {
  /// Sockets in TIME_WAIT in the calling thread's namespace, of both address families; nil where it is not told.
  ///
  /// The corresponding C function is `read` of /proc/thread-self/net/sockstat.
  package static func inTimeWait() throws(Errno) -> Int? {
    inTimeWait(of: try TextFile.read("/proc/thread-self/net/sockstat"))
  }

  /// The number behind `tw` in the line `TCP: inuse 5 orphan 0 tw 12 alloc 8 mem 1`.
  package static func inTimeWait(of text: String) -> Int? {
    for line in text.split(separator: "\n") where line.hasPrefix("TCP:") {
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "tw"), place + 1 < words.count else { return nil }
      return Int(words[place + 1])
    }
    return nil
  }
}

import Synchronization
package import SystemPackage
package import TCP

/// The kernel's table of TCP sockets as text, /proc/net/tcp and /proc/net/tcp6.
///
/// It shows the network namespace in which it was opened. Each reading walks the whole table: milliseconds even
/// where it is empty. A row that comes or goes during a reading may be missing or there twice.
package struct SocketTable: ~Copyable, Sendable {
  private let ipv4: Descriptor
  private let ipv6: Descriptor?
  private let buffer = Mutex(Buffer(capacity: 1 << 16))

  /// Opens both files in the calling thread's namespace; no privilege is needed.
  ///
  /// Throws `noSuchFileOrDirectory` where /proc is not mounted. A kernel without IPv6 has one file only.
  ///
  /// The corresponding C function is `open`.
  package static func open() throws(Errno) -> SocketTable {
    // /proc/net would be the main thread's namespace.
    SocketTable(
      ipv4: try openFile("/proc/thread-self/net/tcp"), ipv6: try openIfThere("/proc/thread-self/net/tcp6"))
  }

  private static func openIfThere(_ path: String) throws(Errno) -> Descriptor? {
    do throws(Errno) { return try openFile(path) } catch .noSuchFileOrDirectory { return nil }
  }

  private init(ipv4: consuming Descriptor, ipv6: consuming Descriptor?) {
    self.ipv4 = ipv4
    self.ipv6 = ipv6
  }

  /// All rows, read anew: IPv4 first.
  package borrowing func records() throws(Errno) -> [SocketRecord] {
    var records: [SocketRecord] = []
    try forEachRecord { record in
      records.append(record)
      return true
    }
    return records
  }

  /// The socket of exactly this four-tuple, or nil.
  package borrowing func look(up tuple: FourTuple) throws(Errno) -> SocketRecord? {
    var found: SocketRecord?
    try forEachRecord { record in
      if record.tuple == tuple { found = record }
      return found == nil
    }
    return found
  }

  /// Gives each socket to `body`, with its user.
  borrowing func forEachSocket(_ body: (FoundSocket) -> Void) throws(Errno) {
    try forEachRow { row in
      if let socket = FoundSocket(procRow: row) { body(socket) }
      return true
    }
  }

  /// Gives each record to `body` until that returns false.
  private borrowing func forEachRecord(_ body: (SocketRecord) -> Bool) throws(Errno) {
    try forEachRow { row in SocketRecord(procRow: row).map(body) ?? true }
  }

  private borrowing func forEachRow(_ body: (ArraySlice<UInt8>) -> Bool) throws(Errno) {
    guard try forEachRow(ipv4.rawValue, body) else { return }
    let second: CInt? =
      switch ipv6 {
      case .some(let descriptor): descriptor.rawValue
      case .none: nil
      }
    if let second { _ = try forEachRow(second, body) }
  }

  private borrowing func forEachRow(
    _ descriptor: CInt, _ body: (ArraySlice<UInt8>) -> Bool
  ) throws(Errno) -> Bool {
    var offset = 0
    var rest: ArraySlice<UInt8> = []
    while true {
      let chunk = try buffer.withLock { buffer throws(Errno) in try buffer.read(descriptor, at: offset) }
      if chunk.isEmpty { return true }
      offset += chunk.count
      rest += chunk
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        if !body(rest[..<end]) { return false }
        rest = rest[(end + 1)...]
      }
    }
  }
}

extension SocketTable {
  /// nil where the table can be read, else why not, in one line.
  package static func availability() -> String? {
    do throws(Errno) {
      _ = try SocketTable.open()
      return nil
    } catch {
      return "/proc/thread-self/net/tcp cannot be opened: \(error)"
    }
  }
}

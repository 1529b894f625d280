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

  /// All rows, read anew: IPv4 first; no more than `limit`.
  package borrowing func records(atMost limit: Int = .max) throws(Errno) -> [SocketRecord] {
    var records: [SocketRecord] = []
    try forEachRecord { record in
      records.append(record)
      return records.count < limit
    }
    return records
  }

  /// The socket of exactly this four-tuple, or nil.
  ///
  /// A table has many rows and one is wanted: the kernel's own text of the tuple is looked for, and that row read.
  package borrowing func look(up tuple: FourTuple) throws(Errno) -> SocketRecord? {
    var found: SocketRecord?
    try forEachRow(of: tuple) { row in
      found = SocketRecord(procRow: row)
      return found == nil
    }
    return found
  }

  /// The words of the row of exactly this four-tuple, or nil.
  package borrowing func words(of tuple: FourTuple) throws(Errno) -> [String]? {
    var found: [String]?
    try forEachRow(of: tuple) { row in
      found = row.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      return false
    }
    return found
  }

  /// Gives the first row of each part that holds the text of this four-tuple to `body` until that returns false.
  private borrowing func forEachRow(
    of tuple: FourTuple, _ body: (ArraySlice<UInt8>) -> Bool
  ) throws(Errno) {
    try forEachFile { descriptor, isIPv6 throws(Errno) in
      guard let text = tuple.procText(isIPv6: isIPv6) else { return true }
      return try forEachPart(of: descriptor) { lines in row(holding: text, in: lines).map(body) ?? true }
    }
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
    try forEachFile { descriptor, _ throws(Errno) in
      try forEachPart(of: descriptor) { lines in
        lines.split(separator: UInt8(ascii: "\n")).allSatisfy(body)
      }
    }
  }

  /// Gives both files to `body`, IPv4 first, until that returns false.
  private borrowing func forEachFile(_ body: (CInt, _ isIPv6: Bool) throws(Errno) -> Bool) throws(Errno) {
    guard try body(ipv4.rawValue, false) else { return }
    switch ipv6 {
    case .some(let descriptor): _ = try body(descriptor.rawValue, true)
    case .none: break
    }
  }

  /// Gives whole lines of a file to `body`, as many at a time as the kernel writes, until that returns false.
  private borrowing func forEachPart(
    of descriptor: CInt, _ body: (ArraySlice<UInt8>) -> Bool
  ) throws(Errno) -> Bool {
    var offset = 0
    var rest: ArraySlice<UInt8> = []
    while true {
      let chunk = try buffer.withLock { buffer throws(Errno) in try buffer.read(descriptor, at: offset) }
      offset += chunk.count
      rest += chunk
      if let end = rest.lastIndex(of: UInt8(ascii: "\n")) {
        if !body(rest[...end]) { return false }
        rest = rest[(end + 1)...]
      }
      if chunk.count < Self.fullChunk { return true }
    }
  }

  /// The kernel fills at least a page with rows (150 octets each, 180 in tcp6) while there are more to come: less than
  /// this was the last of them. To ask for what follows would walk the table once more.
  private static let fullChunk = 4096 - 256
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

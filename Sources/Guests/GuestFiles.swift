import Linux
import SystemPackage

/// The files that a guest's program reads and writes. Each lies in memory and is gone with the two processes that have
/// it open, whatever ends them.
struct GuestFiles: ~Copyable {
  /// The guest's first file system.
  let archive: MemoryFile
  /// Its first serial line.
  let console: MemoryFile
  /// Its second serial line.
  let result: MemoryFile
  /// The program's own messages.
  let log: MemoryFile

  init(_ archive: [UInt8]) throws(Errno) {
    // All four, or none: a part of them cannot be given up where one is missing.
    let first = try MemoryFile(named: "archive", archive)
    let second = try MemoryFile(named: "console")
    let third = try MemoryFile(named: "result")
    let fourth = try MemoryFile(named: "log")
    self.archive = first
    console = second
    result = third
    log = fourth
  }

  /// The descriptors of those that it opens.
  var given: [CInt] {
    [archive.descriptor.rawValue, console.descriptor.rawValue, result.descriptor.rawValue]
  }
}

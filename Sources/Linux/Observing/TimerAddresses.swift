internal import CLinux
import Glibc
import Synchronization
package import TCP
package import SystemPackage

/// The addresses of the functions of TCP's timers in this kernel.
package struct TimerAddresses: Hashable, Sendable {
  private let functions: [UInt64: TimerFunction]

  package init(_ functions: [UInt64: TimerFunction]) { self.functions = functions }

  package subscript(address: UInt64) -> TimerFunction? { functions[address] }

  /// A filter for `timer:timer_start` that lets only these functions pass, so that the other timers of the
  /// machine cost little; nil where none is known.
  package var filter: String? {
    if functions.isEmpty { return nil }
    return functions.keys.sorted().map { "function == 0x" + String($0, radix: 16) }.joined(separator: " || ")
  }

  /// This kernel's. They stay where they are until it is booted again, and it writes some megabytes to tell them: it is
  /// asked once.
  private static let known = Mutex<TimerAddresses?>(nil)

  /// Looks them up in /proc/kallsyms.
  ///
  /// Throws `notPermitted` where the kernel hides addresses from us (`kernel.kptr_restrict`, CAP_SYSLOG).
  package static func here() throws(Errno) -> TimerAddresses {
    try known.withLock { known throws(Errno) in
      if let known { return known }
      let addresses = try read()
      known = addresses
      return addresses
    }
  }

  private static func read() throws(Errno) -> TimerAddresses {
    let file = try openFile("/proc/kallsyms")
    let buffer = Buffer(capacity: 1 << 20)
    var addresses = TimerAddresses([:])
    var offset = 0
    var rest: [UInt8] = []
    while addresses.functions.count < TimerFunction.allCases.count {
      let chunk = try buffer.read(file.rawValue, at: offset)
      if chunk.isEmpty { break }
      offset += chunk.count
      // A line may be cut between two chunks: what stands behind the last line's end waits for the next.
      rest += chunk
      let end = rest.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      addresses = TimerAddresses(
        addresses.functions.merging(read(rest[..<end]).functions) { first, _ in first })
      rest.removeSubrange(..<end)
    }
    if addresses.functions[0] != nil { throw .notPermitted }
    return addresses
  }

  /// The functions that these lines of /proc/kallsyms name (`ffffffff8202d1e0 t tcp_write_timer`).
  package static func read(_ lines: ArraySlice<UInt8>) -> TimerAddresses {
    var functions: [UInt64: TimerFunction] = [:]
    for function in TimerFunction.allCases {
      // Hundreds of thousands of lines, and five are wanted.
      guard let row = row(holding: Array(" \(function.rawValue)\n".utf8), in: lines) else { continue }
      let address = row.prefix { $0 != UInt8(ascii: " ") }
      if let number = UInt64(String(decoding: address, as: UTF8.self), radix: 16) {
        functions[number] = function
      }
    }
    return TimerAddresses(functions)
  }
}

extension TimerStart {
  /// nil where TCP's timers can be watched, else why not, in one line.
  package static func availability() -> String? {
    if let reason = Tracepoint.availability(named: tracepoint) { return reason }
    do throws(Errno) {
      return try TimerAddresses.here().filter == nil
        ? "/proc/kallsyms does not contain the functions of TCP's timers" : nil
    } catch .notPermitted {
      return "needs CAP_SYSLOG to read addresses in /proc/kallsyms"
    } catch {
      return "/proc/kallsyms cannot be read: \(error)"
    }
  }
}

internal import CLinux
import Glibc
package import SystemPackage
package import TCP

/// Calls on descriptors by their numbers, with whatever arguments a script names. They wait where the kernel waits, and
/// send zeros.
///
/// Nothing closes the descriptors but ``close(_:)``.
package enum PlainCalls {
  /// The corresponding C function is `socket`.
  package static func socket(_ domain: Int, _ type: Int, _ protocol: Int) throws(Errno) -> Int {
    Int(try result { Glibc.socket(CInt(truncatingIfNeeded: domain), number(type), number(`protocol`)) })
  }

  /// The corresponding C function is `bind`.
  package static func bind(_ descriptor: Int, _ endpoint: Endpoint) throws(Errno) -> Int {
    let address = endpoint.socketAddress
    return Int(try result { unsafe clinux_bind(number(descriptor), address, UInt32(address.count)) })
  }

  /// The corresponding C function is `connect`.
  ///
  /// - Parameter endpoint: nil for an address without a family, which ends the association.
  package static func connect(_ descriptor: Int, _ endpoint: Endpoint?) throws(Errno) -> Int {
    let address = endpoint?.socketAddress ?? [UInt8](repeating: 0, count: 16)
    return Int(try result { unsafe clinux_connect(number(descriptor), address, UInt32(address.count)) })
  }

  /// The corresponding C function is `listen`.
  package static func listen(_ descriptor: Int, _ backlog: Int) throws(Errno) -> Int {
    Int(try result { Glibc.listen(number(descriptor), number(backlog)) })
  }

  /// The corresponding C function is `accept`.
  ///
  /// - Returns: the new descriptor, and the other end of its connection, where that has one.
  package static func accept(_ descriptor: Int) throws(Errno) -> (result: Int, remote: Endpoint?) {
    var address = [UInt8](repeating: 0, count: 128)
    var length = UInt32(address.count)
    let answer = try result { unsafe clinux_call_accept(number(descriptor), &address, &length) }
    return (Int(answer), Endpoint(socketAddress: address))
  }

  /// The corresponding C function is `close`.
  package static func close(_ descriptor: Int) throws(Errno) -> Int {
    Int(try result { Glibc.close(number(descriptor)) })
  }

  /// The corresponding C function is `shutdown`.
  package static func shutdown(_ descriptor: Int, _ direction: Int) throws(Errno) -> Int {
    Int(try result { Glibc.shutdown(number(descriptor), number(direction)) })
  }

  /// The corresponding C function is `fcntl`.
  package static func fcntl(_ descriptor: Int, _ command: Int, _ argument: Int) throws(Errno) -> Int {
    Int(try result { clinux_call_fcntl(number(descriptor), number(command), argument) })
  }

  /// The corresponding C function is `ioctl`.
  ///
  /// - Returns: the result, and the number that the kernel wrote.
  package static func ioctl(_ descriptor: Int, _ request: Int) throws(Errno) -> (result: Int, value: Int) {
    var value: CInt = 0
    let answer = try result {
      unsafe clinux_ioctl_count(number(descriptor), UInt(bitPattern: request), &value)
    }
    return (Int(answer), Int(value))
  }

  /// The corresponding C function is `setsockopt`.
  package static func setOption(
    _ descriptor: Int, _ level: Int, _ option: Int, _ value: [UInt8], length: Int
  ) throws(Errno) -> Int {
    // A length that is greater than the value must not lead out of it.
    let padded = value + [UInt8](repeating: 0, count: max(0, min(length, 65_536) - value.count))
    let size = socklen_t(bitPattern: CInt(clamping: min(length, padded.count)))
    return Int(
      try result { unsafe setsockopt(number(descriptor), number(level), number(option), padded, size) })
  }

  /// The corresponding C function is `getsockopt`.
  ///
  /// - Returns: the result, and the value as long as the kernel says.
  package static func option(
    _ descriptor: Int, _ level: Int, _ option: Int, length: Int
  ) throws(Errno) -> (result: Int, value: [UInt8]) {
    var value = [UInt8](repeating: 0, count: max(1, min(length, 65_536)))
    var count = socklen_t(bitPattern: CInt(clamping: min(length, value.count)))
    let answer = try result {
      unsafe getsockopt(number(descriptor), number(level), number(option), &value, &count)
    }
    return (Int(answer), Array(value.prefix(Int(count))))
  }

  /// The corresponding C function is `poll`.
  ///
  /// - Returns: the result, and the events of each descriptor.
  package static func poll(
    _ entries: [(descriptor: Int, events: Int)], timeout: Int
  ) throws(Errno) -> (result: Int, events: [Int]) {
    var all = entries.map {
      pollfd(fd: number($0.descriptor), events: Int16(truncatingIfNeeded: $0.events), revents: 0)
    }
    let answer = try result { unsafe Glibc.poll(&all, nfds_t(all.count), number(timeout)) }
    return (Int(answer), all.map { Int(UInt16(bitPattern: $0.revents)) })
  }

  /// The corresponding C function is `epoll_create`.
  package static func makeEpoll(_ size: Int) throws(Errno) -> Int {
    Int(try result { clinux_call_epoll_create(number(size)) })
  }

  /// The corresponding C function is `epoll_ctl`.
  package static func controlEpoll(
    _ descriptor: Int, _ order: Int, _ other: Int, events: Int, data: UInt64
  ) throws(Errno) -> Int {
    let events = UInt32(truncatingIfNeeded: events)
    return Int(
      try result { clinux_call_epoll_ctl(number(descriptor), number(order), number(other), events, data) })
  }

  /// The corresponding C function is `epoll_wait`.
  ///
  /// - Returns: the result, and the first event.
  package static func waitForEpoll(
    _ descriptor: Int, most: Int, timeout: Int
  ) throws(Errno) -> (result: Int, events: Int, data: UInt64) {
    var (events, data): (UInt32, UInt64) = (0, 0)
    let answer = try result {
      unsafe clinux_call_epoll_wait(number(descriptor), number(most), number(timeout), &events, &data)
    }
    return (Int(answer), Int(events), data)
  }

  /// The corresponding C function is `pipe`.
  package static func pipe() throws(Errno) -> (result: Int, reading: Int, writing: Int) {
    var ends: (CInt, CInt) = (-1, -1)
    let answer = try result {
      unsafe withUnsafeMutableBytes(of: &ends) { memory in
        unsafe clinux_call_pipe(memory.assumingMemoryBound(to: CInt.self).baseAddress)
      }
    }
    return (Int(answer), Int(ends.0), Int(ends.1))
  }

  /// The corresponding C function is `splice`.
  package static func splice(_ from: Int, _ to: Int, _ count: Int, _ flags: Int) throws(Errno) -> Int {
    Int(
      try result {
        clinux_call_splice(number(from), number(to), count, UInt32(truncatingIfNeeded: flags))
      })
  }

  static func number(_ value: Int) -> CInt { CInt(truncatingIfNeeded: value) }
}

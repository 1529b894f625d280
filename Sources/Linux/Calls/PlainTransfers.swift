internal import CLinux
import Glibc
package import SystemPackage
package import TCP

/// Calls that move data, or errors beside it.
extension PlainCalls {
  /// More than a script sends in one call; a greater count is not for the caller to ask for: its buffer would have to
  /// be as large.
  package static let largest = 64 << 20

  /// The buffer of a call: so many octets, or a null pointer.
  package enum Memory: Sendable {
    case zeros
    case null
  }

  /// The corresponding C function is `write`.
  package static func write(_ descriptor: Int, _ count: Int, _ memory: Memory = .zeros) throws(Errno) -> Int {
    unsafe try withMemory(count, memory) { memory throws(Errno) in
      try result { unsafe Glibc.write(number(descriptor), memory, count) }
    }
  }

  /// The corresponding C function is `read`.
  package static func read(_ descriptor: Int, _ count: Int, _ memory: Memory = .zeros) throws(Errno) -> Int {
    unsafe try withMemory(count, memory) { memory throws(Errno) in
      try result { unsafe Glibc.read(number(descriptor), memory, count) }
    }
  }

  /// The corresponding C function is `sendto`.
  ///
  /// - Parameter address: nil for none; an address without a family where it holds nil.
  package static func send(
    _ descriptor: Int, _ count: Int, _ memory: Memory = .zeros, flags: Int, to address: Endpoint?? = nil
  ) throws(Errno) -> Int {
    let octets = address.map { $0?.socketAddress ?? [UInt8](repeating: 0, count: 16) } ?? []
    return unsafe try withMemory(count, memory) { memory throws(Errno) in
      try result {
        unsafe clinux_call_sendto(
          number(descriptor), memory, count, number(flags), octets.isEmpty ? nil : octets,
          UInt32(octets.count))
      }
    }
  }

  /// The corresponding C function is `recvfrom`.
  package static func receive(
    _ descriptor: Int, _ count: Int, _ memory: Memory = .zeros, flags: Int
  ) throws(Errno) -> Int {
    unsafe try withMemory(count, memory) { memory throws(Errno) in
      try result { unsafe clinux_call_recvfrom(number(descriptor), memory, count, number(flags)) }
    }
  }

  /// A message in parts, with what belongs to it.
  package struct Message: Sendable {
    package var lengths: [Int]
    package var address: Endpoint?
    package var control: [UInt8]
    package var flags: Int

    package init(lengths: [Int], address: Endpoint? = nil, control: [UInt8] = [], flags: Int = 0) {
      self.lengths = lengths
      self.address = address
      self.control = control
      self.flags = flags
    }
  }

  /// The corresponding C functions are `sendmsg` and `writev`.
  package static func send(_ descriptor: Int, _ message: Message, asVector: Bool = false) throws(Errno) -> Int
  {
    try transfer(descriptor, message, sends: true, asVector: asVector, capacity: message.control.count).result
  }

  /// The corresponding C functions are `recvmsg` and `readv`.
  ///
  /// - Returns: the result, the message's flags and its control data.
  package static func receive(
    _ descriptor: Int, _ message: Message, asVector: Bool = false
  ) throws(Errno) -> (result: Int, flags: Int, control: [ControlData]) {
    let answer = try transfer(descriptor, message, sends: false, asVector: asVector, capacity: 1024)
    return (answer.result, answer.flags, ControlData.read(answer.control))
  }

  private static func transfer(
    _ descriptor: Int, _ message: Message, sends: Bool, asVector: Bool, capacity: Int
  ) throws(Errno) -> (result: Int, flags: Int, control: [UInt8]) {
    let address = message.address?.socketAddress ?? []
    let lengths = message.lengths
    precondition(lengths.allSatisfy { 0...largest ~= $0 }, "a buffer that is too large")
    var control = message.control + [UInt8](repeating: 0, count: capacity - message.control.count + 1)
    var controlLength = capacity
    var messageFlags: CInt = 0
    let count = unsafe try withMemory(lengths.max() ?? 0, .zeros) { memory throws(Errno) in
      try result {
        unsafe clinux_call_message(
          number(descriptor), sends ? 1 : 0, asVector ? 1 : 0, memory, lengths, lengths.count,
          address.isEmpty ? nil : address, UInt32(address.count), &control, &controlLength, &messageFlags,
          number(message.flags))
      }
    }
    return (count, Int(messageFlags), Array(control.prefix(min(controlLength, capacity))))
  }

  private static func withMemory(
    _ count: Int, _ memory: Memory, _ body: (UnsafeMutableRawPointer?) throws(Errno) -> Int
  ) throws(Errno) -> Int {
    guard case .zeros = memory else { return try body(nil) }
    precondition(0...largest ~= count, "a buffer that is too large")
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 16)
    defer { unsafe buffer.deallocate() }
    unsafe buffer.initializeMemory(as: UInt8.self, repeating: 0)
    return try unsafe body(buffer.baseAddress)
  }
}

/// A piece of control data beside a message.
package struct ControlData: Equatable, Sendable {
  package var level: Int
  package var type: Int
  package var octets: [UInt8]

  package init(level: Int, type: Int, octets: [UInt8]) {
    self.level = level
    self.type = type
    self.octets = octets
  }

  /// struct cmsghdr: a length of eight octets that counts the header, level, type; each begins at a multiple of eight.
  static func read(_ octets: [UInt8]) -> [ControlData] {
    var all: [ControlData] = []
    var rest = octets[...]
    while rest.count >= 16 {
      let start = rest.startIndex
      guard let length = UInt64(octets: rest[start..<(start + 8)]).flatMap({ Int(exactly: $0) }),
        let level = CInt(octets: rest[(start + 8)..<(start + 12)]),
        let type = CInt(octets: rest[(start + 12)..<(start + 16)]), 16...rest.count ~= length
      else { break }
      all.append(
        ControlData(
          level: Int(level), type: Int(type), octets: Array(rest[(start + 16)..<(start + length)])))
      rest = rest.dropFirst((length + 7) / 8 * 8)
    }
    return all
  }

  /// The octets of these pieces in one buffer.
  package static func octets(of pieces: [ControlData]) -> [UInt8] {
    pieces.flatMap { piece in
      let length = 16 + piece.octets.count
      var octets = UInt64(length).octets
      octets += CInt(truncatingIfNeeded: piece.level).octets
      octets += CInt(truncatingIfNeeded: piece.type).octets
      octets += piece.octets
      return octets + [UInt8](repeating: 0, count: (8 - length % 8) % 8)
    }
  }
}

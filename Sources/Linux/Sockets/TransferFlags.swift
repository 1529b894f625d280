internal import CLinux
import Glibc
package import SystemPackage

/// Flags of send().
package struct SendFlags: OptionSet, Sendable {
  package let rawValue: CInt
  package init(rawValue: CInt) { self.rawValue = rawValue }

  /// More is to follow: a segment that is not full waits for it. `MSG_MORE`.
  package static let more = SendFlags(rawValue: CInt(MSG_MORE))
  /// Data that is written later joins no segment of this. `MSG_EOR`.
  package static let endOfRecord = SendFlags(rawValue: CInt(MSG_EOR))
  /// The last octet is urgent. `MSG_OOB`.
  package static let urgent = SendFlags(rawValue: CInt(MSG_OOB))
}

/// Flags of recv().
package struct ReceiveFlags: OptionSet, Sendable {
  package let rawValue: CInt
  package init(rawValue: CInt) { self.rawValue = rawValue }

  /// Data that is read stays in the queue. `MSG_PEEK`.
  package static let peek = ReceiveFlags(rawValue: CInt(MSG_PEEK))
  /// Data that is read is discarded. `MSG_TRUNC`.
  package static let discard = ReceiveFlags(rawValue: CInt(MSG_TRUNC))
  /// Only the urgent octet. `MSG_OOB`.
  package static let urgent = ReceiveFlags(rawValue: CInt(MSG_OOB))
}

/// Transfers without a buffer of the program's, and one that tells what is left.
extension Socket {
  /// Takes octets, and tells how many are left, where TCP_INQ is set: nil where the kernel does not say.
  ///
  /// - Throws: EAGAIN where nothing is there.
  ///
  /// The corresponding C function is `recvmsg`.
  package borrowing func receiveWithRest(upTo count: Int) throws(Errno) -> (count: Int, rest: Int?) {
    var bytes = [UInt8](repeating: 0, count: count)
    var rest: CInt = -1
    let length = try result(retrying: true) {
      unsafe clinux_receive_with_rest(rawValue, &bytes, count, &rest)
    }
    return (length, rest < 0 ? nil : Int(rest))
  }

  /// Hands over the first octets of a file, as many as the kernel takes.
  ///
  /// The corresponding C function is `sendfile`.
  package borrowing func send(fileOf file: borrowing MemoryFile, count: Int) throws(Errno) -> Int {
    let source = file.descriptor.rawValue
    return try result(retrying: true) { clinux_send_file(rawValue, source, count) }
  }

  /// Hands octets over through a pipe.
  ///
  /// - Parameter hasMore: true if more follows (`MSG_MORE`).
  ///
  /// The corresponding C function is `splice`.
  package borrowing func splice(_ bytes: [UInt8], hasMore: Bool = false) throws(Errno) -> Int {
    let pipe = try Pipe()
    let sink = pipe.input.rawValue
    let source = pipe.output.rawValue
    _ = try result(retrying: true) { unsafe write(sink, bytes, bytes.count) }
    return try result(retrying: true) { clinux_splice(source, rawValue, bytes.count, hasMore ? 1 : 0) }
  }

  /// Moves octets that have come into a pipe.
  ///
  /// - Returns: their number; 0 at the end of the stream.
  /// - Throws: EAGAIN where nothing is there.
  ///
  /// The corresponding C function is `splice`.
  package borrowing func spliceAway(upTo count: Int) throws(Errno) -> Int {
    let pipe = try Pipe()
    let sink = pipe.input.rawValue
    return try result(retrying: true) { clinux_splice(rawValue, sink, count, 0) }
  }
}

/// A pipe that neither end waits for.
private struct Pipe: ~Copyable {
  let output: Descriptor
  let input: Descriptor

  /// The corresponding C function is `pipe2`.
  init() throws(Errno) {
    var ends: [CInt] = [-1, -1]
    _ = try result { unsafe clinux_pipe(&ends) }
    output = Descriptor(owning: ends[0])
    input = Descriptor(owning: ends[1])
  }
}

/// The reason why a capture file is not read any further: where, what was expected, and what to do.
package struct CaptureFault: Error, Equatable, Sendable {
  /// The number of the packet that could not be read, from 1; nil where the fault is in no packet.
  package var packet: Int?
  /// The place in the file, in octets from 0.
  package var offset: Int
  package var message: String

  init(packet: Int? = nil, offset: Int, _ message: String) {
    self.packet = packet
    self.offset = offset
    self.message = message
  }
}

extension CaptureFault: CustomStringConvertible {
  /// `packet 57, byte 12345: ...`.
  package var description: String {
    (packet.map { "packet \($0), " } ?? "") + "byte \(offset): " + message
  }
}

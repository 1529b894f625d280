import Documents
import TCP

extension SegmentPattern {
  /// Tells whether a text writes flags as `SYN=1`, so that `ACK=1` elsewhere on the same picture is a flag, too.
  static func setsFlags(_ text: String) -> Bool {
    guard text.utf8.contains(UInt8(ascii: "1")) || text.contains("１") else { return false }
    let plain = String(decoding: plainNotation(text).filter { !$0.isBlank }, as: UTF8.self).uppercased()
    return plain.contains("SYN=1") || plain.contains("FIN=1") || plain.contains("RST=1")
  }

  /// Takes `ACK=1` for the flag.
  mutating func setAcknowledgmentFlag() {
    guard acknowledgment == .number(.literal(1)), !flags.contains(.ack) else { return }
    acknowledgment = nil
    flags.insert(.ack)
  }
}

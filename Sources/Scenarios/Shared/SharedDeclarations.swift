import Traces

/// Declarations that several scenarios share.
extension Scenario {
  /// The receive buffers that most machines choose by their memory.
  static let usualBuffers = Declaration.Given("tcp_rmem", usualBuffersSetting.value)
  static let usualBuffersSetting = (name: "net.ipv4.tcp_rmem", value: "4096 131072 6291456")

  /// The sysctls that bear on the options of a SYN.
  static let options: [Influence] = ["tcp_timestamps", "tcp_sack", "tcp_window_scaling"]

  /// A SYN cookie keeps the options of a SYN in the timestamp of the SYN+ACK; without timestamps they are lost.
  static let withoutTimestamps = Influence("tcp_syncookies", under: .setting("tcp_timestamps", "0"))

  /// A socket in each situation.
  static let everywhere: [[Condition]] = Situation.allCases.map { [.socket($0)] }

  /// Buffers that are full after a few writes.
  static func smallBuffers(in variants: Figure.Variants) -> [Declaration.Given] {
    [
      Declaration.Given("SO_SNDBUF", "4096", in: variants),
      Declaration.Given("SO_RCVBUF", "4096", in: variants),
    ]
  }

  /// The variants in which a send buffer is full.
  static let whereFull = Figure.Variants.underAny([.socket(.full)])

  /// Values that had other words in earlier versions.
  static let formerReset = ["draws RST": "is answered with RST"]
  static let formerTimeWait = ["TIME_WAIT begins anew": "TIME_WAIT restarts"]
  static let formerNumber = ["the next number": "the next sequence number"]

  /// The first timer of a write is then the retransmission timeout, and no loss probe's.
  static let withoutProbes = [Condition.setting("tcp_early_retrans", "0")]
}

import Foundation
import Grounds
import Testing

extension CommandTests {
  /// Written scripts in packetdrill itself, whose program the variable TCPPROBE_PACKETDRILL names, or that is in PATH.
  @Suite(
    .enabled(
      if: Packetdrill.path != nil, "there is no packetdrill: set TCPPROBE_PACKETDRILL to test with it"),
    .enabled(if: Program.exists("unshare"), "there is no unshare"))
  struct PacketdrillTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    /// Runs a script in a namespace of its own. A time that does not fit may be that of a busy machine.
    private func run(_ text: String) throws -> Program.Finished {
      try folder.write(text, to: "script.pkt")
      let program = Program([
        "unshare", getuid() == 0 ? "-n" : "-rn", try #require(Packetdrill.path), "--tolerance_usecs=100000",
        "script.pkt",
      ])
      var ended = try program.run(in: folder)
      for _ in 0..<2 where ended.status != 0 { ended = try program.run(in: folder) }
      return ended
    }

    @Test(arguments: BuiltInScript.all) func packetdrillAgrees(script: BuiltInScript) throws {
      let ended = try run(script.written.text)
      #expect((ended.status == 0) == !script.isContradicted, "\(ended.errors)\n\(script.written.text)")
    }
  }
}

/// Packetdrill itself, where it is there.
private enum Packetdrill {
  static let path: String? = {
    let variables = ProcessInfo.processInfo.environment
    let folders = (variables["PATH"] ?? "").split(separator: ":").map { "\($0)/packetdrill" }
    return ((variables["TCPPROBE_PACKETDRILL"].map { [$0] } ?? []) + folders).first {
      $0.contains("/") && FileManager.default.isExecutableFile(atPath: $0)
    }
  }()
}

import Foundation
import Testing

extension CommandTests {
  /// One kernel on different benches and with different privileges has no changes.
  @Suite(.enabled(if: Probe.benches.contains("wire") && !Poverty.here.isEmpty, "not all can be run here"))
  struct SightTests {
    private let folder: Folder
    private let copy: String

    /// Sections that are quick and depend on what can be seen.
    private static let sections = [
      "three-steps", "close", "half-close", "reset", "the timer of an orphan", "what programs read",
      "options of a handshake", "connect in time_wait", "values of options",
    ]

    init() throws {
      folder = try Folder()
      copy = folder.path + "/tcpprobe"
      try folder.copyProbe(to: copy)
    }

    private func record(_ name: String, _ wrapper: [String], _ options: [String]) throws {
      let only = Self.sections.flatMap { ["--only", $0] }
      let made = try Program(wrapper + [copy, "record", "--quick"] + only + options).run(in: folder)
      try #require(made.status == 0, "\(name): \(made.errors)")
      try folder.write(made.output, to: name)
    }

    /// The bench of a record: where everybody may open /dev/net/tun, a user without privileges has a wire, too.
    private func bench(of name: String) throws -> Substring {
      try #require(try folder.read(name).firstMatch(of: #/\| bench +\| (\w+)/#)).1
    }

    @Test func nothingThatComesFromBenchOrPrivilegesIsAChange() throws {
      try record("wire.md", [], ["--on", "wire"])
      try record("loopback.md", [], ["--on", "loopback"])
      var names = ["wire.md", "loopback.md"]
      for poverty in Poverty.here {
        try record("\(poverty).md", poverty.wrapper, [])
        names.append("\(poverty).md")
      }
      #expect(try bench(of: "wire.md") == "wire" && bench(of: "loopback.md") == "loopback")
      for before in names {
        for after in names where after != before {
          let ended = try Program([copy, "compare", before, after, "--format", "json"]).run(in: folder)
          let compared = try JSONDecoder().decode(Compared.self, from: Data(ended.output.utf8))
          #expect(
            ended.status == 0 && compared.changes.isEmpty,
            "\(before) \(after): \(compared.changes.map(\.name))")
          #expect(compared.same > 0)
          let unlike = compared.circumstances.map(\.name)
          #expect(
            try unlike.contains("bench") == (bench(of: before) != bench(of: after)), "\(before) \(after)")
          if Set([before, after]) == ["loopback.md", "container.md"] {
            #expect(unlike.contains("privileges") && unlike.contains("observers"))
          }
        }
      }
      // A record of one kernel on another bench is held to it, too.
      let checked = try Program([copy, "check", "wire.md", "--on", "loopback"]).run(in: folder)
      #expect(checked.status == 0 && checked.output.contains("wire → loopback"), "\(checked.output)")
    }

    @Test func aRecordWithoutSightOfSegmentsHasNoLadders() throws {
      guard Poverty.here.contains(.container) else { return print("skipped: no container can be made here") }
      try record("container.md", Poverty.container.wrapper, [])
      let text = try folder.read("container.md")
      #expect(!text.contains("<!-- exhaustive -->") && text.contains("the ladder"))
      #expect(!text.contains("gone without RST") && !text.contains("of 100 bytes arrive"))
      #expect(text.contains("needs CAP_NET_ADMIN, to which alone some attributes are shown"))
    }

    private struct Compared: Decodable {
      var same: Int
      var circumstances: [Named]
      var changes: [Named]
      struct Named: Decodable { var name: String }
    }
  }
}

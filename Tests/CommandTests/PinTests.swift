import Foundation
import Testing

extension CommandTests {
  /// A record's settings, set for the run that is held to it.
  @Suite(.enabled(if: !Probe.benches.isEmpty, "the program cannot run here"))
  struct PinTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    private func pinned(_ settings: [(name: String, value: String)]) throws -> (saved: String, errors: String)
    {
      try folder.write(SmallRecord.text("6.1.9", "ECONNREFUSED", settings: settings), to: "before.md")
      try? FileManager.default.removeItem(atPath: folder.path + "/after.md")
      let ended = try Probe.run(
        "check", "before.md", "--recorded-sysctls", "--save", "after.md", "--on", "loopback", in: folder)
      return (try folder.read("after.md"), ended.errors)
    }

    private func fact(_ name: String, of record: String) -> String? {
      for line in record.split(separator: "\n") {
        let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        if cells.count > 1, cells[0] == name { return cells[1] }
      }
      return nil
    }

    @Test func whatIsPinnedIsSetAndSaid() throws {
      let settings = [("net.ipv4.tcp_sack", "0"), ("net.ipv4.tcp_rmem", "4096 65536 1048576")]
      let (saved, errors) = try pinned(settings.map { (name: $0.0, value: $0.1) })
      #expect(fact("settings", of: saved) == "recorded" && errors.isEmpty, "\(errors)")
      for (name, value) in settings { #expect(fact(name, of: saved) == value) }
    }

    @Test func whatCannotBePinnedIsNamedAndNotCalledPinned() throws {
      let settings = [
        ("net.ipv4.tcp_sack", "0"), ("net.ipv4.tcp_congestion_control", "no_such_control"),
        ("net.ipv4.tcp_fin_timeout", "30; reboot"), ("net.ipv4.tcp_no_such_setting", "1"),
        ("net.ipv4.tcp_syn_retries", "999999"), ("net.ipv4.tcp_max_orphans", "17"),
      ]
      let (saved, errors) = try pinned(settings.map { (name: $0.0, value: $0.1) })
      let said = try #require(fact("settings", of: saved))
      #expect(said.hasPrefix("recorded, except ") && !said.contains("tcp_sack"), "\(said)")
      for (name, _) in settings.dropFirst() {
        #expect(said.contains(name) && errors.contains("\(name) was not set"), "\(said)\n\(errors)")
      }
      #expect(fact("net.ipv4.tcp_sack", of: saved) == "0")
    }

    /// Older programs wrote `kernel` for the kernel's defaults.
    @Test(arguments: ["default", "kernel"]) func aRecordMadeUnderTheDefaultsIsCheckedUnderThem(name: String)
      throws
    {
      try folder.write(
        SmallRecord.text("6.1.9", "ECONNREFUSED").replacing(
          "6.1.9 | |", with: "6.1.9 | |\n| settings | \(name) | |"),
        to: "before.md")
      _ = try Probe.run("check", "before.md", "--save", "after.md", "--on", "loopback", in: folder)
      #expect(try fact("settings", of: folder.read("after.md")) == "default")
    }

    /// As in a container that forbids namespaces: the machine's own settings are nobody's to change.
    @Test(.enabled(if: Poverty.here.contains(.container), "such a container cannot be made here"))
    func withoutANamespaceNothingIsPinnedAndNothingIsRun() throws {
      try folder.write(
        SmallRecord.text("6.1.9", "ECONNREFUSED", settings: [("net.ipv4.tcp_sack", "0")]), to: "before.md")
      let copy = folder.path + "/tcpprobe"
      try folder.copyProbe(to: copy)
      let ended = try Program(Poverty.container.wrapper + [copy, "check", "before.md", "--recorded-sysctls"])
        .run(
          in: folder)
      #expect(ended.status == 2 && ended.output.isEmpty, "\(ended.output)")
      #expect(
        ended.errors.contains("--recorded-sysctls: the recorded values cannot be set"), "\(ended.errors)")
      let record = try Program(
        Poverty.container.wrapper + [copy, "record", "--sysctls", "default", "--only", "closed port"]
      ).run(in: folder)
      #expect(fact("settings", of: record.output) == "host", "\(record.output)")
      #expect(record.errors.contains("--sysctls default has no effect"), "\(record.errors)")
    }
  }
}

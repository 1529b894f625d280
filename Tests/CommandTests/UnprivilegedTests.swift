import Foundation
import Testing

/// Somebody, or somewhere, with less.
enum Poverty: String, CaseIterable {
  /// Without any privilege; a user namespace of its own may be made.
  case nobody
  /// As in a container that forbids namespaces.
  case container
  /// Root, but there is no TUN.
  case withoutTUN

  /// What stands before the command.
  var wrapper: [String] {
    switch self {
    case .nobody: Nobody.wrapper
    case .container:
      Nobody.wrapper + [
        "unshare", "-Ur", "sh", "-c",
        """
        echo 0 > /proc/sys/user/max_net_namespaces && echo 0 > /proc/sys/user/max_user_namespaces &&
        exec setpriv --no-new-privs --inh-caps=-all --bounding-set=-all "$@"
        """, "sh",
      ]
    case .withoutTUN: ["unshare", "-m", "sh", "-c", "mount -t tmpfs none /dev/net && exec \"$@\"", "sh"]
    }
  }

  /// Those that can be brought about here.
  static let here = allCases.filter { poverty in
    guard getuid() == 0, Probe.isThere, let folder = try? Folder() else { return false }
    if (try? Program(poverty.wrapper + ["true"]).run(in: folder))?.status == 0 { return true }
    print("not tested as \(poverty.rawValue): it cannot be brought about here")
    return false
  }
}

extension CommandTests {
  @Suite(.enabled(if: !Poverty.here.isEmpty, "no privilege can be given up here"))
  struct UnprivilegedTests {
    private let folder: Folder
    private let copy: String

    init() throws {
      folder = try Folder()
      copy = folder.path + "/tcpprobe"
      // The folder that it was built in may be nobody else's.
      try folder.copyProbe(to: copy)
    }

    private func run(_ poverty: Poverty, _ arguments: [String]) throws -> Program.Finished {
      try Program(poverty.wrapper + [copy] + arguments).run(in: folder)
    }

    @Test(arguments: Poverty.here, [["close-sequence"], ["check", "--quick"]])
    func itDoesWhatItCanAndClaimsNothingThatItDidNotSee(poverty: Poverty, command: [String]) throws {
      let ended = try run(poverty, command + ["--format", "json"])
      #expect([0, 1, 2].contains(ended.status), "\(ended.errors)")
      // One line, that it is not run on the wire.
      #expect(ended.errorLines.count <= 1, "\(ended.errors)")
      let report = try Report(ended.output)
      #expect(!report.verdicts.isEmpty)
      for (index, trace) in report.traces.enumerated() {
        for observer in trace.observers where observer.reason != nil {
          #expect(observer.reason?.contains("\n") == false)
        }
        let sees = trace.observers.contains { ["wire", "capture"].contains($0.kind) && $0.reason == nil }
        if !sees { #expect(!trace.events.contains { $0.what.segment != nil }, "\(index)") }
      }
      let seesSegments = report.traces.contains { $0.events.contains { $0.what.segment != nil } }
      guard !seesSegments else { return }
      for part in report.verdicts.flatMap(\.parts) where ["segment", "extra"].contains(part.subject) {
        #expect(part.verdict == "undecided")
      }
      #expect(ended.status != 0)
    }

    @Test(arguments: Poverty.here) func theReportSaysForEachObserverWhatItsLackCosts(poverty: Poverty) throws
    {
      let json = try run(poverty, ["handshake", "--format", "json"]).output
      try folder.write(json, to: "run.json")
      let report = try Report(json)
      let shown = try Probe.run("judge", "run.json", in: folder).output
      // An observer is not missed if another one saw the same.
      let missing = Set(
        report.traces.flatMap(\.observers).filter { $0.replacedBy == nil }
          .compactMap { $0.reason == nil ? nil : $0.kind })
      for kind in missing { #expect(shown.contains("\(kind)")) }
      if !missing.isEmpty { #expect(shown.contains("not available") && shown.contains("effect")) }
    }

    @Test(arguments: Poverty.here) func aBenchThatCannotRunIsToldInOneLine(poverty: Poverty) throws {
      let ended = try run(poverty, ["handshake", "--on", "wire"])
      // Somebody may have been given the device.
      if ended.status == 0 { return print("skipped: \(poverty.rawValue) can run on the wire here") }
      #expect(ended.status == 2)
      #expect(ended.output.isEmpty && ended.errorLines.count == 1)
    }

    @Test(arguments: Poverty.here) func theDoctorSaysWhatWouldHelp(poverty: Poverty) throws {
      let ended = try run(poverty, ["doctor"])
      #expect(ended.status == 0 && ended.errors.isEmpty)
      #expect(
        ended.output.split(separator: "\n").contains { $0.contains("loopback") && $0.contains("ready") })
      if ended.output.contains("cannot run") { #expect(ended.output.contains("to enable:")) }
    }
  }
}

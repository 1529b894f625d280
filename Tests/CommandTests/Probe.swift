import Foundation
import Testing

/// The program under test, as it was built beside these tests.
enum Probe {
  /// nil where it is not to be found.
  static let path: String? = {
    var folders = [(try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""]
    folders += CommandLine.arguments
    for file in folders where file.contains("/") {
      let candidate = URL(fileURLWithPath: file).deletingLastPathComponent().path + "/tcpprobe"
      if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
    }
    print("the program is not beside its tests; nothing of it is tested")
    return nil
  }()

  static let isThere = path != nil

  static func program(_ arguments: [String]) throws -> Program {
    Program([try #require(path)] + arguments)
  }

  static func run(_ arguments: String..., in folder: Folder) throws -> Program.Finished {
    try program(arguments).run(in: folder)
  }

  /// The benches on which whoever runs the tests can run, and decide, everything: `wire`, `loopback`.
  static let benches: [String] = {
    guard isThere, let folder = try? Folder() else { return [] }
    return ["wire", "loopback"].filter { bench in
      let ended = try? run("close-sequence", "--on", bench, in: folder)
      if ended?.status == 0 { return true }
      let reason = ended.map { $0.errors.isEmpty ? "not everything can be seen" : $0.errors } ?? ""
      print("not tested on \(bench): \(reason)")
      return false
    }
  }()

  static let families = ["ipv4", "ipv6"]
}

/// What of a JSON report the tests look at.
struct Report: Decodable {
  var schema: Int
  var machine: Machine
  var traces: [Trace]
  var verdicts: [Verdict]

  struct Machine: Decodable { var release: String }
  struct Trace: Decodable {
    var observers: [Observer]
    var events: [Event]
  }
  struct Observer: Decodable {
    var kind: String
    var reason: String?
    var replacedBy: String?
  }
  struct Event: Decodable {
    var what: What
    struct What: Decodable { var segment: Sent? }
    struct Sent: Decodable { var segment: Segment }
    struct Segment: Decodable {
      var flags: String
      var seq: UInt32
      var ack: UInt32
      var length: Int
    }
  }
  struct Verdict: Decodable, Equatable {
    var id: String
    var verdict: String
    var expected: String
    var seen: String
    var evidence: [Evidence]
    var parts: [Part]
  }
  struct Evidence: Decodable, Equatable {
    var trace: Int
    var events: [Int]
  }
  struct Part: Decodable, Equatable {
    var subject: String
    var verdict: String
  }

  init(_ json: String) throws { self = try JSONDecoder().decode(Report.self, from: Data(json.utf8)) }
}

import Chance
import Foundation
import Testing

extension CommandTests {
  /// A saved run that was damaged is told in one line, and never ends the program by a signal.
  @Suite(.enabled(if: !Probe.benches.isEmpty, "the program cannot run here"))
  struct DamagedRunTests {
    private let folder: Folder
    private let json: String

    /// Run once for all of them.
    private static let run: String? = {
      guard let folder = try? Folder() else { return nil }
      return try? Probe.run("data-transfer", "--format", "json", in: folder).output
    }()

    init() throws {
      folder = try Folder()
      json = try #require(Self.run)
    }

    private func judge(_ damaged: String) throws -> Program.Finished {
      try folder.write(damaged, to: "damaged.json")
      return try Probe.run("judge", "damaged.json", in: folder)
    }

    private func expectRefusal(_ damaged: String, _ what: String) throws {
      let ended = try judge(damaged)
      #expect(ended.status == 64, "\(what): \(ended.output.prefix(200))")
      #expect(ended.output.isEmpty, "\(what)")
      #expect(
        ended.errorLines.count == 1 && ended.errors.contains("damaged.json: "), "\(what): \(ended.errors)")
      #expect(ended.errors.utf8.count < 500, "\(what)")
    }

    @Test func whatIsCutOffIsRefused() throws {
      for part in [0, 1, 2, 10, 1000, json.count / 2, json.count - 3] {
        try expectRefusal(String(json.prefix(part)), "\(part) characters")
      }
    }

    @Test func anotherSchemaIsNamed() throws {
      let other = json.replacingOccurrences(of: "\"schema\" : 2", with: "\"schema\" : 3")
      try #require(other != json)
      try expectRefusal(other, "schema 3")
      #expect(try judge(other).errors.contains("version 3"))
    }

    @Test(arguments: [
      ("\"schema\" : 2", "\"schema\" : \"2\""), ("\"schema\" : 2", "\"schema\" : null"),
      ("\"schema\" : 2", "\"schema\" : 1e400"), ("\"traces\" : [", "\"traces\" : [17, "),
      ("\"traces\" : [", "\"tracks\" : ["), ("\"events\" : [", "\"events\" : [null, "),
      ("\"flags\" : \"ACK\"", "\"flags\" : \"AXE\""), ("\"seq\" : 1401", "\"seq\" : 4294967296"),
      ("\"seq\" : 1401", "\"seq\" : -1"), ("\"length\" : 100", "\"length\" : 99999999999999999999"),
      ("\"length\" : 100", "\"length\" : 1.5"), ("\"time\" : ", "\"time\" : -"),
      ("\"segment\" : ", "\"segment\" : 9"), ("\"left\"", "\"middle\""),
      ("\"index\" : 0", "\"index\" : 9223372036854775807"), ("\"voids\" : 0", "\"voids\" : -5"),
      ("\"bytes\" : \"", "\"bytes\" : \"xyz"), ("\"family\" : \"ipv4\"", "\"family\" : \"ipx\""),
    ])
    func whatIsOfAnotherKindIsRefused(old: String, new: String) throws {
      let range = try #require(json.range(of: old), "the file has no \(old)")
      try expectRefusal(json.replacingCharacters(in: range, with: new), "\(old) -> \(new)")
    }

    @Test(arguments: [
      "[]", "{}", "null", "17", "\"text\"", "{\"schema\":1}", "\u{FEFF}{}", "{\"schema\":1,\"schema\":2}",
    ])
    func whatIsNoRunIsRefused(text: String) throws { try expectRefusal(text, text) }

    @Test func whatIsNestedWithoutEndIsRefused() throws {
      for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        try expectRefusal(String(repeating: open, count: 100_000), "opened")
        let both =
          String(repeating: open, count: 100_000) + "1" + String(repeating: close, count: 100_000)
        try expectRefusal(both, "opened and closed")
      }
    }

    @Test func aRunWhoseDocumentIsDamagedIsRefused() throws {
      let other = json.replacingOccurrences(of: "SEQ:1401, 100bytes", with: "SEQ:99999999999, 100bytes")
      try #require(other != json)
      let ended = try judge(other)
      #expect(ended.status == 64 && ended.errorLines.count == 1, "\(ended.errors)")
    }

    /// What was changed by chance may still be a run; then it is judged.
    @Test func noDamageEndsTheProgramByASignal() throws {
      var random = SplitMix64(seed: 2)
      let bytes = Array(json.utf8)
      for _ in 0..<40 {
        var damaged = bytes
        for _ in 0..<3 {
          let place = Int.random(in: damaged.indices, using: &random)
          switch Int.random(in: 0..<3, using: &random) {
          case 0: damaged[place] = "0123456789{}[]\",:-e".utf8.randomElement(using: &random) ?? 0
          case 1: damaged.remove(at: place)
          default: damaged.insert(damaged[place], at: place)
          }
        }
        let ended = try judge(String(decoding: damaged, as: UTF8.self))
        #expect([0, 2, 64].contains(ended.status))
      }
    }
  }
}

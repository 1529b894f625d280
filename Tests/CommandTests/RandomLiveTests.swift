import Chance
import Foundation
import Kinds
import Testing

extension CommandTests {
  /// Sessions of `live` with random keys.
  @Suite(.enabled(if: Probe.benches.contains("wire"), "there is no wire here"))
  struct RandomLiveTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    private static let lessons = ["close-sequence", "handshake", "data-transfer", "reset", "close-wait"]
    /// Deliveries are the most frequent, then calls, so that connections come to their ends.
    private static let keys = Array("dddddddddddddd<<<>>>ssssSSSSccccCCCCffFFrrRRxxxbbhh___jkiI")

    @Test(arguments: 0..<20) func noSavedPageIsContradicted(seed: UInt64) throws {
      var random = SplitMix64(seed: seed)
      let lesson = random.one(of: Self.lessons)
      let start = lesson == "handshake" ? "o" : "s"
      let keys =
        start + String((0..<Int.random(in: 5...16, using: &random)).map { _ in random.one(of: Self.keys) })
      let timers = random.chance(40) ? "running" : "frozen"
      try folder.write(keys, to: "keys")
      let live = try Probe.run(
        "live", lesson, "--keys", "keys", "--save", "mine.md", "--timers", timers, in: folder)
      let ended = try Probe.run("check", "mine.md", in: folder)
      let session = "\(lesson) \(keys) \(timers)\n\(live.errors)\n\(ended.output)\(ended.errors)"
      #expect(ended.output.contains("confirmed") && !ended.output.contains("contradicted"), "\(session)")
      #expect(ended.status == 0, "\(session)")
      // Only timers that are other ones in check have rows left out: here none expired.
      if timers == "frozen", !live.output.contains(#/timer of \w+: /#) {
        #expect(!live.errors.contains("of the run, from"), "\(session)")
      }
    }
  }
}

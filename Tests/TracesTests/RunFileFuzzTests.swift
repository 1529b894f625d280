import Chance
import FoundationEssentials
import Kinds
import Testing
import Traces

/// A damaged file is refused with one line, or is still a run; it never stops the program.
@Suite(.tags(.pure)) struct RunFileFuzzTests {
  private static let odd = [
    "-1", "0", "1e400", "1.5", "9223372036854775807", "-9223372036854775808", "18446744073709551616", "null",
    "[]",
    "{}", "\"\"", "true", "4294967296", "65536",
  ]

  @Test(arguments: 0..<8 as Range<UInt64>)
  func noDamageStopsTheReader(seed: UInt64) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let whole = [UInt8](try encoder.encode(SampleRun.run))
    var random = SplitMix64(seed: seed)
    for _ in 0..<150 {
      var text = whole
      for _ in 0..<Int.random(in: 1...3, using: &random) { damage(&text, &random) }
      do throws(RunError) {
        let run = try Run(reading: text)
        look(through: run)
      } catch {
        #expect(!error.message.isEmpty && !error.description.contains("\n"), "seed \(seed)")
      }
    }
  }

  private func damage(_ text: inout [UInt8], _ random: inout SplitMix64) {
    guard !text.isEmpty else { return }
    let place = Int.random(in: text.indices, using: &random)
    switch Int.random(in: 0..<5, using: &random) {
    case 0: text[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1: text.removeSubrange(place..<min(place + 12, text.count))
    case 2: text.removeLast(min(text.count, Int.random(in: 1...400, using: &random)))
    case 3:
      // A number becomes one that nobody expects.
      let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
      guard let start = text[place...].firstIndex(where: { digits ~= $0 }) else { return }
      let end = text[start...].firstIndex { !(digits ~= $0) } ?? text.endIndex
      let odd = RunFileFuzzTests.odd.randomElement(using: &random) ?? "-1"
      text.replaceSubrange(start..<end, with: odd.utf8)
    default:
      // A key goes by another name: to the reader it is gone.
      guard let colon = text[place...].firstIndex(of: UInt8(ascii: ":")), colon > 2 else { return }
      text[colon - 2] = UInt8(ascii: "_")
    }
  }

  /// Whoever reads a run indexes with the places in it.
  private func look(through run: Run) {
    for trace in run.traces {
      for place in trace.events.indices {
        _ = trace.quietStretches(around: place)
        _ = trace.isLost(segmentAt: place)
      }
      _ = trace.disagreements
      _ = trace.sorted()
      _ = trace.ladder()
    }
  }
}

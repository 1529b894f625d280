import Benches
import Foundation
import Linux
import TCP

/// What tcpprobe's own work costs, beside what the same would cost without it. All of it is measured in one run, so the
/// ratios hold on a slow or busy machine too.
@main
struct Benchmarks {
  /// How often each thing is measured, in turn with what it is compared with.
  static let rounds = 9

  /// A benchmark, and the word that asks for it alone.
  private struct Part {
    var word: String
    var name: String
    /// Says why it runs only where it is named, if so.
    var onlyNamed: String?
    var measure: @Sendable (TimeLimit) throws -> [Line]
  }

  private static let parts = [
    // First: Linux counts the memory of a process from before it runs its program, which is this one's.
    Part(
      word: "records", name: "A quick record, of one address family and of both",
      measure: WholeRecords.measure),
    Part(
      word: "whole-record", name: "A whole record, against TIME_WAIT",
      onlyNamed: "takes more than \(TimeLimit.seconds) s, because TIME_WAIT lasts 60 s",
      measure: WholeRecords.measureWhole),
    Part(word: "segments", name: "A segment of a page, on the wire", measure: Steps.measure),
    Part(word: "learn", name: "An input of a learned machine", measure: LearnedSteps.measure),
    Part(
      word: "machines", name: "Whole machines, medians of 5 seeds",
      onlyNamed: "takes minutes", measure: LearnedMachines.measure),
    Part(
      word: "observers", name: "A ladder of one short connection, and the time that each observer adds",
      measure: ObserverCosts.measure),
    Part(
      word: "lookups", name: "A socket looked up among \(grouped(Lookups.crowd)) in TIME_WAIT",
      measure: Lookups.measure),
    Part(
      word: "who",
      name:
        "\(grouped(Censuses.sockets)) sockets of \(Censuses.processes) processes, counted by state, process"
        + " and peer", measure: Censuses.measure),
    Part(
      word: "groups", name: "\(grouped(Groups.count)) records, no two of which say the same",
      measure: Groups.measure),
  ]

  static func main() throws {
    let arguments = CommandLine.arguments
    if arguments.count == 3, arguments[1] == Holders.argument, let count = Int(arguments[2]) {
      return try Holders.hold(count)
    }
    let words = arguments.dropFirst()
    if words.contains("--help") || words.contains(where: { word in !parts.contains { $0.word == word } }) {
      say("usage: benchmarks [\(parts.map(\.word).joined(separator: "|"))] ...")
      for part in parts {
        say("  \(padded(part.word, to: 14))\(part.name)")
        if let reason = part.onlyNamed { say("  \(padded("", to: 14))runs only if it is named: \(reason)") }
      }
      say("Without a name, all others run. Each ends within \(TimeLimit.seconds) s in a release build.")
      exit(words.contains("--help") ? 0 : 64)
    }
    if !Privileges.ofThisThread().hasSysAdmin { try? Namespace.becomeRootOfOwnUserNamespace() }
    say(
      "Linux \(System.release) \(System.machine), \(System.processorCount) processors;"
        + " medians of up to \(rounds) rounds in one run")
    if isDebug { say("This is a debug build, which is much slower: swift run -c release benchmarks") }
    for part in parts where words.isEmpty ? part.onlyNamed == nil : words.contains(part.word) {
      say("\n\(part.name)")
      let limit = TimeLimit()
      do {
        for line in try part.measure(limit) { say("  \(line)") }
      } catch {
        // What this machine does not have keeps nothing else from being measured.
        say("  not measured: \(error)")
      }
      let limited =
        part.onlyNamed == nil ? "limit \(TimeLimit.seconds) s" : "no limit of \(TimeLimit.seconds) s"
      say("  measured in \(limit.elapsed / 1_000_000_000) s (\(limited))")
    }
  }

  /// Tells whether assertions are checked: so the program is a debug build.
  private static var isDebug: Bool {
    var isDebug = false
    assert(
      {
        isDebug = true
        return true
      }())
    return isDebug
  }
}

/// A thing that was measured: how long it took, and how that stands to something else.
struct Line: CustomStringConvertible {
  var name: String
  var nanoseconds: Int64
  /// How it stands to what; nil for what the others are compared with.
  var ratio: String?

  var description: String {
    let rate = nanoseconds > 0 ? 1_000_000_000 / nanoseconds : 0
    return padded(name, to: 36) + padded(micro(nanoseconds), to: -12)
      + padded(rate > 0 ? "\(grouped(rate)) /s" : "", to: -14) + (ratio.map { "   " + $0 } ?? "")
  }
}

/// `8.4 µs`, `62.04 s`.
func micro(_ nanoseconds: Int64) -> String {
  if nanoseconds >= 1_000_000_000 {
    let hundredths = (nanoseconds + 5_000_000) / 10_000_000
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) s"
  }
  let tenths = (nanoseconds + 50) / 100
  return tenths < 10_000 ? "\(tenths / 10).\(abs(tenths % 10)) µs" : "\(grouped(tenths / 10)) µs"
}

/// `24.3 times`.
func times(_ one: Int64, _ other: Int64) -> String {
  guard other > 0 else { return "?" }
  let tenths = (one * 10 + other / 2) / other
  return "\(grouped(tenths / 10)).\(tenths % 10) times"
}

func grouped(_ number: some BinaryInteger) -> String {
  var text = ""
  for (index, digit) in String(number).reversed().enumerated() {
    if index > 0, index % 3 == 0, digit != "-" { text = "," + text }
    text = String(digit) + text
  }
  return text
}

/// Filled up behind, or before where the width is negative.
private func padded(_ text: String, to width: Int) -> String {
  let space = String(repeating: " ", count: max(0, abs(width) - text.count))
  return width < 0 ? space + text : text + space
}

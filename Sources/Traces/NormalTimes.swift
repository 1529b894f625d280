/// Lengths of time in the lines of traces, and which of them are the same.
///
/// Only a run in virtual time has them: there a step takes next to no time, so that what passes is a timer of the kernel's
/// or a wait of the scenario's. A length stands in brackets: `[after 204 ms]`, `[due in 40 ms]`.
enum NormalTimes {
  /// The shortest length that is told, in milliseconds: what a program does can take as long.
  private static let least = 24
  /// A tick of 100 Hz and some steps of a program, in milliseconds.
  private static let slack = 14

  /// The timer wheel lets a timer that is longer than this expire up to an eighth late: 63 ticks of 250 Hz, in milliseconds.
  /// The time that it has left is exact.
  private static let rounded = 252

  /// The time since the line before, in nanoseconds; nothing where it is short.
  static func after(_ nanoseconds: Int64) -> String { told("after", nanoseconds) }

  /// The time that a call took, in nanoseconds; nothing where it is short.
  static func took(_ nanoseconds: Int64) -> String { told("took", nanoseconds) }

  /// The time that a timer has left, in milliseconds.
  static func due(_ milliseconds: Int) -> String { " [\(dueIn) \(milliseconds) ms]" }

  private static let dueIn = "due in"

  private static func told(_ word: String, _ nanoseconds: Int64) -> String {
    let milliseconds = Int(nanoseconds / 1_000_000)
    return milliseconds < least ? "" : " [\(word) \(milliseconds) ms]"
  }

  /// Tells whether two lines say the same but for lengths that may be the same.
  static func areSame(_ one: String, _ other: String) -> Bool {
    if one == other { return true }
    let (first, second) = (parts(of: one), parts(of: other))
    guard first.text == second.text else { return false }
    return Set(first.times.keys).union(second.times.keys).allSatisfy { kind in
      let (a, b) = (first.times[kind] ?? least, second.times[kind] ?? least)
      let isExact = kind == dueIn || max(a, b) < rounded
      return abs(a - b) <= slack + max(a, b) / (isExact ? 64 : 8)
    }
  }

  /// A line without its lengths, and these, in milliseconds, by the words before them.
  private static func parts(of line: String) -> (text: String, times: [Substring: Int]) {
    var text = line[...]
    var times: [Substring: Int] = [:]
    while text.hasSuffix(" ms]"), let open = text.lastIndex(of: "[") {
      let inside = text[open...].dropFirst().dropLast(" ms]".count)
      guard let space = inside.lastIndex(of: " "), let number = Int(inside[inside.index(after: space)...])
      else {
        break
      }
      times[inside[..<space]] = number
      text = text[..<open].dropLast()
    }
    return (String(text), times)
  }
}

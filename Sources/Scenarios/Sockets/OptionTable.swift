import Benches
import Documents
import Linux
import SystemPackage
import TCP
import Traces

extension Scenario {
  /// The values of each option of a TCP socket: the first, those that the kernel takes, and what it makes of them.
  package static let optionTable = Scenario(
    "values of options",
    Declaration(
      OptionRow.all.map(\.figure), under: Situation.withOptions.map { [.socket($0)] }, isDrawn: false)
  ) { try $0.runOptionTable(under: $1) }
}

extension Situation {
  fileprivate static let withOptions: [Situation] = [.unconnected, .listening, .established, .ended]
}

extension Connection {
  /// A socket in a situation, and all options.
  fileprivate func runOptionTable(under conditions: [Condition]) throws {
    guard let situation = try situation(of: conditions) else { return }
    try sibling { connection in
      let subject = try connection.bring(into: situation)
      connection.log.record(.rung(index: 0))
      guard let socket = subject.socket else { throw NotMeasurable(reason: "there is no socket") }
      let proof = [connection.log.lastLook(at: subject.party)]
      // One option may change another: all are read before any is set.
      var defaults: [String: Result<Int, Errno>] = [:]
      for row in OptionRow.all {
        guard let option = row.option(of: bench.family) else { continue }
        defaults[row.name] = Result { () throws(Errno) in try socket.value.get(option) }
      }
      for row in OptionRow.all {
        guard let option = row.option(of: bench.family), let initial = defaults[row.name] else {
          connection.cannotMeasure(row.figure, because: Declaration.Need.ipv6.reason)
          continue
        }
        switch initial {
        case .failure(.protocolNotAvailable):
          connection.cannotMeasure(row.figure, because: .notOnThisKernel("getsockopt() gives ENOPROTOOPT"))
        case .failure(let errno):
          connection.measure(row.figure, .errno(errno.name), "getsockopt()", proof: proof)
        case .success(let value):
          let trial = OptionTrial(row, option, socket)
          connection.measure(
            row.figure, Value(reading: trial.text(initially: value)),
            "getsockopt(), and setsockopt() with many values", proof: proof)
        }
      }
    }
  }
}

/// Values of one option, tried on one socket.
private struct OptionTrial {
  let option: NumberedOption
  let socket: Box<Socket>
  /// True if its values are microseconds, which the kernel rounds to ticks: they are told in ticks where that is shorter.
  let isTime: Bool
  /// The largest value that is read, and its name, where that is the machine's.
  private let limit: (value: Int, name: String)?

  init(_ row: OptionRow, _ option: NumberedOption, _ socket: Box<Socket>) {
    self.option = option
    self.socket = socket
    isTime = row.isTime
    limit = row.limit.flatMap { name in
      (try? Sysctl.read("net.core.\(name)")).flatMap { Int($0) }.map { (2 * $0, "twice \(name)") }
    }
  }

  /// Values between which nothing is thought to change more than once.
  static let candidates = [
    Int(Int32.min), -65_536, -2, -1, 0, 1, 2, 3, 4, 40, 88, 127, 128, 200, 255, 256, 536, 1000, 32_767,
    32_768,
    65_535, 65_536, 200_000, 1_000_000, 100_000_000, Int(Int32.max),
  ]

  /// Tries values, finds where those begin and end that are taken, and sets the first value back.
  func text(initially first: Int) -> String {
    defer { _ = refusal(of: first) }
    var parts = [text(of: first)]
    let candidates = Self.candidates.map { (value: $0, refusal: refusal(of: $0)) }
    if let refusal = candidates[0].refusal, candidates.allSatisfy({ $0.refusal == refusal }) {
      return "\(parts[0]), takes none, \(refusal.name)"
    }
    let ranges = ranges(among: candidates)
    if ranges == [Self.all], candidates.allSatisfy({ reading(of: $0.value) == ($0.value == 0 ? 0 : 1) }) {
      return "\(parts[0]), takes all as 0 or 1"
    }
    parts.append("takes " + ranges.map { text(of: $0) }.joined(separator: " and "))
    let refusals = Set(candidates.compactMap(\.refusal).map(\.name)).sorted()
    if !refusals.isEmpty { parts.append("else \(refusals.joined(separator: " or "))") }
    for value in Set(ranges.flatMap { [$0.lowerBound, $0.upperBound] } + [0, 1, 1000]).sorted() {
      guard let read = reading(of: value), read != value else { continue }
      parts.append("\(text(of: value)) becomes \(text(of: read))")
    }
    return parts.joined(separator: ", ")
  }

  /// The errno; nil where the value is taken.
  private func refusal(of value: Int) -> Errno? {
    do throws(Errno) { try socket.value.set(option, to: value) } catch { return error }
    return nil
  }

  /// The value that is read once this one was set; nil where it cannot be set or read.
  private func reading(of value: Int) -> Int? {
    refusal(of: value) == nil ? try? socket.value.get(option) : nil
  }

  /// The ranges of values that are taken.
  private func ranges(among candidates: [(value: Int, refusal: Errno?)]) -> [ClosedRange<Int>] {
    var ranges: [ClosedRange<Int>] = []
    var begin: Int?
    for (index, (value, refusal)) in candidates.enumerated() {
      if refusal == nil, begin == nil {
        begin = index == 0 ? value : edge(refused: candidates[index - 1].value, taken: value)
      }
      if refusal != nil, let first = begin {
        ranges.append(first...edge(refused: value, taken: candidates[index - 1].value))
        begin = nil
      }
    }
    if let begin, let last = candidates.last?.value { ranges.append(begin...last) }
    return ranges
  }

  /// The taken value next to the refused ones.
  private func edge(refused: Int, taken: Int) -> Int {
    var (refused, taken) = (refused, taken)
    while abs(refused - taken) > 1 {
      let middle = (refused + taken) / 2
      if refusal(of: middle) == nil { taken = middle } else { refused = middle }
    }
    return taken
  }

  private static let all = Int(Int32.min)...Int(Int32.max)

  private func text(of value: Int) -> String {
    if let limit, value == limit.value { return limit.name }
    let tick = Int(System.jiffy / 1000)
    if isTime, value > 0, value < 100_000, value % tick <= 1 {
      return "\(value / tick) ticks" + (value % tick == 1 ? " + 1" : "")
    }
    return switch value {
    case Self.all.lowerBound: "INT_MIN"
    case Self.all.upperBound: "INT_MAX"
    default: "\(value)"
    }
  }

  private func text(of range: ClosedRange<Int>) -> String {
    if range == Self.all { return "all" }
    return range.count == 1
      ? text(of: range.lowerBound) : "\(text(of: range.lowerBound)) to \(text(of: range.upperBound))"
  }
}

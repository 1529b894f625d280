package import Documents
import TCP

extension Script {
  /// The difference between a segment of the script and what the kernel sent in its place.
  func difference(
    of segment: ScriptSegment, from seen: [ScriptSegment], at step: ScriptTrace.Step
  ) -> ScriptDifference? {
    let expected = "> \(segment)"
    guard let first = seen.first else {
      return ScriptDifference(
        event: step.event, kind: .missing, expected: expected, seen: "nothing was sent")
    }
    let joined = first.joined(with: seen.dropFirst())
    let parts =
      joined.map { segment.parts(differentIn: $0, tolerance: timestampTolerance(at: step)) }
      ?? ["the segments do not make one"]
    guard !parts.isEmpty else { return nil }
    let shown = (joined.map { [$0] } ?? seen).map { segment.service == nil ? $0.withoutService : $0 }
    let text = shown.map { "> \($0)" }.joined(separator: ", ")
    return ScriptDifference(
      event: step.event, kind: .segment, expected: expected, seen: text, parts: parts)
  }

  /// By how many ticks timestamps may differ; nil where they are not compared.
  private func timestampTolerance(at step: ScriptTrace.Step) -> Int? {
    guard let tick = settings.timestampTick else { return nil }
    let part = step.time * settings.tolerancePart
    return Int(max(settings.tolerance, part) / tick)
  }
}

extension ScriptSegment {
  /// Tells whether more segments are needed to make up this one.
  package func needsMore(than seen: [ScriptSegment]) -> Bool {
    guard let first = seen.first, !seen.isEmpty, first.start == start else { return seen.isEmpty }
    guard let joined = first.joined(with: seen.dropFirst()) else { return false }
    return joined.length < length
  }

  /// The segment that these make together, each behind the one before; nil where they do not.
  ///
  /// Lengths but the last are alike, and headers but for what belongs to the beginning or to the end.
  package func joined(with others: some Collection<ScriptSegment>) -> ScriptSegment? {
    var joined = self
    for (place, other) in others.enumerated() {
      let ending: Flags = [.fin, .psh, .cwr]
      guard other.start == joined.start &+ UInt32(truncatingIfNeeded: joined.length),
        other.flags.subtracting(ending) == flags.subtracting(ending), other.hasAE == hasAE,
        other.acknowledgment == acknowledgment, other.window == window, other.length > 0,
        other.length <= length, place == others.count - 1 || other.length == length
      else { return nil }
      joined.length += other.length
      joined.flags = other.flags.subtracting(.cwr).union(flags.intersection(.cwr))
      joined.options = other.options
    }
    return joined
  }

  /// The parts in which a segment of the kernel differs from this one of a script, in words.
  ///
  /// - Parameter tolerance: the number of ticks by which a timestamp may differ; nil where any will do.
  package func parts(differentIn seen: ScriptSegment, tolerance: Int? = nil) -> [String] {
    var parts: [String] = []
    let compared: Flags = [.fin, .syn, .rst, .psh, .ack, .urg, .ece, .cwr]
    if ace != nil {
      // The three flags are one number, and stand in both.
      let others = compared.subtracting([.ece, .cwr])
      if flags.intersection(others) != seen.flags.intersection(others) { parts.append("the flags") }
      if flags.intersection([.ece, .cwr]) != seen.flags.intersection([.ece, .cwr]) || hasAE != seen.hasAE {
        parts.append("the counter of accurate ECN")
      }
    } else if flags.intersection(compared) != seen.flags.intersection(compared) || hasAE != seen.hasAE {
      parts.append("the flags")
    }
    if start != seen.start { parts.append("the sequence number") }
    if length != seen.length { parts.append("the length") }
    if acknowledgment != seen.acknowledgment { parts.append("the acknowledgment") }
    if let window, window != seen.window { parts.append("the window") }
    if urgentPointer != seen.urgentPointer { parts.append("the urgent pointer") }
    if let options, !Self.match(options, seen.options ?? [], tolerance: tolerance) {
      parts.append("the options")
    }
    if let service, !service.matches(seen.service) { parts.append("the mark in the IP header") }
    if let hopLimit, hopLimit != 0, hopLimit != seen.hopLimit { parts.append("the time to live") }
    if let flowLabel, flowLabel != 0, flowLabel != seen.flowLabel { parts.append("the flow label") }
    return parts
  }

  private static func match(_ options: [OptionItem], _ seen: [OptionItem], tolerance: Int?) -> Bool {
    options.count == seen.count
      && zip(options, seen).allSatisfy { one, other in
        guard case .option(.timestamps(let value, _)) = one,
          case .option(.timestamps(let seenValue, _)) = other
        else { return one == other }
        guard let tolerance else { return true }
        return Int(Int32(bitPattern: seenValue &- value).magnitude) <= tolerance
      }
  }
}

extension ScriptSegment.Service {
  fileprivate func matches(_ seen: Self?) -> Bool {
    guard case .octet(let octet)? = seen else { return true }
    return switch self {
    case .congestion(let bits): octet & 3 == bits
    case .anyCapable: octet & 3 == 1 || octet & 3 == 2
    case .octet(let wanted): octet == wanted
    }
  }
}

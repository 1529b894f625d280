package import Documents

/// The first thing that the kernel did otherwise than a script says.
package struct ScriptDifference: Equatable, Sendable {
  /// The place of the event in the script.
  package var event: Int
  package var kind: Kind
  package var expected: String
  package var seen: String
  /// The parts that differ, in words: `the window`, `the options`.
  package var parts: [String]

  package init(event: Int, kind: Kind, expected: String, seen: String, parts: [String] = []) {
    self.event = event
    self.kind = kind
    self.expected = expected
    self.seen = seen
    self.parts = parts
  }

  package enum Kind: String, Codable, Sendable {
    case segment
    case missing = "missing segment"
    case result
    case waiting = "waiting call"
    case assertion
    case counter
    case early
    case late
  }
}

/// Something that a statement of a script needs, and that cannot be computed: nothing follows from the statement.
package struct MissingValue: Error, Equatable, CustomStringConvertible {
  /// The line of the statement.
  package var line: Int
  /// A name, or an expression.
  package var text: String

  package var description: String { "line \(line): \(text) has no value" }
}

extension Script {
  /// The first difference between the script and what was seen; nil where there is none.
  ///
  /// It is a pure function of both. What came too late is a difference like any other here: whether the machine was slow
  /// is told by other runs.
  package func difference(from trace: ScriptTrace) throws(MissingValue) -> ScriptDifference? {
    var variables: [String: Int] = [:]
    for step in trace.steps {
      guard events.indices.contains(step.event) else { continue }
      if let difference = try difference(in: step, variables: &variables) { return difference }
    }
    return nil
  }

  /// The difference in one step.
  ///
  /// - Parameter variables: what the script's statements have assigned; those of this step are added.
  package func difference(
    in step: ScriptTrace.Step, variables: inout [String: Int]
  ) throws(MissingValue) -> ScriptDifference? {
    let event = events[step.event]
    let difference =
      switch (event.action, step.seen) {
      case (.call(let call), .returned(let end)): self.difference(of: call, from: end, at: step)
      case (.call(let call), .waiting):
        ScriptDifference(
          event: step.event, kind: .waiting, expected: "\(call)", seen: "the call had not returned")
      case (.outbound(.segment(let segment)), .segments(let seen)):
        self.difference(of: segment, from: seen, at: step)
      case (.code(let statements), .values(let values)):
        try self.difference(of: statements, from: values, variables: &variables, at: step)
      case (.shell(let commands), .counters(let counters)):
        self.difference(of: commands, from: counters, at: step)
      default: nil as ScriptDifference?
      }
    if let difference { return difference }
    if step.deviation == .zero { return nil }
    let isLate = step.deviation > .zero
    return ScriptDifference(
      event: step.event, kind: isLate ? .late : .early, expected: event.text,
      seen: "\(abs(step.deviation).figureText) too \(isLate ? "late" : "early")", parts: ["the time"])
  }

  private func difference(
    of call: ScriptCall, from end: ScriptTrace.Return, at step: ScriptTrace.Step
  ) -> ScriptDifference? {
    var parts: [String] = []
    let makesDescriptor = ScriptCalls.givingDescriptors.contains(call.name)
    if let expected = call.result.number, expected != end.result,
      !(makesDescriptor && expected >= 0 && end.result >= 0)
    {
      parts.append("the result")
    }
    if let name = call.error, let number = ScriptConstants.errors[name],
      end.error.flatMap({ ScriptConstants.errors[$0] }) != number
    {
      parts.append("the error")
    }
    if parts.isEmpty, end.result >= 0 {
      for (place, (expected, seen)) in zip(call.arguments, end.arguments).enumerated()
      where !expected.matches(seen, within: settings.tolerance) {
        parts.append("argument \(place + 1)")
      }
    }
    guard !parts.isEmpty else { return nil }
    let seen = ScriptCall(
      name: call.name, arguments: end.arguments, result: .integer(end.result), error: end.error)
    return ScriptDifference(
      event: step.event, kind: .result, expected: "\(call)", seen: "\(seen)", parts: parts)
  }

  private func difference(
    of statements: [CodeStatement], from values: [String: Int], variables: inout [String: Int],
    at step: ScriptTrace.Step
  ) throws(MissingValue) -> ScriptDifference? {
    for statement in statements {
      let known = variables
      let value = { (name: String) in known[name] ?? values[name] ?? ScriptConstants.values[name] }
      func result(of expression: CodeExpression) throws(MissingValue) -> Int {
        if let result = expression.value(value) { return result }
        let name = expression.names.first { value($0) == nil }
        throw MissingValue(line: events[step.event].line, text: name ?? "\(expression)")
      }
      switch statement {
      case .assign(let name, let sign, let expression):
        variables[name] = try result(
          of: sign.map { .operations(.name(name), [.init($0, expression)]) } ?? expression)
      case .assert(let expression):
        if try result(of: expression) != 0 || holdsWithinATick(expression, value) { continue }
        let names = expression.names.filter { ScriptConstants.values[$0] == nil }
        let seen = names.map { "\($0) is \(value($0).map { "\($0)" } ?? "unknown")" }
        return ScriptDifference(
          event: step.event, kind: .assertion, expected: "\(expression)",
          seen: seen.joined(separator: ", "), parts: names)
      }
    }
    return nil
  }

  /// Tells whether an assertion holds where lengths of time that the kernel counts in ticks are one tick longer or shorter.
  private func holdsWithinATick(_ expression: CodeExpression, _ value: (String) -> Int?) -> Bool {
    let tick = Int(settings.tickTolerance / .microseconds(2))
    guard tick > 0, expression.names.contains(where: CodeNames.isCountedInTicks) else { return false }
    return [-tick, tick].contains { shift in
      let shifted = { (name: String) in
        value(name).flatMap { CodeNames.isCountedInTicks(name) ? CodeOperator.add.value($0, shift) : $0 }
      }
      return (expression.value(shifted) ?? 0) != 0
    }
  }

  private func difference(
    of commands: [ShellCommand], from counters: [String: Int], at step: ScriptTrace.Step
  ) -> ScriptDifference? {
    for case .counter(let name, let count) in commands {
      let moved = counters[name] ?? 0
      if count.map({ $0 == moved }) ?? (moved != 0) { continue }
      return ScriptDifference(
        event: step.event, kind: .counter, expected: "\(name) " + (count.map { "\($0)" } ?? "moved"),
        seen: "\(name) \(moved)", parts: [name])
    }
    return nil
  }
}

/// The absolute value of a length of time.
private func abs(_ duration: Duration) -> Duration { duration < .zero ? .zero - duration : duration }

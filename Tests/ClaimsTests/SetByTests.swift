import Claims
import Documents
import Notations
import Kinds
import Scenarios
import Testing
import Traces

/// Under which conditions a row of a facts table is run, by what it says in "set by".
@Suite(.tags(.pure)) struct SetByTests {
  private func page(_ rows: String...) -> String {
    "| what | value | set by |\n| - | - | - |\n" + rows.map { "| \($0) |\n" }.joined()
  }

  /// The runs of this scenario for these rows, by their conditions.
  private func runs(_ rows: String...) throws -> [String] {
    let text = "| what | value | set by |\n| - | - | - |\n" + rows.map { "| \($0) |\n" }.joined()
    return RunList.runnables(of: [try Page(reading: text, name: "page.md")], in: Scenarios.catalogue)
      .compactMap {
        if case .scenario(_, let conditions) = $0 { conditions.setBy } else { nil }
      }
  }

  static let rows: [(String, [String])] = [
    ("timer of an orphan in FIN_WAIT_2 | 30 s | tcp_fin_timeout: 30", ["tcp_fin_timeout: 30"]),
    ("timer of an orphan in FIN_WAIT_2 | 30 s | `net.ipv4.tcp_fin_timeout = 30`", ["tcp_fin_timeout: 30"]),
    ("timer of an orphan in FIN_WAIT_2 | 30 s | sysctl tcp_fin_timeout=30", ["tcp_fin_timeout: 30"]),
    ("timer of an orphan in FIN_WAIT_2 | 30 s | tcp_fin_timeout 30", ["tcp_fin_timeout: 30"]),
    (
      "timer of an orphan in FIN_WAIT_2 | 30 s | sysctl -w net.ipv4.tcp_fin_timeout=30",
      ["tcp_fin_timeout: 30"]
    ),
    ("timer of an orphan in FIN_WAIT_2 | 30 s | tcp_fin_timeout set to 30", ["tcp_fin_timeout: 30"]),
    ("timer of an orphan in FIN_WAIT_2 | 30 s | when tcp_fin_timeout = 30", ["tcp_fin_timeout: 30"]),
    ("timer of an orphan in FIN_WAIT_2 | 30 s | if tcp_fin_timeout is 30", ["tcp_fin_timeout: 30"]),
    ("timer of an orphan in FIN_WAIT_2 | 30 s | tcp_fin_timeout (30)", ["tcp_fin_timeout: 30"]),
    (
      "timer of an orphan in FIN_WAIT_2 | 30 s | echo 30 > /proc/sys/net/ipv4/tcp_fin_timeout",
      ["tcp_fin_timeout: 30"]
    ),
    ("timer of an orphan in FIN_WAIT_2 | 60 s | with tcp_tw_reuse at 0", ["net.ipv4.tcp_tw_reuse: 0"]),
    ("timer of an orphan in FIN_WAIT_2 | 30 s | tcp_fin_timeout, raised by 30", []),
    ("timer of an orphan in FIN_WAIT_2 | 5 s | tcp_fin_timeout: 5", ["tcp_fin_timeout: 5"]),
    ("timer of an orphan in FIN_WAIT_2 | 60 s | by default", ["by default"]),
    ("timer of an orphan in FIN_WAIT_2 | 60 s | tcp_sack: 0", ["net.ipv4.tcp_sack: 0"]),
    (
      "keepalive schedule | 600 s | SO_KEEPALIVE: 1, TCP_KEEPIDLE: 600",
      ["SO_KEEPALIVE: 1, TCP_KEEPIDLE: 600"]
    ),
    (
      "keepalive schedule | 600 s | tcp_keepalive_time: 600",
      ["SO_KEEPALIVE: 1, net.ipv4.tcp_keepalive_time: 600"]
    ),
    ("write without an ACK | ETIMEDOUT | tcp_retries2: 5", ["tcp_retries2: 5"]),
    (
      "life of FIN_WAIT_2 | 5 s | tcp_fin_timeout: 5",
      ["first FIN by: close(), tcp_fin_timeout: 5"]
    ),
    ("bind() to a port in TIME_WAIT without SO_REUSEADDR | EADDRINUSE | SO_REUSEADDR: 1", []),
    ("write without an ACK | ETIMEDOUT | tcp_retries2: 15", []),
    ("keepalive schedule | 600 s | TCP_KEEPIDLE: soon", []),
  ]
  @Test(arguments: rows) func aConditionThatIsUnderstoodIsRun(row: String, conditions: [String]) throws {
    #expect(try runs(row) == conditions)
  }

  @Test func otherWordsLeaveAllRuns() throws {
    let declaration = Scenario.orphanTimer.declaration
    let figure = try #require(declaration.figure("timer of an orphan in FIN_WAIT_2"))
    let all = declaration.conditions(of: figure, everyTimer: false).count
    try #require(all > 3)
    for words in [
      "", "TCP_TIMEWAIT_LEN", "the kernel", "RFC 9293: section 3.6", "tcp_fin_timeout, see RFC 9293",
    ] {
      #expect(try runs("timer of an orphan in FIN_WAIT_2 | 60 s | \(words)").count == all)
    }
  }

  private func trace(_ value: String, _ conditions: [Condition], end: Trace.End = .finished) -> Trace {
    var trace = Sketch([.rung]).trace()
    trace.variant.subject = .scenario(id: Scenario.orphanTimer.name)
    trace.variant.conditions = conditions
    trace.end = end
    if !value.isEmpty {
      let figure = Measurement(
        "timer of an orphan in FIN_WAIT_2", .measured(Value(reading: value)), source: "sock_diag")
      trace.events.append(Event(time: 9, what: .measurement(figure: figure)))
    }
    return trace
  }

  @Test func aRowIsHeldToTheRunUnderItsConditionAlone() throws {
    let traces = [trace("60 s", []), trace("30 s", [.setting("tcp_fin_timeout", "30")])]
    for (setBy, value, kind) in [
      ("tcp_fin_timeout: 30", "30 s", Verdict.Kind.confirmed), ("tcp_fin_timeout: 30", "60 s", .contradicted),
      ("by default", "60 s", .confirmed), ("", "60 s", .confirmed),
    ] {
      let row = "timer of an orphan in FIN_WAIT_2 | \(value) | \(setBy)"
      #expect(try assess(page(row), traces).claims.map(\.verdict.kind) == [kind], "\(row)")
    }
  }

  /// "life of FIN_WAIT_2" is measured under tcp_fin_timeout: 3 alone, so as not to wait for a minute.
  @Test(arguments: [
    ("60 s", "tcp_fin_timeout", Verdict.Kind.undecided), ("60 s", "", .undecided), ("3 s", "", .confirmed),
    ("60 s", "tcp_fin_timeout: 3", .contradicted),
  ])
  func aSettingThatTheRowDoesNotNameContradictsNothing(value: String, setBy: String, kind: Verdict.Kind)
    throws
  {
    var trace = Sketch([.rung]).trace()
    trace.variant.subject = .scenario(id: Scenario.closeWait.name)
    trace.variant.conditions = [.closesBy(.close), .setting("tcp_fin_timeout", "3")]
    let figure = Measurement("life of FIN_WAIT_2", .measured("3 s"), source: "sock_diag")
    trace.events.append(Event(time: 9, what: .measurement(figure: figure)))
    let verdict = try #require(
      try assess(page("life of FIN_WAIT_2 | \(value) | \(setBy)"), [trace]).claims.first
    ).verdict
    #expect(verdict.kind == kind)
    if kind == .undecided {
      #expect(verdict.reason?.contains("tcp_fin_timeout: 3, which \"set by\" does not name") == true)
    }
  }

  /// Runs under each value of a sysctl answer a row that names none.
  @Test func aSettingThatTakesEachValueLeavesTheRowConditional() throws {
    let traces = (0...5).map { value in
      var trace = Sketch([.rung]).trace()
      trace.variant.subject = .scenario(id: Scenario.congestionNotification.name)
      trace.variant.conditions = [.setting("tcp_ecn", "\(value)")]
      let flags: Value = value == 1 ? "SYN+ECE+CWR" : "SYN"
      let figure = Measurement("flags of a SYN by tcp_ecn", .measured(flags), source: "the segment")
      trace.events.append(Event(time: 9, what: .measurement(figure: figure)))
      return trace
    }
    let claims = try assess(page("flags of a SYN by tcp_ecn | SYN | "), traces).claims
    #expect(claims.map(\.verdict.kind) == [.conditional])
  }

  @Test func aConditionThatCannotBeRunLeavesTheRowUndecided() throws {
    let verdict = try #require(
      try assess(page("timer of an orphan in FIN_WAIT_2 | 60 s | SO_LINGER: 5"), [trace("60 s", [])]).claims
        .first
    ).verdict
    #expect(verdict.kind == .undecided)
    #expect(
      verdict.reason == "not run under SO_LINGER: 5: the scenario does not set it; did you mean TCP_LINGER2?"
        || verdict.reason == "not run under SO_LINGER: 5: the scenario does not set it")
    // Nothing else may have been run at all.
    let alone = try assess(page("timer of an orphan in FIN_WAIT_2 | 60 s | SO_LINGER: 5"), [Trace]())
    #expect(alone.claims.map(\.verdict.kind) == [.undecided] && !alone.isDecided)
  }

  @Test func aSettingThatTheBenchRefusesLeavesTheRowUndecided() throws {
    let refused = trace(
      "", [Condition("net.ipv4.tcp_sack", "0")], end: .cannotRun(reason: "not run under it"))
    let row = page("timer of an orphan in FIN_WAIT_2 | 60 s | tcp_sack: 0")
    let verdict = try #require(try assess(row, [trace("60 s", []), refused]).claims.first).verdict
    #expect(verdict.kind == .undecided && verdict.reason == "not run under it")
  }
}

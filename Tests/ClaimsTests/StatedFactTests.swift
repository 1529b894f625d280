import Claims
import Documents
import Kinds
import Notations
import Scenarios
import Testing
import Traces

/// Facts in sentences, list items and tables of people's own.
@Suite(.tags(.pure)) struct StatedFactTests {
  /// Five lines.
  private static let ladder = "| client | server |\n|---|---|\n| SYN | |\n| | SYN+ACK |\n\n"

  private func page(_ text: String) throws -> Page {
    // A page with a ladder, so that it is read whatever its sentences say.
    try Page(
      of: Run.Source(name: "page.md", text: Self.ladder + text),
      by: Scenarios.catalogue)
  }

  /// The rows of the facts that a page states, as `line: what | value | set by`.
  private func rows(_ text: String) throws -> [String] {
    try page(text).facts.flatMap(\.rows).map { "\($0.line - 5): \($0.what) | \($0.value) | \($0.setBy)" }
  }

  @Test(arguments: [
    ("TIME_WAIT lasts 2MSL (4 minutes).", "TIME_WAIT | 2MSL (4 minutes) | "),
    ("2MSL = 4 minutes", "2MSL | 4 minutes | "),
    ("TIME_WAIT = 2MSL = 60s", "TIME_WAIT | 2MSL = 60s | "),
    ("- TIME_WAIT timeout: 120 s", "TIME_WAIT timeout | 120 s | "),
    ("* **TIME-WAIT**: 2 MSL (2 min)", "TIME-WAIT | 2 MSL (2 min) | "),
    ("3. The `TIME_WAIT` state takes one minute.", "TIME_WAIT state | one minute | "),
    ("The client stays in TIME_WAIT for 60 seconds.", "TIME_WAIT | 60 seconds | "),
    ("Linux keeps a socket in TIME_WAIT for 60 s by default.", "TIME_WAIT | 60 s | "),
    ("TIME_WAIT lasts 2MSL (60s on Linux).", "TIME_WAIT | 2MSL = 60s | "),
    (
      "TIME_WAIT lasts 4 minutes, so that no segment of it is taken for one of the next connection.",
      "TIME_WAIT | 4 minutes | "
    ),
    ("The client enters TIME_WAIT and waits for 2MSL (4 minutes).", "TIME_WAIT | 2MSL (4 minutes) | "),
    ("The thermostat sends an ACK and enters TIME_WAIT, for two minutes.", "TIME_WAIT | two minutes | "),
    ("The maximum RTO is 120 s.", "maximum RTO | 120 s | "),
    ("connect() to a closed port fails with ECONNREFUSED.", "connect() to a closed port | ECONNREFUSED | "),
    ("write() after shutdown(WR) returns EPIPE", "write() after shutdown(WR) | EPIPE | "),
    ("`tcp_fin_timeout` sets how long a socket stays in TIME_WAIT.", "TIME_WAIT |  | tcp_fin_timeout"),
    ("net.ipv4.tcp_fin_timeout controls TIME_WAIT.", "TIME_WAIT |  | net.ipv4.tcp_fin_timeout"),
    ("- `tcp_fin_timeout`: time in FIN_WAIT_2", "time in FIN_WAIT_2 |  | tcp_fin_timeout"),
    ("- tcp_fin_timeout - how long a connection remains in TIME_WAIT", "TIME_WAIT |  | tcp_fin_timeout"),
    ("The TIME_WAIT timeout is set by tcp_fin_timeout.", "TIME_WAIT timeout |  | tcp_fin_timeout"),
    ("TIME_WAIT lasts 60 s, set by tcp_fin_timeout.", "TIME_WAIT | 60 s | tcp_fin_timeout"),
    ("TIME_WAIT 状态持续 60 秒。", "TIME_WAIT | 60 秒 | "),
    ("tcp_fin_timeout 控制 TIME_WAIT 的时长。", "TIME_WAIT |  | tcp_fin_timeout"),
    ("TIME_WAIT の長さは 60 秒です。", "TIME_WAIT | 60 秒 | "),
    ("TIME_WAIT 상태는 60초 동안 유지된다.", "TIME_WAIT | 60초 | "),
    ("TIME_WAIT dura 4 minutos.", "TIME_WAIT | 4 minutos | "),
    ("TIME_WAIT dure 2 minutes.", "TIME_WAIT | 2 minutes | "),
    ("Der Zustand TIME_WAIT dauert zwei Minuten.", "TIME_WAIT | zwei Minuten | "),
    ("TIME_WAIT длится 60 секунд.", "TIME_WAIT | 60 секунд | "),
  ])
  func sentenceThatIsUnderstoodIsAFact(sentence: String, row: String) throws {
    #expect(try rows(sentence) == ["1: \(row)"])
  }

  @Test func factHasTheLineOfItsFigure() throws {
    let text =
      "# Closing\n\nThe last ACK is sent. Then\nthe port is not free:\n\n- x\n- The time in\n  TIME_WAIT is 60 s.\n"
    #expect(try rows(text) == ["7: time in TIME_WAIT | 60 s | "])
    let page = try page(text)
    // Behind all tables, so that ladders keep their numbers; and between the list and what follows it.
    #expect(page.facts.map(\.table) == [2])
    #expect(page.facts.map(\.heading) == ["Closing"])
  }

  @Test func neighbouringItemsAreOneTable() throws {
    let text = "- TIME_WAIT timeout: 60 s\n- FIN_WAIT_2 timeout: 60 s\n\nText.\n\nThe maximum RTO is 120 s.\n"
    #expect(
      try page(text).facts.map { $0.rows.map(\.what) } == [
        ["TIME_WAIT timeout", "FIN_WAIT_2 timeout"], ["maximum RTO"],
      ])
  }

  @Test(arguments: [
    // Hedges, bounds, ranges, comparisons.
    "TIME_WAIT lasts about 4 minutes.", "TIME_WAIT usually lasts 4 minutes.",
    "TIME_WAIT lasts up to 4 minutes.", "TIME_WAIT lasts at least 4 minutes.",
    "TIME_WAIT lasts 1 to 4 minutes.", "TIME_WAIT lasts 1-4 minutes.", "TIME_WAIT lasts 30 s - 2 min.",
    "TIME_WAIT timeout: 30 s, 60 s or 120 s", "TIME_WAIT lasts < 4 minutes", "TIME_WAIT ~ 4 minutes",
    "TIME_WAIT may last 4 minutes.", "TIME_WAIT can last 4 minutes.", "TIME_WAIT lasts longer than 1 minute.",
    "TIME_WAIT lasts twice as long as 2 minutes.", "TIME_WAIT lasts several minutes.",
    "TIME_WAIT lasts 2MSL.",
    // Conditions.
    "If tcp_fin_timeout is 30, TIME_WAIT lasts 30 s.", "With an MSL of 2 minutes, 2MSL = 4 minutes.",
    "Suppose that MSL is 2 minutes. 2MSL = 4 minutes.", "For example, TIME_WAIT lasts 4 minutes.",
    "TIME_WAIT lasts 4 minutes unless the socket is reused.", "When idle, TIME_WAIT lasts 4 minutes.",
    // Negation, history, doubt.
    "TIME_WAIT does not last 4 minutes.", "TIME_WAIT is not 4 minutes.", "No TIME_WAIT lasts 4 minutes.",
    "TIME_WAIT never lasts 4 minutes.", "TIME_WAIT was 4 minutes.", "TIME_WAIT was 4 minutes in RFC 793.",
    "Does TIME_WAIT last 4 minutes?", "Why does TIME_WAIT last 4 minutes?", "TIME_WAIT lasts 4 minutes?",
    "\"TIME_WAIT lasts 4 minutes\"", "~~TIME_WAIT lasts 4 minutes~~", "> TIME_WAIT lasts 4 minutes",
    "Myth: TIME_WAIT lasts 4 minutes.", "It is wrong that TIME_WAIT lasts 4 minutes.",
    "TIME_WAIT lasts 4 minutes. That is a myth.", "TIME_WAIT used to be 4 minutes.",
    "TIME_WAIT lasts 4 minutes, but Linux has 60 s.", "TIME_WAIT lasts 4 minutes. However, it varies.",
    "`tcp_fin_timeout` does not set TIME_WAIT.", "tcp_fin_timeout has nothing to do with TIME_WAIT.",
    "tcp_fin_timeout sets FIN_WAIT_2, not TIME_WAIT.", "Many think that tcp_fin_timeout sets TIME_WAIT.",
    "tcp_fin_timeout 不控制 TIME_WAIT。", "TIME_WAIT は 60 秒続きません。", "TIME_WAIT no dura 4 minutos.",
    "TIME_WAIT dauert nicht vier Minuten.", "TIME_WAIT ne dure pas 4 minutes.",
    "TIME_WAIT не длится 4 минуты.",
    "TIME_WAIT 는 4분 동안 유지되지 않는다.",
    // Other systems, standards, other implementations, firewalls.
    "On Windows, TIME_WAIT lasts 4 minutes.", "TIME_WAIT timeout: 240 s (Windows)",
    "FreeBSD: TIME_WAIT lasts 30 s.",
    "# Windows\n\nTIME_WAIT lasts 4 minutes.", "# TCP on macOS\n\n## Timers\n\n- TIME_WAIT timeout: 30 s",
    "BSD systems are different.\n\n# Timers\n\nTIME_WAIT lasts 30 s.", "RFC 793: TIME_WAIT lasts 4 minutes.",
    "RFC 9293 says:\n\n- 2MSL = 4 minutes", "The standard has this:\n\n2MSL = 4 minutes",
    "# Some implementations\n\n- TIME_WAIT timeout: 30 s", "Some systems:\n- TIME_WAIT timeout: 30 s",
    "conntrack has timers of its own:\n\n- TIME_WAIT timeout: 120 s",
    "# Firewall\n\n| State | Timeout |\n|---|---|\n| TIME_WAIT | 120 s |",
    // Values that somebody has set, should set, or has seen.
    "Set TIME_WAIT to 30 s.", "TIME_WAIT should be 30 s.", "TIME_WAIT is set to 30 s.",
    "# Recommended settings\n\n- TIME_WAIT timeout: 30 s", "Recommended values:\n- TIME_WAIT timeout: 30 s",
    "We tuned our hosts:\n\n- TIME_WAIT timeout: 30 s", "net.ipv4.tcp_fin_timeout = 30",
    "tcp_fin_timeout=30: TIME_WAIT timeout", "tcp_fin_timeout sets TIME_WAIT to 30 s.",
    "In our test TIME_WAIT lasts 5 s.", "We reduced tcp_fin_timeout. TIME_WAIT is 30 s.",
    "In our lab the client sends an ACK and enters TIME_WAIT, for two minutes.",
    // Another subject, another value.
    "The client is in TIME_WAIT, the server waits 30 s.",
    "The client is in TIME_WAIT and the server waits 30 s.",
    "The client waits for 30 s and enters TIME_WAIT.", "After 60 s in TIME_WAIT it is CLOSED.",
    "FIN_WAIT_2 and TIME_WAIT last 60 s.", "TIME_WAIT timeout: 120", "TIME_WAIT: 120 sockets",
    "TIME_WAIT: 59 s", "SYN_SENT: 1 s\n- TIME_WAIT: 3 s", "60 s: TIME_WAIT",
    "TIME_WAIT, 60 s", "TIME_WAIT 60 s", "TIME_WAIT -> CLOSED: 60 s", "TIME_WAIT (60 s)",
    "TIME_WAIT_2 lasts 60 s.", "MY_TIME_WAIT lasts 60 s.", "MSL is 2 minutes.", "RTT = 60 ms",
    "tcp_tw_reuse controls TIME_WAIT.", "tcp_keepalive_time sets TIME_WAIT.",
    "TIME_WAIT controls tcp_fin_timeout.", "tcp_fin_timeout is 60 s.",
    "tcp_fin_timeout is 60 s in TIME_WAIT.",
    "TIME_WAIT は 60 秒以上です。", "TIME_WAIT 持续 60 秒左右。", "TIME_WAIT 大约 60 秒", "如果 TIME_WAIT 持续 60 秒",
    "TIME_WAIT 상태는 60초 이상 유지된다.",
    "| State | Timeout on Windows |\n|---|---|\n| TIME_WAIT | 240 s |",
    "| State | Timeout |\n|---|---|\n| TIME_WAIT | 1-4 min |",
    "| State | Timeout | Windows |\n|---|---|---|\n| TIME_WAIT | 60 s | 240 s |",
    "| State | Timeout | Notes |\n|---|---|---|\n| TIME_WAIT | 240 s | RFC 793 |",
    "| Parameter | Recommended |\n|---|---|\n| TIME_WAIT timeout | 30 s |",
    "| sysctl | default | meaning |\n|---|---|---|\n| tcp_fin_timeout | 60 | not TIME_WAIT |",
    "```\nTIME_WAIT lasts 4 minutes\n```", "    TIME_WAIT lasts 4 minutes",
    "<!-- TIME_WAIT lasts 4 minutes -->",
    "TIME_WAIT lasts 4 minutes because we patched it.",
    // A sentence or an introduction beside it that denies it.
    "TIME_WAIT lasts 4 minutes. That is not true.", "tcp_fin_timeout controls TIME_WAIT. That is not so.",
    "TIME_WAIT lasts 4 minutes. This is a bug.", "TIME_WAIT dauert 30 Sekunden. Das stimmt nicht.",
    "In theory:\n\nTIME_WAIT lasts 4 minutes.", "A common belief:\n\n- tcp_fin_timeout controls TIME_WAIT.",
    "Many articles say this:\n\n- TIME_WAIT timeout: 240 s", "TIME_WAIT dura 4 minutos. No es cierto.",
    "TIME_WAIT 持续 4 分钟。这不对。",
    // A moment, a limit.
    "The client enters TIME_WAIT in 4 minutes.", "The connection enters TIME_WAIT, in 3 s.",
    "TIME_WAIT in 1 s is closed.", "The TIME_WAIT state of the server is closed in 4 minutes.",
    "TIME_WAIT dura en 4 minutos.",
  ])
  func sentenceThatIsNotUnderstoodIsNoFact(text: String) throws {
    #expect(try rows(text) == [])
  }

  @Test func linuxIsReadOnAPageAboutSeveralSystems() throws {
    let text =
      "On Windows it is 4 minutes.\n\nOn Linux, TIME_WAIT lasts 60 s.\n\nTIME_WAIT lasts 4 minutes.\n"
    #expect(try rows(text) == ["3: TIME_WAIT | 60 s | "])
    let setter = "Windows has TcpTimedWaitDelay.\n\nnet.ipv4.tcp_fin_timeout controls TIME_WAIT.\n"
    #expect(try rows(setter) == ["3: TIME_WAIT |  | net.ipv4.tcp_fin_timeout"])
  }

  @Test(arguments: [
    (
      "| State | Timeout |\n|---|---|\n| SYN_RECV | 63 s |\n| TIME_WAIT | 2MSL (60 s) |",
      "4: TIME_WAIT | 2MSL (60 s) | "
    ),
    (
      "| Timer | Value | Notes |\n|---|---|---|\n| maximum RTO | 120 s | a cap |", "3: maximum RTO | 120 s | "
    ),
    (
      "| Parameter | Default |\n|---|---|\n| `FIN_WAIT_2 timeout` | 60 s |", "3: FIN_WAIT_2 timeout | 60 s | "
    ),
    (
      "| Timer | Default | Sysctl |\n|---|---|---|\n| TIME_WAIT | 60 s | `tcp_fin_timeout` |",
      "3: TIME_WAIT | 60 s | tcp_fin_timeout"
    ),
    (
      "| Sysctl | Default value | Meaning |\n|---|---|---|\n| net.ipv4.tcp_fin_timeout | 60 | time in TIME_WAIT |",
      "3: time in TIME_WAIT |  | net.ipv4.tcp_fin_timeout"
    ),
    ("| 状态 | 超时 | 说明 |\n|---|---|---|\n| TIME_WAIT | 60 秒 | 主动方 |", "3: TIME_WAIT | 60 秒 | "),
  ])
  func tableOfFiguresInPeoplesWordsIsRead(table: String, row: String) throws {
    #expect(try rows(table) == [row])
  }

  /// A statement that goes on in other words is told, and what only mentions a figure is not.
  @Test func claimWithWordsThatWereNotReadIsTold() throws {
    let told = try page("TIME_WAIT lasts 4 minutes after the last segment.").unread
    #expect(told.map(\.line) == [6])
    #expect(told.map(\.text) == ["TIME_WAIT lasts 4 minutes after the last segment."])
    // A mention, a hedge and a bound are none.
    for text in [
      "TIME_WAIT and its 4 minutes.", "TIME_WAIT lasts 4 minutes if idle.", "TIME_WAIT lasts 1 to 4 minutes.",
    ] {
      #expect(try page(text).unread == [], "\(text)")
    }
  }

  @Test func sentencesOfBuiltInPagesAreNoFacts() throws {
    for page in BuiltInPages.everyPage {
      let source = Run.Source(name: page.id, text: page.source)
      #expect(try Page(of: source, by: Scenarios.catalogue) == page.read())
    }
  }

  /// A name of a figure means one figure only.
  @Test func eachNameIsOfOneFigure() {
    let figures = Scenarios.catalogue.scenarios.flatMap { scenario in
      scenario.figures.map { (scenario.name, $0) }
    }
    var known: [String: String] = [:]
    for (scenario, figure) in figures {
      for name in Set(figure.names.map(SpokenFigures.key)) {
        #expect(known[name] == nil, "\(name) is \(figure.name) of \(scenario) and \(known[name] ?? "")")
        known[name] = figure.name
      }
    }
  }

  /// A sentence is judged by its figure, so a value of another kind would be contradicted without reason.
  @Test func figuresOfSentencesHaveNamesOfPeople() {
    for figure in Scenarios.catalogue.scenarios.flatMap(\.figures) where figure.saidAs != nil {
      #expect(!figure.alsoCalled.isEmpty, "\(figure.name)")
    }
  }
}

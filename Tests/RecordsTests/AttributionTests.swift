import Claims
import Documents
import Kinds
import Records
import Scenarios
import Testing
import Traces

/// The sysctl that a change is attributed to.
@Suite(.tags(.pure)) struct AttributionTests {
  /// A record of one figure.
  private static func record(
    _ what: String, _ value: String, setBy: String, kernel: String = "6.18.44",
    settings: [String: (value: String, standard: String?)]
  ) -> Record {
    Record(
      command: "",
      environment: Environment(
        facts: [Environment.Fact(Environment.Name.release, kernel)],
        settings: settings.sorted { $0.key < $1.key }.map {
          Environment.Setting("net.ipv4." + $0.key, $0.value.value, standard: $0.value.standard)
        }),
      sections: [
        Record.Section(
          name: "a section", rows: [Record.Row(what, .measured(Value(reading: value)), setBy: setBy)])
      ])
  }

  private static func names(_ before: Record, _ after: Record) throws -> [String] {
    try #require(Comparison(before, after, by: Scenarios.catalogue).changes.first).settings.map(\.name)
  }

  @Test func theSettingThatAVariantFixesIsNotNamed() throws {
    let reuse = ["tcp_timestamps": ("1", "1" as String?), "tcp_tw_reuse": ("2", "2")]
    let turned = ["tcp_timestamps": ("0", "1" as String?), "tcp_tw_reuse": ("1", "2")]
    let what = "connect() after tcp_tw_reuse_delay"
    #expect(
      try Self.names(
        Self.record(what, "connects", setBy: "tcp_tw_reuse: 1", settings: reuse),
        Self.record(what, "EADDRNOTAVAIL", setBy: "tcp_tw_reuse: 1", settings: turned))
        == ["net.ipv4.tcp_timestamps"])
    // Where nothing fixes it, either may be it.
    #expect(
      try Self.names(
        Self.record(what, "connects", setBy: "by default", settings: reuse),
        Self.record(what, "EADDRNOTAVAIL", setBy: "by default", settings: turned)
      ).count == 2)
  }

  @Test func aSettingThatBearsOnOneStateIsNamedInThatStateOnly() throws {
    for (state, expected) in [("TIME_WAIT", ["net.ipv4.tcp_max_tw_buckets"]), ("ESTABLISHED", [])] {
      #expect(
        try Self.names(
          Self.record(
            "answer to a SYN", "ACK", setBy: "state: \(state)",
            settings: ["tcp_max_tw_buckets": ("131072", "131072")]),
          Self.record(
            "answer to a SYN", "RST", setBy: "state: \(state)",
            settings: ["tcp_max_tw_buckets": ("0", "131072")])) == expected)
    }
  }

  @Test func aDefaultThatMovedIsNotNamedWhereBothRanUnderOneValue() throws {
    let what = "timer of an orphan in FIN_WAIT_2"
    let before = Self.record(
      what, "60 s", setBy: "by default", settings: ["tcp_fin_timeout": ("60", "60")])
    let pinned = Self.record(
      what, "61 s", setBy: "by default", settings: ["tcp_fin_timeout": ("60", "30")])
    #expect(try Self.names(before, pinned) == [])
    #expect(Comparison(before, pinned, by: Scenarios.catalogue).settings.count == 1)
  }

  @Test func aLadderNamesTheSettingThatBearsOnItsStates() throws {
    func record(_ ack: Int, _ buckets: String, ecn: String) throws -> Record {
      try Sample.record(
        ack: ack,
        environment: Environment(settings: [
          Environment.Setting("net.ipv4.tcp_max_tw_buckets", buckets, standard: "131072"),
          Environment.Setting("net.ipv4.tcp_ecn", ecn, standard: "2"),
        ]))
    }
    // It passes through FIN_WAIT_2, and through no state of a handshake.
    #expect(
      try Self.names(record(5001, "131072", ecn: "2"), record(5002, "0", ecn: "1"))
        == ["net.ipv4.tcp_max_tw_buckets"])
  }

  @Test(arguments: [
    ("6.1.192", "6.12.117", true), ("6.12.117", "6.1.192", true), ("5.10.3", "6.18.44", true),
    ("6.12.3", "6.18.44", false), ("5.10.3", "6.1.192", false), ("6.18.15", "6.18.44", false),
    ("6.1.192", "6.1.192", false),
  ])
  func whatIsKnownOfAVersionIsToldOfKernelsOnBothSidesOfIt(before: String, after: String, isTold: Bool) throws
  {
    func record(_ kernel: String, _ value: String) -> Record {
      Self.record("SYN schedule", value, setBy: "by default", kernel: kernel, settings: [:])
    }
    let change = try #require(
      Comparison(record(before, "1 s, 2 s"), record(after, "1 s, 1 s"), by: Scenarios.catalogue).changes.first
    )
    // tcp_syn_linear_timeouts came between 6.1 and 6.12.
    #expect((change.known != nil) == isTold)
  }

  @Test func everyConditionOfARecordIsReadAgain() {
    for scenario in Scenarios.all {
      for conditions in scenario.declaration.conditions(everyTimer: true) {
        #expect(([Condition](setBy: conditions.setBy) ?? []) == conditions)
      }
    }
  }
}

import Foundation
import Testing

extension CommandTests {
  /// Facts in people's words.
  @Suite(.enabled(if: Probe.benches.contains("wire"), "this machine has no wire"))
  struct FactWordsTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    @Test func factsInPeoplesWordsAreJudged() throws {
      try folder.write(
        """
        | what | value | set by |
        |---|---|---|
        | TIME-WAIT | 120 s | |
        | 2MSL | 4 minutes | |
        | TIME_WAIT timeout | 1 minute | |
        | TIME_WAIT | 60 seconds (2 MSL) | |
        | TIME_WAIT | 60 s | tcp_fin_timeout |
        | FIN_WAIT_2 timeout | 60 s | tcp_fin_timeout |
        | TIME_WAIT | 2 MSL | |
        | TIME_WAIT | at least 30 s | |
        | TIME_WAIT | 30-120 s | |
        | TIME_WAIT | 60 s | not tcp_fin_timeout |
        | TIME_WAIT | 60 s | net.ipv4.tcp_fin_timeout |
        | TIME_WAIT | 60 s | tcp_tw_reuse |
        """, to: "page.md")
      let ended = try Probe.run("check", "page.md", "--format", "json", in: folder)
      let verdicts = try Report(ended.output).verdicts
      let expected = [
        "contradicted", "contradicted", "confirmed", "confirmed", "contradicted", "confirmed", "undecided",
        "undecided", "undecided", "confirmed", "contradicted", "undecided",
      ]
      #expect(verdicts.map(\.verdict) == expected, "\(ended.output)")
      #expect(verdicts[4].seen == "still 60 s under tcp_fin_timeout: 5")
      #expect(verdicts[4].expected == "60 s, set by tcp_fin_timeout")
    }

    @Test func factsOfSentencesAreJudged() throws {
      try folder.write(
        """
        # The end of a connection

        TIME_WAIT lasts 2MSL (4 minutes).

        - TIME_WAIT timeout: 60 s
        - `tcp_fin_timeout` sets how long a socket stays in TIME_WAIT
        - net.ipv4.tcp_fin_timeout controls the time in FIN_WAIT_2
        - FIN_WAIT_2 timeout: 60 s

        connect() to a closed port fails with ECONNREFUSED.
        """, to: "page.md")
      let ended = try Probe.run("check", "page.md", "--format", "json", in: folder)
      #expect(ended.status == 1)
      let verdicts = try Report(ended.output).verdicts
      #expect(
        verdicts.map(\.verdict) == [
          "contradicted", "confirmed", "contradicted", "confirmed", "conditional", "confirmed",
        ], "\(ended.output)")
      #expect(verdicts[2].expected == "set by tcp_fin_timeout")
      #expect(verdicts[2].seen == "still 60 s under tcp_fin_timeout: 5")
    }

    @Test func truePageIsNotContradicted() throws {
      try folder.write("On Linux, TIME_WAIT lasts 60 s.\n", to: "page.md")
      let ended = try Probe.run("check", "page.md", "--format", "json", in: folder)
      #expect(ended.status == 0)
      #expect(try Report(ended.output).verdicts.map(\.verdict) == ["confirmed"], "\(ended.output)")
    }

    @Test func rowWithOnlyASetterIsJudgedByIt() throws {
      try folder.write(
        """
        | what | value | set by |
        |---|---|---|
        | TIME_WAIT | | tcp_fin_timeout |
        | FIN_WAIT_2 timeout | | tcp_fin_timeout |
        | TIME_WAIT | | tcp_tw_reuse |
        | keepalive schedule | | tcp_keepalive_time |
        """, to: "page.md")
      let ended = try Probe.run("check", "page.md", "--format", "json", in: folder)
      #expect(
        try Report(ended.output).verdicts.map(\.verdict) == [
          "contradicted", "confirmed", "undecided", "undecided",
        ], "\(ended.output)")
    }
  }
}

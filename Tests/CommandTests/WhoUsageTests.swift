import Testing

extension CommandTests {
  /// What `who` refuses.
  @Suite(.enabled(if: Probe.isThere, "the program is not built"))
  struct WhoUsageTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    @Test(arguments: [
      ["--state", "LISTEN"], ["--state", "moon"], ["--top", "-1"], ["--watch", "0"], ["--watch", "x"],
      ["--watch", "--format", "markdown"], ["--format", "xml"], ["--watch", "--format", "openmetrics"],
      ["--fail-if", "CLOSE_WAIT"], ["--fail-if", "CLOSE_WAIT=0"], ["--fail-if", "LISTEN=1"],
      ["--state", "TIME_WAIT", "--fail-if", "CLOSE_WAIT=1"], ["--watch", "--fail-if", "CLOSE_WAIT=1"],
      ["--port", "65536"], ["--pid", "x"], ["--watch", "--all-namespaces"],
    ])
    func whatNobodyCanMeanIsWrongUsage(arguments: [String]) throws {
      let ended = try Probe.program(["who"] + arguments).run(in: folder)
      #expect(ended.status == 64 && ended.output.isEmpty && !ended.errors.isEmpty)
    }
  }
}

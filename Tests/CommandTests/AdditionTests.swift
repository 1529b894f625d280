import Testing

extension CommandTests {
  /// The calls that tcpprobe added to run a page, as every format tells them.
  @Suite(.enabled(if: !Probe.benches.isEmpty, "the program cannot run here"))
  struct AdditionTests {
    @Test(arguments: ["terminal", "markdown", "json", "html", "slides", "svg", "ktap", "junit"])
    func everyFormatNamesTheCallsThatWereAdded(format: String) throws {
      let folder = try Folder()
      let page = """
        | client | server |
        | ------ | ------ |
        | data(500bytes) | |
        | | ACK |
        | | FIN |
        """
      try folder.write(page, to: "page.md")
      let ended = try Probe.run("check", "page.md", "--format", format, in: folder)
      #expect(ended.status == 0, "\(ended.output)")
      // A drawing breaks its lines, and a page for a browser has tags.
      let words = ended.output.replacing(try Regex("<[^>]*>"), with: " ")
        .split(whereSeparator: \.isWhitespace).joined(separator: " ")
      for call in ["send(500) by client", "recv() by server", "close() by server"] {
        #expect(words.contains(call), "\(words)")
      }
    }

    /// A FIN with data is one segment where the calls that are added join them, and not where the page's calls part them.
    @Test(arguments: ["ipv4", "ipv6"]) func dataLeaveWithTheFin(family: String) throws {
      let folder = try Folder()
      let head = "| client | server |\n| - | - |\n"
      try folder.write(
        head + "| FIN(SEQ:1001, 100bytes) | |\n| | ACK(ACK:1102) |\n| | data(70bytes) FIN |\n| ACK | |\n",
        to: "page.md")
      let ended = try Probe.run("check", "page.md", "--family", family, "--format", "markdown", in: folder)
      #expect(ended.status == 0, "\(ended.output)")
      for call in ["send(100, MSG_MORE) by client", "send(70, MSG_MORE) by server"] {
        #expect(ended.output.contains(call), "\(ended.output)")
      }
      try folder.write(
        head + "| send(100) close() FIN(SEQ:1001, 100bytes) | |\n| | ACK(ACK:1102) |\n", to: "named.md")
      #expect(try Probe.run("check", "named.md", "--family", family, in: folder).status == 1)
    }
  }
}

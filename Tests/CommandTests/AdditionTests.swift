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
  }
}

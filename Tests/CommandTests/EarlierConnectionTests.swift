import Testing

extension CommandTests {
  /// Pages about old duplicates and reboots, on a wire.
  @Suite(.enabled(if: Probe.benches.contains("wire"), "no wire can be set up here"))
  struct EarlierConnectionTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    private func verdicts(on page: String) throws -> [Report.Verdict] {
      try folder.write(page, to: "page.md")
      let ended = try Probe.run("check", "page.md", "--on", "wire", "--format", "json", in: folder)
      #expect(ended.errors.isEmpty, "\(ended.errors)")
      return try Report(ended.output).verdicts
    }

    static let oldSyn = """
      | client                                 | server                              |
      | -------------------------------------- | ----------------------------------- |
      |                                        | [LISTEN]                            |
      | SYN(SEQ:100) (arrives later)           |                                     |
      | SYN(SEQ:90) (old duplicate)            | [SYN_RECV] (received)               |
      |                                        | SYN+ACK(SEQ:300,ACK:91)             |
      | RST(SEQ:91) [SYN_SENT]                 | [LISTEN] (received)                 |
      | (arrives now)                          | [SYN_RECV] (received)               |
      |                                        | SYN+ACK(SEQ:400,ACK:101)            |
      | ACK(SEQ:101,ACK:401) [ESTABLISHED]     | [ESTABLISHED] (received)            |
      """
    static let reboot = """
      | client                  | server                             |
      | ----------------------- | ---------------------------------- |
      | (reboot)                |                                    |
      | [CLOSED]                | [ESTABLISHED]                      |
      | SYN(SEQ:400) [SYN_SENT] |                                    |
      |                         | ACK(SEQ:300,ACK:100) [ESTABLISHED] |
      | RST(SEQ:100) [SYN_SENT] | [CLOSED] (received)                |
      | SYN(SEQ:400) [SYN_SENT] |                                    |
      """
    static let data = """
      | client       | server                                      |
      | ------------ | ------------------------------------------- |
      | (reboot)     |                                             |
      |              | data(SEQ:300,ACK:100,10bytes) [ESTABLISHED] |
      | RST(SEQ:100) | [CLOSED] (received)                         |
      """
    static let copy = """
      | client                     | server                  |
      | -------------------------- | ----------------------- |
      | FIN(SEQ:1) (arrives later) |                         |
      | timeout                    |                         |
      | FIN(SEQ:1)                 | [CLOSE_WAIT] (received) |
      |                            | ACK(ACK:2)              |
      | (arrives now)              |                         |
      |                            | ACK(ACK:2)              |
      """
    static let listeners = """
      | client                     | server                 |
      | -------------------------- | ---------------------- |
      | [LISTEN]                   | [LISTEN]               |
      | SYN(SEQ:z) (old duplicate) | [SYN_RECV] (received)  |
      |                            | SYN+ACK(SEQ:x,ACK:z+1) |
      | RST(SEQ:z+1)               | [LISTEN] (received)    |
      | [LISTEN]                   | [LISTEN]               |
      """

    @Test(arguments: [oldSyn, reboot, data, copy, listeners])
    func theKernelDoesWhatRFC9293Says(page: String) throws {
      let verdicts = try verdicts(on: page)
      #expect(verdicts.count >= 3)
      for verdict in verdicts {
        #expect(verdict.verdict == "confirmed", "\(verdict.id): \(verdict.expected) / \(verdict.seen)")
      }
    }

    /// The kernel sends the SYN again soon after the RST: how far it comes before the run ends hangs on the machine.
    @Test func aPageMayEndBeforeTheNextSyn() throws {
      let page = Self.reboot.split(separator: "\n").dropLast().joined(separator: "\n")
      for _ in 1...10 {
        for verdict in try verdicts(on: page + "\n") {
          #expect(verdict.verdict == "confirmed", "\(verdict.id): \(verdict.expected) / \(verdict.seen)")
        }
      }
    }

    @Test(arguments: [
      (oldSyn, "RST(SEQ:91)", "RST(SEQ:100)"), (oldSyn, "| [LISTEN] (received) ", "| [SYN_RECV] (received) "),
      (reboot, "ACK(SEQ:300,ACK:100)", "RST(SEQ:300)"),
      (reboot, "[CLOSED] (received)", "[ESTABLISHED] (received)"),
      (data, "RST(SEQ:100)", "ACK(SEQ:100)"), (copy, "[CLOSE_WAIT]", "[ESTABLISHED]"),
      (copy, "ACK(ACK:2)", "ACK(ACK:1)"),
      (listeners, "RST(SEQ:z+1)", "RST(SEQ:z+2)"),
    ]) func aPageThatSaysSomethingElseIsContradicted(page: String, right: String, wrong: String) throws {
      #expect(page.contains(right))
      let verdicts = try verdicts(on: page.replacing(right, with: wrong))
      #expect(verdicts.contains { $0.verdict == "contradicted" })
    }
  }
}

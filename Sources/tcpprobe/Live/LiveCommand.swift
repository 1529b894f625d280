import ArgumentParser
import Benches
import Documents
import Linux
import Reports
import TCP

struct Live: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs one connection step by step: you press a key to deliver each segment and make each call.",
    discussion: """
      A real connection between two private network namespaces. Each segment waits on the wire until you deliver, \
      drop, duplicate or delay it; each call of both programs is a key. The screen shows both ends as the kernel \
      reports them. The space key does the page's next step; ? explains the present states.

      Timers: frozen sets the retransmission timeout to 50 s and the timeout of FIN_WAIT_2 to one hour, so that you have \
      time; a SYN is always retransmitted after 1 s. running leaves the kernel's defaults.

      --keys takes the keys from a file instead of the terminal: each character is a key, _ is the space key, and # \
      begins a comment. Without a terminal, keys come from standard input. Then live prints the effect of each key, and \
      the final screen.

      Exit status: 0 done, 2 live cannot run here or a key of --keys was not possible in the state at that time, 64 wrong \
      usage, a character that is not a key, or a page that cannot be read.

      Examples:
        tcpprobe live                              the end of a connection
        tcpprobe live handshake                    its opening
        tcpprobe live reset --timers running
        tcpprobe live lecture.md --ladder 2 --save mine.md
        printf 'cdd' | tcpprobe live               close(), and two segments arrive
      """)

  @Argument(
    help: ArgumentHelp(
      "A built-in page with a ladder, or a file that check reads. Default: close-sequence.",
      valueName: "lesson|page"))
  var page: String?

  @ArgumentParser.Option(
    help: ArgumentHelp("The ladder of the page to follow; the first is 1.", valueName: "number"))
  var ladder = 1

  @ArgumentParser.Option(
    help: ArgumentHelp("The retransmission timers: frozen or running.", valueName: "frozen|running"))
  var timers: TimerCourse = .frozen

  @ArgumentParser.Option(help: ArgumentHelp("The address family.", valueName: "ipv4|ipv6"))
  var family: Family = .ipv4

  @ArgumentParser.Option(
    help: ArgumentHelp("Write what was done as a page that check can run.", valueName: "file"))
  var save: String?

  @ArgumentParser.Option(
    help: ArgumentHelp("Take the keys from this file; - is standard input.", valueName: "file"))
  var keys: String?

  func run() throws {
    try Failure.reporting {
      let name = page ?? "close-sequence"
      let page = try LivePage(name, ladder: ladder)
      let source = keys ?? (Terminal.isTerminal(0) && Terminal.isTerminal(1) ? nil : "-")
      let script = try source.map { try LiveScript($0) }
      let files = (BuiltInPages.page(name) == nil ? [name] : []) + (keys.map { [$0] } ?? [])
      let outputs = try Outputs([("--save", save)], inputs: files)
      try outputs.refuseOverwriting(save, unless: "give --save another name")
      let saving = LiveSaving(path: save, outputs: outputs)
      if !Privileges.ofThisThread().hasSysAdmin { try? Namespace.becomeRootOfOwnUserNamespace() }
      try Signals.deferring {
        let wire: Wire
        do { wire = try Wire(forHands: timers, family) } catch {
          throw Failure(
            "live needs the wire, two private network namespaces with a TUN device each, and cannot make it:"
              + " \(error). Run it as root, or see what tcpprobe doctor says.", isOfBench: true)
        }
        let session = try LiveSession(page, on: wire, timers: timers, family: family, saving: saving)
        if let script { try session.run(script) } else { try session.run() }
      }
    }
  }
}

extension TimerCourse: ExpressibleByArgument {}

import ArgumentParser
import Documents
import Guests
import Linux

/// The program. Synchronous on purpose: a user namespace can only be made while the process has one thread.
@main
struct TCPProbe: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "tcpprobe",
    abstract: "Shows what this kernel's TCP really does, beside what documents say about it.",
    discussion: """
      Makes real connections on this machine's kernel, in private network namespaces, watches both ends, and says \
      where a document is right, simplifies or is wrong. Nothing outside those namespaces changes.

      Examples:
        tcpprobe close-sequence              how a connection ends, state by state
        tcpprobe close-wait                  why CLOSE_WAIT stays, and whose bug it is
        tcpprobe sockets                     what a program is told of its sockets
        tcpprobe handshake --on loopback     how one begins, in real time
        tcpprobe check                       all that two documents claim, and what is so
        tcpprobe explain B2.6                one of their claims, and why it is as it is
        tcpprobe check FILE.md               play the tables of any Markdown page
        tcpprobe doctor                      what can be played and seen here
        tcpprobe who                         who has this machine's CLOSE_WAIT and TIME_WAIT

      Exit status: 0 played and decided (of check: nothing differs), 1 check found a difference, 2 the bench could \
      not run or something stayed undecided, 64 wrong usage or a document that cannot be read.
      """,
    version: version,
    subcommands: [
      CloseSequence.self, TimeWait.self, CloseWait.self, Reset.self, Handshake.self, DataTransfer.self,
      Timers.self,
      Sockets.self, Who.self, Check.self, Explain.self, RecordCommand.self, Compare.self, Accept.self,
      Kernels.self,
      Judge.self, List.self, Doctor.self,
    ])

  static func main() {
    // In a guest of ours this is the first process, and the only one that there is.
    if let boot = Boot() { boot.run() }
    Signals.takeNoneForACrash()
    EntryPoint.leaveToChild()
    StandardStreams.keepPlaces()
    do {
      var command = try parseAsRoot(Arguments.given)
      try command.run()
    } catch {
      // The parser's own messages repeat what was typed.
      let text = fullMessage(for: error)
      let code = exitCode(for: error)
      if !text.isEmpty { try? WholeFile.write(Array("\(text.visible)\n".utf8), to: code.isSuccess ? 1 : 2) }
      Self.exit(withError: code)
    }
  }
}

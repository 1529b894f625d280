import ArgumentParser
import Documents
import Guests
import Linux
import TCP

/// The program. Synchronous on purpose: a user namespace can only be made while the process has one thread.
@main
struct TCPProbe: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "tcpprobe",
    abstract: "Shows what this kernel's TCP does, and compares it with what documents say.",
    discussion: """
      tcpprobe makes real connections on this machine's kernel, in private network namespaces, and watches both ends. \
      It shows where a page about TCP is right, incomplete or wrong. It changes nothing outside private network \
      namespaces. If it cannot make them, it uses this machine's loopback interface and prints a note.

      Examples:
        tcpprobe close-sequence              how a connection ends, state by state
        tcpprobe live                        one connection, one key for each step
        tcpprobe close-wait                  why CLOSE_WAIT never times out
        tcpprobe sockets                     what calls return in each state
        tcpprobe learn                       this kernel's TCP state machine
        tcpprobe handshake --on loopback     how a connection begins, in real time
        tcpprobe check                       all claims of the two built-in articles
        tcpprobe explain B2.6                one of these claims, and the reason
        tcpprobe explain capture.pcapng      why a captured connection ended
        tcpprobe check page.md               the verdicts on a page of your own
        tcpprobe convert page.md             what tcpprobe reads in it; runs nothing
        tcpprobe doctor                      what works on this machine
        tcpprobe who                         which processes hold CLOSE_WAIT sockets

      Exit status:
        0   everything ran and was decided, and no difference was found
        1   check, compare, kernels or learn --against found a difference, or a
            limit of tcpprobe who --fail-if was reached
        2   the run was not possible, or something is undecided or could not be read
        64  wrong usage, or a page or record that cannot be read at all
      """,
    version: version,
    subcommands: [
      CloseSequence.self, TimeWait.self, CloseWait.self, Reset.self, Handshake.self, DataTransfer.self,
      Timers.self, States.self, MatrixCommand.self, Live.self,
      Sockets.self, Who.self, Check.self, Explain.self, RecordCommand.self, Compare.self, Accept.self,
      Kernels.self, Learn.self, Convert.self,
      Judge.self, List.self, Doctor.self,
    ])

  static func main() {
    // In a guest of ours this is the first process, and the only one that there is.
    if let boot = Boot() { boot.run() }
    Signals.takeNoneForACrash()
    EntryPoint.leaveToChild()
    StandardStreams.keepPlaces()
    do {
      var command = try Self.command(of: Arguments.given)
      try command.run()
    } catch {
      // The parser's own messages repeat what was typed.
      let text = fullMessage(for: error)
      let code = exitCode(for: error)
      if !text.isEmpty { try? WholeFile.write(Array("\(text.visible)\n".utf8), to: code.isSuccess ? 1 : 2) }
      Self.exit(withError: code)
    }
  }

  /// The command that these words are.
  static func command(of words: [String]) throws -> any ParsableCommand {
    try refuseUnknownCommand(in: words)
    return try parseAsRoot(words)
  }

  /// Fails with the nearest name if the first word, or the word after `help`, names no command.
  private static func refuseUnknownCommand(in arguments: [String]) throws {
    let names = ["help"] + configuration.subcommands.map { $0._commandName }
    let words = arguments.first == "help" ? arguments.dropFirst() : arguments[...]
    guard let word = words.first, !word.hasPrefix("-"), !names.contains(word) else { return }
    let hint = Nearest.question(about: word, among: names) ?? "tcpprobe --help lists the commands"
    throw ValidationError("unknown command '\(word)': \(hint)")
  }
}

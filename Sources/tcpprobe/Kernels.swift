import ArgumentParser
import Guests
import Linux
import Records
import Reports
import Synchronization

struct Kernels: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Boots other kernels in QEMU and puts side by side what their TCP does.",
    discussion: """
      Each kernel is booted with this program as its first process, plays a record in virtual time (what sleeps is \
      skipped: hours pass in seconds) and is gone. A guest has no network device. This program must be one static file:

        swift build -c release --static-swift-stdlib -Xswiftc -static-executable --product tcpprobe

      Examples:
        tcpprobe kernels /boot/vmlinuz-*
        tcpprobe kernels arch/x86/boot/bzImage --keep records
        tcpprobe kernels vmlinuz-6.12=lib/modules/6.12 --run close-sequence --on wire

      Exit status: 0 all of them played and the same, 1 they differ, 2 one gave no result.
      """)

  @Argument(
    help: ArgumentHelp(
      "Kernel images, each perhaps with the folder of its modules.", valueName: "image[=modules]"))
  var images: [String]

  @ArgumentParser.Option(
    parsing: .remaining,
    help: ArgumentHelp("Play this command of tcpprobe instead of a record.", valueName: "command"))
  var command: [String] = []

  @Flag(help: "Show what is the same on all kernels, too.") var all = false

  @ArgumentParser.Option(
    name: [.short, .long], help: ArgumentHelp("Write the table to this file, as Markdown.", valueName: "file")
  )
  var output: String?

  @ArgumentParser.Option(
    help: ArgumentHelp("Keep each kernel's record in this folder, which is there.", valueName: "folder"))
  var keep: String?

  @Flag(help: "Let the guests' time run as fast as ours.") var realTime = false

  @ArgumentParser.Option(help: ArgumentHelp("Seconds after which a guest is ended.", valueName: "seconds"))
  var limit = 300

  @ArgumentParser.Option(
    help: ArgumentHelp("Guests at a time (default: as many as there are cores).", valueName: "number"))
  var jobs: Int?

  @ArgumentParser.Option(
    help: ArgumentHelp("The static program that goes into the guests (default: this one).", valueName: "file")
  )
  var program: String?

  func run() throws {
    try Failure.reporting {
      do {
        let bytes = try StaticProgram.read(program)
        let images = try self.images.map(image)
        let guests = images.map { image in
          var guest = Guest(
            image, arguments: command.isEmpty ? ["record", "--settings", "kernel"] : command, program: bytes)
          guest.isVirtual = !realTime
          guest.limit = limit
          return guest
        }
        let outcomes = Signals.deferring { GuestRuns(guests).run(atOnce: jobs ?? System.processorCount) }
        try show(outcomes)
      } catch let error as GuestError { throw Failure("\(error)") }
    }
  }

  private func image(_ word: String) throws(GuestError) -> Image {
    let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
    return try Image(at: parts[0], modules: parts.count > 1 ? parts[1] : nil)
  }

  private func show(_ results: [GuestRuns.Outcome]) throws {
    var records: [Record] = []
    var isWhole = true
    for outcome in results {
      switch outcome.result {
      case .failure: isWhole = false
      case .success(let result):
        if let keep {
          let path = "\(keep)/linux-\(outcome.image.release).md"
          try Output.write(result.output, to: path)
        }
        if command.isEmpty {
          records.append(
            try Record(reading: String(decoding: result.output, as: UTF8.self), name: outcome.image.release))
        } else {
          try Output.write(Array("== Linux \(outcome.image.release)\n".utf8) + result.output, to: output)
        }
      }
    }
    guard command.isEmpty else {
      if !isWhole { throw ExitCode(2) }
      return
    }
    let table = KernelTable(records, all: all)
    if let output {
      try Output.write(Array(table.markdown.utf8), to: output)
    } else {
      try Output.write(Array(table.terminalReport(style: .ofStandardOutput).utf8), to: nil)
    }
    if !isWhole { throw ExitCode(2) }
    if table.rows.contains(where: { !$0.isSame }) { throw ExitCode(1) }
  }
}

/// Guests side by side, as many as there are cores.
final class GuestRuns: Sendable {
  struct Outcome: Sendable {
    var image: Image
    var result: Result<Guest.Result, GuestError>
  }

  private let guests: [Guest]
  private let state = Mutex((next: 0, outcomes: [Int: Outcome]()))

  init(_ guests: [Guest]) { self.guests = guests }

  func run(atOnce lanes: Int) -> [Outcome] {
    Linux.Thread.sideBySide(max(1, min(lanes, guests.count))) { [self] _ in
      work()
    } meanwhile: {
      work()
    }
    return state.withLock { state in guests.indices.compactMap { state.outcomes[$0] } }
  }

  private func work() {
    while let place = take() {
      let guest = guests[place]
      var last = ""
      let result = Result { () throws(GuestError) in
        try guest.run { step in
          if step != last { Output.note("\(guest.image.release): \(step)") }
          last = step
        }
      }
      switch result {
      case .success(let result):
        let guestSeconds = result.guestTime / 1_000_000_000
        let wallSeconds = result.wallTime / 1_000_000_000
        Output.note("\(guest.image.release): done, \(guestSeconds) s of its time in \(wallSeconds) s")
      case .failure(let error): Output.note("\(guest.image.release): \(error)")
      }
      state.withLock { $0.outcomes[place] = Outcome(image: guest.image, result: result) }
    }
  }

  private func take() -> Int? {
    state.withLock { state in
      guard state.next < guests.count, !Signals.isPending else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }
}

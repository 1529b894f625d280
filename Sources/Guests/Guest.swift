import Linux
import SystemPackage

/// A kernel in QEMU, or one that is a program itself (User Mode Linux), with this program as its first process: it runs
/// one command and is gone. It has no network device: nothing can leave it.
package struct Guest {
  package var image: Image
  /// The command that the guest runs, without the program's name.
  package var arguments: [String]
  /// The files that the command reads.
  package var files = CarriedFiles()
  /// The program that goes into it: one static file.
  package var program: [UInt8]
  /// True if the guest's time runs by instructions, and jumps over sleep; otherwise by the real clock.
  package var isVirtual = true
  /// True if the processor itself runs it, in real time: only after a trial has returned (``faultOfKVM(limit:)``).
  package var usesKVM = false
  /// The seed of QEMU's random numbers: the same kernel gives the same octets twice. A kernel that is a program takes this
  /// machine's random numbers.
  package var seed = 42
  /// Seconds on the wall after which it hangs.
  package var limit = 300
  /// Seconds of processor time after which it hangs, also on a machine that is busy with other things; nil for no such
  /// limit. In virtual time a guest that waits works, too.
  package var processorLimit: Int?

  package init(_ image: Image, arguments: [String], program: [UInt8]) {
    self.image = image
    self.arguments = arguments
    self.program = program
  }

  /// The command that makes a record in a guest. Outside of virtual time the long timers would take hours.
  package static func recordCommand(isVirtual: Bool) -> [String] {
    ["record", "--sysctls", "default"] + (isVirtual ? ["--all-timers"] : [])
  }

  /// The step that a guest has come to.
  package enum Step: Equatable, Sendable {
    case booting
    /// Its command runs, with the step that the command has told last.
    case running(String?)
  }

  /// The result of a guest.
  package struct Result: Sendable {
    package var output: [UInt8]
    package var status: Int
    /// The time that it was up, in nanoseconds of guest time.
    package var guestTime: Int64
    package var wallTime: Int64
    /// The last lines of its console, where the program says why it gives up.
    package var console: String
    /// The complaints of its kernel.
    package var kernelLog: KernelLog
  }

  /// Boots it and waits for its end.
  ///
  /// - Throws: ``GuestError`` where there is no QEMU, and for a guest that panics, hangs or is cut short, with the
  ///   last lines of its console.
  package func run(progress: (Step) -> Void = { _ in }) throws(GuestError) -> Result {
    let began = Clock.monotonic()
    let files: GuestFiles
    do { files = try GuestFiles(archive()) } catch {
      throw GuestError("not enough memory for the files of a guest: \(error)")
    }
    progress(.booting)
    let machine = try start(files)
    let deadline = began + Int64(limit) * 1_000_000_000
    let mostTime = processorLimit.map { Int64($0) * 1_000_000_000 } ?? .max
    var end: ChildProcess.End?
    while end == nil {
      end = machine.wait(until: Clock.monotonic() + 200_000_000)
      if Signals.isPending { break }
      if end == nil, Clock.monotonic() > deadline || mostTime < .max && machine.processorTime > mostTime {
        break
      }
      guard Frame.hasBegun(contents(of: files.result)) else { continue }
      progress(.running(GuestStep.last(on: String(decoding: contents(of: files.console), as: UTF8.self))))
    }
    let console = String(decoding: contents(of: files.console), as: UTF8.self)
    guard end != nil else {
      machine.end()
      if Signals.isPending { throw GuestError("interrupted") }
      throw GuestError(
        "the guest did not finish within \(processorLimit.map { "\($0) s of processor time" } ?? "\(limit) s") (--timeout)"
          + GuestFault.lastLines(of: console),
        kind: .hang)
    }
    let result = contents(of: files.result)
    guard let frame = Frame(reading: result) else {
      let log = String(decoding: contents(of: files.log), as: UTF8.self)
      throw GuestFault.error(console: console, result: result, log: log)
    }
    return Result(
      output: frame.output, status: frame.status, guestTime: frame.time, wallTime: Clock.monotonic() - began,
      console: GuestFault.lastLines(of: console), kernelLog: KernelLog(of: console))
  }

  /// The mark on the kernel's command line and in its first file system: only a machine that has both is ours.
  /// The same for the same boot, for kernels stir their command line into their random numbers.
  var mark: String {
    let words = [image.release, "\(seed)"] + arguments
    let sum = words.joined(separator: "\0").utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    return "boot-" + String(sum, radix: 16)
  }

  /// Its first file system: the program, the modules, the command, and the files that it reads.
  private func archive() throws(Errno) -> [UInt8] {
    var archive = Archive()
    for folder in ["dev", "proc", "sys", "tmp", "modules"] { archive.addFolder(folder) }
    archive.addCharacterDevice("dev/console", major: 5, minor: 1)
    archive.addFile("init", program, isExecutable: true)
    for (index, module) in image.neededModules().enumerated() {
      let ending = module.split(separator: "/").last.map(String.init) ?? ""
      archive.addFile("modules/\(index)-\(ending)", try WholeFile.read(module, limit: 1 << 26))
    }
    archive.addFile(Orders.path, Orders(mark: mark, arguments: arguments).bytes)
    files.add(to: &archive)
    archive.finish()
    return archive.bytes
  }

  private func start(_ files: borrowing GuestFiles) throws(GuestError) -> ChildProcess {
    let log = files.log.descriptor.rawValue
    let words = try command(files)
    do throws(Errno) {
      return try ChildProcess(words, output: log, errors: log, inherited: files.given)
    } catch .noSuchFileOrDirectory where image.kind == .machine {
      throw GuestError(
        "qemu-system-x86_64 not found: install qemu-system-x86 (Debian) or qemu-system-x86-core (Fedora)"
      )
    } catch { throw GuestError("\(words[0]): \(error)") }
  }

  private func contents(of file: borrowing MemoryFile) -> [UInt8] { (try? file.contents()) ?? [] }
}

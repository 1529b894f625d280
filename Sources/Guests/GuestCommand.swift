import Linux

extension Guest {
  /// The program that runs the kernel, with its arguments.
  ///
  /// - Throws: ``GuestError`` for a kernel that has no virtual time, where that is wanted.
  func command(_ files: borrowing GuestFiles) throws(GuestError) -> [String] {
    switch image.kind {
    case .machine: return machineCommand(files)
    case .program(let hasVirtualTime):
      guard hasVirtualTime || !isVirtual else {
        throw GuestError(
          "\(image.path): this kernel has no virtual time: build it with CONFIG_UML_TIME_TRAVEL_SUPPORT=y, or use"
            + " --real-time")
      }
      return programCommand(files)
    }
  }

  /// Words of the kernel's command line. The kernel hands those that it does not know to its first process as its
  /// environment.
  ///
  /// A kernel that has gone wrong ends at once: one that goes on after an oops may wait for ever for what the dead thread
  /// holds.
  private var kernelWords: [String] {
    ["loglevel=5", "oops=panic", "panic=-1"] + Self.quiet
      + ["SWIFT_ROOT=/", "TERM=dumb", "\(Orders.markName)=\(mark)"]
      + (isVirtual ? ["\(Orders.clockName)=\(Orders.virtualClock)"] : [])
  }

  /// The kernel's periodic work while nothing is to be done, none of it TCP's: in two hours of waiting each such
  /// moment costs more than what is waited for.
  private static let quiet = [
    "nowatchdog", "psi=0", "cryptomgr.notests", "sysctl.vm.compaction_proactiveness=0",
    "sysctl.vm.stat_interval=120",
  ]

  private func machineCommand(_ files: borrowing GuestFiles) -> [String] {
    var words = [
      "qemu-system-x86_64", "-nodefaults", "-no-user-config", "-M", "pc,hpet=off", "-cpu", "max",
      "-m", "384", "-smp", "1", "-display", "none", "-monitor", "none", "-no-reboot",
      "-serial", "file:\(files.console.path)", "-serial", "file:\(files.result.path)",
      "-device", "isa-debug-exit,iobase=0xf4,iosize=4",
      "-kernel", image.path, "-initrd", files.archive.path,
      "-append", (["console=ttyS0", "tsc=reliable"] + kernelWords).joined(separator: " "),
    ]
    words +=
      isVirtual
      ? [
        "-accel", "tcg,thread=single", "-icount", "shift=0,sleep=off", "-rtc",
        "clock=vm,base=2026-01-01T00:00:00",
        "-seed", "\(seed)",
      ] : ["-accel", usesKVM ? "kvm" : "tcg"]
    return words
  }

  /// Consoles and lines that nobody asked for are closed: a kernel that is a program would open terminals for them. Its
  /// folder for control sockets is one that cannot be made.
  private func programCommand(_ files: borrowing GuestFiles) -> [String] {
    let path = image.path.contains("/") ? image.path : "./\(image.path)"
    return [path, "mem=384M", "initrd=\(files.archive.path)", "uml_dir=/dev/null"]
      + ["con=null", "con0=null,fd:\(files.console.descriptor.rawValue)"]
      + ["ssl=null", "ssl1=null,fd:\(files.result.descriptor.rawValue)"]
      + (isVirtual ? ["time-travel=inf-cpu"] : []) + kernelWords
  }
}

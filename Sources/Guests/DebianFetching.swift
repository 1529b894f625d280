import Linux
import SystemPackage

extension Debian {
  /// Fetches packages and unpacks them into one folder, which is there whole or not at all.
  func unpack(_ names: [String], into folder: String) throws(GuestError) {
    let archives = "\(cache)/archives"
    // A run that was ended midway may have left what is half of a kernel.
    let part = "\(folder).part"
    func clear() { _ = try? run(["rm", "-rf", part]) }
    clear()
    do throws(GuestError) {
      do {
        _ = try OwnFolder.make(
          FilePath("kernels/\(FilePath(part).lastComponent?.string ?? "")"), below: FilePath(cache))
      } catch { throw GuestError("\(error.path) \(error.reason)") }
      for name in names {
        remove(name)
        defer { remove(name) }
        // apt holds what it downloads to the checksum in its signed list.
        _ = try run(["apt-get"] + options + ["download", name], in: archives)
        guard let file = files(of: name).first else {
          throw GuestError("\(name): apt-get downloaded no file")
        }
        _ = try run(["dpkg-deb", "-x", "\(archives)/\(file)", part])
      }
      // What an earlier tcpprobe left unfinished makes room.
      _ = try run(["rm", "-rf", folder])
      _ = try run(["mv", "-T", part, folder])
    } catch {
      clear()
      throw error
    }
  }

  private func files(of name: String) -> [String] {
    WholeFile.names(in: "\(cache)/archives").filter { $0.hasPrefix(name + "_") }
  }

  private func remove(_ name: String) {
    for file in files(of: name) { WholeFile.remove(file: "\(cache)/archives/\(file)") }
  }

  /// Runs a program and returns its output.
  ///
  /// - Throws: ``GuestError`` with the end of what it complained of.
  func run(_ words: [String], in folder: String? = nil) throws(GuestError) -> String {
    func fault(_ reason: String) -> GuestError {
      GuestError("\(words[0]) \(words.last ?? "") failed: \(reason)")
    }
    var errors: [UInt8] = []
    do throws(Errno) {
      let output = try MemoryFile(named: "output")
      let complaints = try MemoryFile(named: "errors")
      defer { errors = (try? complaints.contents(limit: 1 << 20)) ?? [] }
      let child = try ChildProcess(
        Self.command(words, in: folder), output: output.descriptor.rawValue,
        errors: complaints.descriptor.rawValue)
      // Whoever unpacks writes elsewhere, and waits for nobody.
      let patience: Int64 = words[0] == "apt-get" ? 120_000_000_000 : .max
      if try end(of: child, patience: patience) == .exited(status: 0) {
        return String(decoding: try output.contents(limit: 1 << 26), as: UTF8.self)
      }
    } catch .timedOut {
      throw fault("no data for two minutes (free space on the disk: \(WholeFile.room(in: cache) >> 20) MB)")
    } catch { throw fault(error == .noSpace ? "\(cache): \(error)" : "\(error)") }
    let all = String(decoding: errors, as: UTF8.self).split(separator: "\n")
    // What failed comes before what there is to say of it.
    let first = all.firstIndex { $0.hasPrefix("E:") } ?? max(0, all.count - 4)
    let lines = all[first...].prefix(4).map { "  | \($0.prefix(200))" }
    throw fault(
      lines.isEmpty ? "no error message; check for a full disk" : "\n" + lines.joined(separator: "\n"))
  }

  /// Waits for it. It does not outlive an interrupted run, nor a disk that is full: there, and where there is only a
  /// little room left, apt-get waits for ever.
  ///
  /// - Parameter patience: nanoseconds in which something must have been written.
  private func end(of child: borrowing ChildProcess, patience: Int64) throws(Errno) -> ChildProcess.End {
    var last = (size: written, time: Clock.monotonic())
    while true {
      if let end = child.wait(until: Clock.monotonic() + 500_000_000) { return end }
      if written != last.size { last = (written, Clock.monotonic()) }
      do throws(Errno) {
        if Signals.isPending { throw .interrupted }
        if WholeFile.room(in: cache) < 1 << 16 { throw .noSpace }
        if Clock.monotonic() - last.time > patience { throw .timedOut }
      } catch {
        child.end()
        throw error
      }
    }
  }

  /// The size of the partial download.
  private var written: Int {
    ["lists/partial", "archives/partial", "archives"].map { "\(cache)/\($0)" }.flatMap { folder in
      WholeFile.names(in: folder).map { WholeFile.size(of: "\(folder)/\($0)") }
    }.reduce(0, +)
  }

  /// apt-get leaves what it downloads where it works.
  private static func command(_ words: [String], in folder: String?) -> [String] {
    folder.map { ["sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", $0] + words } ?? words
  }
}

import ChangedKernels
import Guests
import Linux
import SystemPackage

/// A kernel's sources in a folder of their own, built once, and again after each change.
struct KernelTree {
  /// The origin of the sources.
  enum Origin {
    case debian(Debian.Source)
    case folder(String)
  }

  /// The work folder.
  let work: String
  /// The kind of guest that runs the kernel.
  let guest: GuestKind
  /// The configuration's fragment.
  let config: String
  /// Processes of make.
  var jobs = 2
  /// Seconds on the wall for a build after a change: on a machine that is busy with other things, too.
  var limit = 7200

  private var source: String { work + "/source" }
  /// The files that are changed, as they were.
  private var original: String { work + "/original" }
  private var firstImage: String { work + "/first" }
  private var built: String { "\(source)/\(guest.built)" }

  /// The unchanged kernel.
  func image() throws -> Image { try Image(at: firstImage) }

  /// The files that changes are made in.
  static var files: [String] { Array(Set(RandomEdits.files + UndoneFix.all.map(\.file))).sorted() }

  /// Unpacks, configures and builds, unless that was done. The work folder keeps what it was made of.
  ///
  /// - Parameter isListing: true if only the sources are needed.
  func prepare(from origin: Origin, isListing: Bool, progress: (String) -> Void) throws {
    let title =
      switch origin {
      case .debian(let source): source.title
      case .folder(let path): path
      }
    let fragment = try WholeFile.read(config, limit: 1 << 20)
    let mark = "\(title), ARCH=\(guest.architecture)\n" + String(decoding: fragment, as: UTF8.self)
    if let ready = try? WholeFile.read(work + "/ready", limit: 1 << 20) {
      guard ready == Array(mark.utf8) else {
        throw BuildCommand.Fault(
          description:
            "\(work) holds another kernel or another configuration; remove it or name another with --work")
      }
      if !isListing { try restoreAll() }
      return
    }
    try unpack(origin, progress)
    if isListing { return }
    progress("configuring")
    try make(["tinyconfig"], limit: 600)
    try shell(
      "cd \"$1\" && scripts/kconfig/merge_config.sh -m -O . .config \"$2\"", [source, config], limit: 60)
    try make(["olddefconfig"], limit: 600)
    try checkConfiguration(fragment, progress)
    progress("building, which takes \(guest.minutes) minutes of processor time")
    try make([guest.target], limit: 3 * 3600)
    try copy(built, to: firstImage)
    for file in RandomEdits.files {
      try copy(object(of: file, in: source), to: object(of: file, in: original))
    }
    try write(Array(mark.utf8), to: work + "/ready")
  }

  private func unpack(_ origin: Origin, _ progress: (String) -> Void) throws {
    progress("unpacking the sources into \(source)")
    try shell("rm -rf \"$1\" \"$2\" && mkdir \"$1\" \"$2\"", [source, original], limit: 600)
    switch origin {
    case .debian(let package):
      try shell("tar -xf \"$1\" -C \"$2\" --strip-components=1", [package.archive, source], limit: 1800)
    case .folder(let path):
      try shell("cp -a --reflink=auto \"$1/.\" \"$2\"", [path, source], limit: 1800)
    }
    for file in Self.files where WholeFile.isThere("\(source)/\(file)") {
      try shell(
        "mkdir -p \"$(dirname \"$2\")\" && cp \"$1\" \"$2\"", ["\(source)/\(file)", "\(original)/\(file)"])
    }
  }

  /// Tells which options this kernel did not take.
  private func checkConfiguration(_ fragment: [UInt8], _ progress: (String) -> Void) throws {
    let lines = String(decoding: try WholeFile.read(source + "/.config", limit: 1 << 24), as: UTF8.self)
      .split(separator: "\n")
    let wanted = String(decoding: fragment, as: UTF8.self).split(separator: "\n")
      .filter { $0.hasPrefix("CONFIG_") && !$0.hasSuffix("=n") }
    let lacking = wanted.filter { !lines.contains($0) }
    if !lacking.isEmpty { progress("this kernel does not take \(lacking.joined(separator: ", "))") }
  }

  // MARK: Changes

  /// The text of a file as it was; nil where this kernel has no such file.
  func text(of file: String) -> [UInt8]? { try? WholeFile.read("\(original)/\(file)", limit: 1 << 24) }

  enum Build {
    case image(String)
    case notCompiled
    case sameCode
  }

  /// Builds the kernel with these changes, and takes them back.
  ///
  /// - Parameter name: the name of the image.
  func build(_ edits: [KernelEdit], as name: String) throws -> Build {
    let changed = Dictionary(grouping: edits, by: \.file)
    for (file, edits) in changed {
      guard let text = text(of: file) else { return .notCompiled }
      try write(edits.applied(to: text), to: "\(source)/\(file)")
    }
    defer { for file in changed.keys { try? restore(file) } }
    // One file is compiled in a second, a kernel linked in twenty.
    let objects = changed.keys.filter { $0.hasSuffix(".c") }.sorted()
    for file in objects {
      let object = String(file.dropLast()) + "o"
      guard try command(["make"] + options + [object], limit: limit).run() else { return .notCompiled }
    }
    let isSame =
      try objects.count == changed.count
      && objects.allSatisfy { file in
        let (new, old) = (object(of: file, in: source), object(of: file, in: original))
        return try WholeFile.read(new, limit: 1 << 26) == WholeFile.read(old, limit: 1 << 26)
      }
    if isSame { return .sameCode }
    guard try command(["make"] + options + [guest.target], limit: limit).run() else { return .notCompiled }
    return .image(try keep(built, as: name))
  }

  /// The unchanged kernel once more, under this name.
  func copyOfFirst(as name: String) throws -> String { try keep(firstImage, as: name) }

  private func keep(_ image: String, as name: String) throws -> String {
    let place = "\(work)/images/\(name)"
    try shell("mkdir -p \"$1\"", [work + "/images"])
    try copy(image, to: place)
    return place
  }

  private func restore(_ file: String) throws {
    guard let text = text(of: file) else { return }
    try write(text, to: "\(source)/\(file)")
  }

  /// Restores the files that an earlier run left changed when it was ended.
  private func restoreAll() throws {
    for file in Self.files {
      guard let text = text(of: file) else { continue }
      if try WholeFile.read("\(source)/\(file)", limit: 1 << 24) != text { try restore(file) }
    }
  }

  // MARK: Commands

  /// The same image for the same sources: neither time nor machine stand in it.
  private var options: [String] {
    [
      "-s", "-C", source, "-j\(jobs)", "ARCH=\(guest.architecture)", "KBUILD_BUILD_TIMESTAMP=2026-01-01",
      "KBUILD_BUILD_VERSION=1",
      "KBUILD_BUILD_USER=tcpprobe", "KBUILD_BUILD_HOST=guest",
    ]
  }

  private func object(of file: String, in folder: String) -> String { "\(folder)/\(file.dropLast())o" }

  private func command(_ words: [String], limit: Int) -> BuildCommand {
    BuildCommand(words: words, log: work + "/build.log", limit: limit)
  }

  private func make(_ words: [String], limit: Int) throws {
    try command(["make"] + options + words, limit: limit).mustRun()
  }

  private func shell(_ script: String, _ words: [String], limit: Int = 60) throws {
    try command(["sh", "-c", script, "sh"] + words, limit: limit).mustRun()
  }

  private func copy(_ from: String, to: String) throws {
    try shell("cp \"$1\" \"$2\"", [from, to])
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let file = try WholeFile.create(path)
    try WholeFile.write(bytes, to: file.rawValue)
  }
}

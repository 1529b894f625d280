import Linux
import SystemPackage
import TCP

/// Debian's kernels, fetched with apt and unpacked into a cache. Nothing is installed, and the machine's own package
/// lists are neither read nor changed.
package struct Debian {
  /// The folder of lists, packages and unpacked kernels.
  package let cache: String
  let progress: (String) -> Void

  private static let keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"
  private static let suites = [
    ("http://deb.debian.org/debian", "bullseye"), ("http://deb.debian.org/debian", "bookworm"),
    ("http://deb.debian.org/debian", "bookworm-backports"),
    ("http://deb.debian.org/debian", "trixie"), ("http://deb.debian.org/debian", "trixie-backports"),
    ("http://deb.debian.org/debian", "sid"),
    ("http://security.debian.org/debian-security", "bullseye-security"),
    ("http://security.debian.org/debian-security", "bookworm-security"),
    ("http://security.debian.org/debian-security", "trixie-security"),
  ]

  /// - Parameters:
  ///   - base: an absolute path; the cache is a folder of this user's own below it.
  ///   - advice: how to choose another.
  /// - Throws: ``GuestError`` where this is no place for Debian's tools, or the cache may hold what somebody else has
  ///   put there.
  package init(cacheBelow base: String, advice: String, progress: @escaping (String) -> Void)
    throws(GuestError)
  {
    self.progress = progress
    for program in ["apt-get", "dpkg-deb"]
    where !["/usr/bin", "/bin"].contains(where: { WholeFile.isThere("\($0)/\(program)") }) {
      throw GuestError(
        "--debian needs \(program), which this system lacks; name kernel images or a folder of unpacked packages instead"
      )
    }
    guard WholeFile.isThere(Self.keyring) else {
      throw GuestError("--debian needs Debian's keys: install the package debian-archive-keyring")
    }
    do throws(OwnFolder.Fault) {
      cache = try OwnFolder.make("tcpprobe/kernels", below: FilePath(base))
      for folder in ["lists/partial", "archives/partial", "kernels"] as [FilePath] {
        _ = try OwnFolder.make(folder, below: FilePath(cache))
      }
    } catch {
      throw GuestError(
        "the cache for Debian kernels is not safe: \(error.path) \(error.reason). Expected folders of this user without"
          + " write access for others; \(advice)")
    }
    do throws(Errno) {
      let lines = Self.suites.map { "deb [signed-by=\(Self.keyring)] \($0.0) \($0.1) main\n" }
      let place = try OutputPlace("\(cache)/sources.list")
      place.removeTrial()
      try place.write(Array(lines.joined().utf8))
    } catch { throw GuestError("\(cache): \(error)") }
  }

  /// A package that holds a kernel's image.
  package struct Package: Equatable, Sendable {
    package var name: String
    /// `6.12.117-1~deb12u1`: the kernel's own version is what stands before the dash.
    package var version: String

    package init(name: String, version: String) {
      self.name = name
      self.version = version
    }

    package var numbers: [Int] {
      version.prefix { $0 != "-" && $0 != "~" }.split(separator: ".").map { Int($0) ?? 0 }
    }
  }

  /// The kernels for these words (``choose(_:from:)``), fetched.
  package func images(for words: [String]) throws(GuestError) -> [Image] {
    var images: [Image] = []
    for package in try packages(for: words) { images.append(try image(of: package)) }
    return images
  }

  /// The packages for these words, none of them fetched yet.
  package func packages(for words: [String]) throws(GuestError) -> [Package] {
    let (packages, incomplete) = try alone { () throws(GuestError) in Self.complete(try all()) }
    var wanted: [Package] = []
    for word in words {
      let found = Self.choose(word, from: packages)
      guard !found.isEmpty else {
        let series = Set(packages.map { $0.numbers.prefix(2).map(String.init).joined(separator: ".") })
        let there = series.sorted { KernelOrder.isOlder($0, $1) }.joined(separator: ", ")
        guard !there.isEmpty else {
          throw GuestError(
            "Debian's package lists could not be downloaded, and the cache has none; check the network")
        }
        if let image = Self.choose(word, from: incomplete).last {
          throw GuestError(
            "Debian has \(image.name), but no longer its modules, without which a guest has neither TUN nor sock_diag;"
              + " expected one of \(there)", kind: .noKernel)
        }
        throw GuestError("Debian has no kernel \(word); expected one of \(there)", kind: .noKernel)
      }
      if word == "all" || word.hasSuffix("*"), case let left = Self.choose(word, from: incomplete),
        !left.isEmpty
      {
        let names = left.map { $0.numbers.map(String.init).joined(separator: ".") }.joined(separator: ", ")
        progress("left out, because Debian no longer has their modules: \(names)")
      }
      for package in found where !wanted.contains(package) { wanted.append(package) }
    }
    return wanted
  }

  func updateLists() throws(GuestError) {
    progress("reading Debian's package lists")
    // What is interrupted leaves no apt-get behind.
    _ = try Signals.deferring { () throws(GuestError) in try run(["apt-get"] + options + ["update"]) }
  }

  /// All kernels for clouds: small, and with what a probe needs.
  private func all() throws(GuestError) -> [Package] {
    try updateLists()
    let names = try run(
      ["apt-cache"] + options
        + ["search", "--names-only", "^linux-(image|binary|modules)-[0-9].*-cloud-amd64$"]
    )
    .split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
    let lines = try run(["apt-cache"] + options + ["madison"] + names).split(separator: "\n")
    var packages: [Package] = []
    for line in lines {
      let parts = line.split(separator: "|").map { $0.split(separator: " ").joined() }
      guard parts.count >= 2, parts[1].first?.isNumber == true, parts[1].contains(".") else { continue }
      let package = Package(name: parts[0], version: parts[1])
      // `linux-image-6.12-cloud-amd64` only asks for another.
      guard package.name.prefix(while: { $0 != "+" }).filter({ $0 == "." }).count >= 2 else { continue }
      if package.numbers.count >= 3, !packages.contains(where: { $0.name == package.name }) {
        packages.append(package)
      }
    }
    return packages
  }

  /// A package's kernel, fetched where it is not here yet.
  package func image(of package: Package) throws(GuestError) -> Image {
    try alone { () throws(GuestError) in try fetched(package) }
  }

  private func fetched(_ package: Package) throws(GuestError) -> Image {
    let folder = "\(cache)/kernels/\(package.name)"
    if Self.kernel(in: folder) == nil {
      progress("downloading \(package.name) \(package.version)")
      // From 6.19 on a kernel's modules are a package of their own, of one name or another.
      try Signals.deferring { () throws(GuestError) in
        try unpack([package.name] + modulePackages(of: package), into: folder)
      }
    }
    guard let kernel = Self.kernel(in: folder) else { throw GuestError("\(package.name) contains no kernel") }
    do { try OwnFolder.check(FilePath(String(kernel.dropFirst(cache.count + 1))), in: cache) } catch {
      throw GuestError("\(error.path) \(error.reason): delete \(folder) to download it again")
    }
    return try Image(at: kernel)
  }

  /// Runs `body` while no other tcpprobe uses the cache: apt-get fails where another one has the same lists.
  func alone<R>(_ body: () throws(GuestError) -> R) throws(GuestError) -> R {
    let lock = try lock()
    let outcome = Result { () throws(GuestError) in try body() }
    lock.release()
    return try outcome.get()
  }

  private func lock() throws(GuestError) -> FileLock {
    var isTold = false
    while true {
      do throws(Errno) {
        if let lock = try FileLock("\(cache)/lock") { return lock }
      } catch { throw GuestError("\(cache)/lock: \(error)") }
      if Signals.isPending { throw GuestError("interrupted") }
      if !isTold { progress("waiting for another tcpprobe that uses \(cache)") }
      isTold = true
      Clock.sleep(nanoseconds: 100_000_000)
    }
  }

  private func modulePackages(of package: Package) throws(GuestError) -> [String] {
    let prefix = "linux-binary-"
    guard package.name.hasPrefix(prefix) else { return [] }
    let kernel = package.name.dropFirst(prefix.count)
    let wanted = ["linux-modules-\(kernel)", "linux-base-\(kernel)"]
    let known = try run(["apt-cache"] + options + ["search", "--names-only", "^linux-(modules|base)-"])
      .split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
    return wanted.filter(known.contains)
  }

  private static func kernel(in folder: String) -> String? {
    func image(in folder: String) -> String? {
      WholeFile.names(in: folder).first { $0.hasPrefix("vmlinuz") }.map { "\(folder)/\($0)" }
    }
    if let image = image(in: "\(folder)/boot") { return image }
    let modules = ["\(folder)/usr/lib/modules", "\(folder)/lib/modules"]
    return modules.lazy.flatMap { path in WholeFile.names(in: path).map { "\(path)/\($0)" } }
      .compactMap { image(in: $0) }.first
  }

  var options: [String] {
    [
      "Dir::Etc::SourceList=\(cache)/sources.list", "Dir::Etc::SourceParts=/dev/null",
      "Dir::State::Lists=\(cache)/lists",
      "Dir::Cache=\(cache)", "Dir::State::status=/dev/null", "APT::Sandbox::User=", "APT::Architecture=amd64",
    ].flatMap { ["-o", $0] } + ["-q"]
  }
}

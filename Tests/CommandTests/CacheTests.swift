import Foundation
import Kinds
import Testing

extension CommandTests {
  /// The cache of Debian's kernels. In the place of apt's programs there are scripts, which say what is asked of them.
  @Suite(
    .enabled(if: Probe.isThere && Probe.hasDebiansTools, "apt, dpkg and Debian's keys are not here"))
  struct CacheTests {
    private let folder: Folder
    private var cache: String { folder.path + "/cache" }

    init() throws {
      folder = try Folder()
      try folder.make("bin")
      try script("apt-get", "echo apt-get \"$@\" >> \(folder.path)/asked")
      try script(
        "apt-cache",
        """
        case "$*" in
          *madison*) echo 'linux-image-6.1.0-1-cloud-amd64 | 6.1.9-1 | http://nowhere' ;;
          *search*) echo 'linux-image-6.1.0-1-cloud-amd64 - Linux' ;;
        esac
        """)
    }

    private func script(_ name: String, _ text: String) throws {
      try folder.writeScript("#!/bin/sh\n\(text)\n", to: "bin/" + name)
    }

    private func program(_ environment: [String]) throws -> Program {
      let path = "PATH=\(folder.path)/bin:/usr/bin:/bin"
      return Program(
        ["env", "-u", "HOME", "-u", "XDG_CACHE_HOME", path] + environment
          + (try Probe.program(["kernels", "--debian", "6.1"]).arguments))
    }

    private func run(_ environment: String...) throws -> Program.Finished {
      try program(environment).run(in: folder)
    }

    private var isAptAsked: Bool { FileManager.default.fileExists(atPath: folder.path + "/asked") }

    @Test(arguments: [
      [], ["HOME="], ["HOME=home"], ["XDG_CACHE_HOME="], ["XDG_CACHE_HOME=cache"],
      ["XDG_CACHE_HOME=../x", "HOME=."],
    ])
    func withoutAnAbsolutePathThereIsNoCache(environment: [String]) throws {
      let before = FileManager.default.fileExists(atPath: "/tmp/.cache")
      let ended = try program(environment).run(in: folder)
      #expect(
        ended.status == 2 && ended.errors.contains("set XDG_CACHE_HOME to the absolute path"),
        "\(ended.errors)")
      #expect(!isAptAsked)
      #expect(try folder.names() == ["bin"])
      #expect(FileManager.default.fileExists(atPath: "/tmp/.cache") == before)
    }

    @Test func aCacheOfOnesOwnIsMadeForOneselfAndUsed() throws {
      let ended = try run("XDG_CACHE_HOME=\(cache)")
      #expect(isAptAsked && ended.errors.contains("linux-image-6.1.0-1-cloud-amd64"), "\(ended.errors)")
      for name in ["", "/tcpprobe", "/tcpprobe/kernels", "/tcpprobe/kernels/lists"] {
        #expect(try folder.attributes(of: "cache" + name)[.posixPermissions] as? Int == 0o700, "\(name)")
      }
      let again = try run("HOME=\(folder.path)")
      #expect(FileManager.default.fileExists(atPath: folder.path + "/.cache/tcpprobe"), "\(again.errors)")
    }

    @Test func aLinkOfOnesOwnLeadsToTheCache() throws {
      try folder.make("elsewhere")
      try folder.link("cache", to: "elsewhere")
      _ = try run("XDG_CACHE_HOME=\(cache)")
      #expect(isAptAsked)
    }

    @Test(arguments: ["tcpprobe", "tcpprobe/kernels", "tcpprobe/kernels/lists", "tcpprobe/kernels/kernels"])
    func aLinkWithinTheCacheIsRefused(place: String) throws {
      try folder.make("cache/" + place)
      try FileManager.default.removeItem(atPath: cache + "/" + place)
      try folder.make("planted")
      try folder.link("cache/" + place, to: folder.path + "/planted")
      let ended = try run("XDG_CACHE_HOME=\(cache)")
      #expect(ended.status == 2 && ended.errors.contains("\(place) is a symbolic link"), "\(ended.errors)")
      #expect(!isAptAsked)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/planted").isEmpty)
    }

    @Test(arguments: ["tcpprobe", "tcpprobe/kernels", "tcpprobe/kernels/archives/partial"])
    func aFolderThatOthersCanChangeIsRefused(place: String) throws {
      try folder.make("cache/" + place, mode: 0o777)
      let ended = try run("XDG_CACHE_HOME=\(cache)")
      #expect(
        ended.status == 2 && ended.errors.contains("\(place) is writable for other users"), "\(ended.errors)")
      #expect(!isAptAsked)
    }

    @Test(
      .enabled(if: getuid() == 0, "only root can give a folder away"),
      arguments: ["cache", "cache/tcpprobe", "cache/tcpprobe/kernels"], [false, true])
    func whatIsSomebodyElsesIsRefused(place: String, isLink: Bool) throws {
      try folder.make("theirs")
      try folder.make(place)
      if isLink {
        try FileManager.default.removeItem(atPath: folder.path + "/" + place)
        try folder.link(place, to: folder.path + "/theirs")
      }
      #expect(try Program(["chown", "-h", "1234:1234", place]).run(in: folder).status == 0)
      let ended = try run("XDG_CACHE_HOME=\(cache)")
      #expect(ended.status == 2 && ended.errors.contains("set XDG_CACHE_HOME"), "\(ended.errors)")
      #expect(
        ended.errors.contains("belongs to user 1234") || ended.errors.contains("is a symbolic link"),
        "\(ended.errors)"
      )
      #expect(!isAptAsked)
    }

    @Test func aKernelThatIsALinkIsNotBooted() throws {
      let place = "cache/tcpprobe/kernels/kernels/linux-image-6.1.0-1-cloud-amd64/boot"
      try folder.make(place)
      try folder.write(GuestProgram.image(release: "6.1.9-planted"), to: "planted")
      try folder.link(place + "/vmlinuz", to: folder.path + "/planted")
      let ended = try run("XDG_CACHE_HOME=\(cache)")
      #expect(
        ended.status == 2 && ended.errors.contains("vmlinuz is a symbolic link: delete "), "\(ended.errors)")
    }

    /// apt-get fails where another one has its lock, and so does this one.
    @Test func twoAtOnceTakeTurns() throws {
      try script(
        "apt-get",
        """
        mkdir \(folder.path)/busy || { echo 'E: Could not get lock' >&2; exit 100; }
        sleep 1; rmdir \(folder.path)/busy
        """)
      let programs = try (0..<2).map { _ in try program(["XDG_CACHE_HOME=\(cache)"]).start(in: folder) }
      for program in programs {
        let ended = program.finish()
        #expect(!ended.errors.contains("lock'") && !ended.errors.contains("Could not"), "\(ended.errors)")
        #expect(ended.errors.contains("linux-image-6.1.0-1-cloud-amd64"), "\(ended.errors)")
      }
    }

    @Test(arguments: [SIGKILL, SIGQUIT, SIGTERM]) func whateverEndsItLeavesNoAptGet(signal: Int32) throws {
      try script("apt-get", "touch \(folder.path)/asked; exec sleep 1000")
      let mark = UUID().uuidString
      let running = try program(["XDG_CACHE_HOME=\(cache)", "TCPPROBE_TEST=\(mark)"]).start(in: folder)
      #expect(eventually { isAptAsked })
      _ = kill(running.id, signal)
      #expect(World.endsAll(of: mark))
      #expect(running.finish().status == nil)
    }
  }

  /// The remains of guests, where QEMU is a script that never ends.
  @Suite(.tags(.guest), .enabled(if: Probe.isThere, "the program is not beside its tests"))
  struct LeftGuestTests {
    @Test(arguments: [SIGKILL, SIGQUIT, SIGTERM, SIGINT]) func whateverEndsItLeavesNoGuestAndNoFile(
      signal: Int32
    ) throws {
      let folder = try Folder()
      for name in ["bin", "temporary"] { try folder.make(name) }
      try folder.writeScript("#!/bin/sh\ntouch started\nexec sleep 1000\n", to: "bin/qemu-system-x86_64")
      try folder.write(GuestProgram.image(release: "6.1.2-none"), to: "vmlinuz")
      try folder.write(GuestProgram.ends, to: "ends")
      let mark = UUID().uuidString
      var program = try Probe.program(["kernels", "vmlinuz", "--program", "ends"])
      program.environment = [
        "PATH": folder.path + "/bin:/usr/bin:/bin", "TMPDIR": folder.path + "/temporary",
        "TCPPROBE_TEST": mark,
      ]
      let running = try program.start(in: folder)
      #expect(eventually { FileManager.default.fileExists(atPath: folder.path + "/started") })
      _ = kill(running.id, signal)
      #expect(World.endsAll(of: mark))
      #expect(running.finish().status == nil)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/temporary").isEmpty)
    }
  }
}

extension Probe {
  static let hasDebiansTools = [
    "/usr/bin/apt-get", "/usr/bin/dpkg-deb", "/usr/share/keyrings/debian-archive-keyring.gpg",
  ].allSatisfy { FileManager.default.fileExists(atPath: $0) }
}

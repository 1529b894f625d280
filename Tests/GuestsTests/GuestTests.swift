import Foundation
import Guests
import Kinds
import TCP
import Testing

/// What goes into a guest, and what comes out of it.
@Suite(.tags(.pure)) struct GuestTests {
  private func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "guests-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// The form is the kernel's own (Documentation/driver-api/early-userspace/buffer-format.rst): sizes and padding.
  @Test func anArchiveHasItsFieldsWhereAKernelLooksForThem() {
    var archive = Archive()
    archive.addFile("init", [1, 2, 3], isExecutable: true)
    archive.finish()
    let text = String(decoding: archive.bytes, as: UTF8.self)
    #expect(archive.bytes.count % 4 == 0 && text.hasPrefix("070701"))
    func field(_ number: Int) -> String {
      String(decoding: archive.bytes[(6 + number * 8)...].prefix(8), as: UTF8.self)
    }
    #expect(field(1) == "000081ED" && field(6) == "00000003" && field(11) == "00000005")
    // 110 octets of header and the name fill up to 116, the contents to 120.
    #expect(Array(archive.bytes[110..<116]) == Array("init\0".utf8) + [0])
    #expect(Array(archive.bytes[116..<120]) == [1, 2, 3, 0])
    #expect(text.contains("TRAILER!!!"))
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/cpio"), "there is no cpio"))
  func cpioReadsAnArchive() throws {
    var archive = Archive()
    archive.addFolder("dev")
    archive.addFile("dev/file", Array("content".utf8))
    archive.finish()
    let place = try folder()
    defer { try? FileManager.default.removeItem(at: place) }
    try Data(archive.bytes).write(to: place.appending(path: "files"))
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [
      "-c", "cd \"$1\" && cpio -i --quiet < files && cat dev/file > out", "sh", place.path,
    ]
    try process.runAtOnce()
    process.waitUntilExit()
    #expect(try String(contentsOf: place.appending(path: "out"), encoding: .utf8) == "content")
  }

  @Test func aFrameThatIsCutShortIsNone() throws {
    let frame = Frame(output: Array("result\n".utf8), status: 1, time: 5)
    let bytes = Frame.start + frame.bytes
    #expect(Frame(reading: bytes) == frame)
    for count in 0..<bytes.count { #expect(Frame(reading: Array(bytes[..<count])) == nil) }
  }

  @Test func theLastWholeStepOnAConsoleIsRead() {
    let console =
      "[0.1] a kernel\r\ntcpprobe: step: 3 states\r\n[0.2] more\r\ntcpprobe: step: 4 states\r\ntcpp"
    #expect(GuestStep.last(on: console) == "4 states")
    #expect(GuestStep.last(on: console + "robe: step: 5 sta") == "4 states")
    #expect(GuestStep.last(on: "tcpprobe: a message\n") == nil)
  }

  @Test func aFileThatIsNoKernelIsRefusedByName() throws {
    let place = try folder()
    defer { try? FileManager.default.removeItem(at: place) }
    let path = place.appending(path: "vmlinuz").path
    try Data("no kernel".utf8).write(to: URL(filePath: path))
    let error = #expect(throws: GuestError.self) { try Image(at: path) }
    #expect(
      error?.description.contains("not a Linux kernel") == true && error?.description.contains(path) == true)
    #expect(throws: GuestError.self) { try Image(at: path + "-missing") }
  }

  /// The file of a kernel that is a program, as far as it is looked at.
  private func program(_ words: String...) -> Data {
    Data([0x7F] + Array("ELF".utf8)) + Data(words.joined(separator: "\0").utf8)
  }

  /// One banner of two has no number of the build yet.
  private static let banners = [
    "Linux version 6.1.2 (x) (gcc (Debian 12.2.0-14) 12.2.0, GNU ld 2.40) # \n",
    "Linux version 6.1.2 (x) (gcc (Debian 12.2.0-14) 12.2.0, GNU ld 2.40) #7 Sat\n",
  ]

  @Test func aProgramThatIsAKernelSaysWhatItIs() throws {
    let place = try folder()
    defer { try? FileManager.default.removeItem(at: place) }
    let path = place.appending(path: "linux").path
    let (first, second) = (Self.banners[0], Self.banners[1])
    try program("Linux version %s", first, second, "User Mode Linux v%s").write(to: URL(filePath: path))
    let image = try Image(at: path)
    #expect(
      image.release == "6.1.2"
        && image.banner == "6.1.2 (x) (gcc (Debian 12.2.0-14) 12.2.0, GNU ld 2.40) #7 Sat")
    #expect(image.version == "6.1.2", "it is not the compiler's")
    #expect(image.kind == .program(hasVirtualTime: false))
    try program(second, "User Mode Linux v%s", "time-travel=inf-cpu").write(to: URL(filePath: path))
    #expect(try Image(at: path).kind == .program(hasVirtualTime: true))
    // A folder of a tree, and of a package.
    #expect(try Image.all(in: place.path).map(\.path) == [path])
    // A machine's vmlinux cannot be run, and a program that only speaks of one is none.
    for data in [program(second), program("User Mode Linux v%s")] {
      try data.write(to: URL(filePath: path))
      #expect(throws: GuestError.self) { try Image(at: path) }
    }
  }

  @Test func anImageSaysWhatItIs() throws {
    var bytes = [UInt8](repeating: 0, count: 0x400)
    bytes.replaceSubrange(0x202..<0x206, with: Array("HdrS".utf8))
    bytes.replaceSubrange(0x20E..<0x210, with: [0x00, 0x01])
    bytes.replaceSubrange(0x300..<0x30C, with: Array("6.1.2-a (x) ".utf8))
    let place = try folder()
    defer { try? FileManager.default.removeItem(at: place) }
    try FileManager.default.createDirectory(
      at: place.appending(path: "lib/modules/6.1.2-a"), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      at: place.appending(path: "boot"), withIntermediateDirectories: true)
    let path = place.appending(path: "boot/vmlinuz").path
    try Data(bytes).write(to: URL(filePath: path))
    let image = try Image(at: path)
    #expect(image.release == "6.1.2-a")
    #expect(image.modules?.hasSuffix("lib/modules/6.1.2-a") == true)
  }

  /// Records are kept under the release's name, and modules looked for: neither leads out of its folder.
  @Test(arguments: ["../../x", "6.1.2/../../x", "/etc", ".", "..", "6.1\u{1B}[31m", "6.1\u{202E}"])
  func anImageWhoseReleaseIsAPathIsNone(release: String) throws {
    var bytes = [UInt8](repeating: 0, count: 0x400)
    bytes.replaceSubrange(0x202..<0x206, with: Array("HdrS".utf8))
    bytes.replaceSubrange(0x20E..<0x210, with: [0x00, 0x01])
    let banner = Array("\(release) (x) ".utf8)
    bytes.replaceSubrange(0x300..<(0x300 + banner.count), with: banner)
    let place = try folder()
    defer { try? FileManager.default.removeItem(at: place) }
    let path = place.appending(path: "vmlinuz")
    try Data(bytes).write(to: path)
    #expect(throws: GuestError.self) { try Image(at: path.path) }
  }

  /// A mark without arguments, and arguments that are empty or hold blanks.
  @Test(arguments: [[], ["--version"], ["record", "--only", "a b", ""]])
  func whatAGuestIsToldToRunIsReadBack(arguments: [String]) {
    let orders = Orders(mark: "boot-1", arguments: arguments)
    #expect(Orders(reading: orders.bytes) == orders)
    #expect(Orders(reading: []) == Orders(mark: "", arguments: []))
  }

  @Test func whatNeedsALoaderIsNoProgramForAGuest() throws {
    #expect(!StaticProgram.isStatic(Array("#!/bin/sh".utf8)))
    let shell = try Data(contentsOf: URL(filePath: "/bin/sh").resolvingSymlinksInPath())
    #expect(!StaticProgram.isStatic(Array(shell)))
  }

  @Test func aSeriesMeansItsNewestAndAReleaseItself() {
    let packages = ["6.1.10-1", "6.1.9-1", "6.12.100-1", "6.12.94-2", "7.3.4-1~bpo13+1"].map {
      Debian.Package(name: "linux-image-" + $0, version: $0)
    }
    func chosen(_ word: String) -> [String] { Debian.choose(word, from: packages).map(\.version) }
    #expect(
      chosen("6.1") == ["6.1.10-1"] && chosen("6.12") == ["6.12.100-1"] && chosen("6.12.94") == ["6.12.94-2"])
    #expect(chosen("newest") == ["7.3.4-1~bpo13+1"] && chosen("5.4").isEmpty)
    #expect(chosen("all") == ["6.1.10-1", "6.12.100-1", "7.3.4-1~bpo13+1"])
  }

  @Test func anImageWithoutItsModulesIsLeftOut() {
    func package(_ name: String) -> Debian.Package {
      Debian.Package(name: "linux-\(name)-cloud-amd64", version: "\(name.split(separator: "-")[1])-1")
    }
    let packages = [
      "image-6.18.15", "image-6.19.14", "binary-6.19.14", "image-7.3.4", "binary-7.3.4", "modules-7.3.4",
    ].map(package)
    let (images, incomplete) = Debian.complete(packages)
    #expect(images == ["image-6.18.15", "binary-7.3.4"].map(package))
    #expect(incomplete == [package("binary-6.19.14")])
  }

  @Test func kernelsAreOrderedByTheirNumbers() {
    #expect(KernelOrder.isOlder("6.1.192", "6.12.3") && !KernelOrder.isOlder("6.12.3", "6.1.192"))
    #expect(KernelOrder.isOlder("5.10.0-46-cloud", "5.10.1"))
  }
}

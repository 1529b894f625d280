import Foundation
import Guests
import Kinds
import Testing

/// Kernels in folders of unpacked packages.
@Suite(.tags(.pure)) struct ImageFolderTests {
  /// A folder for a test, gone with it.
  private final class Place {
    let path = FileManager.default.temporaryDirectory.path + "/folders-" + UUID().uuidString
    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String, _ bytes: [UInt8] = []) throws {
      let url = URL(filePath: "\(path)/\(name)")
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url)
    }

    /// A file that says that it is a kernel.
    func kernel(_ name: String, _ banner: String) throws {
      var bytes = [UInt8](repeating: 0, count: 0x400)
      bytes.replaceSubrange(0x202..<0x206, with: Array("HdrS".utf8))
      bytes.replaceSubrange(0x20E..<0x210, with: [0x00, 0x01])
      bytes.replaceSubrange(0x300..<(0x300 + banner.utf8.count), with: Array(banner.utf8))
      try file(name, bytes)
    }
  }

  @Test func eachPackageOfAFolderIsFoundWithItsModules() throws {
    let place = Place()
    try place.kernel("image-6.1/boot/vmlinuz-6.1.0-5", "6.1.0-5 (x) #1 SMP Debian 6.1.19-1 (2026-01-01)")
    try place.file("image-6.1/lib/modules/6.1.0-5/kernel/net/ipv4/inet_diag.ko")
    try place.kernel("binary-7.0/usr/lib/modules/7.0.4/vmlinuz", "7.0.4 (x) #1")
    try place.file("modules-7.0/usr/lib/modules/7.0.4/kernel/net/ipv4/inet_diag.ko.xz")
    try place.file("image-6.1/usr/share/doc/vmlinuz")
    let images = try Image.all(in: place.path)
    #expect(images.map(\.release) == ["7.0.4", "6.1.0-5"])
    #expect(images.map(\.version) == ["7.0.4", "6.1.19"])
    #expect(
      images.map { $0.modules?.dropFirst(place.path.count) } == [
        "/modules-7.0/usr/lib/modules/7.0.4", "/image-6.1/lib/modules/6.1.0-5",
      ])
    #expect(images.allSatisfy { $0.neededModules().count == 1 })
    // One package alone, with a slash behind its name.
    #expect(try Image.all(in: place.path + "/image-6.1/").map(\.release) == ["6.1.0-5"])
  }

  @Test func aTreeHasWhatWasJustBuiltInIt() throws {
    let place = Place()
    try place.kernel("arch/x86/boot/bzImage", "6.19.0-rc1+ (me@here) #3")
    try place.file("modules.order")
    try place.file("net/ipv4/inet_diag.ko")
    for image in [try Image.all(in: place.path), [try Image(at: place.path + "/arch/x86/boot/bzImage")]] {
      #expect(image.map(\.version) == ["6.19.0"])
      #expect(image.first?.neededModules().map { $0.hasSuffix("/net/ipv4/inet_diag.ko") } == [true])
    }
  }

  @Test func aFolderWithoutAKernelIsToldByName() throws {
    let place = Place()
    try place.file("boot/vmlinuz-cut", [1, 2, 3])
    let error = #expect(throws: GuestError.self) { try Image.all(in: place.path) }
    #expect(error?.description.hasPrefix("\(place.path): contains no kernel") == true)
  }

  @Test func aStarMeansEveryPointReleaseAndOneBuildOfEach() {
    let packages = [
      "6.12.100-1", "6.12.94-1~bpo12+1", "6.12.94-2", "6.1.9-1", "6.12.43-1~bpo12+1", "7.0.4-1~bpo13+1",
    ].map { Debian.Package(name: "linux-image-" + $0, version: $0) }
    func chosen(_ word: String) -> [String] { Debian.choose(word, from: packages).map(\.version) }
    #expect(chosen("6.12.*") == ["6.12.43-1~bpo12+1", "6.12.94-2", "6.12.100-1"])
    #expect(chosen("*").count == 5 && chosen("*").first == "6.1.9-1")
    #expect(chosen("6.*").count == 4 && chosen("6.2.*").isEmpty && chosen("6.12") == ["6.12.100-1"])
  }
}

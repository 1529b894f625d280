import Foundation
import Guests
import Kinds
import Linux
import Testing

/// Files that a command in a guest reads.
@Suite(.tags(.pure)) struct CarriedFilesTests {
  /// Each entry of an archive with its contents, read by the fields of its head.
  private func entries(_ archive: Archive) throws -> [String: [UInt8]] {
    var entries: [String: [UInt8]] = [:]
    var bytes = archive.bytes[...]
    func number(_ field: Int) throws -> Int {
      let place = bytes.startIndex + 6 + field * 8
      return try #require(Int(String(decoding: bytes[place..<(place + 8)], as: UTF8.self), radix: 16))
    }
    while bytes.count >= 110 {
      let (size, length) = (try number(6), try number(11))
      let name = String(
        decoding: bytes[(bytes.startIndex + 110)...].prefix(length).prefix { $0 != 0 }, as: UTF8.self)
      let start = bytes.startIndex + (110 + length + 3) / 4 * 4
      entries[name] = Array(bytes[start..<(start + size)])
      bytes = bytes[(start + (size + 3) / 4 * 4)...]
    }
    return entries
  }

  @Test func filesOfOneNameStayApart() throws {
    var carried = CarriedFiles()
    try carried.add("a/script.pkt", [1])
    try carried.add("../b/script.pkt", [2, 2])
    try carried.add("/tmp/c/script.pkt", [3, 3, 3])
    var archive = Archive()
    carried.add(to: &archive)
    archive.finish()
    let entries = try entries(archive)
    let files = CarriedFiles.files(reading: try #require(entries["files/names"]))
    #expect(Set(files.keys) == ["a/script.pkt", "../b/script.pkt", "/tmp/c/script.pkt"])
    for (path, contents) in [
      ("a/script.pkt", [1]), ("../b/script.pkt", [2, 2]), ("/tmp/c/script.pkt", [3, 3, 3]),
    ] as [(String, [UInt8])] {
      let place = try #require(files[path])
      // No name of this machine is one in the guest.
      #expect(place.hasPrefix("/files/") && place.dropFirst(7).allSatisfy(\.isNumber))
      #expect(entries[String(place.dropFirst())] == contents)
    }
  }

  /// The archive of a guest that makes a record stays what it was.
  @Test func withoutAFileNothingIsAdded() {
    var archive = Archive()
    CarriedFiles().add(to: &archive)
    #expect(archive.bytes.isEmpty)
  }

  @Test func aFileWithTwoPathsIsThereOnce() throws {
    let identity = try #require(FileIdentity(of: "/dev/null"))
    var carried = CarriedFiles()
    try carried.add("a", [1], of: identity)
    try carried.add("./a", [1], of: identity)
    try carried.add("a", [1], of: identity)
    #expect(carried.count == 1 && carried.contains("./a") && !carried.contains("b"))
  }

  @Test func moreThanAGuestHoldsIsRefused() throws {
    var carried = CarriedFiles()
    for number in 0..<CarriedFiles.mostFiles { try carried.add("\(number)", []) }
    let many = #expect(throws: CarriedFiles.Excess.self) { try carried.add("one more", []) }
    #expect(many?.description.contains("1000 files") == true)
    var large = CarriedFiles()
    try large.add("all", [UInt8](repeating: 0, count: CarriedFiles.mostOctets))
    let excess = #expect(throws: CarriedFiles.Excess.self) { try large.add("one more", [1]) }
    #expect(excess?.description.hasPrefix("one more: ") == true)
    #expect(excess?.description.contains("16 MB") == true)
  }

  @Test(arguments: [[:], ["-": 0], ["a b": 0, "": 1, "\n": 2]])
  func theListIsReadBack(places: [String: Int]) {
    let files = CarriedFiles.files(reading: CarriedFiles.list(of: places))
    #expect(files == places.mapValues { "/files/\($0)" })
  }
}

import Foundation
import Kinds
import Linux
import SystemPackage
import TCP
import Testing

@Suite(.tags(.kernel), .onItsOwnThread) struct InfoTests {
  @Test(arguments: Family.here)
  func infoOfAConnectionIsRead(family: Family) throws {
    let connection = try TestConnection(family)
    try connection.send(100, from: connection.client)
    let sent = eventually {
      (try? readInfo(ofDescriptor: connection.client)).flatMap { $0[.bytesAcked] == 101 ? $0 : nil }
    }
    // The SYN is counted, too.
    #expect(sent?.state == .established)
    #expect(try readInfo(ofDescriptor: connection.server)[.bytesReceived] == 100)
    // As much as Linux 4.19 has, the oldest that is of interest.
    #expect(try readInfo(ofDescriptor: connection.server).bytes.count >= 224)
  }

  @Test func whatIsNoSocketIsRefused() throws {
    #expect(throws: Errno.badFileDescriptor) { _ = try readInfo(ofDescriptor: -1) }
    let file = try unsafe FileDescriptor.open("/dev/null", .readOnly)
    defer { try? file.close() }
    #expect(throws: Errno.notSocket) { _ = try readInfo(ofDescriptor: file.rawValue) }
  }

  private static let header = "/usr/include/linux/tcp.h"

  @Test(
    .enabled("there is no cc, or no header of the kernel") {
      Program("cc") != nil && FileManager.default.fileExists(atPath: header)
    })
  func everyFieldStandsWhereTheKernelsHeaderHasIt() throws {
    let text = try String(contentsOfFile: Self.header, encoding: .utf8)
    // An older header has fewer fields, and fields of a few bits have no offset.
    let fields = InfoField.allCases.filter { text.contains("tcpi_\($0.rawValue);") }
    #expect(fields.count > 40)
    let lines = fields.map {
      "printf(\"%zu %zu\\n\", offsetof(struct tcp_info, tcpi_\($0.rawValue)), sizeof i.tcpi_\($0.rawValue));"
    }
    let source =
      "#include <linux/tcp.h>\n#include <stddef.h>\n#include <stdio.h>\nint main(void) { struct tcp_info i;\n"
      + lines.joined(separator: "\n") + "\n}\n"
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let program = directory.appendingPathComponent("offsets").path
    try source.write(toFile: program + ".c", atomically: true, encoding: .utf8)
    _ = try #require(Program("cc")).run("-o", program, program + ".c")
    let output = try #require(Program(program)).run()
    #expect(output.split(separator: "\n").map(String.init) == fields.map { "\($0.offset) \($0.width)" })
  }

  @Test func fieldsDoNotOverlap() {
    let fields = InfoField.allCases.sorted { $0.offset < $1.offset }
    for (field, next) in zip(fields, fields.dropFirst()) {
      #expect(field.offset + field.width <= next.offset)
    }
  }
}

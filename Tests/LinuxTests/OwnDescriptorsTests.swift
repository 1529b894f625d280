import Kinds
import Linux
import TCP
import Testing

@Suite(
  .tags(.kernel), .onItsOwnThread,
  .enabled("sock_diag cannot be asked here") { SocketDiagnosis.availability() == nil })
struct OwnDescriptorsTests {
  @Test func aSocketIsHeldByItsDescriptorAndByNobodyOnceThatIsClosed() throws {
    let listener = try Socket.tcp(.ipv4)
    try listener.bind(to: Endpoint(Address.loopback(.ipv4), 0))
    try listener.listen(backlog: 1)
    let local = try listener.localEndpoint()
    let record = try #require(try SocketDiagnosis.open().look(upListener: local)).record
    let number = listener.rawValue
    #expect(try OwnDescriptors.holding(socket: record.inode) == [number])
    try listener.close()
    #expect(try OwnDescriptors.holding(socket: record.inode).isEmpty)
  }

  @Test func whatNobodyHoldsHasNoDescriptor() throws {
    #expect(try OwnDescriptors.holding(socket: 0).isEmpty)
  }

  @Test func theProcessHasANumberAndAName() throws {
    #expect(OwnDescriptors.processID > 0)
    #expect(try !OwnDescriptors.processName().isEmpty)
  }
}

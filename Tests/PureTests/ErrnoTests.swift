import Kinds
import Linux
import SystemPackage
import Testing

@Suite(.tags(.pure)) struct ErrnoTests {
  @Test(arguments: [
    "ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "EAGAIN", "EOPNOTSUPP", "EADDRNOTAVAIL",
  ])
  func everyErrorIsFoundByItsName(name: String) {
    #expect(Errno(name: name)?.name == name)
  }

  @Test func aSecondNameMeansTheSameError() {
    #expect(Errno(name: "EWOULDBLOCK") == .wouldBlock)
    #expect(Errno(name: "ENOTSUP")?.name == "EOPNOTSUPP")
  }

  @Test func whatIsNoErrorHasNoName() {
    #expect(Errno(name: "ENOSUCHERROR") == nil)
    #expect(Errno(name: "errno 41") == nil)
    #expect(Errno(rawValue: 600).name == "errno 600")
  }
}

import Guests
import Kinds
import Testing

/// Names that tell images apart.
@Suite(.tags(.pure)) struct ImageNamesTests {
  private func image(_ path: String, _ release: String, build: String = "#1 SMP Thu Jan 1 00:00:00 UTC 2026")
    -> Image
  {
    var image = Image(path: path, release: release)
    image.banner = "\(release) (u@h) \(build)"
    return image
  }

  @Test func aReleaseThatNoOtherHasIsTheName() {
    #expect(Image.names(of: [image("a", "6.1.2"), image("b", "6.12.3")]) == ["6.1.2", "6.12.3"])
  }

  @Test func buildsOfOneVersionAreToldApartByPathAndBuild() {
    let images = [image("a/bzImage", "6.1.2", build: "#3 Thu"), image("b/bzImage", "6.1.2", build: "#4 Fri")]
    #expect(Image.names(of: images) == ["6.1.2 (a/bzImage, #3 Thu)", "6.1.2 (b/bzImage, #4 Fri)"])
    #expect(Image(path: "a", release: "6.1.2").origin == "a")
  }
}

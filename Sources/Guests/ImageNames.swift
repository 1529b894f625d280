extension Image {
  /// The build that it says it is, as `uname -v` does: `#3 SMP Thu Jan 1 00:00:00 UTC 2026`; empty if it says nothing.
  package var build: String { banner.firstIndex(of: "#").map { String(banner[$0...]) } ?? "" }

  /// Its file and its build: what tells it from others of the same version.
  package var origin: String { [path, build].filter { !$0.isEmpty }.joined(separator: ", ") }

  /// The names of images that stand beside each other: the release alone, where no other has it.
  package static func names(of images: [Image]) -> [String] {
    let counts = Dictionary(images.map { ($0.release, 1) }, uniquingKeysWith: +)
    return images.map { image in
      counts[image.release] == 1 ? image.release : "\(image.release) (\(image.origin))"
    }
  }
}

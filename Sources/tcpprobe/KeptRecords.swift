import Guests

/// The files of the guests' records: one for each kernel, written when that kernel is done.
struct KeptRecords: Sendable {
  private(set) var paths: [String] = []

  /// Names the files.
  ///
  /// - Parameter ending: what stands behind the kernel's release.
  init(of images: [Image], in folder: String, ending: String = ".md") {
    for image in images {
      // A kernel that was built twice is called the same.
      let name = "\(folder)/linux-\(image.release)"
      var path = name + ending
      var number = 2
      while paths.contains(path) {
        path = "\(name)-\(number)\(ending)"
        number += 1
      }
      paths.append(path)
    }
  }

  func write(_ bytes: [UInt8], of place: Int, into outputs: Outputs) throws {
    try outputs.write(bytes, to: paths[place])
  }
}

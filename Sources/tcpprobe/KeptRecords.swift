import ArgumentParser
import Guests
import Linux

/// Where the guests' records are kept: a file for each kernel, written when that kernel is done.
struct KeptRecords: Sendable {
  private var paths: [String] = []

  /// Names the files, and fails before anything boots where one could not be written.
  ///
  /// - Parameter force: whether a record that is there may be overwritten.
  init(of images: [Image], in folder: String, force: Bool) throws {
    for image in images {
      // A kernel that was built twice is called the same.
      let name = "\(folder)/linux-\(image.release)"
      var path = name + ".md"
      var number = 2
      while paths.contains(path) {
        path = "\(name)-\(number).md"
        number += 1
      }
      if !force, WholeFile.isThere(path) {
        throw Failure("\(path) is there already: --force overwrites it", status: ExitCode(64))
      }
      do { try WholeFile.checkWritable(path) } catch {
        throw Failure("--keep: \(path) cannot be written: \(error)", status: ExitCode(64))
      }
      paths.append(path)
    }
  }

  func write(_ result: Guest.Result, of place: Int) throws {
    try Output.write(result.output, to: paths[place])
  }
}

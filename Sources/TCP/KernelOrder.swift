/// The order of kernels' releases.
package enum KernelOrder {
  /// By the numbers in them: 6.1.192 before 6.12.117.
  package static func isOlder(_ first: String, _ second: String) -> Bool {
    numbers(first).lexicographicallyPrecedes(numbers(second))
  }

  /// The numbers of a release, five at most: 6, 1 and 192 of 6.1.192.
  package static func numbers(_ release: String) -> [Int] {
    release.split { !$0.isNumber }.prefix(5).map { Int($0) ?? 0 }
  }

  /// The version alone: `6.1.192`, also where a distribution's release says `6.1.0-56`, and the text of its build more.
  ///
  /// - Parameters:
  ///   - release: `uname -r`.
  ///   - build: `uname -v`.
  package static func version(release: String, build: String) -> String {
    let told = build.split(separator: " ").first { word in
      word.prefix { $0 != "-" }.split(separator: ".").count >= 3 && word.first?.isNumber == true
    }
    return String((told ?? release[...]).prefix { $0.isNumber || $0 == "." })
  }
}

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
}

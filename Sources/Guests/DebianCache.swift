extension Debian {
  /// The advice for somebody whose cache folder cannot be used.
  package static let cacheAdvice = "set XDG_CACHE_HOME to the absolute path of a folder of your own"

  /// The folder that caches lie in, by the XDG base directory specification: a path that is not absolute counts as none.
  ///
  /// - Parameter environment: the value of a variable.
  /// - Throws: ``GuestError`` where no variable names one.
  package static func cacheBase(environment: (String) -> String?) throws(GuestError) -> String {
    func folder(_ variable: String) -> String? {
      environment(variable).flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    guard let base = folder("XDG_CACHE_HOME") ?? folder("HOME").map({ $0 + "/.cache" }) else {
      throw GuestError(
        "--debian needs a cache folder, but neither XDG_CACHE_HOME nor HOME is an absolute path: \(cacheAdvice)"
      )
    }
    return base
  }
}

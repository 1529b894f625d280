import Linux

extension Guest {
  /// Tries whether KVM really runs this kernel: on a host that is a guest itself, /dev/kvm can open, and what is
  /// started with it ends at once or hangs.
  ///
  /// - Parameter limit: seconds for the trial; a guest under KVM needs two or three.
  /// - Returns: why KVM is not to be used; nil where a guest has come back.
  package func faultOfKVM(limit: Int = 10) -> String? {
    guard WholeFile.names(in: "/dev").contains("kvm") else { return "/dev/kvm does not exist" }
    var trial = self
    (trial.isVirtual, trial.usesKVM) = (false, true)
    trial.arguments = ["--version"]
    trial.limit = limit
    do {
      let status = try trial.run().status
      return status == 0 ? nil : "the trial exited with status \(status)"
    } catch {
      let lines = error.description.split(whereSeparator: \.isNewline)
      // The first line says what, the last one why.
      return lines.count > 1
        ? "\(lines[0]) \(lines[lines.count - 1].drop { " |".contains($0) })" : error.description
    }
  }
}

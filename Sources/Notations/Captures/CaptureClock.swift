/// The clock of an interface in a pcapng file.
struct CaptureClock {
  /// The option if_tsresol: a power of ten, or with its upper bit set a power of two, that a second has ticks.
  var resolution: UInt8 = 6
  /// Seconds that each time is short of.
  var offset: Int64 = 0

  /// Ticks in nanoseconds; what does not fit becomes the largest time that does.
  func nanoseconds(_ ticks: UInt64) -> Int64 {
    let exponent = Int(resolution & 0x7F)
    let time: UInt64
    if resolution & 0x80 != 0 {
      let product = ticks.multipliedFullWidth(by: 1_000_000_000)
      switch exponent {
      case 0: time = product.high == 0 ? product.low : .max
      case 1..<64:
        time =
          product.high >> UInt64(exponent) == 0
          ? product.high << UInt64(64 - exponent) | product.low >> UInt64(exponent) : .max
      default: time = exponent < 128 ? product.high >> UInt64(exponent - 64) : 0
      }
    } else if exponent <= 9 {
      let (value, isTooLarge) = ticks.multipliedReportingOverflow(by: Self.power(9 - exponent))
      time = isTooLarge ? .max : value
    } else {
      // Beyond 19 digits no number of ticks makes a nanosecond.
      time = exponent - 9 <= 19 ? ticks / Self.power(exponent - 9) : 0
    }
    let (shift, isFar) = offset.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, isTooLarge) = Int64(clamping: time).addingReportingOverflow(isFar ? 0 : shift)
    // Never before 1970, so that the difference of two times has room.
    return max(0, isTooLarge ? Int64(clamping: time) : sum)
  }

  private static func power(_ exponent: Int) -> UInt64 { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}

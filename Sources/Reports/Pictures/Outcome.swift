import TCP
import Traces

extension Outcome {
  /// The outcome of a call, if it is not the expected one.
  func told(of call: Call) -> (text: String?, failed: Bool) {
    switch (self, call) {
    case (.failed(let errno), _): (errno, true)
    case (.pending, .connect): (nil, false)
    case (.pending, _): ("would block", false)
    case (.returned(let value), .send(let count, _)): (value == count ? nil : "\(value)", false)
    case (.returned(let value), .receive): ("\(value)", false)
    case (.returned, _): (nil, false)
    }
  }
}

import Kinds
import Testing
import Traces

/// Lengths of time as people write them.
@Suite(.tags(.pure)) struct WrittenDurationTests {
  @Test(arguments: [
    ("60 s", 60), ("60s", 60), ("60 seconds", 60), ("1 minute", 60), ("2 MSL = 4 minutes", 240),
    ("120 seconds (2 MSL)", 120),
    ("2 min", 120), ("60 秒", 60), ("1분", 60), ("60초간", 60), ("30 сек", 30), ("1 hora", 3600),
    ("1-minute", 60),
    ("60 s (1 minute)", 60), ("0.5 min", 30), ("two minutes", 120), ("One minute", 60), ("vier Minuten", 240),
    ("60秒間", 60), ("1분동안", 60),
  ])
  func oneLengthIsRead(text: String, seconds: Int) {
    #expect(Duration(written: text) == .seconds(seconds), "\(text)")
  }

  @Test(arguments: [
    "2 MSL", "30 to 60 s", "30-120 s", "0.5–1 s", "1 s, 2 s", "forever", "60", "99999999999999999999 s",
    "1..2 s", "",
    "1,5 s", "1,000 ms", "2 × 30 s", "1/2 s", "1h30", "1 minute 30 seconds", "at least 1 s", "not 60 s",
    "< 60 s", "about 60 s", "60秒以上", "60秒左右", "60초이상", "1分以内", "seven minutes", "two", "one or two minutes",
  ])
  func otherTextIsNone(text: String) {
    #expect(Duration(written: text) == nil, "\(text)")
  }
}

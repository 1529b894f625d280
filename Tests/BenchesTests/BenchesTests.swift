import Testing

/// All that runs on a bench, one test after the other: each has the machine's time for itself.
@Suite(.serialized) enum BenchesTests {}

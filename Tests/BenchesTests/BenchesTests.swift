import Testing

/// All that plays on a bench, one test after the other: each has the machine's time for itself.
@Suite(.serialized) enum BenchesTests {}

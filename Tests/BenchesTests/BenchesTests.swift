import Kinds
import Linux
import Testing

/// All that runs on a bench: several at a time, for each mostly waits, and before all other tests, for each is repeated
/// where the machine keeps it waiting.
@Suite(.tags(.kernel), .onItsOwnThread(in: .benches, running: { Scheduling.first($0) })) enum BenchesTests {}

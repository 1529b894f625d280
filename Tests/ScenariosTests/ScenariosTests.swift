import Kinds
import Testing

/// All that runs scenarios and pages on a bench: several at a time, for each mostly waits. A run itself goes before all
/// other tests, for it is repeated where the machine keeps it waiting.
@Suite(.tags(.kernel), .onItsOwnThread(in: .benches)) enum ScenariosTests {}

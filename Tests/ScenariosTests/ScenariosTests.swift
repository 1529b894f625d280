import Testing

/// One test after the other: each has the machine's time for itself.
@Suite(.serialized) enum ScenariosTests {}

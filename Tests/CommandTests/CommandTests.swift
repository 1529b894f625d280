import Testing

/// Whatever runs the program: one run after the other.
@Suite(.serialized) enum CommandTests {}

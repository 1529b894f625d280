import Testing

/// Whatever runs the program, as a person runs it.
@Suite enum CommandTests {}

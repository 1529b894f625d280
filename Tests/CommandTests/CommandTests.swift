import Kinds
import Testing

/// Whatever runs the program, as a person runs it.
@Suite(.tags(.kernel), .onItsOwnThread(in: .programs)) enum CommandTests {}

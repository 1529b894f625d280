import Records
import Testing

@Suite struct RecordTests {}

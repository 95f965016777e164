"""The coverage matrix: who of ours knows whom of theirs."""

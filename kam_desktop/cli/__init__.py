"""The command line: the same services as the window's, for terminals, scripts and tests."""

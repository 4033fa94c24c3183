"""The command line: a contract for those who drive it by subprocess."""

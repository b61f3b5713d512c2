"""The commands, a module or package each, with its options and help."""

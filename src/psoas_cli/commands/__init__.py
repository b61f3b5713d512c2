"""The commands: a file for each, with its options, its help and what it does."""

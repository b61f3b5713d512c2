"""The command line, and what the commands share: options, printing, completion and the editor."""

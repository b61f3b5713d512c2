"""What is kept on disk: sequences, settings, the journal and other state."""

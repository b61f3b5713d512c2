"""What is kept on disk: sequences, settings, folders."""

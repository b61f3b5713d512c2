"""What a practice is: sequences, poses, patterns and texts, as values."""

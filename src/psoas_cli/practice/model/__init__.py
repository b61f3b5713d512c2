"""The values that make up a practice: sequences, poses, patterns and texts."""

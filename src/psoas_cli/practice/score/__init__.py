"""From a practice to its timeline, and what follows from that."""

"""The pure core: what a practice is. No clock, file, terminal or sound in here."""

"""Performing a practice: time, keys, screen and sound brought together."""

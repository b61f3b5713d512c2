"""The terminal: raw keys in, painted regions out."""

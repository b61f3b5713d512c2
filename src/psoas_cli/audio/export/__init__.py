"""Audio files: a practice as samples, in the format asked for."""

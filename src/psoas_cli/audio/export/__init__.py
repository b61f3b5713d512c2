"""Files: a practice as samples, in the format that is asked for."""

"""A guided practice timer for the psoas, in the terminal."""

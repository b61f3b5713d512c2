"""A guided practice timer for the psoas, in the terminal."""

__version__ = "0.1.0"

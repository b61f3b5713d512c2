"""From a practice to its timeline, and to what is shown, said and heard at each instant of it."""

"""Speech: engines, voices, and the clips that they speak."""

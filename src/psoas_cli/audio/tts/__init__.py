"""Speech: engines, voices and the clips they speak."""

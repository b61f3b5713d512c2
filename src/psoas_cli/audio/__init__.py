"""Sound: decoding, mixing, and the device that plays it."""

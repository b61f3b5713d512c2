"""Sound: decoding, mixing and playing it on a device."""

"""Playing bells through simpleaudio, in a process of its own."""

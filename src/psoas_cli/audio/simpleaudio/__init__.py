"""Play bells through simpleaudio, in a child process."""

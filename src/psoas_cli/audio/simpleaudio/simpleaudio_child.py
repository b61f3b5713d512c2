"""The child process in which simpleaudio plays. Started by its path, it imports nothing of psoas.

In a process of its own because simpleaudio frees memory without holding the interpreter's lock: from Python 3.12 on
that kills the program when a sound ends, unless PYTHONMALLOC=malloc was set before the interpreter started.

Orders come as lines on standard input, answers go as lines to standard output:

    load NAME SIZE   SIZE bytes follow, 16-bit mono frames at 48 kHz: how NAME sounds from now on
    play NAME        answered by `played` as soon as it sounds
    stop             all that sounds breaks off

First a moment of silence is played, and answered by `ready`; or there is no simpleaudio, and it says `missing` and
ends. It ends with its input, and, saying `failed`, once no device plays.
"""

import os
import signal
import sys

_RATE = 48_000
_SILENCE = bytes(2 * _RATE // 20)


def main() -> None:
    """Do as the lines say, until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this
    try:
        import simpleaudio
    except ImportError:
        _answer("missing")
        return
    try:
        simpleaudio.play_buffer(_SILENCE, 1, 2, _RATE)
        _answer("ready")
        _serve(simpleaudio)
    except Exception:  # noqa: BLE001 - whatever it is, this child will not play any more
        _answer("failed")
    finally:
        os._exit(0)  # without tidying up, which is one more chance to crash while something sounds


def _serve(simpleaudio) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - the module, which has no types
    sounds: dict[str, bytes] = {}
    for line in sys.stdin.buffer:
        match line.decode().split():
            case ["load", name, size]:
                sounds[name] = sys.stdin.buffer.read(int(size))
            case ["play", name] if name in sounds:
                simpleaudio.play_buffer(sounds[name], 1, 2, _RATE)
                _answer("played")
            case ["stop"]:
                simpleaudio.stop_all()


def _answer(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

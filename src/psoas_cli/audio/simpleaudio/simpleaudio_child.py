"""The child process in which simpleaudio plays. It is started by its path and imports nothing from psoas.

It is a process of its own because simpleaudio frees memory without holding the interpreter's lock: from Python 3.12 on
that crashes the program when a sound ends, unless PYTHONMALLOC=malloc was set before the interpreter started.

Orders are lines on standard input, answers are lines on standard output:

    load NAME SIZE   followed by SIZE bytes, 16-bit mono frames at 48 kHz, which become the sound NAME
    play NAME        answered by `played` once it sounds
    stop             cuts off everything that sounds

At the start the child plays a moment of silence and answers `ready`; without simpleaudio it answers `missing` and ends.
It ends with its input, or, after answering `failed`, when no device plays.
"""

import os
import signal
import sys

_RATE = 48_000
_SILENCE = bytes(2 * _RATE // 20)


def main() -> None:
    """Carry out the orders on standard input until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this child
    try:
        import simpleaudio
    except ImportError:
        _answer("missing")
        return
    try:
        simpleaudio.play_buffer(_SILENCE, 1, 2, _RATE)
        _answer("ready")
        _serve(simpleaudio)
    except Exception:  # noqa: BLE001 - whatever it is, this child can no longer play
        _answer("failed")
    finally:
        os._exit(0)  # without cleaning up, which could crash while something sounds


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

"""Measure whether the page of a practice changes with its bells.

    python bench/page.py     yin-short: two minutes as they pass, and then each bell at which something begins

The page is played in Chromium, without a window. What changes is the countdown that begins anew, at a moment of the
sound as the page itself reads it; the bells are looked for in the sound that stands in the page. The exit code is 1 if
one of them is more than 100 ms away. Needs the extra `dev`, and Debian's `chromium` and `chromium-driver`.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
from base64 import b64decode
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import miniaudio
import numpy as np

from browser import Browser, lacking
from psoas_cli.audio.samples import RATE
from psoas_cli.audio.strike import strike_of
from psoas_cli.practice.score.timeline import Timeline, compile_sequence
from psoas_cli.storage.library import Library

MOST = 0.1
"""Seconds that a page may differ from its bells."""

_PRACTICE = "yin-short"
_WINDOW = 120.0  # seconds to be played as they pass
_BEFORE = 0.35  # seconds before a bell from which it is played
_NEAR = 0.2  # seconds around the moment when a bell is due in which it is looked for
_TRIES = 3
_STROKE = 0.125  # seconds of it to look for
_ALIKE = 0.5  # likeness (0..1) from which it counts as found

# Waits until the countdown has begun anew, but not longer than a moment of the sound; hands over the sound's moment.
_WATCH = """
const clock = $('#clock'), last = arguments[0];
const seconds = () => clock.textContent.split(':').reduce((all, part) => all * 60 + Number(part), 0);
let before = Infinity;
const look = () => {
  const now = seconds();
  if (now > before + 1 || audio.currentTime > last) {
    changes.disconnect();
    done(audio.currentTime);
  } else if (!audio.seeking) before = now;
};
const changes = new MutationObserver(look);
changes.observe(clock, { childList: true });
look();
"""

# Stands still at a moment of the sound until that is shown, so that nothing passes before it is watched.
_FROM = """
audio.addEventListener('seeked', () => requestAnimationFrame(done), { once: true });
audio.pause();
audio.currentTime = arguments[0];
"""


def bells(page: Path, timeline: Timeline) -> list[tuple[float, float]]:
    """The bells of *timeline* at which something begins: when they are due, and when they are heard in *page*.

    Raises:
        ValueError: One of them is not in its sound.
    """
    written = re.search(r'base64,([^"]+)"', page.read_text("utf-8"))
    sound = b64decode(written[1]) if written else b""
    decoded = miniaudio.decode(sound, miniaudio.SampleFormat.SIGNED16, 1, RATE).samples
    tape = np.frombuffer(decoded, np.int16)
    starts, found = {span.start for span in timeline.spans[1:]}, []
    for cue in timeline.cues:
        if cue.bell and cue.at in starts:
            stroke = np.frombuffer(strike_of(cue.bell), np.int16)[: round(_STROKE * RATE)].astype(np.float64)
            first = round((cue.at - _NEAR) * RATE)
            near = tape[first : first + round(2 * _NEAR * RATE) + len(stroke)].astype(np.float64)
            power = np.convolve(near**2, np.ones(len(stroke)), "valid") * (stroke**2).sum()
            likeness = np.correlate(near, stroke) / np.sqrt(power + 1)
            if likeness.max() < _ALIKE:
                raise ValueError(f"no {cue.bell.sound} is heard near {cue.at} s")
            found.append((cue.at, (first + int(likeness.argmax())) / RATE))
    return found


def lateness(browser: Browser, heard: Sequence[tuple[float, float]]) -> dict[float, float]:
    """Seconds by which the page changes after each bell, by when that is due; it is played from just before each.

    One that is too far away is played again: what else a machine does can hold up a page, and never hastens it.
    """
    found = {}
    for due, bell in heard:
        for _ in range(_TRIES):
            browser.wait(_FROM, due - _BEFORE)
            found[due] = browser.wait("audio.play();" + _WATCH, bell + 1) - bell
            if abs(found[due]) <= MOST:
                break
    return found


def _passing(browser: Browser, heard: Sequence[tuple[float, float]]) -> dict[float, float]:
    """The same in the two minutes with the most bells, which are played without a break."""
    begin, within = max(
        ((due - 1, [each for each in heard if 0 <= each[0] - due < _WINDOW - 2]) for due, _ in heard),
        key=lambda each: len(each[1]),
    )
    browser.run("audio.currentTime = arguments[0]", begin)
    found = {due: browser.wait(_WATCH, bell + 1) - bell for due, bell in within}
    browser.until(f"audio.currentTime > {begin + _WINDOW}")
    return found


def _told(what: str, late: dict[float, float]) -> bool:
    """Print the differences; whether all of them are small enough."""
    milliseconds = [seconds * 1000 for seconds in late.values()]
    largest = max(milliseconds, key=abs)
    print(f"{what:<32} {len(late):>3} bells   median {median(milliseconds):+6.1f} ms   largest {largest:+6.1f} ms")
    return abs(largest) <= MOST * 1000


def main() -> None:
    """Render the page, play it, and print how far what is seen is from what is heard."""
    if lack := lacking():
        sys.exit(lack)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the browser ends too
    with tempfile.TemporaryDirectory() as folder:
        page, home = Path(folder, "page.html"), {"PSOAS_HOME": folder, "PSOAS_LANG": "en"}
        command = [sys.executable, "-m", "psoas_cli", "render", _PRACTICE, "-o", str(page)]
        subprocess.run(command, env=os.environ | home, check=True, stdout=subprocess.DEVNULL)
        heard = bells(page, compile_sequence(Library("en").sequence(_PRACTICE)))
        browser = Browser(Path(folder, "browser"))
        try:
            browser.driver.set_script_timeout(_WINDOW + 30)
            browser.open(page)
            browser.press(" ")
            browser.until("!audio.paused && audio.readyState > 2")
            good = [any(_told("two minutes as they pass", _passing(browser, heard)) for _ in range(_TRIES))]
            good.append(_told("from just before each bell", lateness(browser, heard)))
        finally:
            browser.driver.quit()
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()

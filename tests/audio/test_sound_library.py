from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import sys
from psoas_cli.audio import decode
assert decode.load("marimba")
print({"numpy", "urllib.request", "http.client", "ssl", "email"} & set(sys.modules))
import urllib.request, numpy
print(callable(urllib.request.urlopen), numpy.zeros(3))
"""


def test_what_sounds_takes_neither_the_web_nor_numpy_with_it_and_leaves_both_to_others() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["set()", "True [0. 0. 0.]"], done.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("import nothing_like_it", "No module named 'nothing_like_it'"),
        ("raise OSError('libminiaudio.so is not there')", "libminiaudio.so is not there"),
        ("def (", "invalid syntax (miniaudio.py, line 1)"),
    ],
)
def test_a_sound_library_that_is_broken_is_told_each_time(content: str, said: str) -> None:
    script = f"""
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from psoas_cli.audio.sound_library import sound_library
from psoas_cli.errors import PsoasError
with TemporaryDirectory() as folder:
    Path(folder, "miniaudio.py").write_text({content!r})
    sys.path.insert(0, folder)
    for _ in range(2):
        try: sound_library()
        except PsoasError as error: print(error)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == [f"the sound library miniaudio cannot be used: {said}"] * 2, done.stderr


def test_a_sound_library_that_cannot_do_without_the_web_has_it() -> None:
    script = """
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from psoas_cli.audio.sound_library import sound_library
with TemporaryDirectory() as folder:
    Path(folder, "miniaudio.py").write_text("import urllib.request; asked = urllib.request.Request")
    sys.path.insert(0, folder)
    print(sound_library().asked.__name__)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout == "Request\n", done.stderr

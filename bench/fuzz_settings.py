"""Settings: read or refused with a place, and what is read reaches every command that needs it."""

import json
import re
import zlib
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import ClassVar

from damage import damaged
from fuzz_case import Files, command, laid
from fuzz_sequences import corpus
from psoas_cli.cli.context import Context
from psoas_cli.errors import PsoasError
from psoas_cli.player.adaptation import breathing_for, practice_for
from psoas_cli.player.playback import bed_for, sink_for
from psoas_cli.player.wishes import Wishes
from psoas_cli.practice.format.problems import BadFileError
from psoas_cli.practice.model.cautions import CAUTIONS
from psoas_cli.practice.model.text import LANGS
from psoas_cli.practice.score.events import bells_of
from psoas_cli.storage import paths
from psoas_cli.storage.config import read_config, set_at
from psoas_cli.storage.config_entry import name_voice

_ROOT = Path(__file__).parents[1]
_FLAGS = ("on", "off", "On", "yes", "No", "true", "maybe")
_BELLS = (
    "deep-bowl",
    "soft-stroke",
    "none",
    "{sound: tingsha, strikes: 3}",
    "{sound: marimba, strikes: 109}",
    "./a.ogg",
    "~x/a.wav",
)
_VALUES: dict[str, tuple[str, ...]] = {
    "lang": ("en", "nl", "de", "NL", "[nl]"),
    "volume": ("0", "100", "70", "101", "-1", "070", "7e1", "٣", "1" * 5000),
    "bells": (
        *(f"{{open: {bell}, close: {bell}}}" for bell in _BELLS),
        "none",
        "{every: {interval: 1s, sound: tingsha}}",
    ),
    "breath-sound": ("air", "tone", "words", "none", "loud"),
    "voice": (*_FLAGS, "{en: heart, nl: none, rate: 110}", "{en: ./a.onnx}", "{nl: piper:~x/b.onnx}", "{rate: 59}"),
    "voice-volume": ("0", "100", "loud"),
    "words": ("full", "moves", "names", "none", "off", "few"),
    "bed": ("ocean", "none", "off", "./b.ogg", "/dev/zero", "{sound: drone, level: -42}", "{level: nan}", "~x/y.ogg"),
    "audio": ("miniaudio", "simpleaudio", "none", "simple"),
    "numbers": _FLAGS,
    "reduced-motion": _FLAGS,
    "title": _FLAGS,
    "media-keys": _FLAGS,
    "any-key": ("pause", "off", "stop", "[pause]"),
    "check-in": _FLAGS,
    "theme": ("terminal", "dark", "light", "high-contrast", "night", "pink"),
    "lead-in": ("auto", "0s", "20s", "25h", "-1s", "soon"),
    "care": (f"[{', '.join(CAUTIONS)}]", "[knees]", "knees", "[]", "[knees, knees]", "[kness]", "&a [*a]"),
    "hooks": (
        "{start: [sh, -c, x], end: [/bin/true]}",
        "{pause: xset}",
        "{go-on: a b}",
        "{end: []}",
        "[sh]",
        "{start: [{a: b}]}",
    ),
    "avoid": ("[sphinx, Baby-Dragon]", "[savasana]", "sphinx", "none", "[]", "[spinx]", "[sphinx, sphinx]", "{a: b}"),
}


class Trial:
    """Trials of settings."""

    COUNT: ClassVar[int] = 5_000

    def __init__(self) -> None:
        told = [path.read_bytes() for path in sorted((_ROOT / "src/psoas_cli/commands").glob("settings.*.yaml"))]
        examples = corpus()[""]
        self._others = [*told, *examples]
        self._whole = [content.replace(b"\n# ", b"\n") for content in told] + [
            each for each in examples if b"steps" not in each
        ]

    def made(self, random: Random) -> Files:
        """Settings: some of them, as they are written or damaged; or other content."""
        if random.random() < 0.3:
            return {"config.yaml": damaged(random, random.choice(self._whole), self._others)}
        keys = random.sample([*_VALUES], random.choice((1, 1, 2, 3, 6)))
        good = random.random() < 0.6  # the first value of each is right
        lines = [f"{key}: {_VALUES[key][0] if good else random.choice(_VALUES[key])}\n" for key in keys]
        content = "".join(lines).encode()
        return {"config.yaml": damaged(random, content, self._others) if random.random() < 0.6 else content}

    def tried(self, files: Files) -> str:
        """Read them, and use them wherever they are used."""
        laid(files)
        file, choice = paths.config_file(), Random(zlib.crc32(files["config.yaml"]))
        try:
            config = read_config(file)
        except PsoasError as error:
            for problem in error.problems if isinstance(error, BadFileError) else ():
                assert problem.line >= 1, problem
                assert problem.column >= 1, problem
            self._with_commands(choice)
            self._with_voice(files, choice)
            return "refused"
        context = Context(choice.choice((None, *LANGS)))
        assert context.config == config
        lines = set_at(file)
        count = len(re.findall("\n|\r|\x85|\u2028|\u2029", files["config.yaml"].decode())) + 1
        assert all(1 <= line <= count for line in lines.values()), lines
        with suppress(PsoasError):
            made = practice_for(context, choice.choice(("yin-short", "constructive-rest")), choice.choice((None, 30)))
            bells_of(made.sequence, made.timeline)
            made.notes(context.lang)
        with suppress(PsoasError):
            breathing_for(context, "long-exhale", 5, None, ramp=True, sound=None, quiet=True)
        with suppress(PsoasError):
            sink_for(Wishes(speed=2), context)
            bed_for(None, context)
        self._with_commands(choice)
        self._with_voice(files, choice)
        return "accepted"

    def _with_commands(self, choice: Random) -> None:
        if choice.random() < 0.2:
            told = command("config", "--json")
            assert told.code or json.loads(told.out)
            command(*choice.choice((("config",), ("list",), ("show", "yin-short"), ("poses",))))

    def _with_voice(self, files: Files, choice: Random) -> None:
        """A voice is named in them as asked, or they are left alone."""
        if choice.random() > 0.3:
            return
        file = paths.config_file()
        with suppress(PsoasError):
            before = read_config(file)
            if name_voice(file, choice.choice(LANGS), "voices/a.onnx", ""):
                assert read_config(file)._replace(voice=before.voice) == before
            else:
                assert file.read_bytes() == files["config.yaml"]

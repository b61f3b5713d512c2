"""The user's settings, `config.yaml`: all are optional, and a wrong one is an error with its line."""

import math
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.bed import BEDS, LOUDEST, NO_BED, SOFTEST, Bed
from psoas_cli.practice.model.breath_sound import BREATH_SOUNDS, BreathSound
from psoas_cli.practice.model.durations import parse_duration
from psoas_cli.practice.model.flags import NO, parse_flag
from psoas_cli.practice.model.names import match
from psoas_cli.practice.model.sequence import Bells
from psoas_cli.practice.model.text import LANGS, Lang, parse_lang, visible
from psoas_cli.practice.model.verbosity import VERBOSITIES, Verbosity
from psoas_cli.resources import expanded
from psoas_cli.storage import paths
from psoas_cli.storage.choices import ANY_KEYS, AUDIOS, THEME_NAMES, AnyKey, Audio, ThemeName
from psoas_cli.storage.files import is_shut_in, is_there, opened, read_text
from psoas_cli.storage.hook_settings import HookSettings, read_hooks

if TYPE_CHECKING:
    from psoas_cli.practice.format.nodes import Notebook, Place

_KEYS = (
    "lang",
    "volume",
    "bells",
    "breath-sound",
    "voice",
    "voice-volume",
    "words",
    "bed",
    "audio",
    "media-keys",
    "numbers",
    "reduced-motion",
    "lead-in",
    "care",
    "avoid",
    "check-in",
    "theme",
    "hooks",
    "title",
    "any-key",
)
SETTINGS = "settings"
"""What the file is, for messages."""


class VoiceSettings(NamedTuple):
    """The voice of a practice; None means not set.

    Args:
        on: Whether anything is spoken.
        en: The voice for English, as `psoas voices` lists it; `none` for none.
        nl: The voice for Dutch.
        rate: Words a minute, of a voice of the system.
        verbosity: How much is said.
        volume: 0..100, for speech alone.
    """

    on: bool | None = None
    en: str | None = None
    nl: str | None = None
    rate: int | None = None
    verbosity: Verbosity | None = None
    volume: int | None = None

    def asked(self, lang: Lang) -> str | None:
        """The voice set for *lang*."""
        asked: str | None = getattr(self, lang)
        return asked

    def naming(self, named: Mapping[str, str | None]) -> "VoiceSettings":
        """Return the settings with the voices *named* for these languages."""
        return self._replace(en=named.get("en", self.en), nl=named.get("nl", self.nl))


class Config(NamedTuple):
    """Settings; None means not set.

    Args:
        lang: The language.
        volume: 0..100.
        breath_sound: How the breath sounds wherever it is heard.
        numbers: Whether clocks and counts are shown.
        reduced_motion: Whether the breath's shape stands still.
        audio: What plays the sounds.
        bells: The bells, unless a sequence sets its own.
        voice: The voice settings.
        care: The cautions that apply to the user: poses that carry one of them are changed.
        avoid: The ids of the poses that the user leaves out.
        media_keys: Whether buttons of headphones and media keys reach a practice, and the desktop sees what it is.
        check_in: Whether to ask how you feel before and after a practice.
        theme: The colours of the screen.
        lead_in: The time to come to the mat, in seconds, whatever a practice says.
        bed: The bed of sound.
        hooks: The programs to run as a practice begins, pauses, goes on, reaches a stop and ends.
        title: Whether the window's title shows the pose.
        any_key: Whether any key pauses a practice and goes on.
    """

    lang: Lang | None = None
    volume: int | None = None
    breath_sound: BreathSound | None = None
    numbers: bool = True
    reduced_motion: bool = False
    audio: Audio | None = None
    bells: Bells = Bells()
    voice: VoiceSettings = VoiceSettings()
    care: tuple[str, ...] = ()
    check_in: bool = False
    theme: ThemeName = "terminal"
    lead_in: float | None = None
    bed: Bed = Bed()
    avoid: tuple[str, ...] = ()
    hooks: HookSettings = HookSettings()
    title: bool = True
    media_keys: bool = True
    any_key: AnyKey = "off"

    @property
    def closes_softly(self) -> bool:
        """Whether a practice closes with one soft stroke, as in the theme for the night."""
        return self.theme == "night"


def read_config(path: Path) -> Config:
    """The settings in the file at *path*; the defaults if there is no file.

    Raises:
        PsoasError: The file has problems; it names all of them.
    """
    config, wrong = read_leniently(path)
    if wrong:
        raise wrong
    return config


def read_leniently(path: Path) -> tuple[Config, PsoasError | None]:
    """The settings in the file at *path*, without those that are wrong, and the error that names them, if any."""
    try:
        if is_there(path) or is_shut_in(path):
            return _read(read_text(path, SETTINGS), path)
        return Config(), None
    except PsoasError as error:  # none can be read
        return Config(), error


def hidden_care(wrong: PsoasError) -> str:
    """What in *wrong* could hide a caution or a pose to leave out; empty if nothing does."""
    from psoas_cli.storage.wrong_settings import WrongSettingsError

    if isinstance(wrong, WrongSettingsError):
        return wrong.hidden
    return str(next(iter(getattr(wrong, "problems", ())), wrong.message))  # none could be read


def unread() -> Mapping[Path, str]:
    """The files that look like the settings but are not read, each with what is to be said of it."""
    counts = paths.config_file()
    does = f"{counts.name} counts" if is_there(counts) else f"rename it to {counts.name}"
    return {path: f"{visible(str(path))} is not read: {does}" for path in paths.other_config_files()}


def hidden_elsewhere(care: Collection[str], avoid: Collection[str]) -> str:
    """What is to be said of a file that is not read and has more than *care* and *avoid*; empty if none has."""
    for path, said in unread().items():
        other, wrong = read_leniently(path)
        more = not set(other.care) <= set(care) or not set(other.avoid) <= set(avoid)
        if more or (wrong and hidden_care(wrong)):
            return said
    return ""


def config_in(content: str, path: Path) -> Config:
    """The settings in *content*, of the file at *path*.

    Raises:
        PsoasError: They have problems; it names all of them.
    """
    config, wrong = _read(content, path)
    if wrong:
        raise wrong
    return config


def _read(content: str, path: Path) -> tuple[Config, PsoasError | None]:
    """The settings in *content* without those that are wrong, and the error that names them, if any.

    Raises:
        PsoasError: None can be read.
    """
    if not says_anything(content):
        return Config(), None
    from psoas_cli.practice.format.nodes import Notebook  # imports YAML, which is not needed without settings
    from psoas_cli.practice.model.cautions import CAUTIONS

    notebook = Notebook(str(path), "en")
    top = notebook.top(content, _KEYS)
    at = notebook.map(top, _KEYS)
    config = Config(
        lang=notebook.value(at.get("lang"), parse_lang, None),
        volume=notebook.value(at.get("volume"), parse_volume, None),
        breath_sound=notebook.choice(at.get("breath-sound"), BREATH_SOUNDS, "a breath sound"),
        numbers=notebook.flag(at.get("numbers"), default=True),
        reduced_motion=notebook.flag(at.get("reduced-motion")),
        audio=notebook.choice(at.get("audio"), AUDIOS, "a way to play sounds"),
        bells=_bells(notebook, at.get("bells"), path.parent),
        voice=_voice(notebook, at.get("voice"), path.parent)._replace(
            verbosity=_verbosity(notebook, at.get("words")),
            volume=notebook.value(at.get("voice-volume"), parse_volume, None),
        ),
        check_in=notebook.flag(at.get("check-in")),
        care=notebook.names(at.get("care"), CAUTIONS, "a caution"),
        avoid=_avoid(notebook, at.get("avoid")),
        theme=notebook.choice(at.get("theme"), THEME_NAMES, "a theme") or "terminal",
        lead_in=notebook.value(at.get("lead-in"), _lead_in, None),
        bed=_bed(notebook, at.get("bed"), path.parent),
        hooks=read_hooks(notebook, at.get("hooks")),
        title=notebook.flag(at.get("title"), default=True),
        media_keys=notebook.flag(at.get("media-keys"), default=True),
        any_key=notebook.choice(at.get("any-key"), ANY_KEYS, "what any key does") or "off",
    )
    if not notebook.problems:
        return config, None
    from psoas_cli.storage.wrong_settings import WrongSettingsError

    return config, WrongSettingsError(notebook.problems, top.node, _KEYS)


def set_at(path: Path) -> Mapping[str, int]:
    """The settings named in the file at *path*, each with its line; none if it cannot be read."""
    try:
        if not is_there(path) or not says_anything(content := read_text(path, SETTINGS)):
            return {}
        from psoas_cli.practice.format.nodes import Notebook

        notebook = Notebook(str(path), "en")
        return {key: at.mark.line + 1 for key, at in notebook.map(notebook.top(content, _KEYS), _KEYS).items()}
    except PsoasError:
        return {}


def says_anything(content: str) -> bool:
    """Whether *content* is more than comments."""
    return any(line.strip() and not line.strip().startswith("#") for line in content.splitlines())


def _bells(notebook: "Notebook", place: "Place | None", folder: Path) -> Bells:
    """The bells at *place*, as in a sequence; paths are relative to *folder*."""
    if place is None:
        return Bells()
    from psoas_cli.practice.format.bell_reader import BellReader

    reader = BellReader(notebook, lambda written: _sound_file(folder, written))
    changes = reader.changes(place)
    wrong = {key for problem in notebook.problems for key in problem.path[1:2] if problem.path[0] == "bells"}
    return Bells().changed({key: bell for key, bell in changes.items() if key not in wrong})


def _sound_file(folder: Path, written: str) -> str:
    """The path of the sound file *written*, relative to *folder*.

    Raises:
        ValueError: It cannot be opened; in a practice it would be too late to say so with its line.
    """
    path = folder / expanded(written)
    try:
        with opened(path):
            return str(path)
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}") from None


def _avoid(notebook: "Notebook", place: "Place | None") -> tuple[str, ...]:
    """The poses to leave out, at *place*: of the library, or the user's own."""
    if place is None:
        return ()
    from psoas_cli.storage.library import Library
    from psoas_cli.storage.sequence_files import POSES

    library = Library("en")
    try:
        return notebook.names(place, library.poses, "a pose")
    except PsoasError:  # no practice begins until the user's own can be read
        return notebook.names(place, library.built_in_poses, f"a pose of the library, as {POSES} has problems")


def _lead_in(written: str) -> float | None:
    return None if written.lower() == "auto" else parse_duration(written, zero=True)


def parse_volume(written: str) -> int:
    """The volume *written*, 0..100.

    Raises:
        ValueError: It is not such a number.
    """
    if written.isascii() and written.isdigit() and int(written[:4]) <= 100:
        return int(written[:4])
    raise ValueError(f'expected a volume from 0 to 100, got "{written}"')


def parse_rate(written: str) -> int:
    """The rate of a voice *written*, 60..300 words a minute.

    Raises:
        ValueError: It is not such a number.
    """
    if written.isascii() and written.isdigit() and 60 <= int(written[:4]) <= 300:
        return int(written[:4])
    raise ValueError(f'expected 60 to 300 words a minute, got "{written}"')


def _verbosity(notebook: "Notebook", place: "Place | None") -> Verbosity | None:
    """How much is said, at *place*; `off` is as good as `none`."""
    if place is not None and notebook.is_scalar(place) and place.node.value.lower() in NO:
        return "none"
    return notebook.choice(place, VERBOSITIES, "an amount of words")


def _voice(notebook: "Notebook", place: "Place | None", folder: Path) -> VoiceSettings:
    """The voice settings at *place*: `on`, `off`, or a map; paths of models in it are relative to *folder*."""
    if place is None:
        return VoiceSettings()
    if notebook.is_scalar(place):
        return VoiceSettings(notebook.value(place, _switched, None))

    def named(written: str) -> str:
        if not written or not written.isprintable():
            raise ValueError(f'expected a voice that psoas voices lists, or none, got "{written}"')
        if not written.lower().endswith(".onnx"):
            return "none" if written.lower() in NO else written
        return f"piper:{folder / expanded(written.removeprefix('piper:'))}"

    at = notebook.map(place, (*LANGS, "rate"))
    en, nl = (notebook.value(at.get(lang), named, None) for lang in LANGS)
    return VoiceSettings(None, en, nl, notebook.value(at.get("rate"), parse_rate, None))


def _bed(notebook: "Notebook", place: "Place | None", folder: Path) -> Bed:
    """The bed at *place*: a name, the path of a file relative to *folder*, or a map with its level."""
    if place is None:
        return Bed()

    def named(written: str) -> str:
        if name := match(written, BEDS):
            return name
        if written.lower() in (*NO, NO_BED):
            return NO_BED
        if written.isprintable() and any(sign in written for sign in "./\\"):
            return _sound_file(folder, written)
        raise ValueError(f'expected {", ".join(BEDS)}, {NO_BED} or the path of a sound file, got "{written}"')

    if notebook.is_scalar(place):
        return Bed(notebook.value(place, named, NO_BED))
    at = notebook.map(place, Bed._fields)
    default = Bed()
    sound = notebook.value(at.get("sound"), named, default.sound)
    return Bed(sound, notebook.value(at.get("level"), _level, default.level))


def _level(written: str) -> float:
    try:
        level = float(written)
    except ValueError:
        level = math.nan
    if SOFTEST <= level <= LOUDEST:
        return level
    raise ValueError(f'expected a loudness from {SOFTEST:g} to {LOUDEST:g} LUFS, got "{written}"')


def _switched(written: str) -> bool:
    try:
        return parse_flag(written)
    except ValueError:
        raise ValueError(f'expected on, off, or a map like {{en: heart, nl: anna}}, got "{written}"') from None

"""What `psoas doctor` finds out about the terminal, the voice, keeping awake, folders, journal and settings."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import field
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypeVar

from psoas_cli.cli.context import foreign_language
from psoas_cli.commands.history.phrases import times
from psoas_cli.errors import PsoasError
from psoas_cli.player.narrator import VoiceChoice, voice_choice
from psoas_cli.practice.format.problems import BadFileError
from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.text import LANGS, LANGUAGES, Text, capitalised, sentence
from psoas_cli.practice.score.facts import VOICE
from psoas_cli.storage import paths
from psoas_cli.storage.config import Config, VoiceSettings, read_config, read_leniently, unread
from psoas_cli.storage.files import is_there
from psoas_cli.storage.hook_settings import HookSettings, program_of
from psoas_cli.storage.journal import Journal
from psoas_cli.threads import begun
from psoas_cli.tty import obeys, palette
from psoas_cli.tui.layout import Size

NO_THREADS = Text("the system has no more threads", "het systeem heeft geen threads meer")
MORE_THREADS = Text(
    "Close other programs, or raise the limit: ulimit -u, or the pids limit of a container.",
    "Sluit andere programma's, of verhoog de limiet: ulimit -u, of de pids-limiet van een container.",
)
"""What to do where the system `has_no_threads`."""

_T = TypeVar("_T")
_PATIENCE = 3.0  # seconds; a desktop that does not answer must not hold up the doctor
_PROBE = 1 << 16  # bytes to try to write
_AWAKE = Text("Keep awake", "Wakker blijven")
_FOLDERS = Text("Folders", "Mappen")
_SETTINGS = Text("Settings", "Instellingen")
_TERMINAL = Text("Terminal", "Terminal")
_COLOURS = {
    "standard": Text("16 colours", "16 kleuren"),
    "windows": Text("16 colours", "16 kleuren"),
    "256": Text("256 colours", "256 kleuren"),
    "truecolor": Text("true colour", "alle kleuren"),
}
_NO_COLOUR = Text("no colours", "geen kleuren")
_NOT_UTF8 = Text("{encoding}, not UTF-8", "{encoding}, geen UTF-8")
_NO_TERMINAL = Text("the output is not a terminal", "de uitvoer is geen terminal")
_AS_LINES = Text(
    "A practice is printed as lines here; run psoas in a terminal window for the full screen.",
    "Een oefening komt hier als regels; start psoas in een terminalvenster voor het hele scherm.",
)
_ENLARGE = Text(
    "Below 40x12 a practice is only a line or a few; make the window larger or the font smaller.",
    "Onder 40x12 is een oefening maar een paar regels; maak het venster groter of de letters kleiner.",
)
_SET_UTF8 = Text(
    "Shapes and accents are replaced; choose a UTF-8 locale, for example LANG=C.UTF-8 (on Windows PYTHONUTF8=1).",
    "Vormen en accenten worden vervangen; kies een UTF-8-locale, bijvoorbeeld LANG=C.UTF-8 (op Windows PYTHONUTF8=1).",
)
_STAYS_AWAKE = Text("works, through {method}", "werkt, via {method}")
_MAY_SLEEP = Text("not possible here", "kan hier niet")
_STAY_AWAKE_YOURSELF = Text(
    "The screen may go dark; the sound goes on. Keep the computer from sleeping while you practise.",
    "Het scherm kan donker worden; het geluid gaat door. Stel de slaapstand van het systeem uit zolang je oefent.",
)
_REMARKED = Text("{place} ({remark})", "{place} ({remark})")
_NOT_YET = Text("not created yet", "nog niet aangemaakt")
_NOT_WRITABLE = Text("not writable: {why}", "niet te beschrijven: {why}")
_OWN_FOLDER = Text(
    "Make it writable, or make room on the disk, or set PSOAS_HOME to one folder for everything.",
    "Maak hem van jou, of maak ruimte op de schijf, of kies een andere plek: PSOAS_HOME noemt één map voor alles.",
)
_NOTHING_SET = Text("no {file}: all defaults", "geen {file}: alles standaard")
_JOURNAL = Text("Journal", "Logboek")
_NO_JOURNAL = Text("no {file}: nothing practised yet", "geen {file}: nog niets geoefend")
_NO_HOME = Text("no home folder is known: nothing is recorded", "geen thuismap bekend: er wordt niets bewaard")
_SET_HOME = Text("Set PSOAS_HOME to a folder.", "Zet in PSOAS_HOME een map.")
_SESSIONS = Text("{file}, {sessions}", "{file}, {sessions}")
_UNREADABLE = Text("unreadable: {count}", "onleesbaar: {count}")
_NAMED_BY = Text("psoas history names them.", "psoas history noemt ze.")
_ELSEWHERE = Text(
    "Fix that, or move the file away; until then nothing is recorded, and practices go on all the same.",
    "Herstel dat, of zet het bestand ergens anders; tot dan wordt er niets bewaard, en oefenen kan gewoon.",
)
_ALL_GOOD = Text("{file}: no problems", "{file} is goed")
_MEND = Text("Fix these lines; until then they do not count.", "Herstel deze regels; tot dan tellen ze niet mee.")
_RENAME = Text("Until then it does not count.", "Tot dan telt het niet mee.")
_IN = Text("{lang}: {voice}", "{lang}: {voice}")
_NOBODY = Text("none", "geen")
_NOT_ASKED = Text("none ({voice} only on request)", "geen ({voice} alleen als je erom vraagt)")
_HOOKS = Text("Hooks", "Hooks")
_RUNS = Text("{event}: {program}", "{event}: {program}")
_CANNOT_RUN = Text("{event}: {program} cannot be run ({why})", "{event}: {program} start niet ({why})")
_SLOW = Text("it takes too long to answer", "er komt geen antwoord")
_MEND_HOOKS = Text(
    "Install it, or correct its name in the settings; practices go on without it.",
    "Installeer het, of verbeter de naam in de instellingen; oefenen kan ook zonder.",
)
OFF = Text("off in the settings", "uit, zoals de instellingen vragen")
_ADVICE = Text(
    "psoas voices plays the voices there are; psoas voices --get {lang} downloads one for {language}, after asking.",
    "psoas voices laat je horen wat er is; psoas voices --get {lang} haalt er een voor het {language}, als je wilt.",
)


@record(frozen=True)
class Finding:
    """The result of one check.

    Args:
        id: Its id in the JSON output.
        name: Its name.
        said: What was found, in parts.
        advice: What to do about it; None if nothing.
        facts: What was found, for the JSON output; times in seconds.
        broken: The exit code if something fails that psoas cannot do without, otherwise 0.
    """

    id: str
    name: Text
    said: tuple[Text, ...]
    advice: Text | None = None
    facts: dict[str, object] = field(default_factory=dict)
    broken: int = 0


def terminal() -> Finding:
    """Check the terminal's size, colours and encoding."""
    encoding = sys.stdout.encoding or "ascii"
    utf8 = encoding.lower().replace("-", "") == "utf8"
    letters = Text("UTF-8", "UTF-8") if utf8 else _NOT_UTF8.filled(encoding=encoding)
    if not obeys(sys.stdout):
        return Finding("terminal", _TERMINAL, (_NO_TERMINAL, letters), _AS_LINES, {"terminal": False, "utf8": utf8})
    columns, lines = shutil.get_terminal_size((80, 24))
    found = palette()
    return Finding(
        "terminal",
        _TERMINAL,
        (Text(f"{columns}x{lines}", f"{columns}x{lines}"), _COLOURS.get(found or "", _NO_COLOUR), letters),
        _ENLARGE if Size(columns, lines).is_line else None if utf8 else _SET_UTF8,
        {"terminal": True, "columns": columns, "lines": lines, "colours": found, "utf8": utf8},
    )


def awake() -> Finding:
    """Check whether the screen can be kept on."""
    method = within(_PATIENCE, _keeping_awake)
    if method is None and has_no_threads():
        return Finding("awake", _AWAKE, (_MAY_SLEEP, NO_THREADS), MORE_THREADS, {"method": None})
    if method is None:
        return Finding("awake", _AWAKE, (_MAY_SLEEP,), _STAY_AWAKE_YOURSELF, {"method": None})
    return Finding("awake", _AWAKE, (_STAYS_AWAKE.filled(method=method),), facts={"method": method})


def _keeping_awake() -> str | None:
    """Keep the screen on for a moment, and return the method; None if there is none."""
    from wakepy import keep

    method = None
    with keep.presenting(on_fail="pass") as mode:
        if mode.active and mode.method:
            method = mode.method.name
    return method


def places() -> Finding:
    """Check whether psoas can write to its folders."""
    kept = {
        "config": paths.config_file().parent,
        "data": paths.data_folder(),
        "state": paths.state_file().parent,
    }
    said: list[Text] = []
    facts: dict[str, object] = {}
    broken = 0
    for kind, path in kept.items():
        there, problem = is_there(path), _trouble(path)
        writable = not problem
        remark = _NOT_WRITABLE.filled(why=problem) if problem else None if there else _NOT_YET
        place = Text(f"{kind} {path}")
        said.append(_REMARKED.filled(place=place, remark=remark) if remark else place)
        facts[kind] = {"path": str(path), "exists": there, "writable": writable}
        broken = broken if writable else 1
    return Finding("folders", _FOLDERS, tuple(said), _OWN_FOLDER if broken else None, facts, broken)


def _trouble(path: Path) -> str:
    """Why the folder *path* cannot be written to, or be created; empty if it can."""
    import tempfile

    while not is_there(path) and path != path.parent:
        path = path.parent
    try:
        with tempfile.TemporaryFile(dir=path) as file:  # a full disk is seen by writing alone
            file.write(bytes(_PROBE))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return error.strerror or str(error)
    return ""


def journal() -> Finding:
    """Check whether the journal can be read and written."""
    file = paths.journal_file()
    facts: dict[str, object] = {"path": str(file)}
    if file.is_relative_to(paths.NOWHERE):
        return Finding("journal", _JOURNAL, (_NO_HOME,), _SET_HOME, facts, 1)
    try:
        found = Journal(file).check()
    except PsoasError as error:
        advice = Text(capitalised(sentence(error.hint))) if error.hint else _ELSEWHERE
        return Finding("journal", _JOURNAL, (Text(error.message),), advice, facts, 1)
    if found is None and (why := _trouble(file.parent)):
        said = _REMARKED.filled(place=Text(str(file)), remark=_NOT_WRITABLE.filled(why=why))
        return Finding("journal", _JOURNAL, (said,), _OWN_FOLDER, facts, 1)
    if found is None:
        return Finding("journal", _JOURNAL, (_NO_JOURNAL.filled(file=file),), facts=facts)
    sessions, unreadable = len(found.entries), len(found.unreadable)
    said = _SESSIONS.filled(sessions=times(sessions), file=file)
    facts |= {"sessions": sessions, "unreadable": unreadable}
    if not unreadable:
        return Finding("journal", _JOURNAL, (said,), facts=facts)
    return Finding("journal", _JOURNAL, (said, _UNREADABLE.filled(count=unreadable)), _NAMED_BY, facts)


def settings() -> tuple[Finding, Config]:
    """Check the settings, and return those that are right."""
    file = paths.config_file()
    remarks = [Text(each) for each in (foreign_language(), *unread().values()) if each]
    try:
        config = read_config(file)
    except PsoasError as error:
        problems = error.problems if isinstance(error, BadFileError) else [error.message]
        told = Text("\n".join(map(str, problems)))
        finding = Finding("config", _SETTINGS, (told, *remarks), _MEND, {"path": str(file)}, error.exit_code)
        return finding, read_leniently(file)[0]
    said = (_ALL_GOOD if is_there(file) else _NOTHING_SET).filled(file=str(file))
    advice, broken = (_RENAME, 2) if remarks else (None, 0)
    return Finding("config", _SETTINGS, (said, *remarks), advice, {"path": str(file)}, broken), config


def hooks(settings: HookSettings) -> list[Finding]:
    """Check whether the person's hooks can be run; nothing if there are none."""
    if not settings.commands:
        return []
    said: list[Text] = []
    facts: dict[str, object] = {}
    for event, (program, *_) in settings.commands.items():
        found, why = within(_PATIENCE, partial(_program, program)) or (None, _SLOW)
        told = (
            _RUNS.filled(event=event, program=found)
            if found
            else _CANNOT_RUN.filled(event=event, program=program, why=why)
        )
        said.append(told)
        facts[event] = found
    missing = None in facts.values()
    return [Finding("hooks", _HOOKS, tuple(said), _MEND_HOOKS if missing else None, facts)]


def _program(written: str) -> tuple[str | None, Text]:
    """The path of the program *written*, or None and why it cannot be run."""
    try:
        return program_of(written), Text()
    except OSError as error:
        return None, Text(error.strerror or str(error))


def within(seconds: float, call: Callable[[], _T]) -> _T | None:
    """Return what *call* returns; None if it fails, or takes more than *seconds*."""
    given: SimpleQueue[_T | None] = SimpleQueue()

    def run() -> None:
        try:
            given.put(call())
        except Exception:  # noqa: BLE001 - whatever it is, it does not work here
            given.put(None)

    if not begun(run, name="psoas-doctor"):
        return None
    try:
        return given.get(timeout=seconds)
    except Empty:
        return None


def has_no_threads() -> bool:
    """Whether this system has no more threads, without which a practice goes on, but neither sounds nor speaks."""
    return begun(int, name="psoas-doctor") is None


def voice(settings: VoiceSettings) -> Finding:
    """Check which voice would speak each language."""
    from psoas_cli.audio.tts.voices import RATE

    found = [voice_choice(lang, settings) for lang in LANGS]
    facts: dict[str, object] = {
        "on": settings.on,
        "rate": settings.rate or RATE,
        **{each.lang: each.speaks.written if each.speaks else None for each in found},
    }
    if settings.on is False:
        return Finding("voice", VOICE, (OFF,), facts=facts)
    said = [_IN.filled(lang=LANGUAGES[each.lang], voice=_said(each, settings)) for each in found]
    broken = dict.fromkeys(problem.message for each in found if each.speaks for problem in each.problems)
    said += [Text(message, message) for message in broken]
    silent = [each.lang for each in found if not each.speaks and settings.asked(each.lang) != "none"]
    advice = _ADVICE.filled(lang=silent[-1], language=LANGUAGES[silent[-1]]) if silent else None
    return Finding("voice", VOICE, tuple(said), advice, facts)


def _said(found: VoiceChoice, settings: VoiceSettings) -> Text:
    if found.speaks:
        return Text(found.speaks.written, found.speaks.written)
    if found.problems:
        return Text(found.problems[0].message, found.problems[0].message)
    asked_for_none = settings.asked(found.lang) is not None
    return _NOBODY if asked_for_none or not found.best else _NOT_ASKED.filled(voice=found.best.written)

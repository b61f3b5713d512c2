"""The voices as a page of the full screen: who speaks, how well, and in what voice, to be heard."""

from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

from psoas_cli.cli.context import Context
from psoas_cli.commands.voices.audition import line_for, spoken_by
from psoas_cli.commands.voices.voice_list import NO_VOICE, advice_for, problems_in, remarks_on
from psoas_cli.errors import PsoasError
from psoas_cli.player.background_task import BackgroundTask
from psoas_cli.player.narrator import VoiceChoice, voice_choice
from psoas_cli.player.page_sound import VOLUME_HINT, VOLUME_KEYS, PageSound, listen
from psoas_cli.player.wishes import Wishes
from psoas_cli.practice.model.text import LANGS, LANGUAGES, Lang, Text, capitalised, shown
from psoas_cli.storage import paths
from psoas_cli.tui.hints import forms
from psoas_cli.tui.keys import SIGNALS
from psoas_cli.tui.menu import BACK_HINT, KEYS_HINT, LAST_KEYS, MOVE_KEYS, Menu, Row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psoas_cli.audio.tts.clips import Ready
    from psoas_cli.audio.tts.engines import Engine
    from psoas_cli.audio.tts.speaker import Speaker
    from psoas_cli.player.loop import Window
    from psoas_cli.storage.config import Config
    from psoas_cli.storage.config_entry import Wording
    from psoas_cli.tui.regions import Block, Line
    from psoas_cli.tui.screen import Screen

_TITLE = Text("Voices", "Stemmen")
_LOOKING = Text("One moment: looking for voices", "Een ogenblik: stemmen zoeken")
_READY_SOON = Text("One moment: {voice} is about to speak", "Een ogenblik: {voice} gaat zo spreken")
_IN_USE = Text("in use", "in gebruik")
_SPEAKS_NOW = Text("Kept: {voice} speaks in your practices", "Bewaard: {voice} spreekt in je oefeningen")
_SPEAKS_ALREADY = Text("{voice} speaks in your practices already", "{voice} spreekt al in je oefeningen")
_NOT_KEPT = Text("Not kept: {why}", "Niet bewaard: {why}")
_UNUSABLE = Text("Cannot be used", "Niet te gebruiken")
_MADE = Text("How it was made", "Hoe ze gemaakt is")
_SPEAKER = Text("Who speaks", "Wie er spreekt")
_LICENCE = Text("Licence", "Licentie")
_ENGINES: "dict[Engine, Text]" = {
    "say": Text("a voice of macOS", "een stem van macOS"),
    "windows": Text("a voice of Windows", "een stem van Windows"),
    "piper": Text("piper, which speaks on this computer only", "piper, die alleen op deze computer spreekt"),
}
"""What there is to say of an engine whose name does not tell it."""

_ENTER_HINT = (Text("Enter hear", "Enter laat horen"), Text("Enter", "Enter"))
_HINTS = (  # the most needed first
    BACK_HINT,
    KEYS_HINT,
    Text("u use this one", "u kiest deze"),
    VOLUME_HINT,
)
_KEYS: tuple[tuple[str, Text], ...] = (
    ("Enter", Text("hear the voice (or space)", "hoor de stem; met spatie kan het ook")),
    ("u", Text("use it in your practices", "gebruik deze stem in je oefeningen")),
    *MOVE_KEYS,
    *VOLUME_KEYS,
    *LAST_KEYS,
)


class Offer(NamedTuple):
    """A row of the list, and who speaks if it is chosen; None for a row that is only read."""

    row: Row
    speaker: "Speaker | None" = None


def visit_voices(window: "Window", screen: "Screen", context: Context) -> Context | None:
    """Show the voices, and let them speak, until the person goes back; return the settings if they were changed."""
    page, lang = _VoiceMenu(context), context.lang
    hints = (forms(lang, _ENTER_HINT), *(hint.said(lang) for hint in _HINTS))
    listen(page, window, screen, hints)
    return None if page.context is context else page.context


def offers(found: list[VoiceChoice], lang: Lang, *, counted: bool) -> tuple[Offer, ...]:
    """The rows for the voices *found*, in the order of their languages.

    They say how many texts a pack can say if these are to be *counted*, which takes a second or two.
    """
    rows: list[Offer] = []
    for each in found:
        advice = _advice(each, lang)
        rows += [_offer(voice, each, lang, advice, counted=counted) for voice in each.voices]
        rows += [] if each.voices else [_none(each, lang, advice)]
    heading = _UNUSABLE.said(lang)
    rows += [
        Offer(Row(problem, heading=heading, about=((problem, "plain"),), faint=True)) for problem in problems_in(found)
    ]
    return tuple(rows)


def _none(found: VoiceChoice, lang: Lang, advice: "Block") -> Offer:
    said = capitalised(NO_VOICE.said(lang))
    brief = tuple(line for line in advice if line[1] == "strong")
    return Offer(Row(said, heading=_language(found, lang), about=((said, "name"), *advice), brief=brief, faint=True))


def _offer(voice: "Speaker", found: VoiceChoice, lang: Lang, advice: "Block", *, counted: bool) -> Offer:
    from psoas_cli.audio.tts.pack import Pack

    speaks = voice == found.speaks
    remarks = [each.said(lang) for each in remarks_on(voice, found, counted=counted)]
    if isinstance(voice, Pack):
        about = voice.about
        facts = ((_SPEAKER, about.speaker), (_MADE, about.made), (_LICENCE, about.licence))
        said = tuple(f"{heading.said(lang)}: {shown(fact)}" for heading, fact in facts if fact)
    else:
        remarks = [*([_ENGINES[voice.engine].said(lang)] if voice.engine in _ENGINES else []), *remarks]
        said = ()
    return Offer(
        Row(
            _name(voice),
            _IN_USE.said(lang) if speaks else "",
            _language(found, lang),
            aside=", ".join(remarks),
            about=(
                (_name(voice), "name"),
                *(((shown(voice.written), "faint"),) if voice.written != _name(voice) else ()),
                ("", "plain"),
                *((capitalised(remark), "plain") for remark in remarks),
                ("", "plain"),
                (f"“{shown(line_for(voice))}”", "strong"),
                ("", "plain"),
                *((fact, "faint") for fact in said),
                *(() if speaks else advice),
            ),
            brief=tuple((capitalised(remark), "plain") for remark in remarks),
        ),
        voice,
    )


def _name(voice: "Speaker") -> str:
    """What *voice* is called in the list."""
    from psoas_cli.audio.tts.pack import Pack

    if isinstance(voice, Pack):
        return shown(voice.about.name)
    return shown(Path(voice.name).name if voice.engine == "piper" else voice.written)


def _language(found: VoiceChoice, lang: Lang) -> str:
    return capitalised(LANGUAGES[found.lang].said(lang))


def _advice(found: VoiceChoice, lang: Lang) -> "Block":
    """How to get a better voice for the language, if it could do with one."""
    lines: list[Line] = []
    for said, commands in advice_for([found], lang):
        lines += [("", "plain"), (said, "faint"), *((command, "strong") for command in commands)]
    return tuple(lines)


class _VoiceMenu:
    """The page while it is shown: the voices once they are found, and the one that is about to speak."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._lang = context.lang
        self._langs = sorted(LANGS, key=lambda lang: lang != context.lang)
        # the other one plays bells alone
        self._sound = PageSound(context, Wishes(audio="miniaudio" if context.config.audio == "simpleaudio" else None))
        self._finding: BackgroundTask[list[VoiceChoice]] | None = None
        self._counting: BackgroundTask[tuple[Offer, ...]] | None = None  # what takes longer, once they are listed
        self._offers: tuple[Offer, ...] = ()
        self._speaking: BackgroundTask[Ready] | None = None
        self._given_up = Event()

    @property
    def menu(self) -> Menu:
        """The list as it opens, before any voice is found."""
        return Menu(_TITLE.said(self._lang), (), self._lang, empty=_LOOKING.said(self._lang), keys=_KEYS)

    def look(self, menu: Menu) -> tuple[Menu, float | None]:
        """What has become of the list meanwhile, and in how many seconds to look again."""
        if not (self._offers or self._finding):
            self._finding = BackgroundTask(self._find)
        menu = self._listed(menu)
        said = self._sound.look()
        if self._speaking and self._speaking.over:
            made, self._speaking = self._speaking.result, None
            said = self._heard(made)
        menu = menu if said is None else replace(menu, note=said)
        waits = self._speaking or self._finding or self._counting
        return menu, BackgroundTask.LOOK if waits else self._sound.patience

    def key(self, menu: Menu, name: str) -> Menu:
        """The list after the key *name*, which may be heard."""
        if name in SIGNALS:
            self._give_up()
            return menu
        speaker = self._offers[menu.at].speaker if self._offers else None
        if name in {"enter", "space"} and speaker:
            return replace(menu, note=self._asked(speaker))
        if name == "u" and speaker:
            in_use = self._offers[menu.at].row.value
            already = _SPEAKS_ALREADY.filled(voice=_name(speaker)).said(self._lang)
            return replace(menu, note=already if in_use else self._used(speaker))
        said = self._sound.key(name)
        return menu.key(name) if said is None else replace(menu, note=said)

    def close(self) -> None:
        """Let what sounds fade out, and give up what is being made."""
        self._given_up.set()
        self._sound.close()

    def _listed(self, menu: Menu) -> Menu:
        """*menu* with the voices, as far as they and what there is to say of them are known."""
        if self._finding and self._finding.over:
            found, self._finding = self._finding.result, None
            self._counting = BackgroundTask(lambda: offers(found, self._lang, counted=True))
            chosen = self._offers[menu.at].speaker if self._offers else None
            self._offers = offers(found, self._lang, counted=False)
            rows = tuple(offer.row for offer in self._offers)
            again = [i for i, offer in enumerate(self._offers) if chosen and offer.speaker == chosen]
            used = [i for i, row in enumerate(rows) if row.value and row.heading == rows[0].heading]
            return replace(menu, rows=rows, cursor=next(iter((*again, *used)), 0))
        if self._counting and self._counting.over:
            self._offers, self._counting = self._counting.result, None
            return replace(menu, rows=tuple(offer.row for offer in self._offers))
        return menu

    def _find(self) -> list[VoiceChoice]:
        return [voice_choice(lang, self.context.config.voice) for lang in self._langs]

    def _give_up(self) -> None:
        """Let nobody speak, now or soon."""
        self._given_up.set()
        self._speaking = None
        self._sound.hush()

    def _asked(self, speaker: "Speaker") -> str:
        """Have *speaker* say a line in the background; return what there is to say."""
        from psoas_cli.audio.tts.voices import RATE

        self._give_up()
        if silence := self._sound.silence:
            return silence
        given_up = self._given_up = Event()
        rate = self.context.config.voice.rate or RATE
        self._speaking = BackgroundTask(lambda: spoken_by(speaker, line_for(speaker), rate, given_up.is_set))
        return _READY_SOON.filled(voice=_name(speaker)).said(self._lang)

    def _used(self, speaker: "Speaker") -> str:
        """Have *speaker* speak in practices from now on, as the settings say then; return what there is to say."""
        from psoas_cli.commands.config import template
        from psoas_cli.storage.config_entry import change_settings, voice_wordings

        voice = speaker.written

        def wordings(was: "Config") -> "Iterable[Wording]":
            return voice_wordings(was, speaker.lang, voice, voice)

        try:
            config = change_settings(paths.config_file(), wordings, template(self._lang))
        except PsoasError as error:
            return _NOT_KEPT.filled(why=error.message).said(self._lang)
        self.context = self.context.with_settings(config)
        self._finding, self._counting = BackgroundTask(self._find), None
        return _SPEAKS_NOW.filled(voice=_name(speaker)).said(self._lang)

    def _heard(self, made: "Ready") -> str:
        """Let what was *made* be heard; return what there is to say."""
        for failure in made.failures.values():
            return capitalised(failure.message)
        for clip in made.clips.values():
            return self._sound.hear(lambda sink, at, clip=clip: sink.speech(clip, at))  # type: ignore[misc]
        return ""

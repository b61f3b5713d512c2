"""The settings that a person can change on the screen: what each one changes, and what it can be."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from psoas_cli.audio.samples import COMFORTABLE
from psoas_cli.player.buttons import MEDIA_KEYS
from psoas_cli.practice.model.bed import BEDS, NO_BED, Bed
from psoas_cli.practice.model.cautions import CAUTIONS
from psoas_cli.practice.model.durations import duration_text
from psoas_cli.practice.model.text import LANGS, LANGUAGES, Lang, Text, capitalised, shown
from psoas_cli.practice.model.verbosity import VERBOSITIES
from psoas_cli.practice.model.verbosity_texts import IN_SHORT
from psoas_cli.practice.score.facts import BED, VOICE
from psoas_cli.storage.choices import ANY_KEYS, AUDIOS, THEME_NAMES, ThemeName
from psoas_cli.storage.config import Config
from psoas_cli.storage.config_entry import Wording, voice_wordings

if TYPE_CHECKING:
    from psoas_cli.storage.amendment import Value

_SCREEN = Text("Language and screen", "Taal en scherm")
_SOUND = Text("What you hear", "Wat je hoort")
_PRACTICE = Text("Before and after", "Voor en na")
_CARE = Text("What to take care with", "Waar je op let")
_ON, _OFF = Text("on", "aan"), Text("off", "uit")
_NONE = Text("none", "geen")
_LANG = Text("Language", "Taal")
_LANG_TELLS = Text(
    "The language of the screen, and of the voice that leads you.",
    "De taal van het scherm, en van de stem die je leidt.",
)
_THEME = Text("Theme", "Kleuren")
_THEMES: dict[ThemeName, Text] = {
    "terminal": Text("the terminal's own", "van de terminal"),
    "dark": Text("dark", "donker"),
    "light": Text("light", "licht"),
    "high-contrast": Text("high contrast", "hoog contrast"),
    "night": Text("night", "nacht"),
}
_THEME_TELLS = Text(
    "The colours of the screen. Nothing is said by colour alone. With night, which is dim, the closing bell is struck "
    "once, softly.",
    "De kleuren van het scherm. Niets is alleen aan een kleur te zien. Met nacht, dat donker is, klinkt de slotbel "
    "maar één keer, en zacht.",
)
_NUMBERS = Text("Clocks and counts", "Klokken en tellers")
_NUMBERS_TELL = Text(
    "The time left and the counts of a breath, on the screen. Without them there is less to follow.",
    "De tijd die er nog is en het tellen van een adem, op het scherm. Zonder is er minder om te volgen.",
)
_MOTION = Text("Reduced motion", "Minder beweging")
_MOTION_TELLS = Text("The shape of the breath stands still.", "De vorm van de adem staat stil.")
_TITLE = Text("Window title", "Titel van het venster")
_TITLE_TELLS = Text(
    "The window's title shows the pose and the minutes left in it, also while another window is in front.",
    "De titel van het venster noemt de houding en hoeveel minuten nog, ook als er een ander venster voor staat.",
)
_ANY_KEY = Text("Any key", "Elke toets")
_ANY_KEY_TELLS = Text(
    "With pause, any key pauses a practice or resumes it, for a keyboard that you reach for with your eyes closed. "
    "w, Enter, g, n and q keep their meaning.",
    "Met pauze zet elke toets de oefening stil, of weer in gang: handig als je met je ogen dicht naar je toetsenbord "
    "tast. "
    "w, Enter, g, n en q blijven doen wat ze doen.",
)
_ANY_KEYS = {"off": _OFF, "pause": Text("pause", "pauze")}
_VOLUME = Text("Volume", "Volume")
_VOLUME_TELLS = Text(
    "Everything you hear. In a practice ↑ and ↓ change it as well, and the next one begins as loud.",
    "Alles wat je hoort. In een oefening kan het ook met ↑ en ↓, en de volgende begint net zo hard.",
)
_VOICE_TELLS = Text(
    "Who speaks {language}. v on the home screen lets you hear the voices, and says how to get others.",
    "Wie {language} spreekt. Met v op het beginscherm hoor je de stemmen, en lees je hoe je aan andere komt.",
)
_BEST = Text("the best here", "de beste hier")
_WORDS = Text("Words", "Woorden")
_WORDS_TELL = Text(
    "How much is said while you practise. In a practice v makes it less.",
    "Hoeveel er gezegd wordt terwijl je oefent. In een oefening maakt v het minder.",
)
_VOICE_VOLUME = Text("Volume of the voice", "Volume van de stem")
_VOICE_VOLUME_TELLS = Text(
    "The voice alone, beside the bells and the breath.", "Alleen de stem, naast de bellen en de adem."
)
_BREATH = Text("Sound of the breath", "Klank van de adem")
_BREATH_SOUNDS: dict[Any, Text] = {
    None: Text("usual", "gewoon"),
    "air": Text("air", "lucht"),
    "tone": Text("tone", "toon"),
    "chime": Text("chime", "bel"),
    "tick": Text("tick", "tik"),
    "words": Text("words", "woorden"),
    "none": _NONE,
}
_BREATH_TELLS = Text(
    "How a breath sounds in breathing, and wherever you let it be heard with b. With words, the voice says it.",
    "Hoe een adem klinkt als je alleen ademt, en overal waar je hem met b laat horen. Met woorden zegt de stem het.",
)
_BED_TELLS = Text("A quiet sound under everything else.", "Een zachte klank onder al het andere.")
_AUDIO = Text("Sound output", "Geluidsuitvoer")
_AUDIO_TELLS = Text(
    "What plays the sounds. miniaudio is the usual one; with none, psoas is silent.",
    "Wat de klanken speelt. Meestal is dat miniaudio; met geen is psoas stil.",
)
_MEDIA_KEYS_TELL = Text(
    "Buttons of headphones and media keys pause and go on. The desktop sees which pose you are in. On Linux.",
    "Met de knoppen van je koptelefoon pauzeer je en ga je verder. Je bureaublad ziet in welke houding. Op Linux.",
)
_LEAD_IN = Text("Lead-in", "Tijd vooraf")
_LEAD_IN_TELLS = Text(
    "The time to come to your mat before the opening bell. Space begins at once.",
    "De tijd om naar je mat te komen, voor de bel waarmee het begint. Met spatie begin je meteen.",
)
_AS_LONG = Text("as needed", "zo lang als nodig")
_CHECK_IN = Text("Check-in", "Vragen hoe het is")
_CHECK_IN_TELLS = Text(
    "Asks how you feel, before and after a practice. No answer is needed, and one key skips it.",
    "Vraagt hoe het is, voor en na een oefening. Een antwoord hoeft niet, en met één toets sla je het over.",
)

_AVOID = Text("Poses left out", "Weggelaten houdingen")
_AVOID_TELLS = Text(
    "Poses that you would rather not do: others come instead. Enter shows them all.",
    "Houdingen die je liever niet doet: er komen andere voor in de plaats. Met Enter zie je ze allemaal.",
)
_STAYS, _LEFT_OUT = Text("stays", "blijft"), Text("left out", "weggelaten")

AVOID = "avoid"
"""The setting that has a page of its own: the poses to leave out."""

_LOUDNESS = range(0, 101, 5)
_LEAD_INS = (None, 0.0, 10.0, 20.0, 30.0, 60.0, 120.0, 180.0)
SettingValue = Hashable
"""What a setting is set to."""


class Setting(NamedTuple):
    """A setting on the screen.

    Args:
        key: Its key in the file; for a caution, that of the caution.
        heading: The group it belongs to.
        name: What it is called.
        tells: What it changes.
        value: Returns what it is set to.
        wordings: Returns the ways to write another value, the best first.
        options: What it can be, each with what that is called.
        said: Returns what a value beyond *options* is called.
        is_scale: Whether the options are steps of a scale, which does not begin again at its end.
        once: The option that overrules it for one practice.
    """

    key: str
    heading: Text
    name: Text
    tells: Text
    value: Callable[[Config], SettingValue]
    wordings: Callable[[Config, Any], Iterable[Wording]]
    options: dict[Any, Text]
    said: Callable[[Any], Text] = lambda value: Text(str(value))
    is_scale: bool = False
    once: str = ""

    def all_options(self, *configs: Config) -> dict[Any, Text]:
        """The options, and what it is set to in *configs*."""
        others = {value: self.said(value) for config in configs if (value := self.value(config)) not in self.options}
        found = self.options | others
        if self.is_scale:
            return dict(sorted(found.items(), key=lambda each: -1 if each[0] is None else each[0]))
        return found

    def turned(self, steps: int, *configs: Config) -> SettingValue:
        """The option that is *steps* after what it is set to in the last of *configs*, with those of all of them."""
        options, value = [*self.all_options(*configs)], self.value(configs[-1])
        at = options.index(value) + steps
        turned: SettingValue = options[max(0, min(len(options) - 1, at)) if self.is_scale else at % len(options)]
        return turned


def settings_list(lang: Lang, voices: Mapping[str, Text] | None) -> tuple[Setting, ...]:
    """Return all settings of the screen.

    Args:
        lang: The language that a voice is for.
        voices: The voices for it, as they are written; None if they are not known yet.
    """
    return (*_OF_THE_SCREEN, _HOW_LOUD, _voice(lang, voices or {}), *_OF_SOUND, *_OF_PRACTICE, *_OF_CARE)


def _written(value: SettingValue) -> "Value":
    match value:
        case bool():
            return "on" if value else "off"
        case float():
            return duration_text(value)
    return None if value is None else str(value)


def _field(key: str, heading: Text, name: Text, tells: Text, options: dict[Any, Text]) -> Setting:
    """A setting that is a field of the settings, or of those of the voice."""
    of_voice, field = key in _OF_VOICE, _OF_VOICE.get(key, key.replace("-", "_"))

    def value(config: Config) -> SettingValue:
        found: SettingValue = getattr(config.voice if of_voice else config, field)
        return _USUAL.get(key) if found is None else found

    def wordings(config: Config, value: SettingValue) -> Iterable[Wording]:
        to: dict[str, Any] = {field: value}
        becomes = config._replace(voice=config.voice._replace(**to)) if of_voice else config._replace(**to)
        return (Wording((key,), _written(value), becomes),)

    return Setting(key, heading, name, tells, value, wordings, options)


def _voice(lang: Lang, voices: Mapping[str, Text]) -> Setting:
    """Who speaks *lang*: nobody, the best there is, or one of *voices*."""

    def value(config: Config) -> SettingValue:
        asked = config.voice.asked(lang)
        return "none" if config.voice.on is False and asked is None else asked

    def wordings(config: Config, value: str | None) -> Iterable[Wording]:
        was = config.voice
        others: dict[str, str] = {each: "none" for each in LANGS if each != lang and was.on is False}
        named = was.naming({lang: None}).naming(others)._replace(on=None)
        if value is not None:
            yield from voice_wordings(config, lang, value, value)
        elif others:
            yield Wording(("voice",), others, config._replace(voice=named))
        else:
            if any(map(was.asked, (each for each in LANGS if each != lang))) or was.rate:
                yield Wording(("voice", lang), None, config._replace(voice=named))
            yield Wording(("voice",), None, config._replace(voice=named))

    tells = _VOICE_TELLS.filled(language=LANGUAGES[lang])
    return Setting(
        "voice",
        _SOUND,
        VOICE,
        tells,
        value,
        wordings,
        {None: _BEST, "none": _OFF, **voices},
        lambda value: Text(shown(value.replace("\\", "/").rpartition("/")[2])),
        once="--voice NAME",
    )


def _bed_wordings(config: Config, value: str) -> Iterable[Wording]:
    yield Wording(("bed", "sound"), value, config._replace(bed=config.bed._replace(sound=value)))
    yield Wording(("bed",), value, config._replace(bed=Bed(value)))


def _in_list(key: str, name: str, called: Text, tells: Text, options: dict[Any, Text]) -> Setting:
    """Whether *name* is in the list that is the setting *key*."""

    def value(config: Config) -> bool:
        return name in getattr(config, key)

    def wordings(config: Config, value: bool) -> Iterable[Wording]:  # noqa: FBT001 - what it is set to
        was: tuple[str, ...] = getattr(config, key)
        others = tuple(each for each in was if each != name)
        names = (was if name in was else (*others, name)) if value else others
        to: dict[str, Any] = {key: names}
        yield Wording((key,), names, config._replace(**to))
        if not names:
            yield Wording((key,), None, config._replace(**to))

    return Setting(name, _CARE, called, tells, value, wordings, options)


def poses_left_out(poses: Mapping[str, Text]) -> tuple[Setting, ...]:
    """Return for each of *poses*, by id, whether the person leaves it out."""
    options = {False: _STAYS, True: _LEFT_OUT}
    found = (_in_list(AVOID, name, called, Text(), options) for name, called in poses.items())
    return tuple(each._replace(heading=Text()) for each in found)


_OF_VOICE = {"words": "verbosity", "voice-volume": "volume"}
"""The keys that are fields of the voice settings."""

_USUAL: dict[str, SettingValue] = {
    "volume": COMFORTABLE,
    "voice-volume": COMFORTABLE,
    "words": "full",
    "audio": "miniaudio",
}
"""What holds where nothing is set."""

_FLAG = {False: _OFF, True: _ON}
_LEVELS: dict[Any, Text] = {value: Text(str(value)) for value in _LOUDNESS}
_LANGUAGES = {each: Text(capitalised(LANGUAGES[each].said(each))) for each in LANGS}
_SINKS = {each: _NONE if each == "none" else Text(each) for each in AUDIOS}
_LEADING = {value: _AS_LONG if value is None else Text(duration_text(value)) for value in _LEAD_INS}

_OF_THE_SCREEN = (
    _field("lang", _SCREEN, _LANG, _LANG_TELLS, _LANGUAGES)._replace(once="--lang nl"),
    _field("theme", _SCREEN, _THEME, _THEME_TELLS, {each: _THEMES[each] for each in THEME_NAMES}),
    _field("numbers", _SCREEN, _NUMBERS, _NUMBERS_TELL, _FLAG),
    _field("reduced-motion", _SCREEN, _MOTION, _MOTION_TELLS, _FLAG)._replace(once="--no-motion"),
    _field("title", _SCREEN, _TITLE, _TITLE_TELLS, _FLAG),
    _field("any-key", _SCREEN, _ANY_KEY, _ANY_KEY_TELLS, {each: _ANY_KEYS[each] for each in ANY_KEYS}),
)
_HOW_LOUD = _field("volume", _SOUND, _VOLUME, _VOLUME_TELLS, _LEVELS)._replace(is_scale=True, once="--volume 60")
_OF_SOUND = (
    _field("words", _SOUND, _WORDS, _WORDS_TELL, {each: IN_SHORT[each] for each in VERBOSITIES})._replace(
        once="--words moves"
    ),
    _field("voice-volume", _SOUND, _VOICE_VOLUME, _VOICE_VOLUME_TELLS, _LEVELS)._replace(
        is_scale=True, once="--voice-volume 60"
    ),
    _field("breath-sound", _SOUND, _BREATH, _BREATH_TELLS, _BREATH_SOUNDS)._replace(once="--breath-sound tone"),
    Setting(
        "bed",
        _SOUND,
        BED,
        _BED_TELLS,
        lambda config: config.bed.sound,
        _bed_wordings,
        {NO_BED: _NONE, **BEDS},
        lambda value: Text.each(Bed(value).title),
        once="--bed ocean",
    ),
    _field("audio", _SOUND, _AUDIO, _AUDIO_TELLS, _SINKS)._replace(once="--audio none"),
    _field("media-keys", _SOUND, MEDIA_KEYS, _MEDIA_KEYS_TELL, _FLAG),
)
_OF_PRACTICE = (
    _field("lead-in", _PRACTICE, _LEAD_IN, _LEAD_IN_TELLS, _LEADING)._replace(
        is_scale=True, said=lambda value: Text(duration_text(value))
    ),
    _field("check-in", _PRACTICE, _CHECK_IN, _CHECK_IN_TELLS, _FLAG),
)
_OF_CARE = (
    *(_in_list("care", name, each.name, each.advice, _FLAG) for name, each in CAUTIONS.items()),
    Setting(
        AVOID,
        _CARE,
        _AVOID,
        _AVOID_TELLS,
        lambda config: config.avoid,
        lambda _config, _value: (),
        {(): _NONE},
        lambda value: Text(str(len(value))),
        once="--avoid saddle",
    ),
)

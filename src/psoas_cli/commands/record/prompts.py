"""What a person reads while their voice is recorded."""

import math
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from psoas_cli.audio.take import CLEAR, NOISY, Flaw, words_a_minute
from psoas_cli.practice.model.text import Lang, Text, decimal
from psoas_cli.tui.booth_regions import Booth

if TYPE_CHECKING:
    from psoas_cli.commands.record.desk import Desk, Phase

_ALLOW = Text(
    "Choose one in pavucontrol, under Input Devices, and see that it is not muted.",
    "Kies er een in pavucontrol, onder Invoerapparaten, en kijk of hij niet gedempt is.",
)
_ALLOW_ON: Mapping[str, Text] = {
    "darwin": Text(
        "Allow it for your terminal: System Settings, Privacy & Security, Microphone.",
        "Sta hem toe voor je terminal: Systeeminstellingen, Privacy en beveiliging, Microfoon.",
    ),
    "win32": Text(
        "Allow it for desktop apps: Settings, Privacy & security, Microphone.",
        "Sta hem toe voor bureaublad-apps: Instellingen, Privacy en beveiliging, Microfoon.",
    ),
}
NOT_HEARD = Text(
    "Takes are not played: the sound is off, or no device answers.",
    "Opnamen zijn niet te horen: het geluid staat uit, of er is geen apparaat.",
)
_OPENING = Text("The microphone is being opened", "De microfoon wordt geopend")
_REFUSED = Text("No microphone answers. {allow}", "Er is geen microfoon. {allow}")
_LOST = Text(
    "The microphone has gone. Everything you kept is safe; once it is back, Enter opens it again.",
    "De microfoon is weg. Wat je bewaard hebt, is veilig; is hij er weer, dan opent Enter hem opnieuw.",
)
_ROOM = Text(
    "How quiet is the room? Two seconds without words.", "Hoe stil is het in de kamer? Twee tellen zonder woorden."
)
_NOISY = Text(
    "The room is too loud, {room} dB: it would be heard between your words. Below {noisy} is good. A window shut or a "
    "fan off may be enough.",
    "Het is te luid in de kamer, {room} dB: dat hoor je straks tussen je woorden. Onder {noisy} is goed. Een raam "
    "dicht of een ventilator uit helpt vaak al.",
)
_DEAF = Text(
    "Nothing at all comes from the microphone: it is muted, or psoas is not allowed to use it. {allow}",
    "Er komt helemaal niets uit de microfoon: hij is gedempt, of psoas mag er niet bij. {allow}",
)
_DONE = Text("Everything is recorded.", "Alles is opgenomen.")
_LEFT_OVER = Text("Texts for later: {count}.", "Teksten voor later: {count}.")

_PLACE = Text("{number} of {count} · {to_go} to go", "{number} van {count} · nog {to_go}")
_BEFORE = Text("Before: {text}", "Hiervoor: {text}")
_QUIET_ROOM = Text("The room is quiet enough.", "De kamer is stil genoeg.")
_RECORDED = Text("This one is recorded; Enter records it again.", "Deze is al opgenomen; Enter neemt hem nog eens op.")
_READ_FIRST = Text("Enter, when you are ready.", "Enter, als je zover bent.")
_SPEAK = Text("Speak", "Spreek")
_KEEP = Text("Keep it?", "Bewaren?")
_ONCE_MORE = Text("Try again?", "Nog een keer?")
_MOMENT = Text("One moment", "Een moment")
_SPOKEN = Text("{seconds} s", "{seconds} s")
_ROOM_FOR = Text("{seconds} s · its move has time for {allowed} s", "{seconds} s · er is tijd voor {allowed} s")
_PACE = Text("{pace} words a minute, {seconds} s", "{pace} woorden per minuut, {seconds} s")
_TOO_LONG = Text("{seconds} s longer than its move", "{seconds} s langer dan er tijd is tijdens het bewegen")
_CUT_SHORT = Text(
    "Its end may be missing: what sounds in the last moment before the key is left out.",
    "Het eind ontbreekt misschien: het laatste moment voor de toets doet niet mee.",
)
_ROOM_HEARD = Text(
    "The room is only {difference} dB quieter than your voice. It helps to be nearer to the microphone.",
    "De kamer is maar {difference} dB zachter dan je stem. Dichter bij de microfoon hoor je hem minder.",
)
_FROM_BEFORE = Text("Still here from the last time.", "Deze lag er nog van de vorige keer.")
_NOT_WRITTEN = Text(
    "This take could not be saved: {why}. It is still here; Enter tries again.",
    "Deze opname kon niet worden bewaard: {why}. Hij is er nog; Enter probeert het opnieuw.",
)
_FLAWS: Mapping[Flaw, Text] = {
    "silent": Text(
        "Nothing was heard. Perhaps nearer to the microphone, or a little louder?",
        "Er was niets te horen. Misschien dichter bij de microfoon, of iets luider?",
    ),
    "clipped": Text(
        "That was louder than the microphone can take. A little softer, or further away?",
        "Dat was harder dan de microfoon aankan. Iets zachter misschien, of verder weg?",
    ),
}

_SOFT, _GOOD, _LOUD = Text("soft", "zacht"), Text("good", "goed"), Text("too loud", "te hard")
_SILENT, _TOO_SOFT, _CLIPPING = -50.0, -30.0, -1.0  # dB of full scale from which the meter has another word
_LOWEST = -60.0  # dB of full scale at the left end of the meter
_STEPS = 40

_LATER = Text("q later", "q later")
_BEGIN_KEY = Text("Enter begin", "Enter begint")
_KEEP_KEY = Text("Enter keep", "Enter bewaart")
_AGAIN_KEY = Text("a again", "a opnieuw")
_HEAR_KEY = Text("r hear it", "r laat hem horen")
_HEAR_BEFORE_KEY = Text("b hear the one before", "b laat de vorige horen")
_SKIP_KEY = Text("s skip", "s slaat over")
_BACK_KEY = Text("p back", "p terug")
_END_KEY = Text("Enter end", "Enter klaar")
_BREAK_OFF_KEY = Text("Esc cancel", "Esc breekt af")
_MEASURE_KEY = Text("a measure again", "a meet opnieuw")
_ALL_THE_SAME_KEY = Text("Enter record all the same", "Enter neemt toch op")
_RETRY_KEY = Text("Enter try again", "Enter probeert opnieuw")
_GO_ON_KEY = Text("Enter go on", "Enter verder")
_QUIT_KEY = Text("q done", "q klaar")

_AT_A_TEXT = (_LATER, _SKIP_KEY, _BACK_KEY, _HEAR_BEFORE_KEY)
_KEYS: "Mapping[Phase, tuple[Text, ...]]" = {  # the most needed first
    "opening": (_LATER,),
    "room": (_LATER,),
    "refused": (_RETRY_KEY, _LATER),
    "lost": (_RETRY_KEY, _LATER),
    "noisy": (_MEASURE_KEY, _ALL_THE_SAME_KEY, _LATER),
    "deaf": (_MEASURE_KEY, _ALL_THE_SAME_KEY, _LATER),
    "ready": (_BEGIN_KEY, _HEAR_KEY, *_AT_A_TEXT),
    "countdown": (_BREAK_OFF_KEY,),
    "speaking": (_END_KEY, _BREAK_OFF_KEY),
    "fitting": (_LATER,),
    "judging": (_KEEP_KEY, _AGAIN_KEY, _HEAR_KEY, *_AT_A_TEXT),
    "flawed": (_AGAIN_KEY, *_AT_A_TEXT),
    "done": (_GO_ON_KEY, _QUIT_KEY, _BACK_KEY),
}


def booth_of(desk: "Desk", lang: Lang, silent: str = "") -> Booth:
    """What to show of *desk*; *silent* says why takes are not heard, if they are not."""
    level = round(max(0.0, 1 - desk.peak / _LOWEST) * _STEPS) / _STEPS if desk.peak > _LOWEST else 0.0
    hints = tuple(key.said(lang) for key in _offered(desk))
    about = _about(desk, lang)
    if about:
        return Booth(desk.voice, text=about, level=level, heard=_heard(desk.peak, lang), hints=hints, lang=lang)
    place = _PLACE.filled(number=desk.index + 1, count=len(desk.texts), to_go=desk.to_go).said(lang)
    before = _BEFORE.filled(text=desk.before).said(lang) if desk.before else ""
    notes = (*(note.said(lang) for note in _notes(desk)), *([silent] if silent and desk.phase == "judging" else []))
    sign = _sign(desk, lang)
    return Booth(desk.voice, place, before, desk.text, sign, notes, level, _heard(desk.peak, lang), hints, lang)


def _offered(desk: "Desk") -> list[Text]:
    """The keys that have something to do now."""
    idle = [] if desk.index else [_BACK_KEY, _HEAR_BEFORE_KEY]
    if desk.phase == "ready" and not desk.is_recorded():
        idle.append(_HEAR_KEY)
    return [key for key in _KEYS.get(desk.phase, ()) if key not in idle]


def _about(desk: "Desk", lang: Lang) -> str:
    """What there is to say instead of a text; empty while a text is shown."""
    allow = _ALLOW_ON.get(sys.platform, _ALLOW)
    match desk.phase:
        case "opening":
            said = _OPENING
        case "refused":
            said = _REFUSED.filled(allow=allow)
        case "lost":
            said = _LOST
        case "room":
            said = _ROOM
        case "noisy":
            said = _NOISY.filled(room=round(desk.room), noisy=round(NOISY))
        case "deaf":
            said = _DEAF.filled(allow=allow)
        case "done":
            said = _LEFT_OVER.filled(count=desk.to_go) if desk.to_go else _DONE
        case _:
            return ""
    return said.said(lang)


def _sign(desk: "Desk", lang: Lang) -> str:
    match desk.phase:
        case "countdown":
            return str(max(1, math.ceil(desk.left)))
        case "speaking":
            return _SPEAK.said(lang)
        case "judging":
            return _KEEP.said(lang)
        case "flawed":
            return _ONCE_MORE.said(lang)
    return ""


def _notes(desk: "Desk") -> list[Text]:
    match desk.phase:
        case "ready":
            return [_RECORDED] if desk.is_recorded() else [_READ_FIRST, *([_QUIET_ROOM] if desk.is_new else [])]
        case "speaking":
            return [_so_far(int(desk.spoken), desk.allowed)]
        case "fitting":
            return [_MOMENT]
        case "judging":
            return _remarks(desk)
        case "flawed" if desk.flaw:
            return [_FLAWS[desk.flaw]]
    return []


def _so_far(seconds: int, allowed: float | None) -> Text:
    if allowed is None:
        return _SPOKEN.filled(seconds=seconds)
    return _ROOM_FOR.filled(seconds=seconds, allowed=int(allowed))


def _remarks(desk: "Desk") -> list[Text]:
    """What there is to say about a take."""
    take = desk.take
    if take is None:
        return []
    pace = words_a_minute(desk.text, len(take.clip))
    remarks = [_NOT_WRITTEN.filled(why=desk.trouble)] if desk.trouble else []
    remarks += [_FROM_BEFORE] if desk.from_before else []
    remarks.append(_PACE.filled(pace=pace, seconds=decimal(take.seconds)))
    if desk.allowed is not None and (over := math.ceil(take.seconds - desk.allowed)) > 0:
        remarks.append(_TOO_LONG.filled(seconds=over))
    if take.cut_short:
        remarks.append(_CUT_SHORT)
    if take.over_room < CLEAR:
        remarks.append(_ROOM_HEARD.filled(difference=max(0, round(take.over_room))))
    return remarks


def _heard(peak: float, lang: Lang) -> str:
    """How loud it is, in a word; empty if it is as good as silent."""
    if peak < _SILENT:
        return ""
    return (_SOFT if peak < _TOO_SOFT else _GOOD if peak < _CLIPPING else _LOUD).said(lang)

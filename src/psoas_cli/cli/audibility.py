"""Whether the sounds and recordings of a file can be heard, and have the time that they take."""

from psoas_cli.errors import PsoasError
from psoas_cli.practice.nodes import Notebook
from psoas_cli.practice.speech import Words, speech_of
from psoas_cli.practice.timeline import Timeline
from psoas_cli.sound import clips, decode
from psoas_cli.sound.samples import RATE
from psoas_cli.store import folders


def note_sounds(notebook: Notebook, timeline: Timeline) -> None:
    """Note in *notebook* the sounds of its file that cannot be played, and the recordings that have too little time."""
    recordings = {cue.audio for cue in timeline.cues if cue.audio}
    seconds: dict[str, float] = {}
    for sound, place in list(notebook.written.items()):
        if not isinstance(sound, str):
            continue
        try:
            if sound in recordings:
                seconds[sound] = _length(sound)
            else:
                decode.load(sound)
        except PsoasError as error:
            notebook.bad(place, f"{error.message}: {error.hint}" if error.hint else error.message)
    for unsaid in speech_of(timeline, "en", lambda words: seconds.get(words.audio or "")).unsaid:
        audio = unsaid.words.audio or ""
        message = (
            f"the recording takes {seconds[audio]:.1f} s, which is {unsaid.over:.1f} s too long: "
            "it would run into what comes next, and is left out"
        )
        notebook.warn(notebook.written[audio], message)


def _length(recording: str) -> float:
    """Seconds of *recording*, as it is heard."""
    words = Words("", recording)
    made = clips.ready([words], None, 0, folders.speech_folder(), lambda _done, _all: None)
    return len(made.clips[words]) / RATE

"""The plan of a practice as text or JSON; `handout` makes the page to print."""

from psoas_cli.cli.console import bold, wrapped, write, write_json
from psoas_cli.cli.context import Context
from psoas_cli.player.adaptation import Adaptation, practice_for
from psoas_cli.player.introduction import advice
from psoas_cli.player.wishes import Avoided
from psoas_cli.practice.model.cautions import STOP_SIGNS, in_order
from psoas_cli.practice.model.durations import clock_text
from psoas_cli.practice.model.text import Lang, Text, shown
from psoas_cli.practice.score.change import Change
from psoas_cli.practice.score.facts import END, breath_of, facts, open_of, remarks
from psoas_cli.practice.score.fitting import own_length
from psoas_cli.practice.score.overview import length_of, listed, whole_of
from psoas_cli.practice.score.segments import plan_name
from psoas_cli.practice.score.timeline import Cue, Span, Timeline

_OWN_LENGTH = Text("instead of {time}", "in plaats van {time}")
_PAGE_WRITTEN = Text("Created {file}, ready to print: {title}", "{file} staat klaar om te printen: {title}")


def print_plan(
    context: Context, name: str, minutes: float | None, breath: str | None, avoid: Avoided, *, as_json: bool
) -> None:
    """Print the plan of the practice *name*, fitted to *minutes* if given, without the poses to *avoid*."""
    adaptation, lang = practice_for(context, name, minutes, breath=breath, avoid=avoid), context.lang
    if as_json:
        write_json(_facts(adaptation, lang))
    else:
        write(_as_text(adaptation, lang))


def write_handout(
    context: Context,
    name: str,
    minutes: float | None,
    breath: str | None,
    avoid: Avoided,
    output: str,
    *,
    force: bool,
) -> None:
    """Write the practice *name*, with its texts and pictures, as a page to print to the file *output*.

    Raises:
        PsoasError: It cannot be written, or it already exists and *force* is false.
    """
    from psoas_cli.commands.show.handout import page
    from psoas_cli.storage.atomic import STANDARD_OUTPUT, check_place, place_named, write_file

    path = place_named(output)
    check_place(path, force=force)
    adaptation, lang = practice_for(context, name, minutes, breath=breath, avoid=avoid), context.lang
    write_file(path, page(adaptation, lang), force=force)
    write(
        _PAGE_WRITTEN.filled(file=shown(str(path)), title=adaptation.sequence.title).said(lang),
        to_stderr=path == STANDARD_OUTPUT,
    )


def _facts(adaptation: Adaptation, lang: Lang) -> dict[str, object]:
    from psoas_cli.audio.strike import tail_of

    sequence, timeline = adaptation.sequence, adaptation.timeline
    plan: dict[str, object] = {
        "id": sequence.id,
        "title": sequence.title.said(lang),
        "duration_s": timeline.duration,
        "tail_s": tail_of(sequence.bells.close),
        "props": [prop.said(lang) for prop in sequence.props],
        "cautions": list(in_order(sequence.cautions)),
        "spans": [_span(span, lang) for span in timeline.spans],
        "cues": [_cue(cue, lang) for cue in timeline.cues],
    }
    if adaptation.changes:
        plan["changes"] = [_change(change, lang) for change in adaptation.changes]
    return plan


def _span(span: Span, lang: Lang) -> dict[str, object]:
    segment = span.segment
    return {
        "start_s": span.start,
        "end_s": span.end,
        "kind": segment.kind,
        "pose": segment.pose.id or None if segment.pose else None,
        "title": segment.title.said(lang, segment.side),
        "side": segment.side,
        "breath": span.course.pattern.name if span.course else None,
        "stop": span.stop,
        "until_key_s": segment.until_key,
    }


def _cue(cue: Cue, lang: Lang) -> dict[str, object]:
    found: dict[str, object] = {
        "at_s": cue.at,
        "kind": "bell" if cue.bell else "say",
        "sound": cue.bell.sound if cue.bell else cue.audio,
        "strikes": cue.bell.strikes if cue.bell else None,
        "text": " ".join(cue.shown(lang) or cue.spoken(lang)) or None,
    }
    return found if cue.bell else found | {"spoken": list(cue.spoken(lang)), "stop": cue.stop or None}


def _change(change: Change, lang: Lang) -> dict[str, object]:
    now = change.now.said(lang) if change.now else None
    return {"was": change.was.said(lang), "now": now, "cautions": list(change.cautions), "avoided": change.avoided}


def _as_text(adaptation: Adaptation, lang: Lang) -> str:
    sequence, timeline = adaptation.sequence, adaptation.timeline
    lines = [bold(sequence.title.said(lang))]
    if sequence.summary:
        lines += ["", *wrapped(sequence.summary.said(lang))]
    lines.append("")
    for heading, said in facts(sequence, timeline, lang):
        lines += wrapped(said, f"{heading}: ")
    lines.append("")
    lines += [_plan_line(timeline, index, lang) for index in listed(timeline)]
    lines.append(f"{'':>4}  {clock_text(timeline.duration):>7}  {END.said(lang)}")
    for remark in (*adaptation.notes(lang), *remarks(sequence, timeline, lang)):
        lines += ["", *wrapped(remark)]
    if sequence.cautions:
        lines += [*advice(sequence.cautions, lang), "", *wrapped(STOP_SIGNS.said(lang))]
    return "\n".join(lines)


def _plan_line(timeline: Timeline, index: int, lang: Lang) -> str:
    span = timeline.spans[index]
    length = length_of(timeline, index)
    number = str(span.stop) if span.stop else ""
    other = _other_length(timeline, index, lang)
    parts = (plan_name(span.segment, lang), open_of(span, lang), other, breath_of(span, lang))
    said = " · ".join(part for part in parts if part)
    line = f"{number:>4}  {clock_text(span.start):>7}  {clock_text(length):>6}  {said}"
    return bold(line) if span.stop else line


def _other_length(timeline: Timeline, index: int, lang: Lang) -> str:
    """Return the usual length of what begins with span number *index*, if fitting changed it."""
    own = clock_text(sum(own_length(span.segment) for span in whole_of(timeline, index)))
    if own == clock_text(length_of(timeline, index)):
        return ""
    return _OWN_LENGTH.filled(time=own).said(lang)

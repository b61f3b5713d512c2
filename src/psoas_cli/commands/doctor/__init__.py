"""`psoas doctor`: checks what works here, a line each, and says how to fix what does not."""

from typing import TYPE_CHECKING, Annotated

import typer

from psoas_cli.cli import options
from psoas_cli.cli.context import is_muted, is_over_ssh, language
from psoas_cli.practice.model.text import Lang

if TYPE_CHECKING:
    from psoas_cli.commands.doctor.findings import Finding


def command(
    lang: options.Language = None,
    mute: Annotated[bool, typer.Option("--mute", help="Don't ring the bell.")] = False,
    sound: options.Sound = False,
    audio: options.Audio = None,
    as_json: options.Json = False,
) -> int:
    """Check what works here, and how to fix what doesn't.

    Terminal, sound, voice, media keys, keep-awake, folders, journal, settings and hooks, a line each.

    \b
    psoas doctor                       check everything, and ring a bell
    psoas doctor --mute                without the bell
    psoas doctor --audio simpleaudio   check that audio backend
    psoas doctor --json                the same as JSON
    """
    from psoas_cli.cli.console import write, write_json
    from psoas_cli.commands.doctor import button_findings, findings, sound_findings
    from psoas_cli.storage import paths, state

    settings, config = findings.settings()
    chosen = language(lang, config.lang)
    heard = sound_findings.sound(
        audio or config.audio or "miniaudio",
        next((each for each in (state.volume(paths.state_file()), config.volume) if each is not None), None),
        ring=not (mute or is_muted()) or sound,
        over_ssh=is_over_ssh() and not sound,
    )
    voice = findings.voice(config.voice)
    media_keys = button_findings.buttons(wanted=config.media_keys)
    found = [findings.terminal(), heard, voice, media_keys, findings.awake(), findings.places()]
    found += [findings.journal(), settings]
    found += findings.hooks(config.hooks)
    if as_json:
        write_json(_facts(found, chosen))
    else:
        write(_as_lines(found, chosen))
    # 0 even without sound; 1 if psoas cannot save its files, 2 if the settings are wrong
    return max(finding.broken for finding in found)


def _as_lines(findings: "list[Finding]", lang: Lang) -> str:
    from psoas_cli.cli.console import columns

    rows = []
    for finding in findings:
        first, *more = "; ".join(part.said(lang) for part in finding.said).split("\n")
        rows += [(finding.name.said(lang), first), *(("", line) for line in more)]
        if finding.advice:
            rows.append(("", finding.advice.said(lang)))
    return columns(rows, strong=0)


def _facts(findings: "list[Finding]", lang: Lang) -> dict[str, object]:
    told = [
        {
            "id": finding.id,
            "ok": finding.advice is None,
            "text": "; ".join(part.said(lang) for part in finding.said),
            "advice": finding.advice.said(lang) if finding.advice else None,
            **finding.facts,
        }
        for finding in findings
    ]
    return {"checks": told}

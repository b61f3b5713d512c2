"""`psoas doctor`: what works here, a line each, and what to do about what does not."""

import os

from psoas_cli.cli import checks, language, sound_check, voice_check
from psoas_cli.cli.checks import Finding
from psoas_cli.cli.options import Audios
from psoas_cli.cli.printing import columns, write
from psoas_cli.practice.text import Lang
from psoas_cli.store import folders, remembered


def examine(asked: str | None, *, mute: bool, sound: bool, audio: Audios | None, as_json: bool) -> int:
    """Look at everything, and print it.

    Returns:
        The exit code: 0 also where there is no sound; 1 where nothing can be kept, 2 where the settings are wrong.
    """
    settings, config = checks.settings()
    lang = language.choose(asked, config.lang)
    heard = sound_check.sound(
        (audio.value if audio else None) or config.audio or "miniaudio",
        next((each for each in (remembered.volume(folders.state_file()), config.volume) if each is not None), None),
        ring=not (mute or os.environ.get("PSOAS_MUTE", "") not in ("", "0")) or sound,
        over_ssh=bool(os.environ.get("SSH_CONNECTION")) and not sound,
    )
    voice = voice_check.voice(config.voice)
    findings = [checks.terminal(), heard, voice, checks.awake(), checks.places(), settings]
    write(_as_json(findings, lang) if as_json else _as_lines(findings, lang))
    return max(finding.broken for finding in findings)


def _as_lines(findings: list[Finding], lang: Lang) -> str:
    rows = []
    for finding in findings:
        rows.append((finding.name.said(lang), "; ".join(part.said(lang) for part in finding.said)))
        if finding.advice:
            rows.append(("", finding.advice.said(lang)))
    return columns(rows, strong=0)


def _as_json(findings: list[Finding], lang: Lang) -> str:
    import json

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
    return json.dumps({"checks": told}, ensure_ascii=False, indent=2)

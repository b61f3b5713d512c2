"""`psoas doctor`: what works here, a line each, and what to do about what does not."""

from psoas_cli.cli.console import columns, write
from psoas_cli.cli.context import is_muted, is_over_ssh, language
from psoas_cli.commands.doctor import sound_findings, system, voice_findings
from psoas_cli.commands.doctor.system import Finding
from psoas_cli.practice.model.text import Lang
from psoas_cli.storage import paths, state
from psoas_cli.storage.choices import Audio


def examine(asked: str | None, *, mute: bool, sound: bool, audio: Audio | None, as_json: bool) -> int:
    """Look at everything, and print it.

    Returns:
        The exit code: 0 also where there is no sound; 1 where nothing can be kept, 2 where the settings are wrong.
    """
    settings, config = system.settings()
    lang = language(asked, config.lang)
    heard = sound_findings.sound(
        audio or config.audio or "miniaudio",
        next((each for each in (state.volume(paths.state_file()), config.volume) if each is not None), None),
        ring=not (mute or is_muted()) or sound,
        over_ssh=is_over_ssh() and not sound,
    )
    voice = voice_findings.voice(config.voice)
    findings = [system.terminal(), heard, voice, system.awake(), system.places(), settings]
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

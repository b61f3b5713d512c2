"""`psoas doctor`: what works here, a line each, and what to do about what does not."""

from psoas_cli.cli import options


def command(
    lang: options.Language = None,
    mute: options.Mute = False,
    sound: options.Sound = False,
    audio: options.Audio = None,
    as_json: options.Json = False,
) -> int:
    """Check what works here, and how to fix what doesn't.

    Terminal, sound, voice, keep-awake, folders and settings, a line each.

    \b
    psoas doctor                       look at everything, and ring a bell
    psoas doctor --mute                without the bell
    psoas doctor --audio simpleaudio   look at that way to play sounds
    psoas doctor --json                the same for programs
    """
    from psoas_cli.commands.doctor.examination import examine

    return examine(lang, mute=mute, sound=sound, audio=audio, as_json=as_json)

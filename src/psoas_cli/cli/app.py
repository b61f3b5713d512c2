"""The commands and their options. What they do is imported when one of them runs."""

from typing import Annotated

import typer

from psoas_cli import __version__
from psoas_cli.cli import completion, options
from psoas_cli.cli.options import Wishes
from psoas_cli.cli.own_app import add, check, config, new, schema, share

app = typer.Typer(
    add_completion=True,
    rich_markup_mode=None,  # plain help starts twice as fast
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def psoas(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version.", is_eager=True)] = False,
) -> None:
    """A guided practice timer for the psoas: sequences, sides, a breathing pacer and bells.

    \b
    psoas                      choose with the arrows and Enter
    psoas practice yin         lie down, and be led through the yin sequence
    psoas practice yin -m 30   the same, made to last half an hour
    psoas breathe              five minutes of slow breathing, heard
    psoas list                 the practices there are
    """
    if version:
        typer.echo(f"psoas {__version__}")
    elif context.invoked_subcommand is None:
        from psoas_cli.cli.home import open_home

        open_home()


@app.command()
def practice(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME or FILE]", help="Which practice; yin without one.", autocompletion=completion.practices
        ),
    ] = None,
    minutes: options.Minutes = None,
    lang: options.Language = None,
    begin: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="STOP",
            help="Begin at a stop: its number in psoas show, or a pose's id.",
            autocompletion=completion.poses,
        ),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the practice that was interrupted within a day.")
    ] = False,
    breath: options.HoldBreath = None,
    mute: options.Mute = False,
    sound: options.Sound = False,
    audio: options.Audio = None,
    volume: options.Volume = None,
    quiet: options.Quiet = False,
    breath_sound: options.BreathSoundOption = None,
    voice: options.Voice = None,
    plain: options.Plain = False,
    no_motion: options.NoMotion = False,
    speed: options.Speed = 1.0,
    no_journal: options.NoJournal = False,
    yes: options.Yes = False,
) -> None:
    """Be led through a practice.

    \b
    psoas practice                   the yin sequence, 45 minutes
    psoas practice yin -m 30         fitted to 30 minutes
    psoas practice ./evening.yaml    a sequence of your own
    psoas practice yin --from 6      from the sixth stop on
    psoas practice yin --voice       spoken, by the best voice of this system
    psoas practice --resume          go on with what was interrupted today
    psoas practice yin --speed 60    rehearse: a minute in a second, silent

    While it runs: space pauses, n and p go to the next stop and back, + and - change the hold, q ends gently,
    and ? shows all keys.
    """
    from psoas_cli.cli import performing

    wishes = Wishes(mute, sound, volume, quiet, breath_sound, plain, no_motion, speed, yes, audio, voice, no_journal)
    if not resume:
        performing.practise(name or "yin", minutes, lang, begin=begin, breath=breath, wishes=wishes)
    elif minutes or begin or breath:
        raise typer.BadParameter("--resume goes on as it was: without --minutes, --from and --breath")
    else:
        performing.resume(name, lang, wishes=wishes)


@app.command()
def breathe(
    pattern: Annotated[
        str,
        typer.Argument(
            metavar="[PATTERN]",
            help="A name (coherent) or counts (4-6, 4-7-8, 5.5-5.5).",
            autocompletion=completion.patterns,
        ),
    ] = "long-exhale",
    minutes: options.Minutes = None,
    cycles: options.Cycles = None,
    ramp: options.Ramp = False,
    show_list: Annotated[bool, typer.Option("--list", help="List the patterns.")] = False,
    lang: options.Language = None,
    mute: options.Mute = False,
    sound: options.Sound = False,
    audio: options.Audio = None,
    volume: options.Volume = None,
    quiet: options.Quiet = False,
    breath_sound: options.BreathSoundOption = None,
    voice: options.Voice = None,
    plain: options.Plain = False,
    no_motion: options.NoMotion = False,
    speed: options.Speed = 1.0,
    no_journal: options.NoJournal = False,
    yes: options.Yes = False,
) -> None:
    """Breathe with a pacer that is seen and heard: four counts in, six out, five minutes.

    \b
    psoas breathe                 4 in, 6 out, 5 minutes
    psoas breathe coherent -m 10  5.5 in, 5.5 out, 10 minutes
    psoas breathe 4-7-8 -c 6      six breaths; it has four without -c, and eight at most
    psoas breathe --list          the patterns that have names
    """
    if show_list:
        from psoas_cli.cli.listing import print_patterns

        print_patterns(lang)
        return
    from psoas_cli.cli.performing import breathe_along

    wishes = Wishes(mute, sound, volume, quiet, breath_sound, plain, no_motion, speed, yes, audio, voice, no_journal)
    breathe_along(pattern, minutes, cycles, ramp=ramp, lang=lang, wishes=wishes)


@app.command("list")
def list_practices(lang: options.Language = None, as_json: options.Json = False) -> None:
    """Show the practices there are: built in, and your own.

    \b
    psoas list          name, title, length and its range, level, props
    psoas list --json   the same for programs, in seconds
    """
    from psoas_cli.cli.listing import print_list

    print_list(lang, as_json=as_json)


@app.command()
def show(
    name: Annotated[
        str, typer.Argument(metavar="NAME or FILE", help="Which practice.", autocompletion=completion.practices)
    ],
    minutes: options.Minutes = None,
    lang: options.Language = None,
    breath: options.HoldBreath = None,
    html: Annotated[
        str | None, typer.Option("--html", metavar="OUT", help="Write a page to print instead, with pictures.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a page that is there already.")] = False,
    as_json: options.Json = False,
) -> None:
    """Show the plan of a practice, stop by stop, with its times.

    \b
    psoas show yin                   the plan at its own length
    psoas show yin -m 30             fitted to 30 minutes
    psoas show yin --html yin.html   a page to print: plan, texts and pictures
    psoas show yin --json            every span and cue, in seconds
    """
    from psoas_cli.cli.showing import print_plan, write_page

    if html is not None:
        write_page(name, minutes, lang, breath, html, force=force)
        return
    print_plan(name, minutes, lang, breath, as_json=as_json)


for command in (new, check, share, add, schema, config):
    app.command()(command)


@app.command()
def render(
    output: Annotated[str, typer.Option("--output", "-o", metavar="OUT", help="The file: .wav, .flac, .ogg or .mp3.")],
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME or FILE]", help="Which practice.", autocompletion=completion.practices),
    ] = None,
    breathe: Annotated[
        str | None,
        typer.Option(
            "--breathe",
            metavar="PATTERN",
            help="Breathing alone, as in psoas breathe.",
            autocompletion=completion.patterns,
        ),
    ] = None,
    minutes: options.Minutes = None,
    cycles: options.Cycles = None,
    ramp: options.Ramp = False,
    lang: options.Language = None,
    breath: options.HoldBreath = None,
    breath_sound: options.BreathSoundOption = None,
    quiet: options.Quiet = False,
    volume: options.Volume = None,
    voice: options.Voice = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
) -> None:
    """Make an audio file of a practice, with all that sounds in it: for the phone, or wherever there is no computer.

    \b
    psoas render yin -o yin.wav                      the yin sequence, 45 minutes
    psoas render yin -m 30 -l nl -o yin.mp3          fitted to 30 minutes, its chapters in Dutch
    psoas render ./evening.yaml -o evening.ogg       a sequence of your own
    psoas render --breathe 4-6 -m 10 -o breath.flac  ten minutes of breathing

    WAV needs nothing else; the other formats are several times smaller, have chapters, and say what to install.
    """
    from psoas_cli.cli.rendering import Breathing, Wanted, render_file

    wanted = Wanted(
        output,
        force,
        lang,
        minutes,
        breath,
        breath_sound.value if breath_sound else None,
        volume,
        quiet=quiet,
        voice=voice,
    )
    render_file(name, Breathing(breathe, cycles, ramp), wanted)


@app.command()
def doctor(
    lang: options.Language = None,
    mute: options.Mute = False,
    sound: options.Sound = False,
    audio: options.Audio = None,
    as_json: options.Json = False,
) -> int:
    """Look at what works here, and say what to do about what does not.

    Terminal, sound, voice, keep-awake, folders and settings, a line each.

    \b
    psoas doctor                       look at everything, and ring a bell
    psoas doctor --mute                without the bell
    psoas doctor --audio simpleaudio   look at that way to play sounds
    psoas doctor --json                the same for programs
    """
    from psoas_cli.cli.doctoring import examine

    return examine(lang, mute=mute, sound=sound, audio=audio, as_json=as_json)


@app.command()
def bells(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME or FILE]", help="Ring this one.", autocompletion=completion.bells)
    ] = None,
    lesson: Annotated[bool, typer.Option("--lesson", help="Hear each with its meaning, in 90 seconds.")] = False,
    lang: options.Language = None,
    sound: options.Sound = False,
    volume: options.Volume = None,
    as_json: options.Json = False,
) -> None:
    """Show the bells and what they mean, ring one, or hear them all explained.

    \b
    psoas bells             the bells, and what each says in a practice
    psoas bells tingsha     ring one
    psoas bells ./my.wav    ring a recording of your own as it will sound
    psoas bells --lesson    hear each with its meaning
    """
    from psoas_cli.cli import ringing

    if lesson:
        ringing.teach(lang, volume, over_ssh=sound)
    elif name is not None:
        ringing.ring(name, volume, over_ssh=sound)
    else:
        ringing.print_bells(lang, as_json=as_json)


@app.command()
def voices(
    lang: options.Language = None,
    rate: Annotated[
        int | None, typer.Option("--rate", metavar="N", min=60, max=300, help="Words a minute; else 125.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Hear every voice, not one for each language.")] = False,
    mute: Annotated[bool, typer.Option("--mute", help="Without hearing them.")] = False,
    sound: options.Sound = False,
    as_json: options.Json = False,
) -> None:
    """Show the voices of this system, hear them, and read how to get a better one.

    \b
    psoas voices              the voices for English and Dutch, and one of each heard
    psoas voices --rate 110   slower
    psoas voices --all        hear every one of them
    """
    from psoas_cli.cli.voicing import print_voices

    print_voices(lang, rate, mute=mute, sound=sound, every=every, as_json=as_json)


@app.command()
def poses(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", help="Which pose or movement; all without one.", autocompletion=completion.poses
        ),
    ] = None,
    lang: options.Language = None,
    as_json: options.Json = False,
) -> None:
    """Show the poses and movements there are, or one of them with its picture.

    \b
    psoas poses                 id, name, how long, sides
    psoas poses baby-dragon     its picture, the way in and out, softer and deeper

    What is longer than the window comes in pages; PAGER says with what.
    """
    from psoas_cli.cli.posing import print_pose, print_poses

    if name is None:
        print_poses(lang, as_json=as_json)
    else:
        print_pose(name, lang, as_json=as_json)


@app.command()
def history(
    lang: options.Language = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="From that day on, like 2025-01-31.")
    ] = None,
    as_json: options.Json = False,
    plain: Annotated[bool, typer.Option("--plain", help="Words and numbers, without bars.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="For spreadsheets.")] = False,
    delete: Annotated[str | None, typer.Option("--delete", metavar="ID", help="Delete this session.")] = None,
) -> None:
    """Look back: what was practised, and the minutes of each week. Whatever you did counts; gaps do not.

    \b
    psoas history                      sessions, and the weeks
    psoas history --since 2025-01-01   from that day on
    psoas history --csv                for a spreadsheet
    psoas history --delete 3fa9c1d2    leave one out for good
    """
    from psoas_cli.cli import looking_back

    if delete is not None:
        looking_back.delete(delete, lang)
    else:
        looking_back.print_history(lang, since, plain=plain, as_json=as_json, as_csv=as_csv)


@app.command()
def about(lang: options.Language = None) -> None:
    """Read what the psoas is, what the article says, and what research supports and what it does not.

    \b
    psoas about          in pages; PAGER says with what
    psoas about -l nl    in Dutch
    """
    from psoas_cli.cli.about import print_about

    print_about(lang)

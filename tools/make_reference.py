"""Makes the reference of the docs from the code: the format of a file, and the command line.

    python tools/make_reference.py    docs/reference/format.md and docs/reference/command-line.md

The tables come from the JSON Schema, the closed lists and the commands; what stands around them is written here.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import typer
from typer.core import TyperCommand, TyperGroup

from psoas_cli.cli.app import VERBS, app, command_of
from psoas_cli.practice.format import schema
from psoas_cli.practice.format.schema_values import VALUES, Schema
from psoas_cli.practice.format.step_reader import STEP_KINDS
from psoas_cli.practice.model.cautions import CAUTIONS, GROUPS
from psoas_cli.practice.model.patterns import NAMED, TITLES
from psoas_cli.practice.model.sequence import FORMAT
from psoas_cli.tui.regions import KEY_LIST

FOLDER = Path(__file__).parents[1] / "docs" / "reference"

_MADE = "<!-- Made by tools/make_reference.py from the code: change it there. -->"
_FORMAT = f"""\
# The format of a sequence file

{_MADE}

A sequence is one YAML file, and its id is the file's name without `.yaml`. This is format {FORMAT}, key by key;
[Write a sequence](../how-to/write-a-sequence.md) shows how to use it. `psoas check` tells what is wrong in a file, and
`psoas schema` gives the same form to editors.

psoas takes every value as it is written: `1:30` is a minute and a half, and `no` is a word. A key that is not
listed here is an error."""
_LISTS = """\
## Closed lists

Each is an id, and what it is called on the screen."""
_POSES = """\
## poses.yaml

A file with this name in the folder of your sequences has poses of your own for all of them: a map of
[poses](#pose) by id. One with the id of a built-in pose takes its place."""
_COMMANDS = f"""\
# The command line

{_MADE}

`psoas --help` lists the commands, and each says the same as here with `--help`. What a command tells goes to standard
output, problems and remarks go to standard error. Seconds are the unit wherever a program reads (`--json`)."""
_CODES = """\
## Exit codes

| code | meaning |
|---|---|
| 0 | done, or ended with `q` |
| 1 | it could not be done; for `psoas check`, there are errors |
| 2 | wrong usage, or a bad file |
| 129, 130, 131, 143 | ended from outside: hang-up, Ctrl-C, Ctrl-\\, termination |"""
_SETTINGS = """\
## Environment

| variable | meaning |
|---|---|
| `PSOAS_LANG` | `en` or `nl`; before `LC_ALL` and `LANG` |
| `PSOAS_HOME` | one folder for all that psoas keeps |
| `PSOAS_MUTE` | `1` begins without sound |
| `NO_COLOR`, `FORCE_COLOR` | never bold and colour, or always |
| `COLUMNS` | how wide a line may be |

What can be set for good stands in `config.yaml`: see [Settings](../../README.md#settings)."""


def main() -> None:
    """Make both pages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, "utf-8")
        print(FOLDER / name)


def pages() -> dict[str, str]:
    """The pages by the names of their files."""
    return {"format.md": format_page(), "command-line.md": command_page()}


def format_page() -> str:
    """The format, from the schema."""
    whole = schema.sequence_schema()
    definitions = whole["$defs"]
    parts = [_FORMAT, "## Top level", _keys(whole, definitions)]
    parts += ["## Steps", "A step is a map. Its first key says the kind, the others may come in any order."]
    for kind in STEP_KINDS:
        step = definitions[f"{kind}-step"]
        parts += [f"### {step['title']}", step["description"], *_either(step), _keys(step, definitions)]
    parts.append("## Values")
    for name in (*VALUES, "pose-id"):
        parts += [
            f"### {definitions[name]['title']}",
            f"{definitions[name]['description']}{_choices(definitions[name])}",
        ]
    parts.append("## Maps")
    for name in schema.MAPS:
        parts += list(_map(definitions[name], definitions))
    parts += [_POSES, _LISTS]
    parts += ["### Cautions", _table(("id", "group", "English", "Nederlands"), _cautions())]
    parts += ["### Patterns", _table(("name", "counts", "English", "Nederlands"), _patterns())]
    return "\n\n".join(parts) + "\n"


def _map(form: Schema, definitions: Mapping[str, Schema]) -> Iterator[str]:
    yield f"### {form['title']}"
    yield form["description"]
    for each in (form, *form.get("anyOf", ())):
        if "properties" in each:
            yield _keys(each, definitions)
            yield from _either(each)


def _either(form: Schema) -> Iterator[str]:
    """That one key or another is needed, where that is so."""
    for word, joint in (("oneOf", "either"), ("anyOf", "at least one of")):
        keys = [f"`{key}`" for each in form.get(word, ()) for key in each.get("required", ()) if len(each) == 1]
        if keys:
            yield (
                f"It has {joint} {' or '.join(keys)}." if joint == "either" else f"It has {joint} {' and '.join(keys)}."
            )


def _keys(form: Schema, definitions: Mapping[str, Schema]) -> str:
    needed = form.get("required", ())
    rows = [
        (
            f"`{key}`",
            _said(value, definitions),
            "required" if key in needed else f"`{_written(value['default'])}`" if "default" in value else "",
            value.get("description", ""),
        )
        for key, value in form["properties"].items()
    ]
    return _table(("key", "value", "default", "what it is"), rows)


def _said(value: Schema, definitions: Mapping[str, Schema]) -> str:
    """What *value* may be, with links to the definitions that it refers to."""
    if "$ref" in value:
        title = definitions[value["$ref"].rsplit("/", 1)[1]]["title"]
        return f"[{title}](#{slug(title)})"
    if "enum" in value:
        return ", ".join(dict.fromkeys(f"`{each}`" for each in value["enum"]))
    if "anyOf" in value:
        return " or ".join(_said(each, definitions) for each in value["anyOf"])
    if "items" in value:
        return f"list of {_said(value['items'], definitions)}"
    if "maximum" in value:
        return f"a whole number, {value['minimum']} to {value['maximum']}"
    inner = value["additionalProperties"] or next(iter(value["properties"].values()))
    return f"map of {_said(inner, definitions)} by id"


def _choices(value: Schema) -> str:
    """The closed list in *value*, where it has one; a long one stands at the end of the page."""
    for each in (value, value.get("items", {}), *value.get("anyOf", ())):
        if "enum" in each and len(each["enum"]) < 12:
            return f" By name: {', '.join(f'`{name}`' for name in each['enum'])}."
        if "enum" in each:
            return " [The closed lists](#closed-lists) have them all."
    return ""


def _written(value: object) -> str:
    """*value* as a person writes it in a file."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_written(each)}' for key, each in value.items())}}}"
    return value if isinstance(value, str) else json.dumps(value)


def _cautions() -> list[tuple[str, ...]]:
    return [(f"`{name}`", GROUPS[each.group].name.en, each.name.en, each.name.nl) for name, each in CAUTIONS.items()]


def _patterns() -> list[tuple[str, ...]]:
    return [(f"`{name}`", each.counts, TITLES[name].en, TITLES[name].nl) for name, each in NAMED.items()]


def command_page() -> str:
    """The command line, from the commands themselves, and the keys."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    context = typer.Context(group, info_name="psoas")
    parts = [_COMMANDS]
    parts += list(_command(group, context, "psoas"))
    for name in VERBS:
        command = command_of(name)
        parts += list(_command(command, typer.Context(command, info_name=name, parent=context), f"psoas {name}"))
    keys = [(f"`{key}`", text.en, text.nl) for key, text in KEY_LIST]
    parts += ["## Keys", "While a practice runs:", _table(("key", "English", "Nederlands"), keys), _CODES, _SETTINGS]
    return "\n\n".join(parts) + "\n"


def _command(command: TyperCommand | TyperGroup, context: typer.Context, name: str) -> Iterator[str]:
    yield f"## {name}"
    usage = command.get_usage(context).removeprefix("Usage: ")
    yield f"```text\n{' '.join(usage.split())}\n```"
    for paragraph in (command.help or "").split("\n\n"):
        if paragraph.startswith("\b\n"):
            yield f"```text\n{paragraph[2:].rstrip()}\n```"
        else:
            yield " ".join(paragraph.split())
    options = (each.get_help_record(context) for each in command.get_params(context) if each.name != "help")
    rows = [(f"`{written}`", " ".join(does.split())) for written, does in filter(None, options)]
    if rows:
        yield _table(("option", "what it does"), rows)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    cells = ([cell.replace("|", r"\|") for cell in line] for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def slug(title: str) -> str:
    """The anchor that a heading *title* gets on the pages of a repository."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


if __name__ == "__main__":
    main()

"""Wrong usage of the command line, said as psoas says everything else."""

from collections.abc import Iterable
from typing import Any

from psoas_cli.errors import PsoasError, nearest
from psoas_cli.practice.model.text import uncapitalised


def usage_error(error: Any) -> PsoasError:  # noqa: ANN401 - the classes are inside Typer
    """Return what the parser's *error* comes to, in psoas's own words."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "psoas"
    hint = f"{path} --help shows {'the commands and' if path == 'psoas' else 'its'} options"
    param = _meant(error, context) if type(error).__name__ == "BadOptionUsage" else None
    if param and not param.is_flag and param.help:
        hint = f"{uncapitalised(param.help).removesuffix('.')}; {hint}"
    return PsoasError(_message(error, context), hint)


def _message(error: Any, context: Any) -> str:  # noqa: ANN401
    params = context.command.get_params(context) if context else []
    match type(error).__name__:
        case "NoSuchOption":
            return f"there is no option {error.option_name}{nearest(error.option_name, _options(params))}"
        case "MissingParameter":
            return f"{_called(error.param, context)}, got nothing"
        case "BadOptionUsage" | "BadArgumentUsage":
            param = _meant(error, context)
            if param is None or param.is_flag:
                return f"{error.option_name}: expected no value, as it is either there or not"
            return f"{error.option_name}: expected {param.make_metavar(context)}, got nothing"
        case "BadParameter":
            return f"{_name(error.param)}: {error.message}"
    said = uncapitalised(str(getattr(error, "message", error))).removesuffix(".")
    _, extra, rest = said.partition("unexpected extra argument(s) (")
    return f"too many words: {rest.removesuffix(')')}" if extra else said


def _meant(error: Any, context: Any) -> Any:  # noqa: ANN401
    """Return the option that *error* is about; None if it is not known."""
    params = context.command.get_params(context) if context else []
    return next((each for each in params if error.option_name in each.opts), None)


def _options(params: Any) -> list[str]:  # noqa: ANN401
    return [name for param in params for name in (*param.opts, *param.secondary_opts) if name.startswith("-")]


def _called(param: Any, context: Any) -> str:  # noqa: ANN401
    """Return that *param* was expected, as the usage line calls it."""
    metavar = param.make_metavar(context)
    return f"{_name(param)}: expected {metavar}" if param.param_type_name == "option" else f"expected {metavar}"


def _name(param: Any) -> str:  # noqa: ANN401
    """Return the longest name of the option *param*, or the argument as it is written."""
    return str(max(param.opts, key=len)) if param.param_type_name == "option" else str(param.human_readable_name)


def unknown_verb(written: str, verbs: Iterable[str]) -> PsoasError:
    """Return the error for a verb that is not one of *verbs*; it may be the name of a practice."""
    from psoas_cli.practice.model.names import match
    from psoas_cli.storage.sequence_files import entries

    message = f'there is no command "{written}"{nearest(written.lower(), verbs)}'
    if name := match(written, entries()):
        return PsoasError(message, f"psoas practice {name} starts the practice of that name")
    return PsoasError(message, "psoas --help shows the commands and options")

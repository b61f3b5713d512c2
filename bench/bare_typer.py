"""An empty Typer app: the baseline for psoas's start-up time."""

import typer

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command("list")
def list_nothing() -> None:
    """List nothing."""
    typer.echo("nothing")


@app.command()
def hello(name: str = "you") -> None:
    """Greet someone."""
    typer.echo(f"hello {name}")


if __name__ == "__main__":
    app()

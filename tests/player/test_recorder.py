"""What is written down of a session while it runs."""

from tests.player.world import World, sequence_of

from psoas_cli.player.recorder import Progress, Recorder

STEPS = "  - {name: One, hold: 25s}\n  - {name: Two, hold: 5s}\n"


def written(*failures: str) -> tuple[list[tuple[Progress, str]], str]:
    """All that is written of a whole session, whose first attempts fail, and what the person is told."""
    orders, reasons = [], [*failures]

    def write(progress: Progress, state: str) -> str:
        orders.append((progress, state))
        return reasons.pop(0) if reasons else ""

    keeper, world = Recorder(write), World(sequence_of(STEPS))
    show = world.show

    def look(status: object) -> None:
        show(status)  # type: ignore[arg-type] # a Status
        keeper.look(world.session)

    world.show = look  # type: ignore[method-assign] # it sees every instant
    world.run()
    keeper.end(world.session, "completed")
    return orders, keeper.told


def test_it_is_written_at_every_span_every_ten_seconds_and_in_the_end() -> None:
    orders, told = written()
    practised = [round(progress.practised) for progress, _ in orders]
    assert practised == [0, 0, 10, 20, 25, 30]
    assert [state for _, state in orders] == ["running"] * 5 + ["completed"]
    assert (orders[-1][0].stops, told) == (2, "")


def test_after_a_failure_it_is_written_on_and_told_once() -> None:
    orders, told = written("It is locked", "It is locked still")
    assert told == "It is locked"
    assert orders == written()[0]

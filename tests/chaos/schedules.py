"""Random schedules: what happens in a world, how it ends, and what must be true then."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from gateway.fsck import queue as fsck_queue
from gateway.fsck import service as fsck
from gateway.fsck import status as fsck_status
from gateway.fsck.report import InvariantReport
from gateway.transmissions.control import pauses
from tests.chaos import authorities
from tests.chaos.ground import Ground
from tests.chaos.wires import Trouble
from tests.chaos.world import POLICY, Fuse, World

_GRANTED = {"accepted", "cleared"}
_MOST_DOCUMENTS = 3
_AWAY = 0.5  # share of the times that an authority is not there in which nobody can connect
_EARLY = 0.2  # share of signals that are said before their time
_TURNS = 400  # after which something that still waits is stuck
_STATES = """
select t.message_id, t.channel, t.transport, t.regulatory, t.action_required, t.attempts,
       o.state, o.due_at, d.number, d.sequence,
       (select count(*) from event e where e.transmission_id = t.id
          and e.type = 'transmission.outcome_unknown') as unknown,
       (select array_agg(a.role) from archive_entry a where a.document_id = d.id) as roles,
       (select count(*) from event e where e.transmission_id = t.id
          and e.type = 'transmission.verdict') as verdicts,
       (select count(distinct e.data ->> 'signal_id') from event e where e.transmission_id = t.id
          and e.type = 'transmission.verdict') as signals,
       (select count(*) from event e where e.transmission_id = t.id and e.evidence_id is not null
          and not exists (select from archive_entry a where a.id = e.evidence_id)) as unproven,
       (select count(*) from event e where e.transmission_id = t.id
          and e.type = 'transmission.deferred') as deferred
  from document d
  left join transmission t on t.document_id = d.id and t.account_id = d.account_id
  left join outbox o on o.transmission_id = t.id and o.account_id = t.account_id
 where d.account_id = %s order by d.sequence
"""


@dataclass(frozen=True)
class Bias:
    """How a schedule begins, to come soon by what it is to find.

    Attributes:
        channel: By which its first documents go.
        fuse: What happens to whoever acts then.
        trouble: What happens to the first exchange.
        documents: How many there are.
        by_worker: The fuse is lit once the documents are issued.
    """

    channel: str
    fuse: Fuse | None = None
    trouble: Trouble | None = None
    documents: int = 1
    by_worker: bool = False


@dataclass(frozen=True)
class Result:
    """How a schedule ended.

    Attributes:
        seed: Makes it again.
        digest: Of its trace.
        wrong: What must not be.
        world: What happened.
    """

    seed: int
    digest: str
    wrong: list[str]
    world: World


def play(ground: Ground, seed: int, *, steps: int = 20, bias: Bias | None = None) -> Result:
    """Play the schedule of a seed, let it end, and judge it."""
    world = World(ground, seed)
    chance = world.chance
    world.troubled = chance.choice((0.2, 0.4, 0.7))
    try:
        if bias is not None:
            begin(world, bias)
        for _ in range(chance.choice((1, 1, 1, 2, 2, 3)) if bias is None else 0):
            _wanted(world)
        for _ in range(steps):
            step(world)
        settle(world)
        wrong = judge(world)
    except AssertionError as error:
        wrong = [str(error)]
    except sa.exc.DBAPIError as error:
        wrong = [f"the database refused: {error.orig}"]
    finally:
        end(world)
    return Result(seed, world.digest, wrong, world)


def end(world: World) -> None:
    """Let a world go: nobody moves any more."""
    world.fuse = None
    world.ground.database.moment = lambda _: None
    for process in world.processes:
        process.keeper.retire()


def begin(world: World, bias: Bias) -> None:
    """Issue and send the first documents under what a bias says."""
    for _ in range(bias.documents):
        world.want(bias.channel)
    issuing = bias.fuse is not None and bias.fuse.place in {"committed", "before a commit"}
    world.fuse = replace(bias.fuse) if bias.fuse and issuing and not bias.by_worker else None
    for asked in world.asked:
        world.answer(asked)
        world.answer(asked)
    world.fuse = replace(bias.fuse) if bias.fuse and world.fuse is None else None
    world.forced = bias.trouble
    world.turn(world.processes[0])
    world.turn(world.processes[1])


def step(world: World) -> None:
    """Let one thing happen."""
    world.chance.choices(_THINGS, _WEIGHTS)[0](world)


def _ask(world: World) -> None:
    if waiting := [one for one in world.asked if one.told is None]:
        world.answer(world.chance.choice(waiting))


def _repeat(world: World) -> None:
    if told := [one for one in world.asked if one.told is not None]:
        world.answer(world.chance.choice(told))


def _wanted(world: World) -> None:
    """Ask for a document; for as many as may go at once, where several may."""
    rules = world.chance.choice(authorities.ALL)
    for _ in range(rules.batch):
        world.want(rules.name)


def _want(world: World) -> None:
    if len(world.asked) < _MOST_DOCUMENTS:
        _wanted(world)


def _work(world: World) -> None:
    world.turn(world.chance.choice(world.processes))


def _signals(world: World) -> None:
    authority = world.chance.choice(list(world.authorities.values()))
    world.deliver(authority, late=world.chance.random() < _EARLY)


def _time(world: World) -> None:
    world.time.go(timedelta(seconds=world.chance.choice((0.5, 5, 31, 120, 3600))))


def _fuse(world: World) -> None:
    chance = world.chance
    what = chance.choice(("kill", "kill", "freeze", "lose"))
    place = "after a commit" if what == "lose" else chance.choice(_PLACES)
    left = chance.randint(1, 3 if place else 60)
    world.fuse = Fuse(left, what, chance.choice((1, 16, 40, 600)), place)


def restart(world: World) -> None:
    """End every session of the gateway, as a restart of the database does."""
    world.note("the database restarts")
    world.reached["database restart"] += 1
    world.ground.restart()
    for process in world.processes:
        process.excused = True


def _close(world: World) -> None:
    authority = world.chance.choice(list(world.authorities.values()))
    until = world.time.seconds + world.chance.choice((30, 900, 7200))
    if world.chance.random() < _AWAY:
        authority.away_until = until
        world.reached["away"] += 1
        world.note(f"{authority.rules.name} is away")
    else:
        authority.closed_until = until
        world.reached["maintenance"] += 1
        world.note(f"{authority.rules.name} is closed")


def _pause(world: World) -> None:
    channel = world.chance.choice(authorities.ALL).name
    fuse, world.fuse = world.fuse, None  # it is not for the operator
    with world.ground.database.worker_transaction() as tx:
        if pauses.is_paused(tx, channel):
            pauses.resume(tx, channel, "operator")
            world.note(f"{channel} goes on")
        else:
            pauses.pause(tx, channel, "maintenance", "operator", world.time())
            world.reached["paused"] += 1
            world.note(f"{channel} is paused")
    world.fuse = fuse


_PLACES = ("", "", "before a commit", "before the wire", "after the wire")
_THINGS = (_ask, _work, _signals, _time, _fuse, _repeat, _want, restart, _close, _pause)
_WEIGHTS = (5, 9, 3, 5, 3, 1, 1, 0.4, 0.4, 0.4)


def settle(world: World) -> None:
    """End all trouble and let the clock run until nothing is left to do."""
    world.note("all trouble ends")
    world.calm = True
    world.fuse = None
    for authority in world.authorities.values():
        authority.closed_until = authority.away_until = 0
    for (channel,) in world.ground.admin.execute("select channel from channel_pause").fetchall():
        with world.ground.database.worker_transaction() as tx:
            pauses.resume(tx, channel, "operator")
    for asked in world.asked:
        tries = 0
        while not world.answer(asked):
            tries += 1
            assert tries < 5, f"{asked.key} is never answered"
    for number in range(_TURNS):
        # Who comes second is asked when the first finds nothing: a lane may be held for it alone.
        one, other = world.processes[number % 2 :] + world.processes[: number % 2]
        worked = world.turn(one) or world.turn(other)
        for authority in world.authorities.values():
            authority.arrive()
            world.deliver(authority)
        if not worked and not _wait_for_what_is_due(world):
            return
    raise AssertionError("there is always something left to do")


def _wait_for_what_is_due(world: World) -> bool:
    """Let time pass until the next thing is due; False when nothing ever will be.

    What is due and was not worked on waits for another row of its lane, or for a lease to end.
    """
    waiting, following = world.ground.admin.execute(
        "select count(due_at), min(due_at) filter (where due_at > %s) from outbox"
        " where account_id = %s and state <> 'closed'",
        [world.time(), world.tenant.account_id],
    ).fetchone() or (0, None)
    moments = [
        one.due - world.time.seconds for each in world.authorities.values() for one in each.pushes
    ]
    if following is not None:
        moments.append((following - world.time()).total_seconds())
    if not waiting and not moments:
        return False
    span = min(moments, default=POLICY.lease_seconds)
    world.time.go(timedelta(seconds=max(span, 1.0)))
    return True


def judge(world: World) -> list[str]:
    """Return what is wrong at the end: against the books of the authorities, and in ours."""
    wrong = list(world.complaints)
    wrong += [
        f"{name}: {what}" for name, one in world.authorities.items() for what in one.complaints
    ]
    rows = world.ground.admin.execute(_STATES, [world.tenant.account_id]).fetchall()
    numbers = [row[8] for row in rows]
    told = sorted(asked.told["number"] for asked in world.asked if asked.told is not None)
    if numbers != [f"R-{place}" for place in range(1, len(world.asked) + 1)]:
        wrong.append(f"numbers {numbers} for {len(world.asked)} requests")
    if sorted(numbers) != told:
        wrong.append(f"told {told}, issued {numbers}")
    for row in rows:
        wrong += [f"{row[8]} by {row[1]}: {what}" for what in _of_one(world, row)]
    return wrong


def _of_one(world: World, row: tuple[Any, ...]) -> list[str]:
    message_id, channel, transport, regulatory, action, attempts, state, due_at, *_ = row
    if message_id is None:
        return ["it was never queued"]
    world.reached["outcome_unknown"] += row[10]
    world.reached["deferred"] += row[15]
    if message_id in world.authorities[channel].given_up:
        world.reached["given up"] += 1
    found = [f"{row[12]} verdicts of {row[13]} signals"] if row[12] != row[13] else []
    if row[14]:
        found.append(f"{row[14]} events point at evidence that is not there")
    taken = world.authorities[channel].taken(message_id)
    if len(taken) > 1:
        found.append(f"it is registered {len(taken)} times")
    others = [one for one in world.authorities[channel].entries if one.document == row[8]]
    if len(others) != len(taken):
        found.append("it is registered under another message id")
    if state not in {"closed", "stuck"}:
        found.append(f"it is {state}, due {due_at}, and nobody works on it")
    if action is None:
        found += _compare(world, channel, message_id, transport, regulatory)
    else:
        world.reached[f"action_required {action.partition(':')[0]}"] += 1
    roles = set(row[11] or ())
    if attempts and "request" not in roles:
        found.append("no request in its evidence")
    if transport in {"submitted", "delivered"} and not roles & {"receipt", "signal"}:
        found.append("it arrived without proof")
    return found


def _compare(
    world: World, channel: str, message_id: str, transport: str, regulatory: str
) -> list[str]:
    authority = world.authorities[channel]
    taken = authority.taken(message_id)
    if not taken:
        if message_id in authority.refused:
            refused = transport == "failed_permanent" and regulatory == "rejected"
            return [] if refused else [f"refused there, {transport} {regulatory} here"]
        return [f"never seen there, {transport} {regulatory} here"]
    accepted = taken[0].verdict == "accepted"
    arrived = transport in {"submitted", "delivered"}
    agrees = (regulatory in _GRANTED) if accepted else (regulatory == "rejected")
    return (
        [] if arrived and agrees else [f"{taken[0].verdict} there, {transport} {regulatory} here"]
    )


def fsck_of(ground: Ground) -> list[str]:
    """Return what the independent checker says of all that was ever played on a ground."""
    found = []
    with fsck.snapshot(ground.admin_url) as connection:
        for check, name in ((fsck_status.check, "INV9"), (fsck_queue.check, "INV10")):
            report = InvariantReport(name)
            check(connection, report)
            found += [f"{name} {one.where}: {one.what}" for one in report.problems]
    return found

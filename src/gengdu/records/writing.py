"""Writes staged rows into the registers in one short transaction, and undoes what was written.

Nothing is changed in place: a row that no longer holds is superseded, and another is recorded. What
was previewed is looked at again inside the transaction; if somebody was faster, nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Q, QuerySet

from gengdu.access.actors import acting_as
from gengdu.access.trail.models import Kind
from gengdu.access.trail.operations import append
from gengdu.records import sheets
from gengdu.records.models import Change, ChangeKind, Recorded
from gengdu.records.sheets import Part, Register
from gengdu.records.staging import NOTHING_NEW, ROWS_AT_ONCE, Stage, written_fields

_SCHOOL = "schools.School"


class Moved(RuntimeError):
    """What was previewed is no longer so; the message says what to do."""


class CannotUndo(RuntimeError):
    """Rows of the change were changed again later; the message says how many."""


def commit(
    stage: Stage, change: Change, *, also: Callable[[Change], None] = lambda saved: None
) -> Change:
    """Write everything that is staged as one change, and return the change as saved.

    Args:
        stage: What to write.
        change: Not saved yet; its counts are filled in here.
        also: What else belongs into the same transaction; told the saved change.

    Raises:
        Moved: If a row to be replaced was replaced since, or a new one is there already.
    """
    register = stage.register
    parts = [part for part in register.parts if stage.count(part)]
    with _copied(stage, parts):
        try:
            with transaction.atomic():
                wait_for_others(register)
                _check_nothing_moved(register, parts)
                things = _write(stage, parts, change)
                also(change)
                seal(change, things)
        except IntegrityError as error:
            raise Moved(_moved_zh()) from error
    return change


def _moved_zh(count: int = 0) -> str:
    some = f"有 {count} 条记录" if count else "有记录"
    return f"预览之后{some}已被别人改动，没有写入任何数据。请重新预览，再确认。"


def seal(change: Change, things: set[int]) -> None:
    """Note the change in the trail, last of all: one note too many, never one too few.

    Args:
        change: What was written.
        things: Ids of what it was written about.
    """
    register = sheets.find(change.register)
    append(
        acting_as(change.account), Kind.WRITE, ids=sorted(things),
        subject=register.model_label if register else change.register,
        school_ids=_schools(change, things), reason=change.reason,
        detail={"what": change.summary, "change": change.pk, "counts": change.counts},
    )  # fmt: skip


def _schools(change: Change, things: set[int]) -> set[int]:
    """Return the schools whose records a change wrote or ended, or in whose people it wrote."""
    register = sheets.find(change.register)
    if register is None:
        return set()
    if not register.school:
        is_of_schools = register.identity is not None and register.identity._meta.label == _SCHOOL
        return things if is_of_schools else set()
    column = register.by_key[register.school]
    part = register.part(register.part_of(column))
    attname = register.attname(column)
    if part.via:  # the schools of the people whom the rows are about
        pointers = _rows_of(register.anchor, change).values_list(f"{part.via}_id", flat=True)
        return _schools_of(part, attname, set(pointers))
    found = set(_rows_of(part, change).values_list(attname, flat=True).distinct())
    return (found | _schools_of(part, attname, things) if part.link else found) - {None}


def _schools_of(part: Part, attname: str, things: set[int]) -> set[int]:
    """Return the schools that the live rows of some things name."""
    wanted, found = sorted(things), set()
    for at in range(0, len(wanted), ROWS_AT_ONCE):
        some = {f"{part.link}__in": wanted[at : at + ROWS_AT_ONCE]}
        live = part.model._default_manager.filter(superseded_at=None, **some)
        found |= set(live.values_list(attname, flat=True).distinct())
    return found


def _write(stage: Stage, parts: list[Part], change: Change) -> set[int]:
    register = stage.register
    base = _make_things(stage, change)
    change.counts |= {"tables": {}}
    change.save()
    things: set[int] = set()
    for part in parts:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT coalesce(thing, new + {base}) FROM {_staged(part)}")
            things |= {row[0] for row in cursor.fetchall() if row[0] is not None}
            _supersede(cursor, part, change)
            _keep_what_held_before(cursor, part, change)
            written = _insert(cursor, register, part, change, base)
        change.counts["tables"][part.model._meta.db_table] = (
            change.counts["tables"].get(part.model._meta.db_table, 0) + written
        )
    change.save(update_fields=["counts"])
    if register.identity is None:  # a new row is a thing of its own, and has its id only now
        return set(_rows_of(register.anchor, change).values_list("pk", flat=True))
    return things


def _rows_of(part: Part, change: Change) -> QuerySet[Any]:
    """Return the rows of a part that a change wrote or ended."""
    rows: QuerySet[Any] = part.model._default_manager.all()
    return rows.filter(Q(recorded_in=change) | Q(superseded_in=change))


@contextmanager
def _copied(stage: Stage, parts: list[Part]) -> Iterator[None]:
    """Hold the staged rows in temporary tables of this connection, which keep nobody waiting."""
    try:
        for part in parts:
            _copy(stage, part)
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                for part in parts:
                    cursor.execute(f"DROP TABLE IF EXISTS {_staged(part)}")


def _staged(part: Part) -> str:
    return f"staged_{part.name}"


def _copy(stage: Stage, part: Part) -> None:
    names = written_fields(stage.register, part)
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {_staged(part)}")
        cursor.execute(
            f"CREATE TEMPORARY TABLE {_staged(part)} AS SELECT id AS thing, id AS new, id AS old, "
            f'{_no_day()} AS cut_on, {columns} FROM "{part.model._meta.db_table}" WHERE 1 = 0'
        )
        rows = stage.rows(part)
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {_staged(part)} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join("?" * (len(names) + 4))
        raw = cursor.connection.cursor()
        while batch := list(islice(rows, ROWS_AT_ONCE)):
            raw.executemany(f"INSERT INTO {_staged(part)} VALUES ({places})", batch)


def _no_day() -> str:
    return "CAST(NULL AS date)" if connection.vendor == "postgresql" else "NULL"


def wait_for_others(register: Register) -> None:
    """Let one writer of a register at a time; SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [register.key])


def _check_nothing_moved(register: Register, parts: list[Part]) -> None:
    for part in parts:
        table = part.model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT count(*) FROM {_staged(part)} s JOIN "{table}" r ON r.id = s.old '
                "WHERE r.superseded_at IS NOT NULL"
            )
            moved = int(cursor.fetchone()[0])
            moved += sum(_taken(cursor, register, part, keys) for keys in register.keys)
        if moved:
            raise Moved(_moved_zh(moved))


def _taken(cursor: Any, register: Register, part: Part, keys: tuple[str, ...]) -> int:
    """Return how many rows go by a number anew that somebody else has taken since."""
    columns = [register.by_key[key] for key in keys]
    if any(column.part != part.name for column in columns):
        return 0
    names = [register.attname(column) for column in columns]
    same = " AND ".join(f'r."{name}" = s."{name}"' for name in names)
    texts = [name for name in names if _is_text(part.model, name)]
    filled = "".join(f" AND s.\"{name}\" <> ''" for name in texts)
    is_new = " OR ".join(f'o."{name}" <> s."{name}"' for name in names)
    others = f'(s.thing IS NULL OR r."{part.link}_id" <> s.thing)' if part.link else "1 = 1"
    table = part.model._meta.db_table
    cursor.execute(
        f'SELECT count(*) FROM {_staged(part)} s JOIN "{table}" r ON {same} '
        f'LEFT JOIN "{table}" o ON o.id = s.old '
        f"WHERE (s.old IS NULL OR {is_new}) AND r.superseded_at IS NULL AND {others}"
        f"{filled}{_at_the_same_time(part)}"
    )
    return int(cursor.fetchone()[0])


def _at_the_same_time(part: Part) -> str:
    if not part.is_dated:
        return ""
    return (
        " AND (s.ends_on IS NULL OR r.starts_on < s.ends_on)"
        " AND (r.ends_on IS NULL OR r.ends_on > s.starts_on)"
    )


def _is_text(model: type[models.Model], attname: str) -> bool:
    field = next(item for item in model._meta.concrete_fields if item.attname == attname)
    return isinstance(field, models.CharField)


def _make_things(stage: Stage, change: Change) -> int:
    """Make new identities, and return the id before the first of them."""
    register, count = stage.register, stage.new_things()
    if register.identity is None or not count:
        return 0
    base = _last_id(register.identity, count)
    names = written_fields(register, register.anchor)
    known = {"recorded_at": change.at} if issubclass(register.identity, Recorded) else {}
    made = (
        register.identity(
            pk=base + new,
            **known,
            **register.code(base + new),
            **register.described(dict(zip(names, values, strict=True))),
        )
        for _, new, _, _, *values in stage.rows(register.anchor)
        if new
    )
    register.identity._default_manager.bulk_create(made, batch_size=ROWS_AT_ONCE)
    return base


def _last_id(model: type[models.Model], count: int) -> int:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
            sequence = cursor.fetchone()[0]
            cursor.execute("SELECT nextval(%s)", [sequence])
            first = int(cursor.fetchone()[0])
            cursor.execute("SELECT setval(%s, %s)", [sequence, first + count - 1])
            return first - 1
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        return int(found[0]) if found else 0


def _supersede(cursor: Any, part: Part, change: Change) -> None:
    cursor.execute(
        f'UPDATE "{part.model._meta.db_table}" SET superseded_at = %s, superseded_in_id = %s '
        f"WHERE id IN (SELECT old FROM {_staged(part)} WHERE old IS NOT NULL)",
        [_moment(change), change.pk],
    )


def _moment(change: Change) -> Any:
    """Return when a change was made, as the store keeps moments."""
    return connection.ops.adapt_datetimefield_value(change.at)


def _columns(part: Part) -> list[str]:
    fields = part.model._meta.concrete_fields
    return [str(field.column) for field in fields if not field.primary_key]


def _keep_what_held_before(cursor: Any, part: Part, change: Change) -> None:
    """Record again, with its end, what held until the day of the change."""
    if not part.is_dated:
        return
    made = {"recorded_at": "%s", "recorded_in_id": "%s", "ends_on": "s.cut_on",
            "superseded_at": "NULL", "superseded_in_id": "NULL"}  # fmt: skip
    _insert_select(cursor, part, made, "s.cut_on IS NOT NULL", change)


def _insert(cursor: Any, register: Register, part: Part, change: Change, base: int) -> int:
    """Record the staged rows; what the register does not know of is carried on from the old row."""
    made = {"recorded_at": "%s", "recorded_in_id": "%s", "superseded_at": "NULL",
            "superseded_in_id": "NULL"}  # fmt: skip
    if part.link:
        made[f"{part.link}_id"] = f"coalesce(s.thing, s.new + {base})"
    made |= {name: f's."{name}"' for name in written_fields(register, part)}
    return _insert_select(cursor, part, made, f"coalesce(s.new, 1) <> {NOTHING_NEW}", change)


def _insert_select(
    cursor: Any, part: Part, made: Mapping[str, str], condition: str, change: Change
) -> int:
    table = part.model._meta.db_table
    defaults = {field.column: field for field in part.model._meta.concrete_fields}
    columns = _columns(part)
    parameters: list[Any] = []
    expressions = []
    for column in columns:
        expression = made.get(column)
        if expression == "%s":
            parameters.append(_moment(change) if column == "recorded_at" else change.pk)
        if expression is None:
            expression = f'coalesce(r."{column}", %s)'
            parameters.append(_default(defaults[column]))
        expressions.append(expression)
    names = ", ".join(f'"{column}"' for column in columns)
    cursor.execute(
        f'INSERT INTO "{table}" ({names}) SELECT {", ".join(expressions)} FROM {_staged(part)} s '
        f'LEFT JOIN "{table}" r ON r.id = s.old WHERE {condition}',
        parameters,
    )
    return int(cursor.rowcount)


def _default(field: models.Field[Any, Any]) -> Any:
    value = field.get_default()
    return field.get_db_prep_save(value, connection) if value is not None else None


def undo(
    change: Change, undoing: Change, *, also: Callable[[Change], None] = lambda saved: None
) -> Change:
    """Take back everything that one change wrote, and record again what it ended.

    Args:
        change: What to take back.
        undoing: Not saved yet; it is saved as the change that undoes the other.
        also: What else belongs into the same transaction; told the saved change.

    Raises:
        CannotUndo: If rows it wrote have been changed again, or it is undone already.
    """
    undoing.kind, undoing.undoes = ChangeKind.UNDO, change
    tables = {model._meta.db_table: model for model in apps.get_models()}
    touched = [tables[name] for name in change.counts.get("tables", {})]
    try:
        with transaction.atomic():
            _check_undoable(change, touched)
            undoing.save()
            for model in touched:
                _take_back(model, change, undoing)
            also(undoing)
            seal(undoing, _things_of(undoing, touched))
    except IntegrityError as error:
        raise CannotUndo(
            "这次操作结束的记录，后来又登记了同一时间的别的记录，恢复会重叠，没有改动任何数据。"
            "请先撤销后来的操作，或逐条更正。"
        ) from error
    return undoing


def _things_of(change: Change, touched: list[type[models.Model]]) -> set[int]:
    """Return what the rows that a change ended are about."""
    register = sheets.find(change.register)
    if register is None:
        return set()
    things: set[int] = set()
    for part in register.parts:
        if part.model in touched:
            ended = part.model._default_manager.filter(superseded_in=change)
            things |= set(ended.values_list(part.link or "pk", flat=True))
    return things


def _check_undoable(change: Change, touched: list[type[models.Model]]) -> None:
    if Change.objects.filter(undoes=change).exists():
        raise CannotUndo("这次操作已经撤销过了，不必再撤。")
    later = sum(_changed_since(model, change) for model in touched)
    if later:
        raise CannotUndo(
            f"这次操作写入的记录里有 {later} 条后来又被改动，不能整批撤销，没有改动任何数据。"
            "请先撤销后来的操作，或逐条更正。"
        )


def _changed_since(model: type[models.Model], change: Change) -> int:
    """Return how many rows of a change a later one ended that has not been undone itself."""
    rows = model._default_manager.filter(recorded_in=change, superseded_at__isnull=False)
    return int(rows.filter(superseded_in__undone_by=None).count())


def _take_back(model: type[models.Model], change: Change, undoing: Change) -> None:
    """End what a change wrote, and record again what it ended.

    What is recorded again keeps the change that first said so: that one can then be undone as well.
    """
    live = model._default_manager.filter(recorded_in=change, superseded_at=None)
    live.update(superseded_at=undoing.at, superseded_in=undoing)
    fields = model._meta.concrete_fields
    columns = [str(field.column) for field in fields if not field.primary_key]
    made = {"recorded_at": "%s", "superseded_at": "NULL", "superseded_in_id": "NULL"}
    expressions = ", ".join(made.get(column, f'"{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) SELECT {expressions} FROM "{table}" '
            "WHERE superseded_in_id = %s ORDER BY id",
            [_moment(undoing), change.pk],
        )

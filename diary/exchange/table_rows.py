"""The rows of somebody's table: any encoding, delimiter and line ending, with the line that each begins on."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from diary.domain.errors import InvalidValue
from diary.exchange.table_map import TableMap


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column, without blanks around them, and the line of the file on which it begins."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def read_rows(content: bytes, table_map: TableMap) -> Iterator[Row]:
    """Every row that the map means, blanks filled from above where the map says so.

    `InvalidValue` for a table that cannot be read: its encoding, a column that is not there, a cell without an end.
    """
    lines = io.StringIO(_decoded(content, table_map.encoding), newline="")
    for _ in range(table_map.skip_lines):
        lines.readline()
    reader = csv.reader(lines, delimiter=table_map.delimiter)
    header = _header(reader, table_map)
    above: dict[str, str] = {}
    while True:
        line = table_map.skip_lines + reader.line_num + 1
        cells = _next(reader, line)
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        row = dict.fromkeys(header, "") | {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        for column in table_map.repeat_blank:
            row[column] = above[column] = row[column] or above.get(column, "")
        if table_map.rows is None or row[table_map.rows.column] in table_map.rows.values:
            yield Row(line, row)


def _decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except LookupError:
        raise InvalidValue(
            "encoding", "%(given)s is not an encoding such as utf-8 or windows-1252", given=repr(encoding)
        ) from None
    except UnicodeError as error:
        before = content[: error.start] if isinstance(error, UnicodeDecodeError) else b""
        line = before.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
        raise InvalidValue(
            f"line {line}", "is not text in %(encoding)s; name the table's encoding in the map", encoding=encoding
        ) from None
    return text.removeprefix("\ufeff")


def _next(reader: Iterator[list[str]], line: int) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        raise InvalidValue(f"line {line}", "cannot be read as a table: %(error)s", error=error) from None


def _header(reader: Iterator[list[str]], table_map: TableMap) -> list[str]:
    header = [name.strip() for name in _next(reader, table_map.skip_lines + 1) or []]
    for key, column in _columns_of(table_map):
        if column not in header:
            names = ", ".join(filter(None, header))
            raise InvalidValue(
                key, "there is no column %(column)s; the table has %(names)s", column=repr(column), names=names
            )
        if header.count(column) > 1:
            raise InvalidValue(
                key, "the table has %(count)s columns %(column)s", count=header.count(column), column=repr(column)
            )
    return header


def _columns_of(table_map: TableMap) -> Iterator[tuple[str, str]]:
    """Every column that the map names, with the key that names it."""
    for index, column in enumerate(table_map.repeat_blank):
        yield f"repeat_blank[{index}]", column
    for key in ("person", "rows", "day", "recorded"):
        part = getattr(table_map, key)
        for name in ("column", "year", "month", "day"):
            if named := getattr(part, name, None):
                yield f"{key}.{name}", named
    for key, columns in (
        ("scores", table_map.scores),
        ("baseline_columns", table_map.baseline_columns),
        *((f"moments[{index}]", moment) for index, moment in enumerate(table_map.moments)),
    ):
        for instrument, column in columns.given().items():
            yield f"{key}.{instrument.value}", column

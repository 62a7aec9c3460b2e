"""How large a file may be, and the one exception by which a file is turned away."""

from __future__ import annotations

from dataclasses import dataclass, field

MEGABYTE = 2**20

BROKEN = "文件已损坏，无法读取；请用 Excel 或 WPS 打开后另存为 .xlsx，再重新上传。"
LOCKED = "文件设有打开密码，无法读取；请在 Excel 或 WPS 中取消密码并保存，再重新上传。"


class Refused(ValueError):
    """A file that cannot be read; the message is one Chinese sentence that says how to mend it."""


@dataclass(frozen=True)
class Limits:
    """The largest file that is read.

    Attributes:
        file_bytes: Size as uploaded.
        unpacked_bytes: Size of everything in it, unpacked.
        compression_ratio: How many times smaller than its content a packed part may be.
        rows: Last row that may hold a value.
        columns: Last column that may hold a value.
        cells: Area from A1 to the last row and column with a value: the memory it takes.
        sheets: How many sheets.
    """

    file_bytes: int = 40 * MEGABYTE
    unpacked_bytes: int = 400 * MEGABYTE
    compression_ratio: int = 400
    rows: int = 200_000
    columns: int = 300
    cells: int = 12_000_000
    sheets: int = 50


@dataclass
class Extent:
    """How far the values of one sheet reach, and the formula errors among them.

    Attributes:
        rows: Last row with a value, from 1; 0 without values.
        columns: Last column with a value, from 1.
        errors: Text of the errors by row and then column, both from 0.
    """

    rows: int = 0
    columns: int = 0
    errors: dict[int, dict[int, str]] = field(default_factory=dict)

    def reach(self, row: int, column: int) -> None:
        """Take in a cell, both numbers from 1."""
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)

    def put_error(self, row: int, column: int, text: str) -> None:
        """Take in a formula error, both numbers from 0."""
        self.errors.setdefault(row, {})[column] = text

    def check(self, limits: Limits) -> None:
        """Refuse a sheet that reaches too far.

        Raises:
            Refused: If it has too many rows, columns or cells.
        """
        if self.rows > limits.rows:
            raise Refused(
                f"工作表用到了第 {self.rows} 行，最多 {limits.rows} 行；"
                "请删去多余的行，或分成几个文件上传。"
            )
        if self.columns > limits.columns:
            raise Refused(
                f"工作表用到了第 {self.columns} 列，最多 {limits.columns} 列；"
                "请删去右侧多余的列后重新上传。"
            )
        if self.rows * self.columns > limits.cells:
            raise Refused(
                f"工作表有 {self.rows} 行 × {self.columns} 列，超过 {limits.cells} 个单元格；"
                "请分成几个文件上传。"
            )


def check_sheets(count: int, limits: Limits) -> None:
    """Refuse a workbook of too many sheets.

    Raises:
        Refused: If there are more than the limits allow.
    """
    if count > limits.sheets:
        raise Refused(f"文件有 {count} 个工作表，最多 {limits.sheets} 个；请删去不需要的工作表。")

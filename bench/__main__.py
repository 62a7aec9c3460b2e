"""Runs the benchmarks named on the command line, or all, and prints them as a table."""

from __future__ import annotations

import argparse

from rich.console import Console
from rich.table import Table

from bench import imports, indicators_live, ledgers, lists, meanwhile, paths, record

BENCHMARKS = {"indicators_live": indicators_live.run, "imports": imports.run,
              "meanwhile": meanwhile.run, "lists": lists.run, "ledgers": ledgers.run,
              "paths": paths.run}  # fmt: skip
USUAL_SCALES = {
    "indicators_live": "1,10,100",
    "imports": "1",
    "meanwhile": "1",
    "lists": "5",
    "ledgers": "10",
    "paths": "24,300",
}


def main() -> None:
    """Run, append to bench/results.json, print."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", choices=[*BENCHMARKS, []], help="which benchmarks; all if none"
    )
    parser.add_argument("--scales", help="how many districts, such as 1,10; else the usual ones")
    arguments = parser.parse_args()
    table = Table(title="benchmarks: seconds are medians, ratio = seconds ÷ yardstick")
    for head in record.FIELDS:
        table.add_column(head, justify="left" if head in ("name", "yardstick") else "right")
    for name in arguments.names or BENCHMARKS:
        for scale in map(int, (arguments.scales or USUAL_SCALES[name]).split(",")):
            for row in BENCHMARKS[name](scale):
                record.append(row)
                table.add_row(*(record.cell(row[field]) for field in record.FIELDS))
    Console(width=170).print(table)


if __name__ == "__main__":
    main()

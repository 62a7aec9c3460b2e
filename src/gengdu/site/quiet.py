"""Keeps one-time codes out of the log: a refused request is noted by its address."""

from __future__ import annotations

import logging
import re

_CODE = re.compile(r"(/s/)[^/\s]+")


class HidesCodes(logging.Filter):
    """Takes the code out of the address of a survey's questionnaire before it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without codes."""
        if isinstance(record.args, tuple):
            record.args = tuple(_hidden(one) for one in record.args)
        record.msg = _hidden(record.msg)
        return True


def _hidden(value: object) -> object:
    return _CODE.sub(r"\1…", value) if isinstance(value, str) else value

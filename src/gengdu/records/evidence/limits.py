"""How large evidence may be and how long it may wait: settings, for no document has such numbers.

Each is a fact of grade `setting` and has its page like any other number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gengdu.policy import facts
from gengdu.records.evidence.kinds import Kind


@dataclass(frozen=True)
class Limits:
    """What holds on a day.

    Attributes:
        picture, document, video: Largest file, in megabytes of 2**20 bytes.
        side: Longest side of a picture that is kept, in pixels.
        megapixels: Largest picture that is opened.
        open_uploads: How many uploads one account may have under way.
        upload_days: After how many days an upload that nobody finished or used is let go.
        per_record: How many files one record may have.
    """

    picture: int
    document: int
    video: int
    side: int
    megapixels: int
    open_uploads: int
    upload_days: int
    per_record: int

    @classmethod
    def on(cls, day: date) -> Limits:
        """Return the limits of a day."""
        names = cls.__dataclass_fields__
        found = {name: int(facts.value(f"settings.evidence_{name}", on=day)) for name in names}
        return cls(**found)

    def megabytes(self, kind: Kind) -> int:
        """Return how large a file of a kind may be."""
        return {Kind.PICTURE: self.picture, Kind.VIDEO: self.video}.get(kind, self.document)

    @property
    def by_kind(self) -> dict[str, int]:
        """The largest size of each kind, in megabytes."""
        return {kind.value: self.megabytes(kind) for kind in Kind}

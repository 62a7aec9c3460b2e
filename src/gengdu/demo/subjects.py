"""Which subjects the teachers of a school teach."""

from __future__ import annotations

from collections.abc import Mapping

SHARES: Mapping[str, Mapping[str, float]] = {
    "primary": {
        "语文": 0.29, "数学": 0.24, "英语": 0.11, "体育": 0.09, "音乐": 0.06, "美术": 0.06,
        "科学": 0.06, "道德与法治": 0.05, "信息科技": 0.04,
    },
    "junior": {
        "语文": 0.15, "数学": 0.15, "英语": 0.14, "物理": 0.08, "道德与法治": 0.07, "生物学": 0.06,
        "历史": 0.06, "地理": 0.06, "化学": 0.05, "体育": 0.08, "音乐": 0.04, "美术": 0.03,
        "信息科技": 0.03,
    },
}  # fmt: skip
SCARCE = {"primary": ("音乐", "美术", "科学", "信息科技"), "junior": ("音乐", "美术", "信息科技")}


def spread(stage: str, teachers: int) -> list[str]:
    """Return a subject for each teacher of a stage, by the method of greatest remainders.

    >>> spread("primary", 4)
    ['语文', '数学', '英语', '体育']
    """
    shares = SHARES.get(stage)
    if shares is None:
        return [""] * teachers
    whole = {subject: int(share * teachers) for subject, share in shares.items()}
    by_remainder = sorted(shares, key=lambda subject: whole[subject] - shares[subject] * teachers)
    for subject in by_remainder[: teachers - sum(whole.values())]:
        whole[subject] += 1
    return [subject for subject, number in whole.items() for _ in range(number)]

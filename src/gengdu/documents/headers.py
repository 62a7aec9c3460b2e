"""Names of columns as files write them."""

import re


def normal_name(text: str) -> str:
    """Return a name without blanks, stars and what stands in brackets."""
    text = re.sub(r"[（(\[【].*?[)）\]】]", "", text)
    return re.sub(r"[\s*:：]+", "", text).casefold()

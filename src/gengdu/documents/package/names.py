"""Names of files and folders that every system can hold, Windows above all."""

from __future__ import annotations

import re

from gengdu.documents.characters import visible

# A folder for a number, one for a record, and the file: 200 bytes at most with what parts them, so
# that a folder of some depth can take them in; Windows ends at 260 characters.
SECTION_BYTES, ENTRY_BYTES, FILE_BYTES = 50, 70, 78

_FORBIDDEN = '<>:"/\\|?*#%'  # the last two would change what a link in the index points to
# Their full-width forms look alike, are in GBK and mean nothing to any system.
_ALIKE = {ord(character): chr(ord(character) + 0xFEE0) for character in _FORBIDDEN}
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*", re.I)
_EXTENSION = re.compile(r"(.+)(\.[A-Za-z0-9]{1,8})", re.DOTALL)
_EXTENSIONS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "application/zip": ".zip",
    "video/mp4": ".mp4",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
}


def safe(text: str, most_bytes: int, extension: str = "") -> str:
    """Return a text as the name of a file or folder, cut where it is too long.

    >>> safe("2-1 绿色校园?", 50), safe("a. ", 50), safe("con", 50, ".txt"), safe("", 50)
    ('2-1 绿色校园？', 'a', '_con.txt', '_')
    """
    cleaned = visible(text).translate(_ALIKE)
    name = _ended(_cut(cleaned, most_bytes - len(extension.encode())))
    if _RESERVED.fullmatch(name.partition(".")[0]):  # aux.txt is the device as well
        name = "_" + _ended(_cut(name, most_bytes - len(extension.encode()) - 1))
    return (name or "_") + extension


def _cut(text: str, most_bytes: int) -> str:
    return text.encode()[: max(most_bytes, 0)].decode(errors="ignore")


def _ended(name: str) -> str:
    """Leave out what Windows would leave out at the end, and the dot that would hide a file."""
    return name.rstrip(". ").lstrip(". ")


def split(name: str, media_type: str) -> tuple[str, str]:
    """Return a file's name without its extension, and the extension; by its type if it has none.

    >>> split("证书.JPG", "image/jpeg"), split("v1.2 定稿", "application/pdf")
    (('证书', '.JPG'), ('v1.2 定稿', '.pdf'))
    """
    found = _EXTENSION.fullmatch(visible(name))
    if found:
        return found[1], found[2]
    return name, _EXTENSIONS.get(media_type, "")


class Names:
    """The names in one folder, no two of which differ in capitals alone."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, text: str, most_bytes: int, extension: str = "") -> str:
        """Return a safe name that is still free, numbered if it is not the first of its kind."""
        name, count = safe(text, most_bytes, extension), 1
        while name.casefold() in self._taken:
            count += 1
            mark = f"（{count}）"
            short = safe(text, most_bytes - len((mark + extension).encode()))
            name = short + mark + extension
        self._taken.add(name.casefold())
        return name

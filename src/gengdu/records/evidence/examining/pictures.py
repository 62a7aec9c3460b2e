"""Pictures: read once for place and time, turned upright, shrunk, and kept without what they tell.

The same bytes always become the same bytes.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from gengdu.documents.limits import Refused
from gengdu.records.evidence.kinds import Format

QUALITY, THUMBNAIL_QUALITY = 88, 80
THUMBNAIL_SIDE = 320
FORMATS = {
    "image/jpeg": ("JPEG", "MPO"),
    "image/png": ("PNG",),
    "image/webp": ("WEBP",),
    "image/gif": ("GIF",),
}
SPOILT = "图片不完整或已损坏，打不开；请核对原图能否正常查看，再重新拍照或另存为 JPEG 后上传。"
_SECONDS = "%Y:%m:%d %H:%M:%S"


@dataclass(frozen=True)
class Taken:
    """Where and when a picture says it was taken; None where it does not.

    Attributes:
        at: In ISO form, with an offset only where the camera knew one.
        latitude, longitude: In degrees.
    """

    at: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Kept:
    """What became of a picture.

    Attributes:
        was_moving: Whether it had more pictures than the first, which alone is kept.
    """

    width: int
    height: int
    taken: Taken
    was_moving: bool


def keep(
    source: Path, form: Format, *, picture: Path, thumbnail: Path, side: int, megapixels: int
) -> Kept:
    """Write what is kept of a picture, and its thumbnail.

    Args:
        source: As it was sent.
        form: What it was told to be.
        picture: Where the kept one goes.
        thumbnail: Where the small one goes.
        side: Longest side of what is kept, in pixels.
        megapixels: The largest area that is opened at all.

    Raises:
        Refused: If it cannot be opened whole, or is absurdly large.
    """
    Image.MAX_IMAGE_PIXELS = None  # counted below, with a sentence of our own
    try:
        with Image.open(source, formats=FORMATS[form.media_type]) as opened:
            _check_area(opened.size, megapixels)
            was_moving = getattr(opened, "n_frames", 1) > 1 and opened.format != "MPO"
            taken = _taken(opened)
            opened.draft("RGB", (side, side))  # a JPEG is shrunk while it is read
            opened.load()
            upright = ImageOps.exif_transpose(opened)
            plain = _plain(upright, opened.info.get("icc_profile"))
    except Refused:
        raise
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, KeyError,
            IndexError, TypeError, OverflowError, Image.DecompressionBombError):  # fmt: skip
        raise Refused(SPOILT) from None
    plain.thumbnail((side, side), Image.Resampling.LANCZOS)
    plain.save(picture, "JPEG", quality=QUALITY, optimize=True)
    size = plain.size
    plain.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    plain.save(thumbnail, "JPEG", quality=THUMBNAIL_QUALITY, optimize=True)
    return Kept(*size, taken, was_moving)


def _check_area(size: tuple[int, int], megapixels: int) -> None:
    width, height = size
    if width * height > megapixels * 1_000_000:
        raise Refused(
            f"图片有 {width} × {height} 像素，超过 {megapixels} 百万像素，没有打开；"
            "请缩小后另存为 JPEG 再上传。"
        )


def _plain(image: Image.Image, profile: Any) -> Image.Image:
    """Return a picture in the colours of screens, on white where it is see-through."""
    if image.mode.startswith("I") or image.mode == "F":  # sixteen bits a pixel
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    image = _in_screen_colours(image, profile)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        solid = image.convert("RGBA")
        ground = Image.new("RGBA", solid.size, "white")
        ground.alpha_composite(solid)
        image = ground
    made = image.convert("RGB")
    made.info.clear()  # notes of the camera would be written again
    return made


def _in_screen_colours(image: Image.Image, profile: Any) -> Image.Image:
    if not profile or image.mode not in ("RGB", "CMYK", "L"):
        return image
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(
            image, own, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    return made or image


def _taken(image: Image.Image) -> Taken:
    """Read place and time; a camera's notes may hold anything, so nothing of them is trusted."""
    try:
        notes = image.getexif()
        details = notes.get_ifd(ExifTags.IFD.Exif)
        place = notes.get_ifd(ExifTags.IFD.GPSInfo)
    except Exception:
        return Taken()
    at = _moment(details.get(ExifTags.Base.DateTimeOriginal), details.get(0x9011))
    latitude = _degrees(place.get(2), place.get(1), "S", 90)
    longitude = _degrees(place.get(4), place.get(3), "W", 180)
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return Taken(at)
    return Taken(at, latitude, longitude)


def _moment(text: Any, offset: Any) -> str | None:
    try:
        found = datetime.strptime(str(text).strip("\x00 "), _SECONDS)  # noqa: DTZ007
    except ValueError:
        return None
    if not 1990 <= found.year <= 2100:
        return None
    with_offset = f"{found.isoformat()}{str(offset).strip(chr(0) + ' ')}" if offset else ""
    try:
        return datetime.fromisoformat(with_offset).isoformat()
    except ValueError:
        return found.isoformat()


def _degrees(parts: Any, reference: Any, negative: str, most: int) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
        found = degrees + minutes / 60 + seconds / 3600
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    if not 0 <= found <= most:  # also what is no number
        return None
    return round(-found if str(reference).strip("\x00 ").upper() == negative else found, 6)

"""A photo drawn anew: smaller, upright, and without what the camera wrote into it, which is told apart. Pure.

Never more pixels than MOST are unpacked, whatever the file says of itself.
"""

import io
import warnings
from contextlib import contextmanager
from typing import NamedTuple

from PIL import ExifTags, Image, ImageOps

MOST = 100_000_000
SHOWN, THUMBNAIL = 2560, 480
FORMATS = ("JPEG", "PNG", "WEBP")
# Of fewer the library itself begins to warn, which is an error here.
Image.MAX_IMAGE_PIXELS = MOST
# Colors between two pixels can be told of these alone: of a palette they would be those of other places in it.
SMOOTH = ("L", "LA", "RGB", "RGBA")
Base, Gps = ExifTags.Base, ExifTags.GPS
# What a broken or hostile file makes the readers of images and of their tags say.
BROKEN = (OSError, ValueError, TypeError, SyntaxError, ArithmeticError, KeyError, IndexError, AttributeError, EOFError)


class Unreadable(ValueError):  # noqa: N818 - said to a person as it is
    """No picture can be made of this file; the text says why."""


class Facts(NamedTuple):
    """What the camera wrote: degrees north and east (WGS 84) or None, its make and model, its own clock as
    "2026-07-15 22:41:07" with its offset when it knows one ("-05:00"), "" when it does not say.
    """

    lat: float | None
    lng: float | None
    device: str
    clock: str


class Drawn(NamedTuple):
    """The copy that is shown and the thumbnail, as files without any metadata, and the original's upright size."""

    shown: bytes
    thumbnail: bytes
    width: int
    height: int
    facts: Facts


def measure(opened):
    """Look at the head of an image (binary, seekable) without unpacking it. Raises Unreadable."""
    with _strict(), _open(opened):
        pass


def draw(opened):
    """A Drawn of the image in a binary, seekable file. Raises Unreadable."""
    with _strict(), _open(opened) as image:
        facts, (width, height) = read_facts(image), image.size
        try:
            turned = image.getexif().get(Base.Orientation) in (5, 6, 7, 8)
            form = "PNG" if image.format == "PNG" and max(width, height) <= SHOWN else "JPEG"
            image.draft("RGB", (SHOWN, SHOWN))  # a JPEG is unpacked hardly larger than it is shown
            upright = _bare(ImageOps.exif_transpose(_small(image)))
            shown = _as_file(upright, form, quality=88)
            upright.thumbnail((THUMBNAIL, THUMBNAIL))
            thumbnail = _as_file(upright, "JPEG", quality=80)
        except (*BROKEN, MemoryError) as error:
            raise Unreadable("The photo is cut off or damaged.") from error
    return Drawn(shown, thumbnail, *((height, width) if turned else (width, height)), facts)


@contextmanager
def _strict():
    """Too many pixels are an error; what else the readers grumble about, a broken tag, is nobody's business."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _open(opened):
    opened.seek(0)
    try:
        image = Image.open(opened, formats=FORMATS)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Unreadable(_too_many()) from error
    except BROKEN as error:
        raise Unreadable("The photo cannot be read: it is cut off or damaged.") from error
    if image.width * image.height > MOST:
        image.close()
        raise Unreadable(_too_many())
    return image


def _too_many():
    return f"The photo has more than {MOST // 1_000_000} megapixels, which is more than is accepted."


def _small(image):
    """As large as it is shown, before anything is copied: what is unpacked takes four bytes a pixel each time."""
    if image.mode not in SMOOTH:
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    image.thumbnail((SHOWN, SHOWN))
    return image


def _bare(image):
    """The pixels alone, as RGB or RGBA: every tag, comment and profile stays behind."""
    has_alpha = "A" in image.getbands() or "transparency" in image.info
    mode = "RGBA" if has_alpha else "RGB"
    bare = Image.new(mode, image.size)
    bare.paste(image.convert(mode))
    return bare


def _as_file(image, form, quality):
    if form == "JPEG" and image.mode == "RGBA":
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        image = white
    file = io.BytesIO()
    image.save(file, form, quality=quality, optimize=True)
    return file.getvalue()


# --- what the camera wrote ------------------------------------------------------------------------------------------


def read_facts(image):
    """The Facts of an opened image; what is not there or makes no sense is left out."""
    try:
        tags = image.getexif()
        own, place = tags.get_ifd(ExifTags.IFD.Exif), tags.get_ifd(ExifTags.IFD.GPSInfo)
    except BROKEN:
        return Facts(None, None, "", "")
    lat, lng = _point(place)
    device = " ".join(dict.fromkeys(filter(None, (_text(tags.get(Base.Make), 60), _text(tags.get(Base.Model), 60)))))
    return Facts(lat, lng, device[:120], _clock(own, tags))


def _point(place):
    try:
        lat = _degrees(place[Gps.GPSLatitude], str(place[Gps.GPSLatitudeRef]).strip("\0 ").upper() == "S")
        lng = _degrees(place[Gps.GPSLongitude], str(place[Gps.GPSLongitudeRef]).strip("\0 ").upper() == "W")
    except BROKEN:
        return None, None
    if not (-90 <= lat <= 90 and -180 <= lng <= 180) or (lat, lng) == (0, 0):
        return None, None
    return lat, lng


def _degrees(parts, is_negative):
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return round(-value if is_negative else value, 6)


def _clock(own, tags):
    taken = _text(own.get(Base.DateTimeOriginal) or tags.get(Base.DateTime), 19)
    if len(taken) != 19 or not taken.replace(":", "").replace(" ", "").isdecimal() or taken.startswith("0000"):
        return ""
    offset = _text(own.get(Base.OffsetTimeOriginal), 6)
    day, _, hour = taken.partition(" ")
    return f"{day.replace(':', '-')} {hour} {offset}".strip()


def _text(value, most):
    text = value.decode("ascii", "ignore") if isinstance(value, bytes) else value if isinstance(value, str) else ""
    return "".join(sign for sign in text if sign.isprintable()).strip()[:most]

"""Photos drawn anew: whatever a file says of itself, it becomes a small upright picture without tags, or a sentence."""

import io
import struct
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from evidence import pictures
from tests.evidence.photos import jpeg

WHOLE = jpeg((96, 64))
TAGS = st.dictionaries(
    st.sampled_from([1, 2, 3, 4, 271, 272, 274, 306]),
    st.one_of(st.text(max_size=8), st.binary(max_size=8), st.integers(0, 2**16 - 1), st.floats(0, 1e6)),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=30), st.booleans())
def test_a_broken_photo_is_drawn_or_refused_in_words(place, noise, cut):
    content = WHOLE[:place] + noise + (b"" if cut else WHOLE[place + len(noise) :])
    try:
        drawn = pictures.draw(io.BytesIO(content))
    except pictures.Unreadable:
        pass
    else:
        assert Image.open(io.BytesIO(drawn.shown)).size[0] <= pictures.SHOWN


@settings(max_examples=25, deadline=None)
@given(TAGS, TAGS)
def test_whatever_stands_in_the_tags_they_are_read_or_left_out_and_never_served(tags, place):
    image, exif = Image.new("RGB", (8, 8)), Image.Exif()
    for tag, value in tags.items():
        exif[tag] = value
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(place)
    file = io.BytesIO()
    try:
        image.save(file, "JPEG", exif=exif)
    except Exception:  # no camera writes that
        return
    drawn = pictures.draw(file)
    assert drawn.facts.lat is None or -90 <= drawn.facts.lat <= 90
    assert drawn.facts.device.isprintable()
    for served in (drawn.shown, drawn.thumbnail):
        assert not Image.open(io.BytesIO(served)).getexif()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_however_the_camera_was_held(orientation):
    image = Image.new("RGB", (60, 40), "white")
    image.paste("red", (0, 0, 30, 20))
    exif, file = Image.Exif(), io.BytesIO()
    exif[ExifTags.Base.Orientation] = orientation
    image.save(file, "JPEG", exif=exif, quality=95)
    drawn = pictures.draw(file)
    shown = Image.open(io.BytesIO(drawn.shown))
    corners = {1: (5, 5), 2: (55, 5), 3: (55, 35), 4: (5, 35), 5: (5, 5), 6: (35, 5), 7: (35, 55), 8: (5, 55)}
    assert shown.size == (drawn.width, drawn.height) == ((60, 40) if orientation < 5 else (40, 60))
    red, green, _blue = shown.getpixel(corners[orientation])
    assert (red > 200, green < 60) == (True, True)


def test_what_shines_through_stands_on_white_and_a_small_drawing_stays_sharp():
    file = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(file, "PNG", pnginfo=None)
    drawn = pictures.draw(file)
    assert Image.open(io.BytesIO(drawn.shown)).format == "PNG"
    assert Image.open(io.BytesIO(drawn.thumbnail)).getpixel((5, 5)) == (255, 255, 255)


def test_places_south_and_west_and_nowhere():
    south = pictures.draw(io.BytesIO(jpeg(place=(-33.5, 151.25)))).facts
    assert (south.lat, south.lng) == (-33.5, 151.25)
    nowhere = pictures.draw(io.BytesIO(jpeg(place=(0, 0)))).facts
    assert (nowhere.lat, nowhere.lng) == (None, None)
    assert pictures.draw(io.BytesIO(jpeg(place=None, form="WEBP"))).facts.device.startswith("Fictional")


def of_size(width, height):
    """The head of a PNG that says it is so large."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    whole = struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head)) + struct.pack(">I", 0) + b"IDAT"
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + whole)


def test_as_many_pixels_as_are_said_are_taken_and_no_more():
    pictures.measure(of_size(10_000, 10_000))
    with pytest.raises(pictures.Unreadable, match="more than 100 megapixels"):
        pictures.measure(of_size(10_001, 10_000))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_a_large_picture_of_any_kind_of_color_is_shown_smaller(mode):
    file = io.BytesIO()
    Image.new(mode, (3000, 40)).save(file, "JPEG" if mode == "CMYK" else "PNG")
    drawn = pictures.draw(file)
    assert Image.open(io.BytesIO(drawn.shown)).size == (2560, 34)
    assert (drawn.width, drawn.height) == (3000, 40)

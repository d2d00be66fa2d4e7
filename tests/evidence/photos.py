"""Photos as a camera makes them, and a case to hang them on."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image

from evidence import tasks
from evidence.actions import attachments
from evidence.models import Attachment

PLACE = (41.9012, -87.6508)
DEVICE = "Fictional Phone 7"


def jpeg(size=(640, 480), color="gray", orientation=1, place=PLACE, form="JPEG", **how):
    """The bytes of a photo with place, device and time written into it by the camera."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = "Fictional", DEVICE
    exif[ExifTags.Base.Orientation] = orientation
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:07:15 22:41:07"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.OffsetTimeOriginal] = "-05:00"
    if place:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(
            {
                1: "N" if place[0] >= 0 else "S",
                2: degrees(place[0]),
                3: "E" if place[1] >= 0 else "W",
                4: degrees(place[1]),
            }
        )
    file = io.BytesIO()
    Image.new("RGB", size, color).save(file, form, exif=exif, **how)
    return file.getvalue()


def degrees(value):
    value = abs(value)
    minutes = (value - int(value)) * 60
    return (float(int(value)), float(int(minutes)), (minutes - int(minutes)) * 60)


def upload(content=None, name="scene.jpg"):
    return SimpleUploadedFile(name, jpeg() if content is None else content)


def attached(incident, by, content=None, name="scene.jpg", drawn=True, **values):
    """A photo or file hung on an incident, and drawn as the worker does it."""
    made = attachments.add(incident=incident, upload=upload(content, name), by=by, **values)
    picture = getattr(made.file, "picture", None)
    if picture and drawn:
        tasks.draw_picture(picture.pk)
    return Attachment.objects.select_related("file__picture__shown", "file__picture__thumbnail").get(pk=made.pk)

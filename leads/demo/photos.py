"""Photos and papers of the scenes of the last weeks, triage sheets of their casings, and what became of two files."""

import io
import random
from datetime import timedelta

from PIL import ExifTags, Image, ImageDraw

from evidence import pictures, vault
from evidence.models import Attachment, CasingMark, CasingSheet, Exhibit, FileAlarm, Picture, StoredFile
from leads.demo.map import lnglat

SINCE_DAYS, MOST_SCENES = 45, 40
SIZE = (1200, 900)
DEVICE = ("Fictional", "Scene Phone 12")
GROUNDS = ("#8d9297", "#7b8088", "#9a9487", "#6f7a6c", "#8a8078")
SHOTS = ("overall", "marker", "close")
CAPTIONS = {
    "overall": ("Overall, looking north", "Overall from the corner", "Street and curb"),
    "marker": ("Casings at marker {n}", "Marker {n}, mid range"),
    "close": ("Marker {n}, close, with scale", "Casing at marker {n}, head"),
}
PLACES = ("North curb", "Middle of the street", "Sidewalk by the steps", "Under the parked car", "Lawn", "Doorway")
MAKERS = ("WIN", "FC", "R-P", "BLAZER", "S&B", "PMC", "SPEER")
REASONS = ("Clearest breech face marks", "Clearest firing pin impression", "Least damaged of the group")
REPORT = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [] /Count 0>> endobj
trailer <</Root 1 0 R>>
%%EOF
"""
GONE = "0" * 63 + "1"


def drawn(rng, shot):
    """A scene drawn with a few shapes, as the bytes a camera writes."""
    image = Image.new("RGB", SIZE, rng.choice(GROUNDS))
    pen = ImageDraw.Draw(image)
    edge = rng.randrange(420, 640)
    pen.polygon([(0, edge), (SIZE[0], edge - rng.randrange(160)), SIZE, (0, SIZE[1])], fill="#71767a")
    large = {"overall": 14, "marker": 46, "close": 150}[shot]
    for number in range({"overall": 6, "marker": 3, "close": 1}[shot]):
        x, y = rng.randrange(150, 950), rng.randrange(edge - 40, 780)
        pen.rounded_rectangle(
            (x, y, x + large * 2, y + large * 0.7), large // 6, fill="#dec69a", outline="#5c410a", width=3
        )
        pen.polygon(
            [(x + large * 2, y - large * 2), (x + large * 3, y - large * 2), (x + large * 3, y + large)], fill="#ffbe2e"
        )
        pen.text((x + large * 2.6, y - large * 1.7), str(number + 1), fill="#1c1d1f", font_size=max(12, large // 2))
    return image


def written(image, at, point):
    exif, file = Image.Exif(), io.BytesIO()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = DEVICE
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = f"{at:%Y:%m:%d %H:%M:%S}"
    lat, lng = point
    tags = {1: "N" if lat >= 0 else "S", 2: (abs(lat), 0.0, 0.0), 3: "E" if lng >= 0 else "W", 4: (abs(lng), 0.0, 0.0)}
    for tag, value in tags.items():
        exif.get_ifd(ExifTags.IFD.GPSInfo)[tag] = value
    image.save(file, "JPEG", exif=exif, quality=80)
    return file.getvalue()


class Photos:
    """Draws numbers of its own, so that the rest of the city stays as it is."""

    def __init__(self, store, desks, at):
        self.rng, self.store, self.desks, self.at = random.Random("photos"), store, desks, at
        self.system = desks["CTR"].having("auditor")[0].id
        self.kept = {}

    def write(self, scenes):
        since = self.at - timedelta(days=SINCE_DAYS)
        recent = [scene for scene in scenes if scene.at > since and scene.exhibits]
        chosen = recent[-MOST_SCENES:]
        self._draw(chosen)
        for scene in chosen:
            self._scene(scene)
        for scene in recent:
            for exhibit in scene.exhibits:
                if exhibit["kind"] is Exhibit.Kind.CASING_GROUP and self.rng.random() < 0.6:
                    self._sheet(exhibit)
        self._alarms(chosen)

    def _draw(self, scenes):
        """A few pictures of each kind serve all scenes: their files lie in the vault once."""
        point = lnglat(scenes[0].place.x, scenes[0].place.y)[::-1] if scenes else (0.0, 0.0)
        for shot in SHOTS:
            for number in range(3):
                content = written(drawn(self.rng, shot), self.at - timedelta(days=3), point)
                made = pictures.draw(io.BytesIO(content))
                blobs = [vault.keep([part], len(part), scan=False) for part in (content, made.shown, made.thumbnail)]
                self.kept[shot, number] = (*blobs, made)

    def _scene(self, scene):
        rng = self.rng
        for place in range(rng.choice((1, 2, 3, 3, 4, 6))):
            shot = SHOTS[min(place, 2)] if rng.random() < 0.8 else "close"
            exhibit = scene.exhibits[0]["id"] if place and rng.random() < 0.8 else None
            caption = rng.choice(CAPTIONS[shot]).format(n=place or 1) if rng.random() < 0.9 else ""
            self._attach(scene, self._photo(scene, shot, place), exhibit, Attachment.Kind.PHOTO, caption)
        if rng.random() < 0.4:
            kept = vault.keep([REPORT], 10_000, scan=False)
            file = self._stored(scene, kept, f"property-report-{scene.number}.pdf")
            self._attach(scene, file, None, Attachment.Kind.DOCUMENT, "Property report")

    def _photo(self, scene, shot, place):
        content, shown, thumbnail, made = self.kept[shot, self.rng.randrange(3)]
        name = f"IMG_{self.rng.randrange(1000, 9999)}.jpg"
        file, *copies = (self._stored(scene, kept, name) for kept in (content, shown, thumbnail))
        self.store.add(
            Picture, file_id=file, status="ready", queued_at=scene.created, attempts=1, shown_id=copies[0],
            thumbnail_id=copies[1], width=made.width, height=made.height, **made.facts._asdict(),
        )  # fmt: skip
        return file

    def _stored(self, scene, kept, name, **values):
        return self.store.add(
            StoredFile, sha256=kept.sha256, name=name, kind=kept.kind, size=kept.size, stored_at=scene.created,
            stored_by_id=scene.author, agency_id=self.desks[scene.code].id, checked_at=self.at - timedelta(hours=8),
            **values,
        )  # fmt: skip

    def _attach(self, scene, file, exhibit, kind, caption):
        self.store.add(
            Attachment, incident_id=scene.id, exhibit_id=exhibit, agency_id=self.desks[scene.code].id, file_id=file,
            kind=kind, caption=caption, added_at=scene.created, added_by_id=scene.author,
        )  # fmt: skip

    def _sheet(self, exhibit):
        rng, left = self.rng, exhibit["count"]
        sheet = self.store.add(
            CasingSheet, exhibit_id=exhibit["id"], headstamp=rng.choice(MAKERS),
            condition=rng.choice(("good", "good", "good", "worn", "damaged")), filled_at=exhibit["created"],
            filled_by_id=exhibit["author"],
        )  # fmt: skip
        chosen = rng.randrange(min(3, left)) if rng.random() < 0.8 else None
        for position in range(min(6, left)):
            count = left if position == 5 else rng.randrange(1, max(2, left // 2 + 1))
            left -= count
            self.store.add(
                CasingMark, sheet_id=sheet, position=position + 1, marker=str(position + 1), count=count,
                place=rng.choice(PLACES), is_representative=position == chosen,
                reason=rng.choice(REASONS) if position == chosen else "",
            )  # fmt: skip
            if not left:
                break

    def _alarms(self, scenes):
        """One file missing today, one that was changed and brought back, one refused."""
        if len(scenes) < 3:
            return
        lost = self._stored(scenes[-2], vault.Kept(GONE, "application/pdf", 20_480), "lab-request.pdf", damage="lost")
        self._attach(scenes[-2], lost, None, Attachment.Kind.DOCUMENT, "Laboratory request")
        whole = vault.keep([REPORT], 10_000, scan=False)
        back = self._stored(scenes[-3], whole, "canvass.pdf")
        self._attach(scenes[-3], back, None, Attachment.Kind.DOCUMENT, "Canvass notes")
        now, week = self.at - timedelta(hours=8), timedelta(days=7)
        other = "Its content has another hash."
        found = (
            (FileAlarm.Kind.CHANGED, back, whole.sha256, other, now - week, now),
            (FileAlarm.Kind.INFECTED, None, "4" * 64, "Eicar-Test-Signature", now - week / 3, None),
            (FileAlarm.Kind.LOST, lost, GONE, "Nothing lies under its hash.", now, None),
        )
        for kind, file, sha256, detail, at, ended in found:
            self.store.add(
                FileAlarm, kind=kind, agency_id=self.desks[scenes[-2].code].id, file_id=file, sha256=sha256,
                detail=detail, raised_at=at, raised_by_id=self.system, ended_at=ended,
            )  # fmt: skip

"""The description of a gun: what was read, how sure that is and why, beside what was typed."""

from dataclasses import dataclass

from evidence.guns.serials import NOTHING_SAID, Serial, frame_key, misread_key


@dataclass(frozen=True, slots=True)
class Part:
    """One thing read. value: "" when unknown. code: NCIC, "" when none is sure. typed: the words it was read from.

    confidence: 0..1, 0.0 when unknown. reason: a sentence for people, also for why it is unknown.
    """

    value: str = ""
    code: str = ""
    typed: str = ""
    confidence: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Description:
    """A gun as a sentence or a row of cells tells it.

    make: the maker's name, in a cell that of the register it comes from; maker: our one name for all of a maker's, ""
    for makers that our table lacks. caliber: the bore (".40", "9mm", "12 ga"); cartridge: ".40 S&W" where said. type: a
    word, its code NCIC's two letters. serials: further numbers as typed, such as that of a slide.
    """

    make: Part = Part()
    maker: str = ""
    model: Part = Part()
    caliber: Part = Part()
    cartridge: str = ""
    type: Part = Part()
    serial: Serial = NOTHING_SAID
    serials: tuple[str, ...] = ()
    importer: str = ""
    country: str = ""
    is_obliterated: bool = False
    is_privately_made: bool = False
    has_conversion_device: bool = False
    is_stolen: bool = False

    def as_dict(self) -> dict:
        """For JSON: unknown is null; what was typed, confidence and reason stand beside."""
        parts = {"make": self.make, "model": self.model, "caliber": self.caliber, "type": self.type}
        known = self.serial.status == "read"
        found: dict = {name: part.value or None for name, part in parts.items()}
        found |= {f"{name}_code": parts[name].code or None for name in ("make", "caliber", "type")}
        found |= {
            "maker": self.maker or None,
            "cartridge": self.cartridge or None,
            "serial": self.serial.shown or None,
            "serial_status": self.serial.status or None,
            "serial_key": self.serial.key or None,
            "serial_frame_key": (frame_key(self.serial.shown) if known else "") or None,
            "serial_misread_key": (misread_key(self.serial.shown) if known else "") or None,
            "other_serials": list(self.serials),
            "importer": self.importer or None,
            "country": self.country or None,
            "is_obliterated": self.is_obliterated,
            "is_privately_made": self.is_privately_made,
            "has_conversion_device": self.has_conversion_device,
            "is_stolen": self.is_stolen,
        }
        every = parts | {"serial": self.serial}
        found["typed"] = {name: part.typed or None for name, part in every.items()}
        found["confidence"] = {name: round(part.confidence, 2) for name, part in every.items()}
        found["reason"] = {name: part.reason for name, part in every.items()}
        return found


def gun_key(description: Description) -> tuple[str, str] | None:
    """What two descriptions of one gun share: (maker, serial key). None where either is unknown.

    Makers stamp the same numbers, so a number alone names no gun; and a gun that no table knows is compared by its name
    as typed. The codes do not decide: some makers have two.
    """
    maker, key = description.maker or description.make.value.casefold(), description.serial.key
    return (maker, key) if maker and key else None


def same_gun(first: Description, second: Description) -> bool:
    """Whether two descriptions are certainly of one gun: the same maker and the same serial key, both known."""
    return gun_key(first) is not None and gun_key(first) == gun_key(second)

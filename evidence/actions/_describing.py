"""The description of a firearm as it is kept: what was typed, what it is called, and what follows from that."""

from evidence.guns import intake
from evidence.models import Firearm


def described(given, gun=None, keep_words=False):
    """The values of a Firearm once `given` is said of it; of a known `gun` only what differs is read anew.

    keep_words: make, model, caliber and serial stay as typed.
    """
    stands = {name: getattr(gun, name) for name in Firearm.DESCRIBED} if gun else {}
    values = stands | given
    fresh = [name for name in intake.FIELDS if name in given and given[name] != stands.get(name, "")]
    words = intake.read({name: values.get(name, "") for name in intake.FIELDS}, keep_words)
    typed = dict(gun.typed) if gun else {}
    for name in fresh:
        typed.pop(name, None)
        if word := words.get(name):
            values[name], typed[name] = word.value, _kept(word)
    codes = {f"{name}_code": words[name].code if name in words else "" for name in ("make", "caliber") if name in fresh}
    return _whole(values | codes | {"typed": typed})


def _kept(word):
    return {"words": word.typed, "confidence": round(word.confidence, 2), "reason": word.reason, "kept": word.kept}


def _whole(values):
    """The values with the key that follows from them."""
    serial = (values.get("serial") or "").strip()
    key = intake.comparable(values.get("restored_serial") or serial)
    # "None" on the form of a privately made firearm is the absence of a number, not a number.
    if values.get("is_privately_made") and not key:
        serial = ""
        values["typed"].pop("serial", None)
    return values | {"serial": serial, "serial_key": key}

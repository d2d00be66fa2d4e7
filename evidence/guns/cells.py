"""A gun in cells of its own (make, model, caliber, type, serial), as registers and property rooms export it."""

from collections.abc import Mapping

from evidence.guns import calibers, kinds, makes, markings, modelnames, serialwords
from evidence.guns.descriptions import Description, Part
from evidence.guns.modelnames import ONLY_KIND
from evidence.guns.serials import shown_as
from evidence.guns.wording import tidy

# Names of columns as they are met in exports, folded; the first that a file has is taken.
COLUMNS = {
    "text": "text description gundescription firearmdescription narrative itemdescription",
    "make": "make makeraw manufacturer mfr mfg gunmake maker firearmmake weaponmake brand manufacturerraw",
    "model": "model modelraw gunmodel firearmmodel weaponmodel modelname",
    "caliber": "caliber calibre caliberraw cal guncaliber firearmcaliber weaponcaliber calibergauge",
    "type": "type guntype firearmtype weapontype typeraw kind",
    "serial": "serial serialnumber serialno sn serialraw serialnumberraw serialmasked gunserial",
}


def describe(cells: Mapping[str, str]) -> Description:
    """The gun of one row.

    cells: any of make, model, caliber, type and serial, as typed. A maker's name stays that of the register, mended
    (see makes.of_cell). Never raises, whatever the cells hold.
    """
    typed = {name: tidy(cells.get(name) or "") for name in ("make", "model", "caliber", "type", "serial")}
    made = makes.of_cell(typed["make"])
    name, model, sure, why = modelnames.of_cell(typed["model"], made.maker)
    caliber, cartridge = _caliber(typed["caliber"], model)
    words = " ".join(filter(None, (typed["make"], typed["model"], typed["type"])))
    serial = serialwords.of_cell(typed["serial"])
    if serial.status in ("read", "partial"):
        serial = serial._replace(shown=shown_as(serial.typed, made.maker))
    return Description(
        make=Part(made.name, made.code, typed["make"], made.confidence, made.reason),
        maker=made.maker,
        model=Part(name, "", typed["model"], sure, why),
        caliber=caliber,
        cartridge=cartridge,
        type=_type(typed, model, made.maker),
        serial=serial,
        importer=made.importer,
        is_obliterated=serial.status in ("obliterated", "removed"),
        is_privately_made=markings.is_privately_made(words),
        has_conversion_device=markings.has_conversion_device(words),
    )


def _caliber(cell, model):
    found, confidence, reason = calibers.of_cell(cell)
    if found:
        return Part(found.shown, found.code, cell, confidence, reason), found.cartridge
    if model and model.caliber and not any(each.isdigit() for each in cell):
        code = calibers.BY_SHOWN[model.caliber].code
        return Part(model.caliber, code, cell, 0.8, f"the {model.name} was made in no other"), ""
    return Part(typed=cell, reason=reason), ""


def _type(typed, model, maker):
    kind = _of_code(typed["type"]) or kinds.find(typed["type"])
    if not kind.word:
        kind = kinds.find(typed["model"])
    if not kind.word and model:
        kind = kinds.of_code(model.type_code, 0.85, f"the {model.name} is one")
    if not kind.word and maker in ONLY_KIND:
        kind = kinds.of_code(ONLY_KIND[maker], 0.8, f"{maker} makes nothing else")
    return Part(kind.word, kind.code, typed["type"], kind.confidence, kind.reason)


def _of_code(cell):
    """NCIC's two letters as a cell holds them."""
    code = cell.upper()
    return kinds.of_code(code, 0.97, "an NCIC type code") if code in kinds.LISTED or code in kinds.BY_CODE else None

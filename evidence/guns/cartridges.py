"""Bores and cartridges: one line each, typed in by the project from general knowledge of the trade.

A line is `bore | shown | NCIC code | kind of gun | cartridges`; an indented one goes on with the one before. The bore
is what stands in front: "40", "9mm", "12ga", "30-06". The code is empty where the NCIC gun file has none. The kind is
the only one that fires it, as a hint where no word says so. Cartridges are `words behind the bore = name`, several
words with one name split at ","; a name may bring another bore along: `kurz = .380 ACP > 380`.
"""

BORES = """
17 | .17 | 17 | | hmr = .17 HMR; rem = .17 Remington; hm2 = .17 HM2; wsm = .17 WSM
177 | .177 | 177 | air gun |
204 | .204 | 204 | rifle | ruger = .204 Ruger
22 | .22 | 22 | | lr = .22 LR; short = .22 Short; long = .22 Long; wmr, magnum = .22 WMR; hornet = .22 Hornet; tcm =
  .22 TCM
220 | .220 | 22 | rifle | swift = .220 Swift
221 | .221 | 221 | | fireball = .221 Remington Fireball
222 | .222 | 222 | rifle | rem = .222 Remington; rem magnum = .222 Remington Magnum
223 | .223 | 223 | rifle | rem = .223 Remington; wylde = .223 Wylde; wssm = .223 WSSM
224 | .224 | | rifle | valkyrie = .224 Valkyrie
22-250 | .22-250 | 22 | rifle | rem = .22-250 Remington
243 | .243 | 243 | rifle | win = .243 Winchester
25 | .25 | 25 | | auto = .25 ACP
25-06 | .25-06 | 25 | rifle | rem = .25-06 Remington
25-20 | .25-20 | 25 | rifle | win = .25-20 Winchester
25-35 | .25-35 | 25 | rifle | win = .25-35 Winchester
250 | .250 | 250 | rifle | savage = .250-3000 Savage
257 | .257 | 257 | rifle | roberts = .257 Roberts; weatherby magnum = .257 Weatherby Magnum
260 | .260 | 260 | rifle | rem = .260 Remington
264 | .264 | 264 | rifle | win magnum = .264 Winchester Magnum
270 | .270 | 270 | rifle | win = .270 Winchester; wsm = .270 WSM; weatherby magnum = .270 Weatherby Magnum
280 | .280 | 280 | rifle | rem = .280 Remington
284 | .284 | 284 | rifle | win = .284 Winchester
30 | .30 | 30 | | carbine = .30 Carbine; luger = .30 Luger; mauser = .30 Mauser
30-06 | .30-06 | 3006 | rifle | springfield = .30-06 Springfield
30-30 | .30-30 | 30 | rifle | win = .30-30 Winchester
30-40 | .30-40 | 30 | rifle | krag = .30-40 Krag
300 | .300 | 300 | rifle | win magnum, magnum = .300 Winchester Magnum; blackout = .300 Blackout > 300 blackout; wsm =
  .300 WSM; savage = .300 Savage; weatherby magnum = .300 Weatherby Magnum; prc = .300 PRC
300 blackout | .300 | | | blackout = .300 Blackout
303 | .303 | 303 | rifle | british = .303 British; savage = .303 Savage
308 | .308 | 308 | rifle | win = .308 Winchester
32 | .32 | 32 | | auto = .32 ACP; sw = .32 S&W; sw long = .32 S&W Long; colt = .32 Colt; long colt = .32 Long Colt; hr
  magnum = .32 H&R Magnum; magnum = .32 H&R Magnum; long = .32 Long; short = .32 Short
32-20 | .32-20 | 3220 | | win = .32-20 Winchester
327 | .327 | 327 | revolver | federal magnum, federal, magnum = .327 Federal Magnum
338 | .338 | 338 | rifle | win magnum = .338 Winchester Magnum; lapua = .338 Lapua Magnum; lapua magnum = .338 Lapua
  Magnum
340 | .340 | 340 | rifle | weatherby magnum = .340 Weatherby Magnum
35 | .35 | 35 | | rem = .35 Remington; whelen = .35 Whelen
350 | .350 | 35 | rifle | legend = .350 Legend; rem magnum = .350 Remington Magnum
351 | .351 | 351 | rifle | win = .351 Winchester
357 | .357 | 357 | | magnum, rem magnum = .357 Magnum; sig = .357 SIG; maximum = .357 Maximum
36 | .36 | 36 | |
375 | .375 | 375 | rifle | win = .375 Winchester; h&h magnum = .375 H&H Magnum
38 | .38 | 38 | | special, sw special = .38 Special; sw = .38 S&W; super = .38 Super; auto = .38 ACP; long colt = .38
  Long Colt; short colt = .38 Short Colt; colt = .38 Colt
38-40 | .38-40 | | | win = .38-40 Winchester
38-55 | .38-55 | | rifle | win = .38-55 Winchester
380 | .380 | 380 | pistol | auto = .380 ACP
40 | .40 | 40 | | sw = .40 S&W
400 | .400 | | | corbon = .400 Cor-Bon
401 | .401 | 401 | |
405 | .405 | 405 | rifle | win = .405 Winchester
408 | .408 | | rifle | cheytac = .408 CheyTac
41 | .41 | 41 | | magnum, rem magnum = .41 Remington Magnum; ae = .41 Action Express; long colt = .41 Long Colt
410 | .410 | 410 | shotgun |
416 | .416 | | rifle | barrett = .416 Barrett; rigby = .416 Rigby
44 | .44 | 44 | | magnum, rem magnum = .44 Magnum; special, sw special = .44 Special; russian = .44 Russian; automag =
  .44 AutoMag
44-40 | .44-40 | 44 | | win = .44-40 Winchester
444 | .444 | 444 | rifle | marlin = .444 Marlin
45 | .45 | 45 | | auto = .45 ACP; colt = .45 Colt; long colt = .45 Colt; gap = .45 GAP; win magnum = .45 Winchester
  Magnum; super = .45 Super; schofield = .45 Schofield
45-70 | .45-70 | 4570 | rifle | govt = .45-70 Government
450 | .450 | | rifle | bushmaster = .450 Bushmaster; marlin = .450 Marlin
454 | .454 | 454 | revolver | casull = .454 Casull
455 | .455 | 455 | | webley = .455 Webley
458 | .458 | 458 | rifle | socom = .458 SOCOM; win magnum = .458 Winchester Magnum
460 | .460 | 460 | | sw magnum, sw = .460 S&W Magnum; rowland = .460 Rowland; weatherby magnum = .460 Weatherby Magnum
475 | .475 | | | linebaugh = .475 Linebaugh
480 | .480 | | revolver | ruger = .480 Ruger
50 | .50 | 50 | | ae = .50 Action Express; bmg = .50 BMG; beowulf = .50 Beowulf; gi = .50 GI
500 | .500 | 50 | revolver | sw magnum, sw, magnum = .500 S&W Magnum; linebaugh = .500 Linebaugh
54 | .54 | 54 | |
58 | .58 | 58 | |
4.6mm | 4.6mm | | |
5.45mm | 5.45mm | | rifle |
5.56mm | 5.56mm | 556 | rifle | nato = 5.56x45mm NATO
5.7mm | 5.7mm | | |
6mm | 6mm | 6 | rifle | rem = 6mm Remington; creedmoor = 6mm Creedmoor; arc = 6mm ARC
6.35mm | 6.35mm | 635 | pistol | auto, browning = .25 ACP
6.5mm | 6.5mm | 65 | rifle | creedmoor = 6.5mm Creedmoor > 6.5mm creedmoor; grendel = 6.5mm Grendel > 6.5mm creedmoor;
  carcano = 6.5mm Carcano; prc = 6.5mm PRC > 6.5mm creedmoor; jap = 6.5mm Arisaka > 6.5mm creedmoor
6.5mm creedmoor | 6.5mm | | rifle |
6.8mm | 6.8mm | | rifle | spc, special = 6.8mm SPC
7mm | 7mm | 7 | rifle | rem magnum, magnum = 7mm Remington Magnum; mauser = 7x57mm Mauser
7mm-08 | 7mm-08 | 7 | rifle | rem = 7mm-08 Remington
7.35mm | 7.35mm | 735 | |
7.5mm | 7.5mm | 75 | |
7.62mm | 7.62mm | 762 | | nato = 7.62x51mm NATO; tokarev = 7.62x25mm Tokarev > 7.63mm tokarev; nagant = 7.62x38mmR
  Nagant; soviet, russian = 7.62x39mm
7.63mm | 7.63mm | 763 | | mauser = 7.63x25mm Mauser
7.63mm tokarev | 7.62mm | 763 | |
7.65mm | 7.65mm | | pistol | luger = 7.65mm Luger > 7.65mm luger; browning, auto = .32 ACP > 7.65mm browning
7.65mm luger | 7.65mm | 765 | |
7.65mm browning | 7.65mm | 32 | |
7.7mm | 7.7mm | 7 | rifle | jap = 7.7mm Arisaka
7.92mm | 7.92mm | 8 | rifle | mauser = 8x57mm Mauser
8mm | 8mm | 8 | | mauser = 8x57mm Mauser; lebel = 8mm Lebel; nambu = 8x22mm Nambu
9mm | 9mm | 9 | | luger, nato = 9x19mm Luger; makarov = 9x18mm Makarov; kurz, short = .380 ACP > 380; largo = 9x23mm
  Largo; steyr = 9x23mm Steyr; auto = 9x17mm > 380
10mm | 10mm | 10 | | auto = 10mm Auto
12.7mm | 12.7mm | 12 | |
4ga | 4 ga | 4 | shotgun |
10ga | 10 ga | 10 | shotgun |
12ga | 12 ga | 12 | shotgun |
16ga | 16 ga | 16 | shotgun |
20ga | 20 ga | 20 | shotgun |
24ga | 24 ga | 24 | shotgun |
28ga | 28 ga | 28 | shotgun |
37mm | 37mm | 9999 | |
40mm | 40mm | 9999 | |
"""

# Bore and length of case in millimetres: the bore of the table above and the cartridge.
LENGTHS = {
    (4.6, 30): ("4.6mm", "4.6x30mm"), (5.45, 39): ("5.45mm", "5.45x39mm"), (5.56, 45): ("5.56mm", "5.56x45mm NATO"),
    (5.7, 28): ("5.7mm", "5.7x28mm"), (6.5, 55): ("6.5mm creedmoor", "6.5x55mm"), (6.35, 16): ("6.35mm", ".25 ACP"),
    (6.5, 52): ("6.5mm", "6.5mm Carcano"), (6.8, 43): ("6.8mm", "6.8mm SPC"), (7, 57): ("7mm", "7x57mm Mauser"),
    (7.5, 54): ("7.5mm", "7.5x54mm"), (7.5, 55): ("7.5mm", "7.5x55mm Swiss"), (7.62, 25): ("7.63mm tokarev",
    "7.62x25mm Tokarev"), (7.62, 38): ("7.62mm", "7.62x38mmR Nagant"), (7.62, 39): ("7.62mm", "7.62x39mm"),
    (7.62, 51): ("7.62mm", "7.62x51mm NATO"), (7.62, 54): ("7.62mm", "7.62x54mmR"), (7.62, 35): ("300 blackout",
    ".300 Blackout"), (7.63, 25): ("7.63mm", "7.63x25mm Mauser"), (7.65, 17): ("7.65mm browning", ".32 ACP"),
    (7.65, 21): ("7.65mm luger", "7.65mm Luger"), (7.65, 20): ("7.65mm", "7.65x20mm Longue"), (7.92, 57): ("7.92mm",
    "8x57mm Mauser"), (7.92, 33): ("7.92mm", "7.92x33mm Kurz"), (8, 57): ("8mm", "8x57mm Mauser"), (8, 22): ("8mm",
    "8x22mm Nambu"), (9, 17): ("380", ".380 ACP"), (9, 18): ("9mm", "9x18mm Makarov"), (9, 19): ("9mm",
    "9x19mm Luger"), (9, 21): ("9mm", "9x21mm"), (9, 23): ("9mm", "9x23mm"), (10, 25): ("10mm", "10mm Auto"),
    (12.7, 99): ("12.7mm", ".50 BMG"),
}  # fmt: skip

# What stands behind a bore, and the word of the table for it. The longest that fits counts.
TAILS = {
    "lr": r"l\.?\s?r\b\.?|long\s+rifle", "wmr": r"w\.?m\.?r\.?f?|wm|wrm|win(?:chester)?\.?\s+mag(?:num)?\.?\s+rim\w*",
    "auto": r"a\.?\s?c\.?\s?p\b\.?|auto(?:matic)?(?:\s+colt(?:\s+pistol)?)?(?!\s*-?\s*(?:ord|mag))|rimless",
    "special": r"spl|special|spec|spc|sp", "magnum": r"mag(?:num)?(?!\s+research)", "sw": r"s\s?&\s?w|s\.\s?w|s\s?w",
    "smith": r"smith\s*(?:&|and|n)\s*wesson", "long colt": r"l\.?\s?/?\s?c|long\s+colt", "short colt": r"short\s+colt",
    "colt": r"colt", "sig": r"sig(?!\s*-?\s*(?:sauer|arms))", "super": r"super",
    "luger": r"luger|para(?:bellum)?(?!\s*-?\s*ord)", "nato": r"nato", "makarov": r"mak(?:arov)?",
    "kurz": r"kurz|k|corto", "short": r"short", "long": r"long", "largo": r"largo", "rem": r"rem(?:ington)?(?!\s+rand)",
    "win": r"win(?:chester)?|wcf", "blackout": r"(?:aac\s+)?(?:black\s?out|blk)", "gap": r"g\.?a\.?p",
    "ae": r"a\.?e|action\s+express", "bmg": r"b\.?m\.?g|browning\s+machine\s+gun", "govt": r"gov(?:t|ernment|'t)?",
    "fed": r"fed(?:eral)?", "hmr": r"hmr", "creedmoor": r"creed(?:moor)?|cm", "tokarev": r"tok(?:arev)?",
    "hr": r"h\s?&\s?r", "h&h": r"h\s?&\s?h", "jap": r"jap(?:anese)?|arisaka",
}  # fmt: skip
PLAIN_TAILS = (
    "hm2", "wsm", "hornet", "tcm", "swift", "fireball", "wylde", "wssm", "valkyrie", "roberts", "weatherby",
    "carbine", "mauser", "springfield", "krag", "prc", "british", "savage", "lapua", "whelen", "legend", "maximum",
    "corbon", "cheytac", "barrett", "rigby", "russian", "automag", "marlin", "bushmaster", "casull", "webley",
    "schofield", "socom", "rowland", "linebaugh", "beowulf", "gi", "arc", "grendel", "carcano", "spc", "nagant",
    "soviet", "browning", "lebel", "nambu", "steyr", "ruger",
)  # fmt: skip
# Names of makers too: a maker's where nothing else in the sentence is one.
ALSO_MAKERS = frozenset(("sw", "smith", "colt", "sig", "rem", "win", "marlin", "ruger", "savage", "bushmaster"))
SAME_TAIL = {"smith": "sw", "fed": "federal"}

# ruff: noqa: E501
"""Sentences and cells as they are met, written for this test: what is read of each, and what stays unknown.

A line of SENTENCES is: sentence | make | caliber | serial; of CELLS: make | model | caliber | maker | caliber as read.
"""

import pytest

from evidence.guns import cells, sentences

SENTENCES = """
a Glock, Model 22, .40 caliber semiautomatic pistol, bearing serial number KXT482 | Glock | .40 | KXT482
one (1) Smith & Wesson, model SD40VE, .40 S&W caliber pistol, with serial number FXB4412, and ammunition | Smith & Wesson | .40 | FXB4412
a Taurus Model G2C 9mm semi-automatic handgun, S/N ABH203311, loaded with 12 rounds of 9mm ammunition | Taurus | 9mm | ABH203311
a Sturm, Ruger & Co., Model P95, 9 millimeter pistol, serial no. 316-48291 | Ruger | 9mm | 316-48291
the defendant did knowingly possess a firearm, to wit: a Hi-Point, Model C9, 9mm Luger caliber pistol, bearing serial number P10048213 | Hi-Point | 9mm | P10048213
a loaded Springfield Armory XD-9 9mm pistol bearing serial number GM298110 | Springfield Armory | 9mm | GM298110
a Kel-Tec PLR-16 5.56mm pistol bearing an obliterated serial number | Kel-Tec | 5.56mm | (obliterated)
an Anderson Manufacturing, model AM-15, multi-caliber rifle, bearing serial number 21188341 | Anderson Manufacturing | - | 21188341
a Romarm/Cugir, model Micro Draco, 7.62x39mm caliber pistol, serial number PMD-11873-20 RO, imported by Century Arms | Romarm | 7.62mm | PMD-11873-20RO
a privately manufactured firearm (PMF), 9mm, with no serial number, commonly referred to as a "ghost gun" | - | 9mm | (none)
a Polymer80 Inc. model PF940C 9mm pistol without a serial number with an attached machinegun conversion device | Polymer80 | 9mm | (none)
a .38 Special Rossi revolver, serial number D542918 | Rossi | .38 | D542918
a Mossberg 500A 12 gauge pump-action shotgun, serial # K883201 | Mossberg | 12 ga | K883201
a Remington Model 870 Express Magnum, 12-gauge shotgun, bearing serial number D218845M with a barrel less than 18 inches | Remington | 12 ga | D218845M
a Walther P22 .22LR pistol, SN: WA118223 | Walther | .22 | WA118223
one SCCY CPX-2 9mm pistol (serial number 449013) | SCCY | 9mm | 449013
Jimenez Arms, Model J.A. Nine, 9mm caliber pistol, S/N: 204418 | Jimenez Arms | 9mm | 204418
a Colt Mustang .380 pistol with defaced serial number | Colt | .380 | (obliterated)
a black Beretta 92FS 9mm handgun serial number BER443218Z that had been reported stolen | Beretta | 9mm | BER443218Z
a FN Herstal Five-seveN 5.7x28mm pistol with serial number 386244119 | FN Herstal | 5.7mm | 386244119
a North American Arms .22 magnum revolver serial number E299184 | North American Arms | .22 | E299184
a Sig Sauer P365 9mm pistol, serial number 66A778122 | Sig Sauer | 9mm | 66A778122
a Bersa Thunder 380 semi-automatic .380 ACP pistol, serial number F44912 | Bersa | .380 | F44912
a Norinco SKS 7.62 x 39 mm rifle, serial number 24009921P | Norinco | 7.62mm | 24009921P
Ruger LCP .380 auto pistol (SN 372114856) | Ruger | .380 | 372114856
a Century Arms International Draco pistol 7.62x39 serial number DF-4418-22 | Century International Arms | 7.62mm | DF-4418-22
A Heritage Rough Rider .22 caliber revolver, Serial Number 1BH334421 | Heritage | .22 | 1BH334421
a Smith and Wesson M&P Shield 9mm firearm bearing serial number JHK2281 | Smith & Wesson | 9mm | JHK2281
a Davis Industries P-380, .380 caliber pistol bearing S/N AP118822 | Davis Industries | .380 | AP118822
Raven Arms MP-25 .25 caliber semi-automatic pistol; serial number 1442817 | Raven Arms | .25 | 1442817
Lorcin L380 .380 cal. Ser. No. 228814 | Lorcin | .380 | 228814
a firearm, that is, a Ruger, Model SR9C, 9mm pistol, serial number 335-82210 | Ruger | 9mm | 335-82210
a Canik TP9SF 9mm x 19 pistol, serial number T6472-18 BC 12345 | Canik | 9mm | T6472-18
Taurus International PT-111 Millennium G2, 9 mm caliber, bearing serial number TJR49811 | Taurus | 9mm | TJR49811
a Marlin Model 60 .22 caliber rifle bearing serial number 16388249 | Marlin | .22 | 16388249
a Winchester Model 94 30-30 lever action rifle, serial number 3384192 | Winchester | .30-30 | 3384192
a Charter Arms Undercover .38 Spl revolver, no. 1124488 | Charter Arms | .38 | 1124488
an American Tactical Imports (ATI) Omni Hybrid 5.56 pistol, serial number NS228110 | American Tactical | 5.56mm | NS228110
a Diamondback DB9, 9mm, serial number YD4418 | Diamondback | 9mm | YD4418
a Palmetto State Armory PA-15 multi caliber rifle serial number SCD229918 | Palmetto State Armory | - | SCD229918
a Glock 17 Gen4 9mm pistol with an extended magazine and a "switch" making it a machinegun, serial number BDVR221 | Glock | 9mm | BDVR221
Harrington & Richardson Model 733 .32 caliber revolver, serial number AT118823 | Harrington & Richardson | .32 | AT118823
a Desert Eagle .44 magnum pistol by Magnum Research, serial number 38221144 | Magnum Research | .44 | 38221144
an unknown make .22 caliber revolver with serial number removed | - | .22 | (removed)
two firearms: a Glock 19, 9mm, serial number AEHK112 and a Glock 23, .40 caliber, serial number XLD882 | Glock | 9mm | AEHK112
a 9mm Luger caliber Taurus G3 pistol, serial number ACB822911, reported stolen out of Houston | Taurus | 9mm | ACB822911
possessed a short-barreled rifle, namely a Spikes Tactical ST15 rifle, serial number SAR44182 | Spikes Tactical | - | SAR44182
an Iver Johnson, .32 caliber revolver, unknown serial number | Iver Johnson | .32 | (unknown)
a Kimber Custom II, .45 ACP caliber pistol, serial number K448122 | Kimber | .45 | K448122
a Maverick Arms Model 88 12 ga shotgun, MV0441823 | Maverick Arms | 12 ga | MV0441823
GLOCK 43X 9MM SER#BSRD229 BLK W/MAG | Glock | 9mm | BSRD229
S&W M&P 9C, 9MM, SN#HRB1123 | Smith & Wesson | 9mm | HRB1123
HANDGUN, TAURUS, PT 809, 9MM, TGW44182 | Taurus | 9mm | TGW44182
SMITH & WESSON MOD 36 .38 CAL REV SER J448122 | Smith & Wesson | .38 | J448122
Firearm: Ruger / Model: P89DC / Cal: 9mm / S/N: 304-77182 | Ruger | 9mm | 304-77182
1 - Ruger EC9s 9mm pistol (s/n 457-11923) w/ 7 rds | Ruger | 9mm | 457-11923
SIG SAUER, P226, 9MM PISTOL, SERIAL NUMBER: UU 618 442 | Sig Sauer | 9mm | UU618442
Springfield XDS .45 cal semi auto S3118842 | Springfield Armory | .45 | S3118842
Romanian WASR-10 7.62x39 rifle serial number 1-44182-2003 | - | 7.62mm | 1-44182-2003
Zastava M70 AB2 7.62x39mm rifle, serial number 448122 | Zastava | 7.62mm | 448122
Cobra Enterprises FS380 .380 ACP SN FS118223 | Cobra | .380 | FS118223
Phoenix Arms HP22A .22 LR pistol, SN 4418220 | Phoenix Arms | .22 | 4418220
FN FNS-40, .40 S&W, serial no. GKU0044182 | FN Herstal | .40 | GKU0044182
HK USP Compact 40 S&W, SER NO 26-044182 | Heckler & Koch | .40 | 26-044182
Ithaca Model 37 12GA shotgun SN 371118823 | Ithaca | 12 ga | 371118823
Savage Arms Stevens 320 12 ga. pump shotgun, S/N 122883H | Savage | 12 ga | 122883H
New England Firearms Pardner SB1 .410 shotgun, serial number NM338211 | New England Firearms | .410 | NM338211
Mossberg International 702 Plinktser .22LR S/N EMD3388211 | Mossberg | .22 | EMD3388211
Ghost gun, 80% lower AR-15 style pistol, 5.56, no serial number | - | 5.56mm | (none)
Glock 21SF .45 auto with obliterated serial # and drum magazine | Glock | .45 | (obliterated)
unknown manufacturer AR type pistol .300 blackout no s/n | - | .300 | (none)
Bushmaster XM15-E2S .223 rifle serial BFI448122 | Bushmaster | .223 | BFI448122
Del-Ton DTI-15 5.56 rifle (S/N DTI-S118823) | Del-Ton | 5.56mm | DTI-S118823
Rock Island Armory 1911 .45 ACP pistol serial number RIA2044182 | Rock Island Armory | .45 | RIA2044182
ARMSCOR M1911-A1 FS, .45ACP, SN RIA1188234 | Armscor | .45 | RIA1188234
Kahr CW9 9mm S/N EF4418 | Kahr Arms | 9mm | EF4418
Browning Hi-Power 9mm, SN 245NV11882 | Browning | 9mm | 245NV11882
CZ 75B 9mm serial number A448812 | CZ | 9mm | A448812
EAA Witness 10mm pistol, SN EA44821 | European American Armory | 10mm | EA44821
Tanfoglio / EAA Witness .45 S/N AE12282 | Tanfoglio | .45 | AE12282
Star Modelo B 9mm pistol serial number 338211 | Star | 9mm | 338211
Intratec TEC-9 9mm SN 118823 | Intratec | 9mm | 118823
Cobray M-11 9mm pistol bearing S/N 89-0044182 | S.W.D. Inc. | 9mm | 89-0044182
S.W.D. Inc M11/Nine 9mm, serial number 85-0011823 | S.W.D. Inc. | 9mm | 85-0011823
Calico M950 9mm SN C002281 | Calico | 9mm | C002281
Hi Point JHP 45 caliber pistol x4118823 | Hi-Point | .45 | X4118823
Hi-Point 995 9mm carbine serial number F11882 | Hi-Point | 9mm | F11882
Stoeger Cougar 8000F 9mm S/N T6429-08 A004418 | Stoeger | 9mm | T6429-08A004418
Girsan MC28SA 9mm T6368-19AV04418 | Girsan | 9mm | T6368-19AV04418
SAR Arms B6P 9mm T1102-15E44182 | Sarsilmaz | 9mm | T1102-15E44182
Walther PPS M2 9mm serial number AS4418 | Walther | 9mm | AS4418
Tisas Zigana PX9 9mm T0620-21BV44182 | Tisas | 9mm | T0620-21BV44182
Heritage Mfg Barkeep .22LR SN 3BK44182 | Heritage | .22 | 3BK44182
Ruger Wrangler .22 LR revolver SN 202-44182 | Ruger | .22 | 202-44182
Taurus Judge .45LC/.410 revolver, SN KM448122 | Taurus | .45 | KM448122
Rossi RS22 .22 LR rifle serial number 7CA448122P | Rossi | .22 | 7CA448122P
Glock 48 9mm "switch" attached SN AFXX112 | Glock | 9mm | AFXX112
1 Black Ruger .22 cal revolver, partially obliterated serial 22-4?8* | Ruger | .22 | 22-4?8*
Firearm was a Glock 27 (.40) with serial number starting ABC and remainder scratched off | Glock | .40 | (obliterated)
Raven MP25 25 ACP chrome #1182934 | Raven Arms | .25 | 1182934
Smith Wesson 5906 9 mm stolen TDE4418 | Smith & Wesson | 9mm | TDE4418
Dan Wesson .357 mag revolver serial number 118823 | Dan Wesson | .357 | 118823
Armi Fratelli Tanfoglio .25 caliber pistol, serial number MO4418 | Tanfoglio | .25 | MO4418
F.I.E. Titan .25 cal S/N D811823 | F.I.E. | .25 | D811823
RG Industries RG23 .22 revolver SN 118823 | RG Industries | .22 | 118823
Rohm RG10 .22 short, serial 448122 | RG Industries | .22 | 448122
Arminius HW38 .38 spl Hermann Weihrauch SN 1188234 | Weihrauch | .38 | 1188234
Clerke 1st .32 revolver SN 118823 | Clerke | .32 | 118823
High Standard Sentinel R-101 .22 SN 1188234 | High Standard | .22 | 1188234
Sears/Roebuck Model 200 12 ga shotgun, no serial | Sears | 12 ga | (none)
J.C. Higgins Model 20 12ga SN none | J.C. Higgins | 12 ga | (none)
American Tactical Milsport 5.56 rifle MSA044182 | American Tactical | 5.56mm | MSA044182
Aero Precision X15 5.56 serial X448122 | Aero Precision | 5.56mm | X448122
Tec 9 | - | - | -
AK-47 style rifle, 7.62x39, unknown maker | - | 7.62mm | -
a firearm | - | - | -
a Colt .45 caliber pistol recovered under case 26CR1234 | Colt | .45 | -
Glock 19 9mm pistol, item GUN00012 | Glock | 9mm | -
a Ruger pistol .380 model LCP380 | Ruger | .380 | -
Sig P320 9mm pistol, property no. PR204418 | Sig Sauer | 9mm | -
Taurus .38 revolver, see report AB12345 | Taurus | .38 | -
S&W .40 pistol, NIC G123456789 | Smith & Wesson | .40 | -
a Glock model 30 .45 caliber pistol with serial number MZT118 | Glock | .45 | MZT118
a Ruger Model P94, .40 caliber handgun bearing serial #341-12345 | Ruger | .40 | 341-12345
knowingly possessed in and affecting commerce a firearm, namely a Rossi, Model 971, .357 Magnum revolver, S/N F332211 | Rossi | .357 | F332211
a Smith & Wesson Model 4006 .40 caliber pistol, serial number TZR4821, which had previously been stolen | Smith & Wesson | .40 | TZR4821
an Intratec, model AB-10, 9mm semi-automatic pistol, bearing serial number A012345 | Intratec | 9mm | A012345
a Marlin .22 caliber rifle, Model 25MN, Serial Number 08667234 | Marlin | .22 | 08667234
a Mossberg, model 835 Ulti-Mag, 12 gauge shotgun, serial number UM123456, having a barrel length of 14 inches | Mossberg | 12 ga | UM123456
a Stevens, model 94F, 20 gauge shotgun, no serial number | Stevens | 20 ga | (none)
a Beretta, model 21A, .22LR caliber pistol, serial number DAA123456 | Beretta | .22 | DAA123456
a Lorcin .25 caliber semi-automatic handgun, Model L25, bearing serial number 212121 | Lorcin | .25 | 212121
one Astra .32 caliber pistol, model unknown, bearing no. 334455 | Astra | .32 | 334455
a Browning .380 caliber pistol with serial no. 425PN12345 | Browning | .380 | 425PN12345
a Sig Arms P230 .380 pistol S157332 | Sig Sauer | .380 | S157332
a 9 mm Kel-Tec P11 pistol, serial no. 12K45 | Kel-Tec | 9mm | 12K45
a H&R .38 caliber revolver (Serial No. AN 12345) | Harrington & Richardson | .38 | AN12345
a loaded .32 caliber H & R revolver, serial number 445566 | Harrington & Richardson | .32 | 445566
a TEC-9 semiautomatic assault pistol, 9mm, serial number 61234 | - | 9mm | 61234
a Ruger Mini-14 .223 caliber rifle with a folding stock, serial number 183-12345 | Ruger | .223 | 183-12345
a Norinco MAK-90 7.62 mm rifle, s/n 9412345 | Norinco | 7.62mm | 9412345
a Colt AR-15 .223 caliber rifle, serial # SP123456 | Colt | .223 | SP123456
a Springfield 1911-A1 .45 caliber pistol, serial number N123456 | Springfield Armory | .45 | N123456
a Llama .45 caliber semi-automatic pistol, model Max-1, serial number 07-04-12345-97 | Llama | .45 | 07-04-12345-97
a Bryco Arms Model 38 .380 caliber pistol, serial number 123456 | Bryco Arms | .380 | 123456
a Walther PPK/S .380 caliber pistol, bearing serial number 1234BAB | Walther | .380 | 1234BAB
a Makarov 9x18mm pistol bearing serial number BP1234 | Makarov | 9mm | BP1234
a Daewoo DP51 9mm pistol with serial number BA001234 | Daewoo | 9mm | BA001234
a Ruger Single-Six .22 caliber revolver, serial number 62-12345 | Ruger | .22 | 62-12345
a Ruger, .357 caliber revolver, with an obliterated serial number | Ruger | .357 | (obliterated)
a .40 caliber Glock handgun, serial number partially obliterated | Glock | .40 | (obliterated)
a revolver of unknown make, .38 caliber | - | .38 | -
a Remington 12 gauge shotgun serial number V123456V | Remington | 12 ga | V123456V
a Winchester 1300 Defender 12 Gauge (L1234567) | Winchester | 12 ga | L1234567
a Savage .300 caliber rifle Model 99 serial no. 123456 | Savage | .300 | 123456
a sawed-off Stevens shotgun model 311, 12 gauge, serial no. E12345 | Stevens | 12 ga | E12345
a .22 caliber Jennings J-22 pistol (SN# 123456) | Jennings | .22 | 123456
a nine millimeter Taurus pistol model PT99 AF, serial number L12345Z | Taurus | 9mm | L12345Z
an Israeli Military Industries Desert Eagle .357 magnum pistol serial number 12345 | Israel Military Industries | .357 | 12345
a FEG, Model PJK-9HP, 9mm semi-automatic pistol, serial number B12345 | F.E.G. | 9mm | B12345
a Star, Model BM, 9mm pistol, serial number 1234567, imported by Interarms | Star | 9mm | 1234567
a Cobray M11 9mm machinegun, serial number 86-0001234 | S.W.D. Inc. | 9mm | 86-0001234
"""
CELLS = """
GLOCK GMBH | G43X | 9MM | Glock | 9mm
GLOCK, INC | 19 GEN 5 | 9X19 | Glock | 9mm
SMITH WESSON | SHIELD EZ | 380ACP | Smith & Wesson | .380
Smith&Wesson | M&P15 | 5.56x45 | Smith & Wesson | 5.56mm
S & W | 642-2 | 38 SPL+P | Smith & Wesson | .38
STURM RUGER & CO | LCP II | 380 | Ruger | .380
RUGER (STURM, RUGER & CO) | 10/22 | 22LR | Ruger | .22
TAURUS INT'L MFG | G2C | 9 | Taurus | 9mm
TAURAS | PT92 | 9mm Para | Taurus | 9mm
FORJAS TAURUS | PT-22 | 22 | Taurus | .22
FABRIQUE NATIONALE | FIVE SEVEN | 5.7 | FN Herstal | 5.7mm
BROWNING ARMS CO | BUCK MARK | 22 | Browning | .22
HECKLER KOCH | VP9 | 9x19mm | Heckler & Koch | 9mm
SPRNGFLD ARMORY | XDM | 45acp | Springfield Armory | .45
SPRINGFIELD ARMORY, GENESEO IL | HELLCAT | 9MM LUG | Springfield Armory | 9mm
COLT'S MFG | 1911 | 45 | Colt | .45
MOSSBERG & SONS | 590 | 12 | Mossberg | 12 ga
O.F. MOSSBERG | 500 | 12 GA. | Mossberg | 12 ga
REMINGTON ARMS COMPANY INC | 870 | 12 gauge | Remington | 12 ga
WINCHESTER REPEATING ARMS | 94 | 30-30 WIN | Winchester | .30-30
SIG | P320 | 9 | Sig Sauer | 9mm
SIGSAUER | P938 | 9mm | Sig Sauer | 9mm
SIG ARMS | P229 | 357 SIG | Sig Sauer | .357
BERETA | 92 | 9 | Beretta | 9mm
P. BERETTA | M9 | 9 | Beretta | 9mm
PIETRO BERETTA | PX4 | 40SW | Beretta | .40
KELTEC | PF9 | 9 | Kel-Tec | 9mm
KEL TEC CNC | P3AT | 380 | Kel-Tec | .380
CANIK 55 | TP9 | 9 | Canik | 9mm
CENTURY INTL ARMS | AP5 | 9 | Century International Arms | 9mm
PTR INDUSTRIES | 91 | 308 | PTR | .308
RADICAL FIREARMS | RF15 | 5.56 | Radical Firearms | 5.56mm
DANIEL DEFENSE | DDM4 | 5.56 | Daniel Defense | 5.56mm
UNKNOWN | - | - | - | -
HOMEMADE | AR15 | 223 | - | .223
POLYMER 80 | PF940 | 9 | Polymer80 | 9mm
HIPOINT | CF380 | 380 | Hi-Point | .380
HIGH POINT | C9 | 9 | Hi-Point | 9mm
BEEMILLER | C9 | 9 | Hi-Point | 9mm
JIMINEZ | JA22 | 22 | Jimenez Arms | .22
BRYCO ARMS | 59 | 9 | Bryco Arms | 9mm
JENNINGS | J22 | 22 | Jennings | .22
NAA | 22 MAG | 22WMR | North American Arms | .22
CHARTER 2000 | UNDERCOVER | 38 | Charter 2000 | .38
ROSSI AMADEO | 68 | 38 | Rossi | .38
AMADEO ROSSI | 461 | 357 | Rossi | .357
ROCK RIVER ARMS | LAR15 | 5.56 | Rock River Arms | 5.56mm
DPMS PANTHER | A15 | 223 | DPMS | .223
STAG ARMS | STAG15 | 5.56 | Stag Arms | 5.56mm
ZASTAVA | PAP M92 | 7.62X39 | Zastava | 7.62mm
CUGIR | DRACO | 762X39 | Romarm | 7.62mm
I.O. INC | AKM247 | 7.62 | I.O. Inc. | 7.62mm
NORINCO | MAK90 | 762 | Norinco | 7.62mm
FEG | PA63 | 9X18 | F.E.G. | 9mm
MAGNUM RESEARCH | BABY EAGLE | 9 | Magnum Research | 9mm
IMI | UZI | 9 | Israel Military Industries | 9mm
DIAMONDBACK FIREARMS | DB15 | 5.56 | Diamondback | 5.56mm
MASTERPIECE ARMS | MPA30 | 9 | Masterpiece Arms | 9mm
COBRA | CA380 | 380 | Cobra | .380
EAA CORP | WINDICATOR | 357 | European American Armory | .357
KIMBER MFG | MICRO 9 | 9 | Kimber | 9mm
STACCATO | P | 9 | Staccato | 9mm
SHADOW SYSTEMS | MR920 | 9 | Shadow Systems | 9mm
FMK | 9C1 | 9 | FMK | 9mm
SCCY INDUSTRIES | CPX2 | 9 | SCCY | 9mm
LLAMA | MAX-I | 45 | Llama | .45
ASTRA | A100 | 9 | Astra | 9mm
MAUSER | HSC | 32 | Mauser | .32
WALTHER/CARL | PPK/S | 380 | Walther | .380
CARL WALTHER GMBH | P99 | 9 | Walther | 9mm
ANDERSON MFG | AM15 | MULTI | Anderson Manufacturing | -
PALMETTO | DAGGER | 9 | Palmetto State Armory | 9mm
GLOCK | UNK | 40 CAL | Glock | .40
BOND ARMS | ROUGHNECK | 45LC/410 | Bond Arms | .45
HENRY RIFLE | H001 | 22 | Henry | .22
MARLIN FIREARMS | 795 | 22LR | Marlin | .22
SAVAGE | AXIS | 6.5 CREED | Savage | 6.5mm
THOMPSON CENTER | CONTENDER | 44MAG | Thompson Center | .44
WEATHERBY | VANGUARD | 300 WBY | Weatherby | .300
TIKKA | T3 | 270 | Tikka | .270
CZ-USA | P10C | 9 | CZ USA | 9mm
CESKA ZBROJOVKA | 75 | 9 | CZ | 9mm
TISAS | 1911A1 | 45 | Tisas | .45
SDS IMPORTS | 1911 | 45 | SDS Imports | .45
GIRSAN | REGARD | 9 | Girsan | 9mm
ETHOS | X | 9 | - | 9mm
ZZQ WIDGETS | X | 9 | - | 9mm
"""


def fields(table):
    return [
        ["" if part.strip() == "-" else part.strip() for part in line.split("|")] for line in table.strip().splitlines()
    ]


@pytest.mark.parametrize("table", [fields(SENTENCES)[::2], fields(SENTENCES)[1::2]], ids=["even", "odd"])
def test_sentences_are_read_as_a_person_reads_them(table):
    wrong = {}
    for text, *expected in table:
        gun = sentences.describe(text).as_dict()
        found = [gun[name] or "" for name in ("make", "caliber", "serial")]
        if found != expected:
            wrong[text] = (found, expected)
    assert wrong == {}


def test_cells_are_read_as_a_person_reads_them():
    wrong = {}
    for make, model, caliber, *expected in fields(CELLS):
        gun = cells.describe({"make": make, "model": model, "caliber": caliber})
        if [gun.maker, gun.caliber.value] != expected:
            wrong[make, model, caliber] = (gun.maker, gun.caliber.value)
    assert wrong == {}

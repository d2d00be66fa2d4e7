"""Makers of firearms A to F, typed in by the project from general knowledge of the trade.

A line is `NCIC code | our name | names that registers carry | other spellings`; an indented one goes on with the one
before, and names are split at ";". The code is empty where the maker has none that is sure. A name of a register is a
name of its own right (a firm, its successor, its importing house): a cell keeps it. Another spelling is a short form or
a habit, and becomes our name; with "*" behind it, it becomes the name of a register in front of it.

A name behind "~" is a common word, a surname or a place too: in a sentence it is a maker only beside words of a gun.
The codes are facts of the NCIC gun file; a test compares each with the full table where that is at hand.
"""

A_TO_F = """
AAC | AA Arms | AA Arms Inc. | A.A. Arms; AA Arms Corp
ACC | Accu-Tek | | Accutek; Accu Tek
AZD | Adams Arms | |
ADR | Adcor | Adcor Defense; Adcor Industries |
API | Aero Precision | ~Aero; Aero Precision USA | Aeroprecision
FOX | A.H. Fox | | AH Fox
| Alex Pro Firearms | | APF
APS | Alfa-Proj | Alfa-Proj (CzechPoint) | Alfa Proj
| American Arms | American Arms, Inc. |
| American Defense | American Defense Manufacturing |
AMD | American Derringer | American Derringer Corp. |
ANT | American Spirit Arms | |
ATP | American Tactical | ATI; American Tactical Imports* | American Tactical Inc
AMT | AMT | AMT or IAI/AMT | Arcadia Machine & Tool; IAI; AMT/IAI; IAI/AMT
ADM | Anderson Manufacturing | Anderson Arms | ~Anderson; Andersen Manufacturing; Anderson Rifles
AVL | Anvil Arms | |
| Arcus | |
AEX | Arex | | Arex Slovenia
AAL | Armalite | | Arma Lite
ASM | Armi San Marco | |
SQB | Armscor | Armscor Philippines; Armscor Precision Intl (Phillippines) (Taylor & Co. Inc); Armscor Precision |
  Armscor of the Philippines; Armscor Intl; Arms Corporation of the Philippines; Arms Corp of the Philippines
ANL | Arsenal | ~Arsenal; Arsenal (Bulgaria); Arsenal Inc. | Arsenal Bulgaria
AFR | Arsenal Firearms | Arsenal Firearms (Italy) (TCC Importer); Arsenal Firearms (Italy) |
ASL | Arsenal USA | Arsenal, USA |
AST | Astra | Astra Unceta | Astra Spain; Unceta
| Atlas Gunworks | Atlas Gunworks, Inc. |
AOC | Auto-Ordnance | Auto Ordnance; Thompson Auto-Ordnance; Auto Ordnance Corp |
BKL | Baikal | Baikal or IMEZ - (Russia); IMEZ |
| Ballistic Advantage | |
| Barrett | Barrett Firearms | Barrett Firearms Manufacturing
BTL | Battle Arms Development | Battle Arms | BAD Inc
BAU | Bauer | ~Bauer; Bauer Firearms Corp.; Bauer Firearms |
BCI | BCI Defense | ~BCI |
BAL | Bear Creek Arsenal | Bear Creek | BCA
BNL | Benelli | Benelli Armi |
BER | Beretta | Pietro Beretta; Beretta Italy; P. Beretta | P Beretta; Berreta; Baretta; Berretta; Barretta
FII | Beretta USA | Beretta U.S.A. Corp |
| Berika | |
BEN | Bernardelli | Vincenzo Bernardelli |
AEI | Bersa | | Bersa Argentina; Bersa S.A.
| Black Aces Tactical | |
BKR | Black Rain Ordnance | | Black Rain
BNA | Bond Arms | Bond Arms Inc. |
BCM | Bravo Company | Bravo Company Mfg; BCM; BCM Rifle Company | Bravo Company USA; Bravo Co; BCMG
BRZ | Brno | Brno or CZ; Zbrojovka Brno | BRNO Arms
| Brownells | | Brownell's; Brownell
BRO | Browning | ~Browning | Browning Arms; Browning Arms Co
BTH | Brugger & Thomet | B&T | Bruegger & Thomet; B & T AG
BRY | Bryco Arms | ~Bryco |
BTM | BUL Transmark | Bul Transmark, Ltd (Magnum Research); Bul Armory; Bul Transmark, Ltd |
| Bushmaster | Bushmaster Firearms; Bushmaster Firearms International |
| Butler | ~Butler; Butler Associates |
AII | Calico | |
CNK | Canik | Canik (Century Arms); Canik 55; Canik (Tri Star); Canik USA | Canik55
CSC | Caspian | Caspian Arms Ltd.; Caspian Arms |
CAV | Cavalry Arms | |
CBC | CBC | CBC (Mossberg) |
CAI | Century Arms | CAI; Century Arms, Inc. | Century Arms VT; ~Century; C.A.I.; Century Arms Inc
CIA | Century International Arms | Century Arms International* | C.I.A.; Century Intl Arms; Century International
CHD | Charles Daly | | Chas Daly
CTR | Charter 2000 | |
CAC | Charter Arms | Charter Arms/CHARCO Inc.; Charco | ~Charter; Charter Arms Corp
CPF | Chiappa | Chiappa Firearms |
CHI | Christensen Arms | |
CIM | Cimarron | Cimarron Arms; Cimarron Arms (Aldo Uberti); Cimarron Arms (Pietta); Cimarron Firearms |
| Citadel | ~Citadel | Citadel Legacy Sports
CLK | Clerke | | Clerke 1st; Clerke First
CMM | CMMG | CMMG Inc | C.M.M.G.
CBR | Cobra | ~Cobra; Cobra Firearms; Cobra Arms; Cobra Enterprises; Cobra Enterprises of Utah; Cobra Industries |
CLT | Colt | Colt/Colts Mfg. Co., Inc.; Colt Defense; Colts Mfg; Colt Manufacturing | Colt's; Colts; Colt Mfg; Colt
  Firearms; Colts Manufacturing; Colt's Patent Firearms; Colt MFG Co
| Combat Precision | |
VOL | Commando Arms | Volunteer Enterprises |
CNI | Coonan | Coonan, Inc.; Coonan Arms |
CNC | COP | ~COP |
| Cross Machine Tool | CMT |
CVA | CVA | Connecticut Valley Arms |
FOZ | CZ | Ceska Zbrojovka | C.Z.; Ceska; CZ Czech
CZK | Czech Small Arms | Czech Small Arms (CSA) | CSA
CZU | CZ USA | CZ-USA |
DWO | Daewoo | |
DDI | Daniel Defense | | Daniels Defense
WEO | Dan Wesson | Dan Wesson Firearms/NYI; Dan Wesson Firearms; Dan Wesson Arms; Dan Wesson/CZ |
PED | Davide Pedersoli | Davide Pedersoli (IFG); Pedersoli |
DAB | Davis Industries | | ~Davis; Davis Ind
DLN | Del-Ton | Delton Inc | Delton; DTI
| Derya | |
DTN | Detonics | Detonics USA |
| Deutsche Werke | Deutsche Werke A.G. |
DBK | Diamondback | ~Diamondback; Diamondback Firearms; Diamondback Arms | Diamond Back Firearms; Diamond Back
DBS | Doublestar | Doublestar Corp.; Double Star | Double Star Corp
DTP | DoubleTap Defense | DoubleTap |
DPM | DPMS | DPMS Panther Arms | Panther Arms; DPMS Inc
RMM | Dreyse | |
DSA | DSA | DSA, Inc; DS Arms | DSArms
DWM | DWM | Deutsche Waffen & Munitions | D.W.M.
| E3 Arms | |
EEA | Eagle Arms | |
EBP | Ed Brown | Ed Brown Products |
| EDC Tactical | |
EIG | E.I.G. | | EIG; EIG Cutlery
BTE | Enfield | ~Enfield; British Enfield |
| Engage Armament | |
| Erfurt | ~Erfurt |
ERM | Erma | Erma-Werke | Erma Werke
| Escort | ~Escort |
ESX | Essex | ~Essex |
EAB | European American Armory | E.A.A./F. Tanfoglio; E.A.A/ Hermann Weihrauch; E.A.A.; EAA Corp | EAA; Eur Amer
  Armory
ECM | Excam | |
EXL | Excel Arms | Excel Industries |
| F-1 Firearms | | F1 Firearms
FET | Feather Industries | |
FEG | F.E.G. | FEG Hungary | FEG; Femaru; Fegyver
FIP | F.I.E. | F.I.E. Corp./Hermann Weihrauch; F.I.E. Corp. | FIE; Firearms Import & Export
| Firestorm | | Fire Storm
| FM Argentina | FM (Fabricaciones Militares); Fabricaciones Militares |
FMK | FMK | FMK Firearms |
FNH | FN America | FN American LLC; FNH USA; FNH; FN America LLC | FN American
FNB | FN Herstal | Browning Fabrique Nat.; FN; Fabrique Nationale; FN USA; F.N. | FN Belgium; Fabrique Nationale
  Herstal; FNHerstal
| Fostech | Fostech Outdoors |
FHQ | Franchi | | Luigi Franchi
FAC | Freedom Arms | |
FTN | Fulton Armory | |
| Fusion Firearms | Fusion Firearms, Inc. |
IAG | Galesi | Industria Armi Galesi |
AMR | Rossi | Amadeo Rossi S.A.; Amadeo Rossi S.A. (Braztech); Amadeo Rossi | Rossi Brazil; Braztech
SWD | S.W.D. Inc. | Cobray | SWD; S.W.D.; SWD Incorporated; SWD Inc; SWD Cobray
| Wesson Firearms | Wesson Firearms Co., Inc. |
"""

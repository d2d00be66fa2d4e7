"""Makers whose names begin with G to Z; see makers_a_to_f for what a line means."""

G_TO_Z = """
ISR | Desert Eagle | |
GSG | German Sport Guns | German Sports Guns | GSG; German Sport Gun
GHO | Ghost Firearms | |
GIR | Girsan | | Girsan Turkey
| Glenfield | |
GLC | Glock | | Glok; Glock Austria; Glock GmbH; Glock Inc; Glock Ges mbH
GLD | Glock USA | Glock Smyrna |
| Grand Power | |
GND | Grendel | |
| Guncrafter Industries | |
| Gun Metal | Gun Metal Inc |
| GWACS Armory | GWACS |
HAL | Haenel | |
HAQ | Hammerli | |
| Hanover Armory | Hanover Armory LLC |
HR | Harrington & Richardson | H&R 1871 | H&R; H & R; H and R; Harrington Richardson; Harrington and Richards
HSK | Haskell | Haskell Manufacturing |
| Hatsan | Hatsan Arms |
HAW | Hawes | ~Hawes; Hawes Firearms |
HEC | Heckler & Koch | Heckler und Koch | H&K; HK; H K; Heckler; Heckler & Koch GmbH; Heckler Koch
| Helwan | |
| Henry | Henry Repeating Arms; ~Henry | Henry Rifle; Henry Rifles; Henry RAC
| Herbert Schmidt | H. Schmidt |
HRT | Heritage | Heritage Mfg. Co.; Heritage Manufacturing; ~Heritage | Heritage Arms; Heritage MFG
| Herters | Herter's |
HES | Hesse | ~Hesse; Hesse Ltd |
HS | High Standard | High Standard Mfg; High Standard Man. Co., Inc.* | Hi-Standard; Hi Standard; Highstandard; High
  Standard Manufacturing
HIH | Hi-Point | Hi Point Firearms; Hi-Point; MKS Hi-Point | Hipoint; Beemiller; ~High Point; High-Point;
  HiPoint Firearms; Highpoint; Hi Pt
HND | Honor Defense | Honor Defense LLC |
HAA | Hopkins & Allen | |
HWA | Howa | |
IMC | HS Produkt | IM Metal |
HUS | Husqvarna | |
IBE | Iberia | Iberia Firearms |
IIN | Inland | ~Inland; Inland Manufacturing |
INR | Interarms | |
INY | Interdynamic | |
INC | Intratec | Intratec USA; Navegar | Intra Tec; Intertec
IOI | I.O. Inc. | I. O., Inc.; Inter Ordnance; IO Inc |
IMI | Israel Military Industries | Israel Weapons Industries (I.W.I.); Israel Weapon Industries; IWI; IWI US; Israel
  Weapon Industries (IWI) | IMI; I.M.I.; I.W.I.; IWI Israel; Israeli Military Industries
| ISSC | |
ITH | Ithaca | ~Ithaca; Ithaca Gun; Ithaca Gun Co |
IJ | Iver Johnson | AMAC/Iver Johnson | Iver Johnson Arms; Iver Johnson's; Iver Johnson Arms & Cycle Works
IZH | Izhmash | Izhevsk; Saiga | Kalashnikov Concern
HIG | J.C. Higgins | | JC Higgins; J C Higgins
JEI | Jennings | ~Jennings; Jennings Firearms | Jennings Firearms Inc
JMZ | Jimenez Arms | | Jimenez; Jiminez Arms; Jiminez; J A Nevada; Jimenez Arms Inc
| JP Enterprises | JP Enterprises Inc. |
| J.P. Sauer & Sohn | J.P. Sauer & Sons; JP Sauer & Sohn | J P Sauer; Sauer & Sohn
| Juggernaut Tactical | |
JRC | Just Right Carbines | | JRC
KHR | Kahr Arms | Kahr | Kahr Arms Inc
KKV | Kalashnikov USA | | KUSA
| Karrl's Guns | | Karrls Guns
KSI | KBI | | Kassnar
KEA | KE Arms | |
KTC | Kel-Tec | Kel-Tec CNC Industries; Kel Tec CNC | Keltec; Kel Tec; KelTec CNC
KSA | Keystone Sporting Arms | | ~Keystone; Crickett
KIE | Kimber | Kimber of America; Kimber Mfg |
KDV | Kinetic Development Group | | KDG
KNI | Knights Armament | Knights Mfg.Co; Knights MFG; Knights Manufacturing Company | Knight Armament; KAC
KOR | Korth | |
KRI | Krieghoff | |
TFD | Kriss | Kriss, USA, Inc; Kriss USA |
LAT | Lahti | |
LND | Leinad | |
LBI | Les Baer | Les Baer Custom |
LWT | Lewis Machine & Tool | LMT | Lewis Machine
CFF | Live Free Armory | | LFA
LLA | Llama | ~Llama; Llama Gabilondo | Gabilondo
LWF | Lone Wolf | Lone Wolf Distributors |
LCN | Lorcin | Lorcin Engineering | Lorcin Engr
LRB | LRB Arms | | LRB
LUZ | Lucznik | | Luczik; Lucznik Poland
LUG | Luger | ~Luger |
LWR | LWRC | LWRC International; LWRCI |
MDI | Maadi | | Maadi Egypt
MAB | MAB | MAB Bayonne; Manufacture Automatique Bayonne |
MIX | MAC | ~MAC; Military Armament Corp | MAC Ingram; Military Armament Corporation; Ingram
MGN | Magnum Research | Magnum Research Inc. | MRI
MTY | MAG Tactical Systems | MAG Tactical; MAG Tactical Systems LLC | MAG Tactical Sys
MAV | Makarov | ~Makarov |
MHN | Manurhin | |
MAR | Marlin | ~Marlin; Marlin Firearms; Marlin Firearms Co |
MPA | Masterpiece Arms | | Master Piece Arms; MPA
MAU | Mauser | ~Mauser; Mauser Werke |
MRM | Maverick Arms | Maverick | Maverick by Mossberg
MGM | Mega Arms | ~Mega; Mega Machine Shop |
MTO | Metro Arms | |
MIH | Michigan Armament | |
| Midwest Industries | Midwest Industries Inc |
MLI | MIL | ~MIL; Mil, Inc. |
MTC | Mitchell Arms | |
KIR | MKE | MKE (Zenith Firearms) | Kirikkale
MLT | Molot | | Vepr
MNI | Morini | |
| Morrissey | |
MOA | Mosin-Nagant | | Mosin; Mosin Nagant
MOS | Mossberg | O.F. Mossberg & Sons; Mossberg & Sons | Mossburg; ~Moss; OF Mossberg; Mossberg International
NAG | Nagant | |
NMP | Nambu | |
NVA | Navy Arms | | Navy Arms Co
NEF | New England Firearms | NEF | New England Firearm
NFR | New Frontier Armory | ~New Frontier | NFA LLC
NHK | Nighthawk Custom | | Nighthawk
NDS | Nodak Spud | |
NRN | Noreen | Noreen Firearms |
NON | Norinco | | Norinco China; China North Industries
NAA | North American Arms | NAA | N.A.A.; North American Arms Corp; No American Arms
NVK | Noveske | Noveske Rifleworks | Noveske Rifle Works
SGW | Olympic Arms | | Oly Arms
OME | Omega | ~Omega |
ORT | Ortgies | |
PAK | Pakistan Ordnance Factories | Pakistan Ordnance Factories (POF) (FEDARM) |
PAA | Palmetto State Armory | PSA; Palmetto Arms | ~Palmetto; Palmetto Armory; Palmetto State; Palmetto St Armory;
  Palmetto State Arms
POD | Para-Ordnance | Para-USA, Inc & Para-USA, LLC; Para USA; Para Ord | Para Ordinance; ~Para
POF | Patriot Ordnance Factory | POF-USA; Patriot Ordnance | POF
PRZ | Perazzi | |
PHE | Phoenix Arms | | ~Phoenix; Phoenix Arms Co
FFP | Pietta | F. LLI Pietta |
PIA | Pioneer Arms | |
PMC | Plainfield Machine | Plainfield |
POR | Polymer80 | Polymer 80 Inc. | P80; Polymer 80; Poly80; Poly 80
POT | Polytech | Poly Technologies | Poly Tech; Polytechnologies
| Precision Firearms | |
PTC | PTR | PTR Industries; PTR-91 Inc | PTR 91; PTR91
| PW Arms | PW Arms Redmond | P.W.Arms
PWS | PWS | Primary Weapons Systems; Primary Weapon Systems |
| Quarter Circle 10 | | QC10; QC-10
RDC | Radical Firearms | |
RAD | Radom | F.B. Radom; Fabryka Broni |
RAV | Raven Arms | ~Raven |
RCK | Reck | ~Reck |
REM | Remington | Remington Arms; Remington Arms Company; Remington Outdoor; Freedom Group Remington | Remington Arms
  Co; ~Rem
| Remington Rand | |
RPA | Republic Arms | |
REU | Revelation | ~Revelation |
RXO | Rexio | |
RGI | RG Industries | Rohm; RG; Rohm Gesellschaft; Roehm | R.G. Industries; RG Ind; R G Industries
RYL | Riley Defense | |
ROI | Rock Island Armory | Rock Island Armory Inc; Armscor/Rock Island | ~Rock Island; RIA; Rock Island Arsenal Armory
RRA | Rock River Arms | ~Rock River | RRA
RMC | Romarm | Romarm/Cugir; Romarm (Century Arms Int.); Cugir; Romarm Cugir | Rom Arm; Romak; Romanian Romarm
RPB | RPB Industries | | RPB
SR | Ruger | Sturm Ruger | Sturm, Ruger & Co.*; Sturm Ruger & Company*; Ruger Sturm*; Ruger & Co; Ruger Firearms;
  Strum Ruger*
SDI | Sabre Defence | | Sabre Defense
SAK | Sako | |
SLE | Salient Arms International | Salient Arms |
SMN | S.A.M. | Shooters Arms Manufacturing | ~SAM
SMZ | Sarsilmaz | SAR Arms; SAR USA | Sarsilmaz Turkey; SAR
SAV | Savage | ~Savage; Savage Arms; Savage Arms Corp | Savage Arms Inc
SKY | SCCY | Sccy Industries; Skyy Industries | SCYY; Skyy; Sccy Ind; SCCYY; SKYY Ind; Sccy LLC; Sky Industries
| SDS Imports | SDS |
SER | Sears | ~Sears; Sears Roebuck | Ted Williams
SEP | Seecamp | L.W. Seecamp |
SKP | Seekins Precision | Seekins |
| Sentinel Arms | |
SYT | Shadow Systems | |
| Sharps Bros | | Sharps Brothers
SIG | Sig Sauer | Sig Sauer/Sigarms Inc.; Sigarms; Sig Arms | Sig; Sigsauer; Sig Sauer Sigarms
SW | Smith & Wesson | Smith and Wesson | S&W; S & W; S and W; Smith Wesson; Smith & Wessen; Smith & Weson; Smith
  Wessen; Smith & Wesson Corp; M&P Smith & Wesson; Smith n Wesson; SW; Smith Weston; Smith & Weston
| SOTA Arms | SOTA |
SPX | Sphinx | ~Sphinx |
SPK | Spikes Tactical | Spikes |
SGD | Springfield Armory | Springfield Armory USA; Springfield Armory/HS Produkt | ~Springfield; Sprngfld Armory;
  Springfld; Spfld Armory; Springfield Arms; Springfield Inc; Springfield Arm
SGM | Stag Arms | ~Stag |
SDA | Stallard Arms | Stallard |
STA | Star | ~Star; Star Bonifacio Echeverria; Bonifacio Echeverria | Star Spain; Star B Echeverria
SGA | Sterling Arms | ~Sterling |
SWU | Sterling Arsenal | |
ST | Stevens | ~Stevens; J. Stevens Arms | Stevens Arms; J Stevens
STE | Steyr | Steyr Mannlicher; Steyr-Mannlicher | Steyr Austria
SYA | Steyr Arms | |
| Staccato | Staccato 2011 |
STI | STI | STI International |
STZ | Stoeger | Stoeger Industries; Stoeger Silah | Stoeger Ind
SNI | Sundance | Sundance Industries |
| Sun Devil | Sun Devil Mfg |
| TacSol | Tactical Solutions |
TFG | Tanfoglio | F. Tanfoglio; Fratelli Tanfoglio |
TAS | Taurus | Taurus International; Taurus USA; Forjas Taurus | Taurus Intl; Taurus Brazil; Taurus Armas; Tarus;
  Tauras; Taurus International Manufacturing; Taurus Intl Mfg
TYC | Taylor's & Co. | Taylors & Co; Taylors |
TNS | Tennessee Arms Company | Tennessee Arms; Tennessee Arms Co LLC | Tennesse Arms; TN Arms; TNARMS
THM | Thompson Center | Thompson Center Arms; Thompson/Center | T/C Arms; TC Arms
TKK | Tikka | |
TBZ | Tisas | Tisas Turkey; Trabzon | Trabzon Tisas
TNW | TNW | TNW, Inc; TNW Firearms |
| Tokarev | ~Tokarev |
TRI | Tri-Star | TriStar Arms; Tristar Sporting Arms |
TYD | Troy | ~Troy; Troy Defense; Troy Industries |
UBE | Uberti | Aldo Uberti & Co.; Aldo Uberti; Aldo Uberti & Co. (Taylor & Co.); Aldo Uberti & Co. (Stoeger Ind.) | A.
  Uberti
UMX | Umarex | |
| Union Switch & Signal | |
UNV | Universal | ~Universal; Universal Firearms |
USF | U.S. Firearms | U.S. Firearms Mfg. Co. | USFA; US Firearms
UZI | Uzi | | Action Arms Uzi
VRA | Vector Arms | |
VTR | Vektor | |
VCL | Volquartsen | Volquartsen Custom |
VCN | Vulcan Arms | ~Vulcan |
WAL | Walther | Carl Walther; Walther Arms | Walther Ulm; C Walther
WEA | Weatherby | |
WS | Webley | Webley & Scott |
WEI | Weihrauch | Hermann Weihrauch; Hermann Weihrauch (Arminius); Arminius |
| Western Field | |
WIY | Wildey | |
WKN | Wilkinson Arms | | ~Wilkinson
WLC | Wilson Combat | Beretta/Wilson |
WIN | Winchester | ~Winchester; Winchester Repeating Arms; Winchester Arms | Winchester Rifle; Winchester USRAC
WWI | Windham Weaponry | | ~Windham
WLF | Wise Lite Arms | Wise Arms | Wise Arms LLC
| Xtreme Machining | |
YHM | Yankee Hill Machine | YHM; Yankee Hill | Yankee Hill Machine Co
ZAS | Zastava | Zastava Arms; Zastava Arms (C.A.I.); Zastava Arms (Blackheart International, LLC); Crvena Zastava |
  Zastava Serbia; Yugo Zastava; Zastava Arms USA
| Zenith Firearms | ~Zenith |
"""

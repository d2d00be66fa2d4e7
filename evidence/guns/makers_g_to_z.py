"""Makers whose names begin with G to Z; see makers_a_to_f for what a line means."""

G_TO_Z = """
GSG | German Sport Guns | German Sports Guns | GSG; German Sport Gun
GHO | Ghost Firearms | |
GIR | Girsan | | Girsan Turkey
GLC | Glock | | Glock Austria; Glock GmbH; Glock Inc; Glock Ges mbH
GLD | Glock USA | Glock Smyrna |
| Grand Power | |
GND | Grendel | |
| Gun Metal | Gun Metal Inc |
| Guncrafter Industries | |
| GWACS Armory | GWACS |
| Hammerli | |
| Hanover Armory | Hanover Armory LLC |
HR | Harrington & Richardson | H&R 1871 | H&R; H & R; H and R; Harrington Richardson; Harrington and Richards
HSK | Haskell | Haskell Manufacturing |
| Haenel | |
HAW | Hawes | Hawes Firearms |
HEC | Heckler & Koch | Heckler und Koch | H&K; HK; H K; Heckler; Heckler & Koch GmbH; Heckler Koch
| Helwan | |
| Henry | Henry Repeating Arms; ~Henry | Henry Rifle; Henry Rifles; Henry RAC
| Herbert Schmidt | H. Schmidt |
| Herters | Herter's |
HRT | Heritage | Heritage Mfg. Co.; Heritage Manufacturing; ~Heritage | Heritage Arms; Heritage MFG
WEI | Weihrauch | Hermann Weihrauch; Hermann Weihrauch (Arminius); Arminius |
HS | High Standard | High Standard Mfg; High Standard Man. Co., Inc.* | Hi-Standard; Hi Standard; Highstandard; High
  Standard Manufacturing
HIH | Hi-Point | Hi Point Firearms; Hi-Point; MKS Hi-Point | Hipoint; High Point; High-Point; HiPoint Firearms;
  Highpoint; Hi Pt
| Honor Defense | Honor Defense LLC |
HAA | Hopkins & Allen | |
| Husqvarna | |
HWA | Howa | |
IMC | HS Produkt | IM Metal |
IOI | I.O. Inc. | I. O., Inc.; Inter Ordnance; IO Inc |
IBE | Iberia | Iberia Firearms |
IMI | Israel Military Industries | Israel Weapons Industries (I.W.I.); Israel Weapon Industries; IWI; IWI US; Israel
  Weapon Industries (IWI) | IMI; I.M.I.; I.W.I.; IWI Israel
INR | Interarms | |
INY | Interdynamic | |
INC | Intratec | Intratec USA; Navegar | Intra Tec; Intertec
ISR | Desert Eagle | |
| ISSC | |
ITH | Ithaca | Ithaca Gun; Ithaca Gun Co |
IJ | Iver Johnson | AMAC/Iver Johnson | Iver Johnson Arms; Iver Johnson's; Iver Johnson Arms & Cycle Works
IZH | Izhmash | Izhevsk; Saiga | Kalashnikov Concern
| J.P. Sauer & Sohn | J.P. Sauer & Sons; JP Sauer & Sohn | J P Sauer; Sauer & Sohn
JEI | Jennings | Jennings Firearms | Jennings Firearms Inc
JMZ | Jimenez Arms | | Jimenez; Jiminez Arms; Jiminez; J A Nevada; Jimenez Arms Inc
| JP Enterprises | JP Enterprises Inc. |
| Juggernaut Tactical | |
JRC | Just Right Carbines | | JRC
KHR | Kahr Arms | Kahr | Kahr Arms Inc
KKV | Kalashnikov USA | | KUSA
| Karrl's Guns | | Karrls Guns
KEA | KE Arms | |
KTC | Kel-Tec | Kel-Tec CNC Industries; Kel Tec CNC | Keltec; Kel Tec; KelTec CNC
KSA | Keystone Sporting Arms | | Keystone; Crickett
KIE | Kimber | Kimber of America; Kimber Mfg |
KDV | Kinetic Development Group | | KDG
KNI | Knights Armament | Knights Mfg.Co; Knights MFG; Knights Manufacturing Company | Knight Armament; KAC
TFD | Kriss | Kriss, USA, Inc; Kriss USA |
LBI | Les Baer | Les Baer Custom |
LWT | Lewis Machine & Tool | LMT | Lewis Machine
| Live Free Armory | | LFA
LLA | Llama | Llama Gabilondo | Gabilondo
LCN | Lorcin | Lorcin Engineering | Lorcin Engr
LWF | Lone Wolf | Lone Wolf Distributors |
LRB | LRB Arms | | LRB
LUG | Luger | ~Luger |
LWR | LWRC | LWRC International; LWRCI |
LUZ | Lucznik | | Luczik; Lucznik Poland
MIX | MAC | Military Armament Corp | MAC Ingram; Military Armament Corporation; Ingram
MDI | Maadi | | Maadi Egypt
MTY | MAG Tactical Systems | MAG Tactical; MAG Tactical Systems LLC | MAG Tactical Sys
MGN | Magnum Research | Magnum Research Inc. | MRI
MAV | Makarov | ~Makarov |
MHN | Manurhin | |
| MAB | |
MAR | Marlin | ~Marlin; Marlin Firearms; Marlin Firearms Co |
MPA | Masterpiece Arms | | Master Piece Arms; MPA
MAU | Mauser | ~Mauser; Mauser Werke |
MRM | Maverick Arms | Maverick | Maverick by Mossberg
MGM | Mega Arms | ~Mega; Mega Machine Shop |
MTO | Metro Arms | |
| Midwest Industries | Midwest Industries Inc |
MLI | MIL | Mil, Inc. |
MTC | Mitchell Arms | |
| Morini | |
KIR | MKE | MKE (Zenith Firearms) | Kirikkale
| Zenith Firearms | ~Zenith |
MLT | Molot | | Vepr
MOA | Mosin-Nagant | | Mosin; Mosin Nagant
| Morrissey | |
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
| Olympic Arms | | Oly Arms
OME | Omega | ~Omega |
ORT | Ortgies | |
PAK | Pakistan Ordnance Factories | Pakistan Ordnance Factories (POF) (FEDARM) |
PAA | Palmetto State Armory | PSA; Palmetto Arms | ~Palmetto; Palmetto Armory; Palmetto State; Palmetto St Armory;
  Palmetto State Arms
POF | Patriot Ordnance Factory | POF-USA; Patriot Ordnance | POF
POD | Para-Ordnance | Para-USA, Inc & Para-USA, LLC; Para USA; Para Ord | Para Ordinance; Para
FFP | Pietta | F. LLI Pietta |
PHE | Phoenix Arms | | ~Phoenix; Phoenix Arms Co
POR | Polymer80 | Polymer 80 Inc. | P80; Polymer 80; Poly80; Poly 80
POT | Polytech | Poly Technologies | Poly Tech; Polytechnologies
| Precision Firearms | |
PTC | PTR | PTR Industries; PTR-91 Inc | PTR 91; PTR91
PWS | PWS | Primary Weapons Systems; Primary Weapon Systems |
| PW Arms | PW Arms Redmond | P.W.Arms
| Quarter Circle 10 | | QC10; QC-10
| Reck | |
RAD | Radom | F.B. Radom; Fabryka Broni |
RDC | Radical Firearms | |
RAV | Raven Arms | ~Raven |
REM | Remington | Remington Arms; Remington Arms Company; Remington Outdoor; Freedom Group Remington | Remington Arms
  Co; ~Rem
| Remington Rand | |
RXO | Rexio | |
RGI | RG Industries | Rohm; RG; Rohm Gesellschaft; Roehm | R.G. Industries; RG Ind; R G Industries
ROI | Rock Island Armory | Rock Island Armory Inc; Armscor/Rock Island | ~Rock Island; RIA; Rock Island Arsenal Armory
RRA | Rock River Arms | ~Rock River | RRA
RMC | Romarm | Romarm/Cugir; Romarm (Century Arms Int.); Cugir; Romarm Cugir | Rom Arm; Romak; Romanian Romarm
RPB | RPB Industries | | RPB
SR | Ruger | Sturm Ruger | Sturm, Ruger & Co.*; Sturm Ruger & Company*; Ruger Sturm*; Ruger & Co; Ruger Firearms;
  Strum Ruger*
SAK | Sako | |
SLE | Salient Arms International | Salient Arms |
SMZ | Sarsilmaz | SAR Arms; SAR USA | Sarsilmaz Turkey; SAR
SAV | Savage | ~Savage; Savage Arms; Savage Arms Corp | Savage Arms Inc
SKY | SCCY | Sccy Industries; Skyy Industries | SCYY; Skyy; Sccy Ind; SCCYY; SKYY Ind; Sccy LLC; Sky Industries
SEP | Seecamp | L.W. Seecamp |
SKP | Seekins Precision | Seekins |
| Sentinel Arms | |
SYT | Shadow Systems | |
SIG | Sig Sauer | Sig Sauer/Sigarms Inc.; Sigarms; Sig Arms | Sig; Sigsauer; Sig Sauer Sigarms
SPX | Sphinx | ~Sphinx |
SPK | Spikes Tactical | Spikes |
SGD | Springfield Armory | Springfield Armory USA; Springfield Armory/HS Produkt | ~Springfield; Springfield Arms;
  Springfield Inc; Springfield Arm
SGM | Stag Arms | ~Stag |
SDA | Stallard Arms | Stallard |
STA | Star | ~Star; Star Bonifacio Echeverria; Bonifacio Echeverria | Star Spain; Star B Echeverria
SGA | Sterling Arms | ~Sterling |
SWU | Sterling Arsenal | |
ST | Stevens | ~Stevens; J. Stevens Arms | Stevens Arms; J Stevens
STE | Steyr | Steyr Mannlicher; Steyr-Mannlicher | Steyr Austria
SYA | Steyr Arms | |
STI | STI | STI International |
STZ | Stoeger | Stoeger Industries; Stoeger Silah | Stoeger Ind
SNI | Sundance | Sundance Industries |
SW | Smith & Wesson | Smith and Wesson | S&W; S & W; S and W; Smith Wesson; Smith & Wessen; Smith & Weson; Smith
  Wessen; Smith & Wesson Corp; M&P Smith & Wesson; Smith n Wesson; SW; Smith Weston; Smith & Weston
| SOTA Arms | SOTA |
| Sharps Bros | | Sharps Brothers
| Sun Devil | Sun Devil Mfg |
| S.A.M. | SAM | Shooters Arms Manufacturing
| TacSol | Tactical Solutions |
TFG | Tanfoglio | F. Tanfoglio; Fratelli Tanfoglio |
TAS | Taurus | Taurus International; Taurus USA; Forjas Taurus | Taurus Intl; Taurus Brazil; Taurus Armas; Tarus;
  Tauras; Taurus International Manufacturing; Taurus Intl Mfg
TYC | Taylor's & Co. | Taylors & Co; Taylors |
TNS | Tennessee Arms Company | Tennessee Arms; Tennessee Arms Co LLC | Tennesse Arms; TN Arms; TNARMS
THM | Thompson Center | Thompson Center Arms; Thompson/Center | T/C Arms; TC Arms
TKK | Tikka | |
TBZ | Tisas | Tisas Turkey; Trabzon | Trabzon Tisas
| TNW | TNW, Inc; TNW Firearms |
| Tokarev | ~Tokarev |
TRI | Tri-Star | TriStar Arms; Tristar Sporting Arms |
TYD | Troy | ~Troy; Troy Defense; Troy Industries |
UBE | Uberti | Aldo Uberti & Co.; Aldo Uberti; Aldo Uberti & Co. (Taylor & Co.); Aldo Uberti & Co. (Stoeger Ind.) | A.
  Uberti
UMX | Umarex | |
USF | U.S. Firearms | U.S. Firearms Mfg. Co. | USFA; US Firearms
| Union Switch & Signal | |
UZI | Uzi | | Action Arms Uzi
UNV | Universal | ~Universal; Universal Firearms |
VRA | Vector Arms | |
VTR | Vektor | |
VCL | Volquartsen | Volquartsen Custom |
WAL | Walther | Carl Walther; Walther Arms | Walther Ulm; C Walther
WEA | Weatherby | |
WS | Webley | Webley & Scott |
WIY | Wildey | |
WLC | Wilson Combat | Beretta/Wilson |
WIN | Winchester | ~Winchester; Winchester Repeating Arms; Winchester Arms | Winchester Rifle; Winchester USRAC
WWI | Windham Weaponry | | ~Windham
WLF | Wise Lite Arms | Wise Arms | Wise Arms LLC
| Xtreme Machining | |
YHM | Yankee Hill Machine | YHM; Yankee Hill | Yankee Hill Machine Co
ZAS | Zastava | Zastava Arms; Zastava Arms (C.A.I.); Zastava Arms (Blackheart International, LLC); Crvena Zastava |
  Zastava Serbia; Yugo Zastava; Zastava Arms USA
"""

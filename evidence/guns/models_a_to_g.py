"""Models of makers A to G, typed in by the project from general knowledge of the trade, to know a model by its name.

A block is `maker | type | models`, a model being `name`, `name, caliber` or `name, caliber, type`; other spellings
follow behind "=". The type is NCIC's; one in the head is that of all models of the block which say no other, and "*"
in front of it means that the maker makes nothing else. A caliber is given only where the model was made in no other.
"""

A_TO_G = """
AA Arms | | AP9, 9mm, PI; AR9, 9mm, RI
Accu-Tek | *PI | AT-380, .380; AT-380 II, .380; AT-9, 9mm; AT-32, .32; AT-40, .40; BL-9, 9mm; HC-380, .380; AT-45,
  .45; BL-380, .380; LT-380, .380
Aero Precision | | X15; M4E1; M5; M5E1; EPC-9, 9mm; AC-15; M16A4
American Derringer | | DA, , PD; DA 38, , PD; M-1, , PD; M-4, , PD; M-7, , PD; Lady Derringer, , PD; DS22, .22, PD;
  Texas Commemorative, , PD; 1, , PD; 6, , PD; 7, , PD
American Tactical | | Omni; Omni Hybrid; Omni Hybrid Maxx; Milsport, , RI; FX45, .45, PI; GSG-522, .22; GSG-1911, .22,
  PI; Firefly, .22, PI; FXH-45, .45, PI; Bulldog, 12 ga, SI; Alpha Maxx; HGA; C45, .45, PI; Titan, .45, PI; Cavalry;
  Nomad, , SS
AMT | | Backup, , PI; Backup II, , PI; Hardballer, .45, PI; Hardballer Long Slide, .45, PI; Automag, , PI; Automag II,
  .22, PI; Automag III, .30, PI; Lightning, .22, PI; Skipper, , PI; On Duty, , PI; 380 Backup, .380, PI; Longslide,
  .45, PI
Anderson Manufacturing | | AM-15; AM-10; Kiger-9C, 9mm, PI; AM-9, 9mm; A4
Armscor | | M200, .38, PR; M206, .38, PR; M1600, .22, RI; M20P, .22, RI; M1911, , PI; 1911, , PI; M30, , SP; M5, , SP;
  20C, .22, RI; M14P, .22, RB; 30 R, , SP
Arsenal | | SAM7R, 7.62mm, RI; SAM7SF, 7.62mm, RI; SLR-107, 7.62mm, RI; SLR-106, , RI; SLR-95, , RI; SAM7K, 7.62mm,
  PI; SLR-104, 5.45mm, RI; SLR-101S, , RI; SAS M-7, , RI; SGL21, 7.62mm, RI
Astra | | A-70, , PI; A-75, , PI; A-80, , PI; A-90, , PI; A-100, , PI; Constable, , PI; Cub, , PI; 2000, , PI; 400, ,
  PI; 600, 9mm, PI; Cadix, , PR; 3000, , PI; 4000, , PI; Falcon, , PI; Terminator, , PR; 900, , PI
Auto-Ordnance | | 1911, .45, PI; 1911A1, .45, PI; M1 Carbine, .30, RI; M1, , RI; 1927-A1, .45, RI; 27A-1, .45, PI;
  TM1, .45, RI; Thompson; Tommy Gun; 1911BKO, .45, PI; 1927-A5, .45, PI; M1927
Baikal | | IJ-70, , PI; IJ-70-18A, 9mm, PI; MP-94, , C; MP18, , SS; IZH-18, , SS; IZH-27, , SO; IZH-43, , SE; Makarov,
  9mm, PI; Bounty Hunter, , SE; MP-153, 12 ga, SI; IJ-18, , SS
Bauer | *PI | SS, .25; Automatic, .25; 25, .25
Bear Creek Arsenal | | BCA-15; BC-15; BC-8; BC-9, 9mm
Benelli | | M1, 12 ga, SI; M2, , SI; M3, 12 ga; M4, 12 ga, SI; Nova, , SP; Super Nova, 12 ga, SP; Super Black Eagle,
  12 ga, SI; M1014, 12 ga, SI; B76, 9mm, PI; Montefeltro, , SI; M1 Super 90, 12 ga, SI; Vinci, 12 ga, SI; R1, , RI
Beretta | | 92, , PI; 92F, 9mm, PI; 92FS, 9mm, PI; 92G, 9mm, PI; 92A1, 9mm, PI; 92X, 9mm, PI; 96, .40, PI; 96D, .40,
  PI; 96A1, .40, PI; 90-Two, , PI; 70, , PI; 950, , PI; 950BS, , PI; 21A, , PI; 21A Bobcat, , PI; Bobcat, , PI;
  Jetfire, .25, PI; Minx, .22, PI; Tomcat, .32, PI; 3032 Tomcat, .32, PI; 3032, .32, PI; 81, .32, PI; 82, .32, PI; 84,
  .380, PI; 84F, .380, PI; 84FS, .380, PI; 85, .380, PI; 85F, .380, PI; 86, .380, PI; 87, .22, PI; Cheetah, , PI; PX4,
  , PI; PX4 Storm, , PI; CX4, , RI; CX4 Storm, , RI; Nano, 9mm, PI; Pico, .380, PI; APX, , PI; APX Carry, 9mm, PI;
  Neos, .22, PI; U22 Neos, .22, PI; M9, 9mm, PI; M9A1, 9mm, PI; M9A3, 9mm, PI; 8000, , PI; 8040, .40, PI; Cougar, ,
  PI; Vertec, , PI; 1934, .380, PI; 1935, .32, PI; 391, , SI; 1301, 12 ga, SI; Stampede, , PR; 418, .25, PI; 8000
  Cougar, , PI
Bersa | *PI | Thunder; Thunder 380, .380; Thunder 22, .22; Thunder 9, 9mm; Thunder 40, .40; Thunder 45, .45; Thunder
  Plus; Thunder Pro; Thunder CC; BP9CC, 9mm; BP380CC, .380; BP40CC, .40; Firestorm; TPR9, 9mm; TPR9C, 9mm; 383-A,
  .380; 83, .380; 85, .380; 86, .380; 95, .380; Series 95, .380; 23, .22; 223, .22; 844, .22; Mini Thunder; M2XX
Bond Arms | *PD | Texas Defender; Snake Slayer; Snake Slayer IV; Roughneck; Rowdy; Backup; Rough N Rowdy; Mini;
  Patriot; Papa Bear; Bullpup; Bullpup9, 9mm; Stinger; Old Glory; Century 2000; Grizzly; Cowboy Defender; Girl Mini
Bravo Company | | BCM4; Recce-16, , RI; Recce, , RI; Recce 14, , RI
Brownells | | BRN-16A1, , RI; BRN-180; BRN-10, , RI; BRN-4; BRN-Proto, , RI; BRN-15
Browning | | Hi-Power, , PI; High Power, , PI; BDA, , PI; BDM, 9mm, PI; Buck Mark, .22, PI; Challenger, .22, PI;
  1911-22, .22, PI; 1911-380, .380, PI; BPS, , SP; A-5, , SI; Auto-5, , SI; BAR, , RI; BLR, , RL; A-Bolt, , RB;
  X-Bolt, , RB; Citori, , SO; Baby, .25, PI; Medallist, .22, PI; 1910, , PI; 1955, .380, PI; Gold, , SI; Maxus, , SI;
  Cynergy, , SO; T-Bolt, , RB
Bryco Arms | *PI | 38; 48; 58; 59; Jennings Nine, 9mm; Bryco 38; Bryco 59
Bushmaster | | XM-15, , RI; XM15-E2S, , RI; Carbon 15; ACR, , RI; BA50, .50, RB; M17S, , RI; QRC, , RI; Minimalist, ,
  RI; C-15; Varminter, , RI; MOE, , RI
Calico | | M-100, .22, RI; M-950, 9mm, PI; M-900, 9mm, RI; Liberty, 9mm
Canik | *PI | TP9, 9mm; TP9SF, 9mm; TP9SA, 9mm; TP9SFX, 9mm; TP9V2, 9mm; TP9DA, 9mm; TP9SF Elite, 9mm; TP9 Elite SC,
  9mm; TP9SF Elite-S, 9mm; METE, 9mm; METE SFT, 9mm; METE SFX, 9mm; METE MC9, 9mm; MC9, 9mm; Rival, 9mm; TP40, .40;
  55; C100, 9mm; S-120, 9mm; L-120, 9mm; Stingray, 9mm
Century Arms | | VSKA, 7.62mm, RI; RAS47, 7.62mm, RI; C39, 7.62mm; C39V2, 7.62mm; BFT47, 7.62mm, RI; WASR-10, 7.62mm,
  RI; C308, .308, RI; L1A1, , RI; L1A1 Sporter, , RI; CETME, , RI; CETME Sporter, , RI; Centurion 39, 7.62mm, RI;
  Draco, , PI; Mini Draco, , PI; Micro Draco, , PI; Tantal, , RI; M70AB2, , RI; M70B1, , RI; M92, , PI; GP WASR-10, ,
  RI; AP5, 9mm, PI; PAP M92, , PI; Golani, , RI; R1A1, , RI; G3, , RI; GP1975, , RI; C93, , RI; Catamount Fury, 12 ga,
  SI
Century International Arms | | VSKA, 7.62mm, RI; RAS47, 7.62mm, RI; C39, 7.62mm; C39V2, 7.62mm; WASR-10, 7.62mm, RI;
  C308, .308, RI; L1A1, , RI; L1A1 Sporter, , RI; CETME, , RI; CETME Sporter, , RI; Draco, , PI; Mini Draco, , PI;
  Micro Draco, , PI; Tantal, , RI; GP WASR-10, , RI; GP WASR 10/63, , RI; M70AB2, , RI; R1A1, , RI
Charter Arms | | Undercover, .38, PR; Undercoverette, , PR; Off Duty, , PR; Bulldog, .44, PR; Bulldog Pug, .44, PR;
  Pathfinder, , PR; Pit Bull, , PR; Police Bulldog, , PR; Mag Pug, .357, PR; Police Undercover, , PR; Lavender Lady,
  .38, PR; Pink Lady, .38, PR; Target Bulldog, , PR; Explorer II, .22, PI; AR-7, .22, RI; Southpaw, .38, PR; Dixie
  Derringer, , PR; Professional, , PR; Boomer, , PR; Undercover Lite, .38, PR
Chiappa | | Rhino, , PR; 1911-22, .22, PI; M9, , PI; M9-22, .22, PI; PAK-9, 9mm, PI; M1-9, 9mm; Charging Rhino, , PR;
  1873, , PR; SAA 1873, .22, PR; Little Badger, , RS; Double Badger, , C; M1-22, .22, RI; X-Caliber, , C
CMMG | | MK-4; MK3; MK9, 9mm; Banshee; MK47, 7.62mm; Mutant; Resolute; Dissent
Cobra | | FS32, .32, PI; FS380, .380, PI; CA32, .32, PI; CA380, .380, PI; Patriot, , PI; Patriot 45, .45, PI; Freedom,
  , PI; Denali, .380, PI; CB9, 9mm, PD; CB38, .38, PD; C22, .22, PD; C32, .32, PD; Big Bore, , PD; Shadow, .38, PR;
  D-38, .38, PD; M-11/9, 9mm, PI; Tenite
Colt | | 1911, , PI; M1911, , PI; 1911A1, , PI; M1911A1, , PI; 1911 Government, , PI; Government, , PI; Government
  Model, , PI; Commander, , PI; Combat Commander, , PI; Officers, , PI; Defender, , PI; Mustang, .380, PI; Mustang
  Pocketlite, .380, PI; Pony, .380, PI; Delta Elite, 10mm, PI; Gold Cup, , PI; MK IV, , PI; MK IV Series 70, , PI;
  MKIV Series 80, , PI; Series 70, , PI; Series 80, , PI; Woodsman, .22, PI; Challenger, .22, PI; Huntsman, .22, PI;
  Junior, .25, PI; Double Eagle, , PI; All American, 9mm, PI; 2000, 9mm, PI; 1903, .32, PI; 1908, , PI; Python, .357,
  PR; Cobra, , PR; King Cobra, .357, PR; Anaconda, , PR; Detective Special, , PR; Detective, , PR; Diamondback, , PR;
  Police Positive, , PR; Police Positive Special, , PR; Official Police, , PR; Trooper, , PR; Lawman, , PR; Lawman MK
  III, , PR; Agent, , PR; Single Action Army, , PR; Peacemaker, , PR; Viper, , PR; New Service, , PR; Army Special, ,
  PR; AR-15, , RI; Sporter, , RI; M4, , RI; M4 Carbine, , RI; LE6920, , RI; Match Target, , RI; Expanse, , RI; M16, ,
  RA; Rail Gun, , PI; New Agent, , PI; Wiley Clapp; Night Cobra, , PR; Frontier Scout, .22, PR
Coonan | *PI | 357, .357; B, .357; Classic, .357; MOT, .45; Cadet, .357; 1911
CZ | | 75, , PI; 75B, , PI; 75D, , PI; 75 P-01, 9mm, PI; P-01, 9mm, PI; 75 SP-01, 9mm, PI; SP-01, 9mm, PI; 75 SP-01
  Tactical, 9mm, PI; 75 BD, , PI; 75 Compact, , PI; 75 Tactical Sport, , PI; 83, , PI; 82, 9mm, PI; 85, , PI; 97, .45,
  PI; 97 B, .45, PI; 52, 7.62mm, PI; 50, .32, PI; 70, .32, PI; 27, .32, PI; 24, , PI; 45, .25, PI; 2075 RAMI, , PI;
  2075, , PI; RAMI, , PI; 40B, .40, PI; P-07, , PI; P-09, , PI; P-10, , PI; P-10 C, , PI; P-10 F, , PI; P-10 S, , PI;
  Scorpion, 9mm, PI; Scorpion EVO 3 S1, 9mm, PI; Scorpion EVO, 9mm, PI; Scorpion EVO 3, 9mm, PI; Shadow 2, 9mm, PI; VZ
  58, 7.62mm, RI; 550, , RB; 452, , RB; 455, , RB; 457, , RB; 527, , RB; Bren; Bren 2; 805 Bren; 512, , RI; 612, 12
  ga, SP; 712, , SI; VZ61, .32, PI; 100, , PI; 110, , PI; 38, .380, PI
Daewoo | | DP51, 9mm, PI; DH40, .40, PI; DP52, .22, PI; DR-200, , RI; K1A1; DH380, .380, PI; MAX-II, , RI
Dan Wesson | | 15, .357, PR; 15-2, .357, PR; 715, .357, PR; 44, .44, PR; 744, .44, PR; 14, .357, PR; 22, .22, PR;
  Valor, , PI; Pointman, , PI; Guardian, , PI; Specialist, , PI; Vigil, , PI; ECO, , PI; Kodiak, 10mm, PI; DWX, , PI;
  12, .357, PR; Bruin, , PI; Razorback, 10mm, PI; TCP, , PI; ECP, , PI; Discretion, , PI
Daniel Defense | | DDM4; DD5; M4V7, , RI; DDM4V7; DDM4 PDW, , PI; MK18; DD15; H9, 9mm, PI; DDM4A1; V7
Davis Industries | | P-380, .380, PI; P-32, .32, PI; D-22, .22, PD; D-25, .25, PD; D-32, .32, PD; D-38, .38, PD;
  DM-22, .22, PD; D-9, 9mm, PD
Del-Ton | | DTI-15; DTI-4; DT Sport, , RI; Sport, , RI; Echo 316, , RI; Alpha 320, , RI; Lima, , PI; Evolution, , RI
Desert Eagle | *PI | Mark XIX, , PI; Mark VII, , PI
Detonics | | Combat Master, , PI; Pocket 9, 9mm, PI; Scoremaster, , PI; MTX, .45, PI; Servicemaster, , PI; Combat
  Master MK VI, .45, PI
Diamondback | | DB9, 9mm, PI; DB380, .380, PI; DB15; DB10; Sidekick, .22, PR; DBX, 5.7mm, PI; DB9R, 9mm, RI; DBAM29,
  9mm, PI; FS Nine, 9mm, PI
DPMS | | A-15; Oracle, , RI; Panther Oracle, , RI; LR-308, .308, RI; LR-G2; Panther, , RI; AP4, , RI; LRGII;
  Sportical, , RI; Lo-Pro Classic, , RI; Kitty Kat; G2; M4
DSA | | SA58, .308, RI; ZM4; RPD, 7.62mm, RI; AR-15
European American Armory | | Witness, , PI; Witness P, , PI; Windicator, , PR; Bounty Hunter, , PR; Big Bore Bounty
  Hunter, , PR; SAR K2P, 9mm, PI; SAR B6P, 9mm, PI; Girsan MC28, 9mm, PI; MC28, 9mm, PI; Elite, , PI; P carry, , PI;
  EA9, 9mm, PI; EA38, .38, PI; EA380, .380, PI; European, , PI
Excam | | GT27, .25, PI; TA38, .38, PD; TA76, .22, PR; TA90, 9mm, PI; RX22, .22, PI; BTA90, 9mm, PI
F.E.G. | | PA-63, , PI; PJK-9HP, 9mm, PI; AP, , PI; R9, 9mm, PI; P9R, 9mm, PI; P9RK, 9mm, PI; SMC-380, .380, PI; APK,
  , PI; P9M, 9mm, PI; SA-85M, 7.62mm, RI; SMC918, 9mm, PI; GKK-45, .45, PI; FP9, 9mm, PI; RK59, , PI; APK7S, .32, PI;
  FEG-45, .45, PI; B9R, .380, PI; Tokagypt 58, 9mm, PI
F.I.E. | | Titan, , PI; Titan II, , PI; Titan Tiger, , PR; Tiger, , PR; Texas Ranger, .22, PR; E15, .22, PR; Buffalo
  Scout, .22, PR; Little Ranger, , PR; GT27, .25, PI; Standard; N38, .38, PR; A27, .25, PI; SSP, , PI; TZ75, 9mm, PI;
  Derringer, , PD; D-38, .38, PD; Super Titan II, , PI; Arminius, , PR; SB; GT380, .380, PI
Feather Industries | | AT-22, .22, RI; AT-9, 9mm, RI
FMK | *PI | 9C1, 9mm; 9C1 G2, 9mm; Elite, 9mm; Pro Elite, 9mm; AR-1; AR-1 Extreme
FN Herstal | | Five-seveN, 5.7mm, PI = 57; FNS-9, 9mm, PI; FNS-40, .40, PI; FNS, , PI; FNX-9, 9mm, PI; FNX-40, .40,
  PI; FNX-45, .45, PI; FNX, , PI; FNP-9, 9mm, PI; FNP-40, .40, PI; FNP-45, .45, PI; FNP, , PI; 509, 9mm, PI; FN 509,
  9mm, PI; 502, .22, PI; 503, 9mm, PI; 510, 10mm, PI; 545, .45, PI; PS90, 5.7mm, RI; P90, 5.7mm; SCAR, , RI; SCAR 17S,
  , RI; SCAR 16S, , RI; FN 15, , RI; FAL; FNC; Hi-Power, 9mm, PI; High Power, 9mm, PI; Reflex, 9mm, PI; FNAR, , RI
German Sport Guns | | GSG-5, .22; GSG-522, .22; GSG-16, .22, RI; Firefly, .22, PI; GSG-1911, .22, PI; 1911, .22, PI;
  1911-22, .22, PI; STG-44, .22, RI; MP40, , PI; 522, .22
Girsan | | MC28, 9mm, PI; MC28SA, 9mm, PI; MC1911, , PI; MC9, 9mm, PI; MC14, .380, PI; MC14T, .380, PI; Regard, 9mm,
  PI; MCP35, 9mm, PI; MC312, 12 ga, SI; Witness 2311, , PI
Glock | *PI | 17, 9mm = G17 = 17C; 17L, 9mm; 18, 9mm = G18; 18C, 9mm; 19, 9mm = G19 = 19C; 19X, 9mm; 20, 10mm = G20;
  20SF, 10mm; 21, .45 = G21 = 21C; 21SF, .45; 22, .40 = G22 = 22C; 23, .40 = G23 = 23C; 24, .40; 25, .380; 26, 9mm =
  G26; 27, .40 = G27; 28, .380; 29, 10mm = G29; 29SF, 10mm; 30, .45 = G30; 30S, .45; 30SF, .45; 31, .357 = G31; 32,
  .357 = G32; 33, .357 = G33; 34, 9mm = G34; 35, .40 = G35; 36, .45 = G36; 37, .45; 38, .45; 39, .45; 40, 10mm = G40;
  41, .45 = G41; 42, .380 = G42; 43, 9mm = G43; 43X, 9mm = G43X; 44, .22 = G44; 45, 9mm = G45; 47, 9mm = G47; 48, 9mm
  = G48
Grendel | | P-10, .380, PI; P-12, .380, PI; P-30, .22, PI; P-31, .22, PI
"""

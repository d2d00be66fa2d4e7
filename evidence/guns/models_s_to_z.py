"""Models of makers S to Z; see models_a_to_g for what a block means."""

S_TO_Z = """
S.W.D. Inc. | | M-11, , PI; M-11/9, 9mm, PI; M-12, .380, PI; Cobray M-11, , PI; Cobray; PM-11, , PI; PM-11/9, 9mm, PI;
  Ladies Home Companion; Street Sweeper, 12 ga, S
Sarsilmaz | *PI | K2; K2P, 9mm; B6, 9mm; B6P, 9mm; SAR9, 9mm; CM9, 9mm; ST10, 9mm; SAR 109T, 9mm; P8L, 9mm; K2-45,
  .45; Kilinc 2000, 9mm; SAR2000, 9mm
Savage | | 110, , RB; 10, , RB; 11, , RB; 12, , RB; 111, , RB; Axis, , RB; Axis II, , RB; 64, .22, RI; 64F, .22, RI;
  93, , RB; 93R17, .17, RB; Mark II, , RB; Mark II F, .22, RB; 67, , SP; 30, , SP; 320, , SP; 99, , RL; 1907, , PI;
  24, , C; 77, , SP; 69, , SP; Rascal, .22, RB; A17, .17, RI; A22, .22, RI; MSR-15, , RI; MSR 10, , RI; Stevens 320, ,
  SP; Stance, 9mm, PI; Edge, , RB; 62, .22, RI; 340, , RB; 301, , SS; 212, 12 ga, SB; 220, 20 ga, SB; Stevens 67, , SP
SCCY | *PI | CPX-1, 9mm; CPX-2, 9mm; CPX-3, .380; CPX-4, .380; CPX; DVG-1, 9mm
Seecamp | *PI | LWS32, .32; LWS380, .380; LWS25, .25
Sentinel Arms | | Striker-12, 12 ga, S
Shadow Systems | *PI | MR918, 9mm; MR920, 9mm; MR920L, 9mm; DR920, 9mm; CR920, 9mm; XR920, 9mm; CR920X, 9mm; CR920P,
  9mm; MR920P, 9mm; DR920P, 9mm
Sig Sauer | | P220, , PI; P224, , PI; P225, 9mm, PI; P226, , PI; P227, .45, PI; P228, 9mm, PI; P229, , PI; P230, , PI;
  P232, , PI; P238, .380, PI; P239, , PI; P245, .45, PI; P250, , PI; P290, , PI; P320, , PI; P322, .22, PI; P365, 9mm,
  PI; P365X, 9mm, PI; P365XL, 9mm, PI; P365-380, .380, PI; P938, 9mm, PI; SP2022, , PI; SP2340, , PI; SP2009, 9mm, PI;
  Pro, , PI; Mosquito, .22, PI; 1911, , PI; M400, , RI = SIGM400; 516, , RI; 556, , RI; SIG556, , RI; MPX; MCX; MCX
  Rattler; M17, 9mm, PI; M18, 9mm, PI; Tread, , RI; Cross, , RB; P210, 9mm, PI; P6, 9mm, PI; M11-A1, 9mm, PI
Smith & Wesson | | SW9VE, 9mm, PI = Sigma SW9VE; SW9F, 9mm, PI; SW9C, 9mm, PI; SW9G, 9mm, PI; SW9V, 9mm, PI; SW40VE,
  .40, PI; SW40F, .40, PI; SW40V, .40, PI; SW40C, .40, PI; SW40G, .40, PI; SW40E, .40, PI; SW380, .380, PI; SW9E, 9mm,
  PI; SW9M, 9mm, PI; Sigma, , PI; SW99, , PI; SW1911, , PI; SD9, 9mm, PI; SD9VE, 9mm, PI; SD40, .40, PI; SD40VE, .40,
  PI; M&P, , PI; M&P 9, 9mm, PI; M&P 9C, 9mm, PI; M&P 40, .40, PI; M&P 40C, .40, PI; M&P 45, .45, PI; M&P 357, .357,
  PI; M&P 22, .22, PI; M&P Shield, , PI; M&P 9 Shield, 9mm, PI; M&P 40 Shield, .40, PI; Shield, , PI; M&P 380 Shield
  EZ, .380, PI; Shield EZ, , PI; M&P 9 Shield EZ, 9mm, PI; Shield Plus, , PI; M&P Shield Plus, , PI; M&P Bodyguard;
  M&P Bodyguard 380, .380, PI = Bodyguard 380; Bodyguard; M&P 15, , RI; M&P 15-22, .22, RI; M&P 15 Sport, , RI; M&P 15
  Sport II, , RI; M&P 2.0, , PI; M&P M2.0, , PI; Airweight, , PR; Chiefs Special, , PR; Lady Smith; Governor, , PR;
  10, .38, PR; 10-5, .38, PR; 10-6, .38, PR; 12, .38, PR; 13, .357, PR; 14, .38, PR; 15, .38, PR; 17, .22, PR; 18,
  .22, PR; 19, .357, PR; 19-3, .357, PR; 19-4, .357, PR; 22A, .22, PI; 27, .357, PR; 28, .357, PR; 29, .44, PR; 30,
  .32, PR; 31, .32, PR; 34, .22, PR; 36, .38, PR; 37, .38, PR; 38, .38, PR; 39, 9mm, PI; 41, .22, PI; 42, .38, PR; 43,
  .22, PR; 49, .38, PR; 57, .41, PR; 58, .41, PR; 59, 9mm, PI; 60, , PR; 61, .22, PI; 63, .22, PR; 64, .38, PR; 65,
  .357, PR; 66, .357, PR; 67, .38, PR; 317, .22, PR; 329, .44, PR; 340, .357, PR; 360, , PR; 422, .22, PI; 439, 9mm,
  PI; 442, .38, PR; 457, .45, PI; 459, 9mm, PI; 460, , PR; 469, 9mm, PI; 500, .500, PR; 536, , PR; 539, 9mm, PI; 559,
  9mm, PI; 586, .357, PR; 617, .22, PR; 622, .22, PI; 625, , PR; 627, .357, PR; 629, .44, PR; 632, , PR; 637, .38, PR;
  638, .38, PR; 639, 9mm, PI; 640, , PR; 642, .38, PR; 645, .45, PI; 649, , PR; 659, 9mm, PI; 669, 9mm, PI; 686, .357,
  PR; 908, 9mm, PI; 910, 9mm, PI; 915, 9mm, PI; 3904, 9mm, PI; 3906, 9mm, PI; 3913, 9mm, PI; 3914, 9mm, PI; 3953, 9mm,
  PI; 4003, .40, PI; 4006, .40, PI; 4013, .40, PI; 4026, .40, PI; 4046, .40, PI; 411, .40, PI; 410, .40, PI; 4506,
  .45, PI; 4516, .45, PI; 4566, .45, PI; 4586, .45, PI; 5903, 9mm, PI; 5904, 9mm, PI; 5906, 9mm, PI; 5926, 9mm, PI;
  5943, 9mm, PI; 5946, 9mm, PI; 6904, 9mm, PI; 6906, 9mm, PI; 6946, 9mm, PI; 1006, 10mm, PI; 2206, .22, PI; 2213, .22,
  PI; CSX, 9mm, PI; Equalizer, 9mm, PI; Victory; Military & Police, , PR = Military and Police; FPC, 9mm, RI;
  Scandium, , PR; Combat Magnum, , PR; 351, , PR
Spikes Tactical | | ST-15; The Jack; Spider; Hellbreaker; Crusader; Calico Jack; SL15; Punisher; Pipe Hitters Union;
  Zombie; Honey Badger; Warthog
Springfield Armory | | XD, , PI; XD-9, 9mm, PI; XD-40, .40, PI; XD-45, .45, PI; XDM, , PI; XDS, , PI; XDM-9, 9mm, PI;
  XDM-40, .40, PI; XD-S Mod.2, , PI; XD Mod.2, , PI; XDE, , PI; XDM Elite, , PI; Hellcat, 9mm, PI; Hellcat Pro, 9mm,
  PI; Echelon, 9mm, PI; 911, , PI; 1911, , PI; 1911-A1, , PI; EMP, , PI; Range Officer, , PI; Ronin, , PI; Prodigy,
  9mm, PI; Saint, , RI; Saint Victor, , RI; M1A, , RI; M1 Garand, , RI; SAR-48, , RI; 87A; Omega, , PI; XD
  Sub-Compact, , PI; XD Tactical, , PI; XD Service, , PI; Loaded, , PI; TRP, , PI; Mil-Spec, , PI; V10, , PI; Micro
  Compact, , PI
Stag Arms | | STAG-15; STAG-10; 15L; 2T
Stallard Arms | *PI | JS-9, 9mm; JS-9MM, 9mm; JS, 9mm
Star | | Firestar, , PI; Firestar M-40, .40, PI; Firestar M-43, 9mm, PI; Firestar M-45, .45, PI; Ultrastar, , PI;
  Megastar, , PI; BM, 9mm, PI; BKM, 9mm, PI; BKS, 9mm, PI; PD, .45, PI; Super B, 9mm, PI; B, 9mm, PI; Starlight, , PI;
  CO, , PI; CU, , PI; 30M, 9mm, PI; 31P, , PI; 28, , PI; M-43, 9mm, PI; D, .380, PI
Sterling Arms | | 300, .25, PI; 302, .22, PI; 400, .380, PI; 402, .32, PI; 286, .22, PI; X-Caliber, , PS
Stevens | | 320, , SP; 311, , SE; 67, , SP; 87, .22, RI; 87A, .22, RI; 94, , SS; 940, , SS; 350, 12 ga, SP; Favorite,
  .22, RS; 62, .22, RI; 512, , SO; 77, , SP; 15, .22, RB; 555, , SO; 107, , SS; 94F, , SS; 59, .410, SB; 301, , SS;
  300, , RB
Steyr | | M9, 9mm, PI; M9-A1, 9mm, PI; M40, .40, PI; M40-A1, .40, PI; S9, 9mm, PI; S40, .40, PI; C9, 9mm, PI; GB, 9mm,
  PI; AUG, , RI; AUG A3, , RI; SPP, 9mm, PI; Scout, , RB; L9, 9mm, PI; M357, .357, PI
STI | | Edge, , PI; Spartan, , PI; Trojan, , PI; Eagle, , PI; 2011, , PI; Ranger, , PI; Lawman, , PI; DVC, , PI;
  Guardian, , PI; Staccato, , PI; Escort, , PI; Apeiro, , PI
Stoeger | | Cougar, , PI; Cougar 8000F, 9mm, PI; 8000, , PI; 8000F, 9mm, PI; Condor, , SO; Coach Gun, , SE; Uplander,
  , SE; P3000, 12 ga, SP; P350, 12 ga, SP; 2000, 12 ga, SI; 3000, 12 ga, SI; M3000, 12 ga, SI; M3500, 12 ga, SI;
  STR-9, 9mm, PI; STR-9C, 9mm, PI; STR-9SC, 9mm, PI; STR-40, .40, PI; Luger, , PI; M3020, 20 ga, SI; Double Defense
Sundance | *PI | A-25, .25; BOA, .25; Lady Laser, .25; Point Blank, .22; Laser 25, .25
Tanfoglio | | TZ-75, 9mm, PI; GT27, .25, PI; GT28; GT380, .380, PI; Witness, , PI; TA90, 9mm, PI; Titan, , PI; Force,
  , PI; Stock, , PI
Taurus | | PT92, 9mm, PI = PT92AF; PT99, 9mm, PI; PT100, .40, PI; PT101, .40, PI; PT111, 9mm, PI; PT111 G2, 9mm, PI;
  PT111 G2A, 9mm, PI; PT111 Millennium, 9mm = PT111 Millenium, PI; PT111 Pro, 9mm, PI; PT111 Millennium G2, 9mm, PI;
  PT138, .380, PI; PT140, .40, PI; PT140 G2, .40, PI; PT140 Pro, .40, PI; PT140 Millennium, .40, PI; PT145, .45, PI;
  PT1911, , PI; PT22, .22, PI; PT25, .25, PI; PT24/7, , PI; 24/7, , PI; 24/7 G2, , PI; 24/7 Pro, , PI; PT24/7 Pro, ,
  PI; 24/7 OSS, , PI; PT609, 9mm, PI; PT638, .380, PI; PT709, 9mm, PI = 709; 709 Slim, 9mm, PI; PT709 Slim, 9mm, PI;
  PT738, .380, PI = 738; 738 TCP, .380, PI; TCP, .380, PI; PT738 TCP, .380, PI; PT740, .40, PI = 740; PT740 Slim, .40,
  PI; PT809, 9mm, PI; PT840, .40, PI; PT845, .45, PI; PT908, 9mm, PI; PT909, 9mm, PI; PT911, 9mm, PI; PT938, .380, PI;
  PT940, .40, PI; PT945, .45, PI; PT957, .357, PI; PT58, .380, PI; PT732, .32, PI; Millennium, , PI = Millenium;
  Millennium G2, , PI; Millennium Pro, , PI; G2, , PI; G2C, , PI; G2S, , PI; G3, , PI; G3C, , PI; G3X, 9mm, PI; G3XL,
  9mm, PI; G3 Tactical, 9mm, PI; GX4, 9mm, PI; GX4XL, 9mm, PI; TX22, .22, PI; TH9, 9mm, PI; TH40, .40, PI; TS9, 9mm,
  PI; Curve, .380, PI; Spectrum, .380, PI; Judge, , PR; Public Defender, , PR; Raging Judge, , PR; Raging Bull, , PR;
  Raging Hunter, , PR; Tracker, , PR; 17, , PR; 44, .44, PR; 65, .357, PR; 66, .357, PR; 80, .38, PR; 82, .38, PR; 83,
  .38, PR; 85, .38, PR; 85 Ultra-Lite, .38, PR = 85UL; 94, .22, PR; 327, , PR; 380, .380, PR; 431, .44, PR; 445, .44,
  PR; 450, , PR; 605, .357, PR; 606, .357, PR; 607, .357, PR; 608, .357, PR; 617, .357, PR; 627, .357, PR; 650, .357,
  PR; 651, .357, PR; 669, .357, PR; 689, .357, PR; 692, , PR; 731, .32, PR; 817, .38, PR; 850, .38, PR; 851, .38, PR;
  856, .38, PR; 905, 9mm, PR; 941, .22, PR; 942, .22, PR; 4410, , PR; 4510, , PR; Defender 856, .38, PR; Defender 605,
  .357, PR; Ultra-Lite, , PR
Thompson Center | | Contender, , PS; Encore; G2 Contender; Compass, , RB; Venture, , RB; Hawken, , RU; Omega; Impact;
  Triumph
Tisas | | Zigana, 9mm, PI; PX-9, 9mm, PI; 1911, , PI; 1911A1, , PI; Zig PC9, 9mm, PI; Fatih 13, , PI; Fatih, , PI;
  Regent, , PI; BR9, 9mm, PI; Duty, , PI; Carry, , PI; PX-5.7, 5.7mm, PI
Tri-Star | | C-100, 9mm, PI; C-120, 9mm, PI; T-100, 9mm, PI; T-120, 9mm, PI; S-120, 9mm, PI; P-100, 9mm, PI; L-120,
  9mm, PI; Cobra, 12 ga, SP; Cobra II, , SP; Viper, , SI; Viper G2, , SI; Raptor, , SI; Setter, , SO; Compact, 12 ga,
  SI; KRX, 12 ga, SI; TEC12, 12 ga; Hunter, , SO
Uberti | | Cattleman, , PR; 1873; 1873 Cattleman, , PR; Stallion, , PR; Schofield, , PR; Regulator, , PR; Buntline, ,
  PR; 1851 Navy, .36, PR; 1860 Army, .44, PR; 1858, , PR
Universal | | M1 Carbine, .30, RI; M1, .30, RI; Enforcer, .30, PI; 3000, .30, PI
Uzi | | A, 9mm, RI; B, 9mm, RI; Mini; Micro, , PI; Eagle, , PI
Walther | | PPK, , PI; PPK/S, , PI; PP, , PI; P22, .22, PI; P38, 9mm, PI; P99, , PI; PPQ, , PI; PPS, , PI; PDP, 9mm,
  PI; CCP, , PI; PK380, .380, PI; PPX, , PI; Q5, 9mm, PI; SP22, .22, PI; TPH, , PI; Creed, 9mm, PI; WMP, .22, PI;
  Sport Mark II; P1, 9mm, PI; P5, 9mm, PI; PPQ M2, , PI
Weatherby | | Vanguard, , RB; Mark V, , RB; PA-08, , SP; SA-08, , SI; PA-459, 12 ga, SP; SA-459, , SI; Orion, , SO;
  Patrician, 12 ga, SP
Weihrauch | | HW38, .38, PR; HW5, , PR; HW7, .22, PR; HW357, .357, PR; Arminius, , PR; HW9, , PR; HW3, , PR; HW22,
  .22, PR; HW68, , PR; Titan Tiger, , PR
Wilson Combat | | CQB, , PI; EDC X9, 9mm, PI; SFX9, 9mm, PI; Sentinel, , PI; KZ-45, .45, PI; Protector, , PI;
  Professional, , PI; ADP, 9mm, PI; Tactical Elite, , PI; Hunter, , PI; Supergrade, , PI
Winchester | | 94, , RL; 1894, , RL; 70, , RB; 1300, , SP; 1200, , SP; 1400, , SI; 12, , SP; 1897, , SP; 97, , SP;
  SXP, , SP; SX3, , SI; SX4, , SI; Defender, 12 ga, SP; 190, .22, RI; 1892, , RL; 1873, , RL; 37, , SS; 9422, .22, RL;
  290, .22, RI; 67, .22, RB; Wildcat, .22, RI; XPR, , RB; 100, , RI; 88, , RL; 1911; 120, , SP; 140, , SI; 150, .22,
  RL; 270, .22, RP; 1500, , SI; Super X; 1886, , RL; Ranger; 12, , SP
Windham Weaponry | | WW-15; SRC, , RI; WW-308, .308; WW-CF
Zastava | | PAP M92, 7.62mm = M92 = MP92 = M92 PAP = M92PV = PAPM92PV; PAP M85 = M85 = M85PV; PAP; N-PAP, 7.62mm, RI;
  O-PAP, 7.62mm, RI; M70 = PAP M70; ZPAP M70, 7.62mm, RI; ZPAP M92, 7.62mm, PI = ZPAP92; ZPAP M85, , PI; ZPAP; M57,
  7.62mm, PI; M57A, 7.62mm, PI; M88, 9mm, PI; M88A, 9mm, PI; M48, , RB; CZ99, 9mm, PI; M83, , PR; EZ9, 9mm, PI
"""

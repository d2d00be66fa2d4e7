"""Models of makers H to R; see models_a_to_g for what a block means."""

H_TO_R = """
Harrington & Richardson | | 929, .22, PR; 929 Sidekick, .22, PR; Sidekick, .22, PR; 732, .32, PR; 733, .32, PR; 622,
  .22, PR; 632, .32, PR; 900, .22, PR; 925, .38, PR; 926, , PR; 949, .22, PR; 649, .22, PR; 686, .22, PR; 999, , PR;
  999 Sportsman, , PR; Sportsman, , PR; 922, .22, PR; Pardner, , SS; Pardner Pump, , SP; Topper, , SS; Topper 88, ,
  SS; 88, , SS; 158, , SS; 098, , SS; SB1, , SS; SB2; Handi-Rifle, , RS; Young America, , PR; Premier, , PR; Victor, ,
  PR; 1871; 401, .410, SP; Defender, .38, PR; American, , PR; The American, , PR; 830, .22, PR; Auto Ejector, , PR;
  Gunsmoke, , PR; 1871
Haskell | *PI | JS-45, .45; JS, .45
Heckler & Koch | | USP, , PI; USP9, 9mm, PI; USP40, .40, PI; USP45, .45, PI; USP Compact, , PI; USP Tactical, , PI;
  P7, , PI; P7M8, 9mm, PI; P7M13, 9mm, PI; P30, , PI; P30L, , PI; P30SK, , PI; P2000, , PI; P2000SK, , PI; HK45, .45,
  PI; HK45C, .45, PI; VP9, 9mm, PI; VP9SK, 9mm, PI; VP40, .40, PI; VP70, 9mm, PI; VP70Z, 9mm, PI; Mark 23, .45, PI;
  SP5, 9mm, PI; SP89, 9mm, PI; SP5K, 9mm, PI; HK4, , PI; 91, , RI; HK91, , RI; 93, , RI; 94, 9mm, RI; MP5, , B; MP5K,
  , B; UMP, , B; USC, .45, RI; MR556, , RI; MR762, , RI; 416; HK416; G3; CC9, 9mm, PI; SL8, , RI
Henry | | H001, .22, RL; Golden Boy, , RL; Big Boy, , RL; AR-7, .22, RI; US Survival, .22, RI; Survival Rifle, .22,
  RI; H002, .22, RI; Mare's Leg; Lever Action, , RL; H006, , RL; Homesteader, 9mm, RI; H015; X Model, , RL; US
  Survival AR-7, .22, RI
Heritage | | Rough Rider, , PR; Rough Rider SAA, , PR; Barkeep, .22, PR; RR22, .22, PR; Stealth, , PI; Sentry, , PR;
  HR25, .25, PI; RR22MB, .22, PR; RR22B6, .22, PR; H25S, .25, PI; Big Bore, , PR; Rancher
Hi-Point | | C9, 9mm, PI; CF380, .380, PI; JCP, .40, PI; JCP40, .40, PI; JHP, .45, PI; JHP45, .45, PI; JH, , PI; C, ,
  PI; CF, , PI; JC, , PI; 995, 9mm, RI; 995TS, 9mm, RI; 4095, .40, RI; 4095TS, .40, RI; 4595, .45, RI; 4595TS, .45,
  RI; 1095, 10mm, RI; 3895, .380, RI; JXP10, 10mm, PI; YC9, 9mm, PI
High Standard | | Sentinel, , PR; Sentinel Deluxe, , PR; Double Nine, , PR; Longhorn, , PR; Derringer, , PD; D-100,
  .22, PD; D-101, .22, PD; DM-101, .22, PD; HD, .22, PI; HB, .22, PI; Supermatic, .22, PI; Dura-Matic, .22, PI; Sport
  King, .22, PI; Flite-King; Victor, .22, PI; R-100, .22, PR; R-101, .22, PR; R-103, .22, PR; W-101, .22, PR; Hombre,
  .22, PR; Posse, .22, PR; Crusader, , PR; K-200, , SP; K1200, 12 ga, SP; Trophy, .22, PI; Kit Gun, .22, PR; 10B, 12
  ga, SI; 103, , PR
Howa | | 1500, , RB; M1500, , RB; Mini Action, , RB
I.O. Inc. | | AKM-247, , RI; M214; Hellpup, 7.62mm, PI; Hellhound, , RI; Venom, .45, PI; Sporter, , RI; AK-47C, , RI;
  M214 NanoPistol, , PI; CASAR, , RI
Iberia | *PI | JS-40, .40; JS, .40
Interarms | | PPK, , PI; PPK/S, , PI; Virginian Dragoon, , PR; Helwan, 9mm, PI; Mark X, , RB; Star, , PI; Virginian, ,
  PR; Firestar, , PI
Intratec | | TEC-9, 9mm, PI; TEC-DC9, 9mm, PI; DC9, 9mm, PI; AB-10, 9mm, PI; TEC-22, .22, PI; TEC-38, .38, PD;
  Protec-25, .25, PI; Cat 9, 9mm, PI; Cat 45, .45, PI; KG-99, 9mm, PI; TEC-9M, 9mm, PI; Scorpion, .22, PI
Israel Military Industries | | Desert Eagle, , PI; Uzi; Uzi Model A, 9mm, RI; Uzi Model B, 9mm, RI; Mini Uzi, 9mm;
  Micro Uzi, 9mm, PI; Galil, , RI; Galil Ace; Jericho, , PI; Jericho 941, , PI; Tavor, , RI; Tavor X95, , RI; X95, ,
  RI; Masada, 9mm, PI; Uzi Pro, 9mm, PI; Baby Eagle, , PI; Tavor SAR, , RI; Tavor TS12, 12 ga, SI; Tavor 7, , RI;
  Zion-15; Carmel, , RI
Ithaca | | 37, , SP; M37, , SP; 37 Featherlight, , SP; Featherlight, , SP; 1911, , PI; 1911A1, , PI; Mag-10, 10 ga,
  SI; 51, , SI; X-15, .22, RI; M-66, , SS; 66, , SS; 49, .22, RL
Iver Johnson | | Cadet, , PR; TP22, .22, PI; TP25, .25, PI; Pony, .380, PI; Enforcer, .30, PI; Champion, , SS;
  Sidewinder, .22, PR; Target, , PR; American Bulldog, , PR; Owl Head, , PR; Safety Hammerless, , PR; Trailsman, .22,
  PI; 55, , PR; 57, , PR; M1 Carbine, .30, RI; X300, , PI; 1911A1, , PI; Eagle, , PI; 50, .22, PR; 66, , PR; Thrasher,
  , PI; Super Shot, .22, PR; Viking, , PR
Izhmash | | Saiga; Saiga-12, 12 ga, SI; Saiga-20, 20 ga, SI; Saiga-410, .410, SI; Saiga 308, .308, RI; IZ-132, , RI
Jennings | *PI | J-22, .22; J-25, .25; Bryco 59; Bryco 38; T380, .380; Nine, 9mm; 38; 48; 59; 22, .22
Jimenez Arms | *PI | JA-9, 9mm; JA Nine, 9mm; JA-380, .380; JA-22, .22; JA-25, .25; JA-32, .32; JA-LC380, .380
Just Right Carbines | | JR Carbine, , RI; JRC, , RI; JR Takedown, , RI; JRC9, 9mm, RI
Kahr Arms | *PI | CW9, 9mm; CW40, .40; CW45, .45; CW380, .380; CM9, 9mm; CM40, .40; CM45, .45; P9, 9mm; P40, .40; P45,
  .45; P380, .380; PM9, 9mm; PM40, .40; PM45, .45; K9, 9mm; K40, .40; MK9, 9mm; MK40, .40; CT9, 9mm; CT40, .40; CT45,
  .45; CT380, .380; T9, 9mm; TP9, 9mm; TP40, .40; TP45, .45; S9, 9mm; ST9, 9mm
Kalashnikov USA | | KR-103, 7.62mm, RI; KP-9, 9mm, PI; KR-9, 9mm, RI; KS-12, 12 ga, SI; KR-101, 5.56mm, RI; KOMP12, 12
  ga, SI; KP-104, 7.62mm, PI; KP-103, 7.62mm, PI; KR-9S, 9mm, RI
Kel-Tec | | P-11, 9mm, PI; P-3AT, .380, PI; P-32, .32, PI; PF-9, 9mm, PI; P-40, .40, PI; P17, .22, PI; P15, 9mm, PI;
  P50, 5.7mm, PI; PMR-30, .22, PI; PLR-16, , PI; SUB-2000, , RI; SU-16, , RI; KSG, 12 ga, SP; CP33, .22, PI; RDB, ,
  RI; CMR-30, .22, RI; KS7, 12 ga, SP
Keystone Sporting Arms | | Crickett, .22, RS; Chipmunk, .22, RS; Cricket, .22, RS; KSA001, .22, RS; Hunter Pistol, ,
  PS; 722, .22, RB
Kimber | | Custom II, , PI; Ultra Carry, , PI; Ultra Carry II, , PI; Ultra CDP, , PI; Ultra CDP II, , PI; Pro Carry, ,
  PI; Pro Carry II, , PI; Micro 9, 9mm, PI; Micro, , PI; Micro 380, .380, PI; Solo, 9mm, PI; Solo Carry, 9mm, PI;
  Eclipse, , PI; Evo SP, 9mm, PI; K6S, .357, PR; Gold Match, , PI; Gold Match II, , PI; Stainless II, , PI; Tactical
  Pro, , PI; Crimson Carry II, , PI; Raptor II, , PI; Master Carry, , PI; R7 Mako, 9mm, PI; Mako, 9mm, PI; TLE II, ,
  PI; Warrior, , PI; Aegis, , PI; Rapide, , PI; Compact, , PI; Classic, , PI; 84M, , RB
Kriss | | Vector; Vector Gen II; Vector SDP, , PI; Vector CRB, , RI; Sphinx SDP, 9mm, PI; Vector SDP-E, , PI; Vector
  CRB/SO, , RI
Llama | | Max-I, , PI; Minimax, , PI; Micromax, , PI; Comanche, , PR; III-A, .380, PI; XV, .22, PI; XVI, .22, PI; XI,
  9mm, PI; IX-A, .45, PI; Especial, , PI; Small Frame, , PI; Mugica, , PI
Lone Wolf | | Timberwolf, , PI; LWD, , PI; Freedom Wolf, , PI; LTD19, 9mm, PI; LTD26, , PI; Dawn 365, 9mm, PI;
  Freedom, , PI
Lorcin | *PI | L-380, .380; L-25, .25; LT-25, .25; L-22, .22; L-32, .32; L9, 9mm; L-9MM, 9mm; LH380, .380
Maadi | | ARM, 7.62mm, RI; MISR, 7.62mm, RI; MISR S/A, 7.62mm, RI; RPM, 7.62mm, RI; MISR-90, 7.62mm, RI
MAC | | M-10, , = 10 = MAC-10; M-11, , = 11 = MAC-11
Magnum Research | | Desert Eagle, , PI; Desert Eagle Mark XIX, , PI; Desert Eagle XIX, , PI; Desert Eagle Mark VII, ,
  PI; Baby Eagle, , PI; Baby Eagle II, , PI; Baby Desert Eagle, , PI; Micro Desert Eagle, .380, PI; Jericho, , PI;
  Jericho 941, , PI; BFR, , PR; MR Eagle, , PI; MR9, 9mm, PI; MR40, .40, PI; 1911, , PI; 1911G, .45, PI; 1911C, .45,
  PI; Mountain Eagle, .22, PI; Mark XIX, , PI
Makarov | *PI | PM, 9mm; IJ-70
Marlin | | 60, .22, RI; 60W, .22, RI; 60SB, .22, RI; 336, , RL; 336W, , RL; 336C, , RL; 30AS, , RL; 1894, , RL; 1895,
  , RL; 795, .22, RI; 70P, .22, RI; 70PSS, .22, RI; Papoose, .22, RI; 75C, .22, RI; 99, .22, RI; Camp 9, 9mm, RI; Camp
  45, .45, RI; Camp Carbine, , RI; 39A, .22, RL; 25, .22, RB; 25N, .22, RB; 25MN, .22, RB; 15Y, .22, RB; 80, .22, RB;
  81, .22, RB; XT-22, .22, RB; 120, 12 ga, SP; 444, , RL; 60 Glenfield, .22, RI; Glenfield 60, .22, RI; 55, 12 ga, SB;
  Dark, , RL; 925, .22, RB; 983, .22, RB; X7, , RB; XL7, , RB
Masterpiece Arms | | MPA30, 9mm, PI; MPA30T, 9mm, PI; MPA930, 9mm, PI; MPA10, .45, PI; MPA57, 5.7mm, PI; Defender, ,
  PI; 30T, 9mm, PI
Mauser | | HSc, , PI; C96, , PI; 98, , RB; 98K, , RB; K98, , RB; 1914, , PI; 1910, .25, PI; M98, , RB; Broomhandle, ,
  PI; M2, , PI; 1934, .32, PI
Maverick Arms | | 88, 12 ga, SP = Maverick 88; 91, 12 ga, SP; 95
Mitchell Arms | | Citation, .22, PI; Sharpshooter, .22, PI; Trophy II, .22, PI; Titan, , PR; Guardian; P08, 9mm, PI;
  American Eagle, 9mm, PI; AK-22, .22, RI; Alpha, , PI; 45
MKE | | Z-5, 9mm, PI; Z-5RS, 9mm, PI; Z-5P, 9mm, PI; AT-94, 9mm; MKEK, .380, PI; Z-5K, 9mm, PI; TPK, , PI; T-94, 9mm;
  AP5, 9mm, PI
Mosin-Nagant | | 91/30, , RB; M91/30, , RB; M44, , RB; M38, , RB; M1891, , RB
Mossberg | | 500, , SP; 500A, 12 ga, SP; 500C, 20 ga, SP; 500E, .410, SP; 500B, 16 ga, SP; 500AG, 12 ga, SP; 500
  Persuader, , SP; 500 Cruiser, , SP; 590, , SP; 590A1, 12 ga, SP; 590 Shockwave, , SP; Shockwave, , SP; 535, 12 ga,
  SP; 505, , SP; 510, , SP; 835, 12 ga, SP; 930, 12 ga, SI; 940, 12 ga, SI; 88, 12 ga, SP; Maverick 88, 12 ga, SP;
  600AT, 12 ga, SP; 600, , SP; 702, .22, RI; 702 Plinkster, .22, RI; Plinkster, .22, RI; 715T, .22; 715P, .22, PI;
  Patriot, , RB; MVP, , RB; MC1sc, 9mm, PI; MC2c, 9mm, PI; International; 464, , RL; 9200, 12 ga, SI; 802, .22, RB;
  817, .17, RB; ATR, , RB; Blaze, .22, RI; 151M, .22, RI; 185, 20 ga, SB; 190, 16 ga, SB; 195, 12 ga, SB; 183, .410,
  SB; 46B, .22, RB
New England Firearms | | Pardner, , SS; R73, .32, PR; R92, .22, PR; R22, .22, PR; Handi-Rifle, , RS; SB1, , SS; SB2;
  Pardner SB1, , SS; Sportster, , RS; Survivor; Lady Ultra, .32, PR
Norinco | | SKS, , RI; MAK-90, , RI; MAK 90 Sporter, , RI; 54-1, , PI; 213, 9mm, PI; 1911A1, .45, PI; 1911, , PI; 56S,
  , RI; 56S-1, , RI; NHM-91, , RI; AK-47; 84S, , RI; ATD, .22, RI; JW-15, .22, RB; M14, , RI; M14S, , RI; HP9-1, 12
  ga, SP; 97, 12 ga, SP; NZ75, 9mm, PI; Tokarev, , PI; Hunter, , RI
North American Arms | | NAA22, .22, PR; NAA-22LR, .22, PR; NAA-22M, .22, PR; NAA22S, .22, PR; Mini, , PR;
  Mini-Revolver, , PR; Black Widow, , PR; Pug, , PR; Sidewinder, , PR; Guardian, , PI; Guardian 32, .32, PI; Guardian
  380, .380, PI; Earl, , PR; 450, .45, PR
Olympic Arms | | MFR; PCR; PCR-00; PCR-99; OA-93, , PI; OA-98, , PI; K3B, , RI; AR-15
Palmetto State Armory | | PA-15; PA-10; PA-9, 9mm; PS9 Dagger, 9mm, PI; Dagger, 9mm, PI; PS9, 9mm, PI; PX-9, 9mm;
  PSAK-47, , RI; PSAK-47 GF3, , RI; AK-P, , PI; AKV, 9mm, PI; 5.7 Rock, 5.7mm, PI; Rock 5.7, 5.7mm, PI; Rock, 5.7mm,
  PI; X5.7, 5.7mm; JAKL; AR-V, 9mm; GF3, , RI
Para-Ordnance | | P14-45, .45, PI; P14, .45, PI; P12-45, .45, PI; P12, .45, PI; P13-45, .45, PI; P10-45, .45, PI;
  P16-40, .40, PI; P18-9, 9mm, PI; Warthog, .45, PI; Hawg 9, 9mm, PI; LDA, , PI; Expert, , PI; Black Ops, , PI; Carry,
  , PI; C7-45, .45, PI; 1911, , PI; GI Expert, .45, PI; OPS, , PI; P15-40, .40, PI; Companion, , PI; 1911 Expert, ,
  PI; Slim Hawg, .45, PI; Tac-S, .45, PI
Phoenix Arms | *PI | HP22, .22; HP22A, .22; HP25, .25; HP25A, .25; Raven, .25
Polymer80 | *PI | PF940C, , PI; PF940V2, , PI; PF940, , PI; PF940SC, , PI; PFC9, 9mm, PI; PF9SS, , PI; PF45, , PI;
  P80, , PI; PF940CL, , PI
Polytech | | AK-47; AKS-762, 7.62mm, RI; M14S, .308, RI; AK-47S, , RI; SKS, , RI
PTR | | PTR-91, .308, RI; 91, .308, RI; 9CT, 9mm, PI; 9KT, 9mm, PI; PTR-32, 7.62mm, RI; 9C, 9mm, PI; 601, 9mm, PI; GI,
  , RI; PTR 51P, , PI; 9R, 9mm, RI; PTR 9CT, 9mm, PI
Radical Firearms | | RF-15; RF10; RF-85
Radom | | Vis 35, 9mm, PI; P-64, 9mm, PI; P-83, 9mm, PI; VIS, 9mm, PI; Hellpup, 7.62mm, PI; Beryl, , RI; Sporter, ,
  RI; P-35, 9mm, PI; FB P-64, 9mm, PI
Raven Arms | *PI | MP-25, .25; P-25, .25
Remington | | 870, , SP; 870 Express, , SP; 870 Express Magnum, , SP; 870 Wingmaster, , SP; 870 Tactical, , SP;
  Wingmaster, , SP; 11-87, , SI; 1100, , SI; 700, , RB; 700 ADL, , RB; 700 BDL, , RB; 7400, , RI; 742, , RI;
  Woodsmaster, , RI; 760, , RP; Gamemaster, , RP; 7600, , RP; 770, , RB; 710, , RB; 783, , RB; 788, , RB; 597, , RI;
  552, .22, RI; 572, .22, RP; 550, .22, RI; Nylon 66, .22, RI; 66, .22, RI; R1, , PI; 1911 R1, , PI; R51, 9mm, PI;
  RM380, .380, PI; RP9, 9mm, PI; RP45, .45, PI; TAC-14; Versa Max, 12 ga, SI; 887, 12 ga, SP; SP-10, 10 ga, SI;
  XP-100, , PB; 31, , SP; 58, , SI; Spartan
Rexio | | Comanche; Pucara, , PR; RS22, .22, PR; RJ22, .22, PR; Super Comanche, , PS
RG Industries | | RG10, .22, PR; RG14, .22, PR; RG23, .22, PR; RG24, .22, PR; RG25, .25, PI; RG26, .25, PI; RG30, ,
  PR; RG31, , PR; RG38S, .38, PR; RG39, .38, PR; RG40, .38, PR; RG57, , PR; RG63, , PR; RG66, .22, PR; RG88, .357, PR;
  14, .22, PR; 23, .22, PR; 31, , PR; 40, .38, PR; 10, .22, PR; 66, .22, PR; 25, .25, PI; 26, .25, PI; 38S, .38, PR;
  63, , PR; 39, .38, PR; 24, .22, PR; 57, , PR; RG17, .38, PD
Rock Island Armory | | 1911, , PI; M1911, , PI; M1911-A1, , PI; M1911-A1 FS, , PI; M1911-A1 CS, , PI; GI, , PI;
  1911A1-FS, , PI; M206, .38, PR; M200, .38, PR; VR80, 12 ga, SI; VR60, 12 ga, SI; VRPA40, 12 ga, SP; VRBP100, 12 ga,
  SI; BBR, , PI; Baby Rock, .380, PI; TCM, , PI; M30, , SP; 5.0, 9mm, PI; STK100, 9mm, PI; XT22, .22, PI; AL3.0, .357,
  PR; 51623; M14Y, .22, RB; Rock Ultra, , PI
Rock River Arms | | LAR-15; LAR-8, , RI; LAR-9, 9mm; LAR-10, , RI; LAR-PDS, , PI; LAR-47, 7.62mm; LAR-15M; LAR-15LH;
  LAR-458, , RI
Romarm | | WASR-10, 7.62mm, RI; WASR-10/63, 7.62mm, RI; WASR-2, 5.45mm, RI; WASR-3, 5.56mm, RI; WASR, , RI; WASR-22,
  .22, RI; GP WASR-10, 7.62mm, RI; GP WASR 10/63, 7.62mm, RI; SAR-1, 7.62mm, RI; SAR-2, 5.45mm, RI; SAR-3, , RI;
  Draco, , PI; Mini Draco, 7.62mm, PI; Micro Draco, 7.62mm, PI; Draco-C, 7.62mm, PI; Draco NAK9, 9mm, PI; NAK9, 9mm,
  PI; PSL, , RI; PSL-54C, , RI; Romak 3, , RI; Cugir; M10, , RI; M10-762, 7.62mm, RI; M69, .22, RB; TTC, , PI
Rossi | | R351, .38, PR; R352, .38, PR; R461, .357, PR; R462, .357, PR; 68, .38, PR; M68, .38, PR; 88, .38, PR; M88,
  .38, PR; 851, .38, PR; R851, .38, PR; 971, .357, PR; R971, .357, PR; 677, .357, PR; 720, .44, PR; 27, .38, PR; 31,
  .38, PR; 69, .32, PR; 92, , RL; R92, , RL; Ranch Hand; RB17, .17, RB; RS22, .22, RI; RP63, .357, PR; Plinker, .22,
  PR; M685, .38, PR; 685, .38, PR; Princess, .22, PR; Matched Pair; 511, .22, PR; R972, .357, PR; Overland, , SE;
  62SA, .22, RP; Brawler, , PS; M351, .38, PR; M352, .38, PR; Tuffy, , SS; Circuit Judge, , R
RPB Industries | | M-10; M-11
Ruger | | LCP, .380, PI; LCP II, .380, PI = LCP2; LCP Max, .380, PI; LC9, 9mm, PI; LC9s, 9mm, PI; LC380, .380, PI;
  LCR, , PR; LCRx, , PR; P85, 9mm, PI; P89, 9mm, PI; P89DC, 9mm, PI; P90, .45, PI; P91, .40, PI; P93, 9mm, PI; P94, ,
  PI; P95, 9mm, PI; P95DC, 9mm, PI; P97, .45, PI; P345, .45, PI; P944, .40, PI; SR9, 9mm, PI; SR9c, 9mm, PI; SR40,
  .40, PI; SR40c, .40, PI; SR45, .45, PI; SR22, .22, PI; SR1911, , PI; EC9s, 9mm, PI; EC9, 9mm, PI; Max-9, 9mm, PI;
  Security-9, 9mm, PI; Security-380, .380, PI; Ruger-57, 5.7mm, PI = 57; American; American Pistol, , PI; American
  Compact, , PI; Mark I, .22, PI = MK I; Mark II, .22, PI = MK II; Mark III, .22, PI = MK III; Mark IV, .22, PI = MK
  IV; 22/45, .22, PI; 22/45 Lite, .22, PI; 10/22, .22, RI; Mini-14, , RI; Mini-30, , RI; Mini Thirty, , RI; Ranch
  Rifle, , RI; M77, , RB; M77 Hawkeye, , RB; 77, , RB; No. 1, , RS; PC Carbine, , RI; PC9, 9mm, RI; PC4, .40, RI;
  AR-556, , RI; SR-556, , RI; SFAR, , RI; Precision Rifle, , RB; GP100, , PR; SP101, , PR; Redhawk, , PR; Super
  Redhawk, , PR; Blackhawk, , PR; Super Blackhawk, .44, PR; New Vaquero, , PR; Vaquero, , PR; Bearcat, .22, PR;
  Single-Six, , PR; Wrangler, .22, PR; Security-Six, , PR; Speed-Six, , PR; Service-Six, , PR; Charger, , PI; 22
  Charger, .22, PI; P-Series, , PI; Standard, , PI; LCP Custom, .380, PI
"""

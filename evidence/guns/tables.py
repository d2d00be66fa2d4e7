"""What is picked most often at intake: calibers, makes and NCIC types, typed in by the project. Facts, not advice."""

CALIBERS = ("9 mm", ".40 S&W", ".45 Auto", ".223 Rem", ".380 Auto")

MORE_CALIBERS = (
    ".22 LR", ".25 Auto", ".32 Auto", ".357 Magnum", ".357 SIG", ".38 Special", ".44 Magnum", "10 mm Auto", "5.56 NATO",
    "5.7x28 mm", "7.62x39 mm", ".300 Blackout", ".308 Win", "12 gauge", "20 gauge", ".410 bore",
)  # fmt: skip

MAKES = (
    "Anderson Manufacturing", "Beretta", "Bersa", "Bryco Arms", "Canik", "Century Arms", "Charter Arms", "Colt",
    "Diamondback", "FN Herstal", "Glock", "Heckler & Koch", "Hi-Point", "Jimenez Arms", "Kahr Arms", "Kel-Tec",
    "Lorcin", "Mossberg", "Palmetto State Armory", "Phoenix Arms", "Polymer80", "Raven Arms", "Remington", "Romarm",
    "Ruger", "Savage", "SCCY", "Sig Sauer", "Smith & Wesson", "Springfield Armory", "Taurus", "Walther", "Winchester",
)  # fmt: skip

# NCIC gun type: kind of weapon, then its action.
TYPES = {
    "PI": "Pistol, semi-automatic",
    "PR": "Pistol, revolver",
    "PD": "Pistol, derringer",
    "PS": "Pistol, single shot",
    "PA": "Pistol, automatic",
    "RI": "Rifle, semi-automatic",
    "RA": "Rifle, automatic",
    "RB": "Rifle, bolt action",
    "RL": "Rifle, lever action",
    "RP": "Rifle, pump action",
    "RS": "Rifle, single shot",
    "SP": "Shotgun, pump action",
    "SI": "Shotgun, semi-automatic",
    "SB": "Shotgun, bolt action",
    "SS": "Shotgun, single shot",
    "SE": "Shotgun, double barrel",
    "SO": "Shotgun, over and under",
    "B": "Submachine gun",
    "MA": "Machine gun",
    "Z": "Other firearm",
}

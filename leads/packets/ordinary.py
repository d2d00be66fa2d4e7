"""Words that are parts of names and ordinary words as well. Pure.

A word that is missing here is only taken out of a text once too often: where it is written small and no name is meant.
"""

BEFORE = "de da dos das del dela della di du la las los san santa van von der den ter zu bin ibn el y st"
LEADING, SUFFIXES = frozenset(BEFORE.split()), frozenset(("jr", "sr", "ii", "iii", "iv"))
# What is no part by itself: before another part, and at the end.
PARTICLES = (LEADING | SUFFIXES, SUFFIXES)
WORDS = """
abbey acre alert angel apple april arch archer arms arrow ashes august autumn back bail bailey baker ball bank banks
barber barn barrel bass bat bay beach beam bean bear beard beck bell bench best bill bird bishop black blank blaze
blood bloom blue bolt bond bone bones book booth bowl bowman boy brand brave bread brick bridge bridges bright broad
brook brooks brown brush buck bull burden bush butcher butler cage camp candy cane card cards carpenter carter case
cash castle chance chandler chase chip church city clay clear cliff close cloud coach coal coffee cold cole college
colt come comfort cook cooper corn cotton court craft crane crisp cross crow crown crystal curry daisy dale dance dawn
day days dean dear diamond dock dollar done dove down drake draper dream drew driver duke dusty earl early east easter
echo elder even ever faith fall farmer farrier fast fern field fields fine finger fish fisher flag fleet flint flood
flora flower flowers flynn foot ford forest forge foster fowler fox frame frank free freeman frost fuller game garden
gates gene gentle gift ginger glass glove gold golden good gore grace grand grant grass grave graves gray green grey
ground groves guard guest gunner guy hack hail hale hall hand hands harden hardy harmony harper hart hatch haven hawk
hawks hazel head heart heath heather heaven hedge held help hero hill hills holiday hollow holly honey hood hook hope
hopper horn horse house hunt hunter hurt idle iris iron ivory jack jade jasmine jean jewel job jolly joy judge june
justice keen keep keeper kind king knife knight lake lamb lance land lane large lark last laurel law lawless lawn lead
leaf lean lee less light lily link lock long lord love low lucky lung lynch mace major makes mann maple march marine
mark marker marks marsh marshal mason match matter maze mercer mercy merit miles mill miller mills mint miss mister
money monk moon moor moore more morning moss moth mount mountain nail neat needle nest never new noble noon north
nurse oaks oath olive opal orange orchard order page paige paint palm park parker parks parrot part pass past pastor
patience peace peach pearl penny pepper person pike pine pink piper pitch pitt place plain plant pole pond pool poor
pope porter post potter pound powder power powers president price pride priest prince prior proper prudence purse
quick quill rain ranger ransom raven read reader rebel reed reeves rest reward rich ridge ring river rivers road roads
rob robin rock rode roper rose rough round rowan ruby ruin rule rush russet rust rusty sadler sage sailor sand sands
savage sawyer scarlet school seal self serene sergeant shade shadow shark sharp shell shepherd sheriff shoemaker shore
short shot sierra silver singer skinner sky slaughter smart smith smoke snow song south spade sparks spear speed
spring stable star stark starr start state steel steele stern stock stone storm story street strong style sugar summer
summers sunny swan swift sword tanner taylor temple terry thorn tide tiger till timber tool topper towers town trace
tracy train travel true trust tucker turner usher vale valentine vance victor victory viola violet virtue walker wall
walls ward warden ware warm warner warren watch water waters watt watts waves way wear weaver webb weber wells west
wheat wheeler whistle white whitehead wild wilder wiley will willow wills winter winters wise wolf wolfe wood woods
woody word wren wright wynn yard year yellow york young younger
"""
ORDINARY = frozenset(WORDS.split())

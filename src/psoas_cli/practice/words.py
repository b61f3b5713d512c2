"""The program's own words around a practice, in both languages; a test fails where one is missing."""

from collections.abc import Mapping

from psoas_cli.practice.model.text import Lang, Text, decimal

LANGUAGES: Mapping[Lang, Text] = {"en": Text("English", "Engels"), "nl": Text("Dutch", "Nederlands")}
"""The languages that psoas speaks, by name."""

# What happens
LEAD_IN = Text("Settling in", "Aankomen")
REBOUND = Text("Rebound", "Navoelen")
REBOUND_TEXT = Text("Rest, and notice what lingers.", "Rust even en voel na.")
BREATHING = Text("Breathing", "Ademen")
SCAN = Text("Body scan", "Bodyscan")
REST = Text("Rest", "Rust")
QUIET = Text("Quiet time", "Stille tijd")
QUIET_TEXT = Text(
    "The steps are done. What is left of the time is quiet: stay as long as it suits you.",
    "De stappen zijn klaar. De tijd die overblijft is stil: blijf zolang het je goed doet.",
)
MOVING = Text("Moving", "Bewegen")
RETURN = Text("Coming back", "Terugkomen")
TO_THE_MAT = Text("Come to your mat. There is time.", "Kom naar je mat. Er is tijd.")
ENDINGS = (
    Text("A breath or two more here.", "Nog een of twee ademhalingen."),
    Text("Soon it will be time to come out, at your own pace.", "Zo meteen mag je eruit komen, in je eigen tempo."),
    Text("A few more moments here.", "Nog heel even zo."),
)
"""One of them is told before a long hold ends, in turn."""

# Where one is
ABOUT_MINUTES = (
    Text("About a minute more.", "Nog ongeveer een minuut."),
    *(
        Text(f"About {en} minutes more.", f"Nog ongeveer {nl} minuten.")
        for en, nl in (
            ("two", "twee"),
            ("three", "drie"),
            ("four", "vier"),
            ("five", "vijf"),
            ("six", "zes"),
            ("seven", "zeven"),
            ("eight", "acht"),
            ("nine", "negen"),
            ("ten", "tien"),
            ("eleven", "elf"),
            ("twelve", "twaalf"),
            ("thirteen", "dertien"),
            ("fourteen", "veertien"),
            ("fifteen", "vijftien"),
            ("sixteen", "zestien"),
            ("seventeen", "zeventien"),
            ("eighteen", "achttien"),
            ("nineteen", "negentien"),
            ("twenty", "twintig"),
        )
    ),
)
"""How much longer, in minutes: from one on."""

NOT_A_MINUTE = Text("Less than a minute more.", "Nog minder dan een minuut.")
MANY_MINUTES = Text("More than twenty minutes more.", "Nog meer dan twintig minuten.")
THEN = Text("Then {name}", "Dan {name}")
THEN_OTHER_SIDE = Text("Then the other side.", "Dan de andere kant.")
THEN_SCAN = Text("Then the body scan.", "Dan de bodyscan.")
THEN_OVER = Text("Then the practice is over.", "Dan is de oefening klaar.")
RESTING = Text("Resting.", "Je rust.")
THERE_IS_TIME = Text("There is time.", "Er is tijd.")

# Sides
FIRST_OF_TWO = Text("first of two sides", "eerste van twee kanten")
SECOND_OF_TWO = Text("second of two sides", "tweede van twee kanten")
SIDE = Text("[right] side", "[rechter]kant")
FIRST_SIDE = Text("{Side} first.", "Eerst {side}.")
SECOND_SIDE = Text("The other side: {side}.", "De andere kant: {side}.")
THIS_SIDE = Text("{Side}.", "{Side}.")

# The breath
INHALE = Text("Breathe in", "Adem in")
EXHALE = Text("Breathe out", "Adem uit")
RETENTION = Text("Pause", "Pauze")
BREATH_OF = Text("breath {number} of {count}", "adem {number} van {count}")

# How the session stands
PAUSED = Text("Paused", "Gepauzeerd")
PAUSED_HINT = Text("space to go on, whenever you like", "spatie om verder te gaan, wanneer je wilt")
RETURNING = Text("We go on in {seconds}", "We gaan verder over {seconds}")
RETURNING_HINT = Text("space to go on now", "spatie om meteen verder te gaan")
ENDING = Text("Ending", "Afronden")
ENDING_HINT = Text("space to stay a while longer", "spatie om toch nog even te blijven")
CLOSING_HINT = Text("let the sound fade, or press a key", "laat de klank uitklinken, of druk op een toets")
SLEPT = Text("Paused: the computer was asleep", "Gepauzeerd: de computer sliep")
STOPPED = Text("Paused: the program was put aside", "Gepauzeerd: het programma stond even stil")
NO_SOUND = Text(
    "No sound device answers: the terminal's own bell rings instead",
    "Er is geen geluidsapparaat gevonden: in plaats daarvan klinkt de bel van de terminal",
)
NO_DEVICE = Text("no sound", "geen geluid")
SILENT_OVER_SSH = Text(
    "Sound is off over SSH; --sound turns it on", "Via SSH staat het geluid uit; --sound zet het aan"
)
SILENT_WHEN_FAST = Text("No sound while rehearsing faster", "Versneld oefenen gaat zonder geluid")
SILENT_AS_ASKED = Text(
    "Sound is off, as --audio or the settings ask for",
    "Het geluid staat uit, zoals in --audio of de instellingen staat",
)
VOICE = Text("Voice", "Stem")
VOICE_TO_COME = Text(
    "The voice is being made ready, which takes a moment the first time.",
    "De stem wordt klaargezet; de eerste keer duurt dat even.",
)
NO_VOICE = Text(
    "There is no voice here: the words are shown. psoas voices says how to get one.",
    "Er is hier geen stem: de woorden staan op het scherm. psoas voices zegt hoe je er een krijgt.",
)
NO_SPEECH = Text(
    "What plays the sounds here does not speak: the words are shown.",
    "Het geluid hier kan niet spreken: de woorden staan op het scherm.",
)
VOICE_FAILED = Text(
    "Texts that are only shown: {count}, as {why}.", "Teksten die alleen op het scherm staan: {count}, want {why}."
)
UNSAID = Text(
    "Texts that take longer to say than there is time for: {count}. These are only shown.",
    "Teksten die langer duren dan er tijd voor is: {count}. Die staan alleen op het scherm.",
)
SHORT_MOVES = Text(
    "Moves in which this voice leaves little time: {count}. You can pause whenever you like.",
    "Bewegingen waarin deze stem weinig tijd overlaat: {count}. Je kunt altijd pauzeren.",
)
MUTED = Text("Sound muted", "Geluid gedempt")
NOT_MUTED = Text("Sound on", "Geluid aan")
VOLUME = Text("Volume {volume}", "Volume {volume}")
PACER_HEARD = Text("Breath: seen and heard", "Adem: te zien en te horen")
PACER_SEEN = Text("Breath: seen", "Adem: te zien")
PACER_OFF = Text("Breath: off", "Adem: uit")
EASIER = Text("Easier from the next breath on: {counts}", "Makkelijker vanaf de volgende ademhaling: {counts}")
EASIEST = Text(
    "No easier breath here; your own is always fine.",
    "Dit is hier het makkelijkste ritme. Je eigen adem is altijd goed.",
)
LONGER = Text("{seconds} s more", "{seconds} s langer")
SHORTER = Text("{seconds} s less", "{seconds} s korter")
ON_BOTH_SIDES = Text("{change}, on both sides", "{change}, aan beide kanten")
NO_CHANGE_HERE = Text("+ and - work while you stay in a pose", "+ en - werken terwijl je in een houding bent")

# Around the practice
NEXT = Text("Next: {name}", "Hierna: {name}")
COMING = Text("{name}, in {time}", "{name}, over {time}")
ENDS_AT = Text("ends {time}", "klaar om {time}")
CLOSING = Text("The practice is over. Take your time.", "De oefening is klaar. Neem de tijd.")
TIME_LEFT = Text("{time} left", "nog {time}")
STOP_OF = Text("{number} of {count}", "{number} van {count}")
PRACTISED = Text("You practised {minutes} minutes", "Je hebt {minutes} minuten geoefend")
PRACTISED_A_MINUTE = Text("You practised a minute", "Je hebt een minuut geoefend")
PRACTISED_A_MOMENT = Text("You practised for a moment", "Je hebt even geoefend")
FAREWELL = Text("Take your time before you get up.", "Neem de tijd voordat je opstaat.")

# Keys
KEYS = Text("Keys", "Toetsen")
KEY_LIST: tuple[tuple[str, Text], ...] = (
    ("space", Text("pause, and go on", "pauze, en verder")),
    ("n  →", Text("to the next stop", "naar de volgende stap")),
    ("p  ←", Text("this stop again, or the one before", "deze stap opnieuw, of de vorige")),
    ("+  -", Text("30 s more or less of this hold", "30 s langer of korter in deze houding")),
    ("b", Text("breath: heard, seen, off", "adem: te horen, te zien, uit")),
    ("e", Text("an easier breath, where it slows down", "een makkelijker ademritme, waar het trager wordt")),
    ("m ↑ ↓", Text("mute; louder, softer", "dempen; harder, zachter")),
    ("w", Text("where am I (or Enter)", "waar ben ik (of Enter)")),
    ("i", Text("look at the pose", "bekijk de houding")),
    ("g", Text("grounding: look around, no clock", "aarden: rondkijken, zonder klok")),
    ("q", Text("end gently", "rustig afronden")),
    ("?", Text("these keys", "deze toetsen")),
)
GO_ON = Text("go on", "verder")
PAUSE = Text("pause", "pauze")
BEGIN = Text("begin", "begin")
HELP_BACK = Text("? back", "? terug")
SPACE_KEY = Text("space", "spatie")
HINTS: tuple[tuple[str, Text], ...] = (
    ("n", Text("next", "volgende")),
    ("p", Text("again", "terug")),
    ("i", Text("look", "kijk")),
    ("q", Text("end", "stop")),
    ("g", Text("ground", "aarden")),
    ("+ -", Text("longer, shorter", "langer, korter")),
    ("?", Text("keys", "toetsen")),
)

# Grounding
GROUNDED = Text("Grounding: the clock stands still.", "Aarden: de klok staat stil.")
GROUNDING: tuple[tuple[Text, Text], ...] = (
    (
        Text("Eyes open", "Ogen open"),
        Text(
            "If you like. The clock stands still; there is no hurry.",
            "Als je wilt. De klok staat stil; er is geen haast.",
        ),
    ),
    (
        Text("The floor under you", "De vloer onder je"),
        Text(
            "Wherever you touch it. You can press a little, or move.",
            "Waar je hem raakt. Je kunt wat duwen, of bewegen.",
        ),
    ),
    (
        Text("Five things you see", "Vijf dingen die je ziet"),
        Text(
            "A colour, an edge, something near, something far.",
            "Een kleur, een rand, iets dichtbij, iets ver weg.",
        ),
    ),
    (
        Text("Four things you hear", "Vier dingen die je hoort"),
        Text("Nearby, further off, or your own breath.", "Dichtbij, verder weg, of je eigen adem."),
    ),
    (
        Text("Three things you feel", "Drie dingen die je voelt"),
        Text(
            "Cloth on your skin, air on your face, a hand on the floor.",
            "Stof op je huid, lucht langs je gezicht, een hand op de vloer.",
        ),
    ),
    (
        Text("Two things you smell", "Twee dingen die je ruikt"),
        Text("Or two smells that you like to think of.", "Of twee geuren waar je graag aan denkt."),
    ),
    (
        Text("One thing you taste", "Eén ding dat je proeft"),
        Text("A sip of water is fine too.", "Een slokje water mag ook."),
    ),
    (
        Text("As long as you like", "Zolang je wilt"),
        Text(
            "Going on, resting or ending: it is all fine.",
            "Verdergaan, rusten of stoppen: het is allemaal goed.",
        ),
    ),
)
GROUND_REST = Text("rest", "rust")
GROUND_NEXT = Text("next", "volgende")
GROUND_END = Text("end", "stop")

# Looking at a pose
WAY_IN = Text("The way in", "Erin")
NOTICE = Text("What to notice", "Wat je kunt opmerken")
WAY_OUT = Text("The way out", "Eruit")
SOFTER = Text("Softer", "Zachter")
DEEPER = Text("Deeper", "Dieper")
LOOKING_HINT = Text("← → other poses · i back", "← → andere houdingen · i terug")

# The check-in
ASK_TENSION = Text("How tense is your body now?", "Hoe gespannen is je lijf nu?")
SCALE_TENSION = Text("A number from 0, loose, to 10, tight.", "Een getal van 0 (los) tot 10 (gespannen).")
ASK_BREATH = Text("How deep is your breath now?", "Hoe diep is je adem nu?")
SCALE_BREATH = Text("A number from 0, shallow, to 10, deep.", "Een getal van 0 (oppervlakkig) tot 10 (diep).")
ASK_LINE = Text("Anything you would like to keep?", "Wil je er iets bij opschrijven?")
SCALE_LINE = Text("A line in your own words.", "Een regel in je eigen woorden.")
ASK_HINT = Text(
    "Enter goes on, with or without an answer · Esc skips all",
    "Enter gaat verder, met of zonder antwoord · Esc slaat alles over",
)

# The pose library
KINDS = {"pose": Text("pose", "houding"), "movement": Text("movement", "beweging")}
HOLD = Text("How long", "Hoe lang")
HOLD_RANGE = Text("{typical}, from {low} to {high}", "{typical}, van {low} tot {high}")
TWO_SIDES = Text("two sides", "twee kanten")
EACH_SIDE = Text("on each side", "per kant")
OTHER_SIDE = Text("The other side", "De andere kant")
INSTEAD_OF_IT = Text("{cautions} (instead: {pose})", "{cautions} (liever: {pose})")
AFTERWARDS = Text("Afterwards", "Daarna")

# The preview, the list and the plan
LENGTH = Text("Length", "Duur")
MINUTES = Text("{minutes} minutes", "{minutes} minuten")
ENDS = Text("Ends at", "Klaar om")
PROPS = Text("Within reach", "Binnen handbereik")
NO_PROPS = Text("nothing needed", "niets nodig")
CAUTIONS = Text("Take care with", "Let op bij")
CAUTIONS_HERE = Text(
    "Take care with · c shows what you can do instead",
    "Let op bij · c laat zien wat je in plaats daarvan kunt doen",
)
CAUTIONS_AGAIN = Text(
    "Take care as before · c shows with what, and what you can do instead",
    "Let op, net als eerder · c laat zien waarbij, en wat er dan kan",
)
CAUTIONS_IN_SHOW = Text(
    "psoas show {name} says what you can do instead.", "psoas show {name} zegt wat je in plaats daarvan kunt doen."
)
CAUTIONS_BACK = Text("c back", "c terug")
CARE_HOW = Text(
    "Does one apply? care: [{name}] in psoas config --edit adapts the practice.",
    "Herken je iets? care: [{name}] in psoas config --edit past de oefening aan.",
)
CARE_ADAPTED = Text("Adapted to: {names}.", "Aangepast aan: {names}.")
CARE_UNCHANGED = Text(
    "In your settings: {names}. No pose here asks for a change.",
    "In je instellingen: {names}. Geen houding hier vraagt om een aanpassing.",
)
GROUND_OFFER = Text(
    "On the way, g is for grounding: the clock stands still.",
    "Onderweg kun je met g altijd even aarden: de klok staat dan stil.",
)
CREDIT = Text("Credit", "Herkomst")
LEVEL = Text("Level", "Niveau")
LEVELS = {
    "gentle": Text("gentle", "zacht"),
    "moderate": Text("moderate", "gemiddeld"),
    "deep": Text("deep", "diep"),
}
SOUND = Text("Sound", "Geluid")
SOUND_ON = Text("on, volume {volume}", "aan, volume {volume}")
SOUND_OPENING = Text("being opened", "wordt geopend")
SOUND_LOST = Text("no device answers: the terminal's bell rings", "geen apparaat: de bel van de terminal klinkt")
SOUND_MUTED = Text("muted", "gedempt")
BEGIN_HINT = Text("Enter begins · b plays a bell · q leaves", "Enter begint · b laat een bel horen · q sluit af")
BEGIN_HINT_POSES = Text(
    "Enter begins · b plays a bell · i shows the poses · q leaves",
    "Enter begint · b laat een bel horen · i toont de houdingen · q sluit af",
)
MORE = Text("space more ({number}/{count})", "spatie meer ({number}/{count})")
BEGIN_PLAIN = Text("Press Enter to begin", "Druk op Enter om te beginnen")
QUIET_ADDED = Text(
    "The steps leave {time} at the end: that is quiet time.",
    "De stappen laten aan het eind {time} over: dat is stille tijd.",
)
LEFT_OUT = Text(
    "To fit the time, optional steps are left out: {count}.",
    "Om in de tijd te passen zijn er stappen weggelaten die niet hoeven: {count}.",
)
TURN_OVER = Text(
    "If you like, turn to your other side, by way of hands and knees or sitting; staying is fine.",
    "Als je wilt draai je naar je andere zij, via handen en knieën of via zit; blijven liggen is ook goed.",
)
CARE_TAKEN = Text("Changed ({why}): {changes}.", "Aangepast ({why}): {changes}.")
HAVE_READY = Text("Have ready: {props}.", "Leg klaar: {props}.")
CARE_VARIES = Text("so that no rest goes on for too long", "voor de afwisseling")
CARE_INSTEAD = Text("{now} instead of {was}", "{now} in plaats van {was}")
CARE_SOFTER = Text("{was} softer: {now}", "{was} zachter: {now}")
CARE_WITHOUT = Text("without {was}", "zonder {was}")
CARE_BETWEEN = Text("{pose} between the sides", "{pose} tussen de kanten")
CARE_MOSTLY = Text("More than half of the poses become {pose}.", "Meer dan de helft van de houdingen wordt {pose}.")
CARE_BETTER = Text(
    "{title} may suit you better now: psoas practice {name}.",
    "{title} past nu misschien beter bij je: psoas practice {name}.",
)
CARE_LENGTH = Text(
    "With these changes it lasts {time}: the nearest that it can.",
    "Met deze aanpassingen duurt het {time}: dichterbij kan niet.",
)
INTERRUPTED = Text(
    "You began this at {time} and were interrupted. psoas practice {name} --resume goes on there.",
    "Je begon hieraan om {time} en werd onderbroken. psoas practice {name} --resume gaat daar verder.",
)
MOVE_ON = Text(
    "Move to what comes next in your own way. There is time.",
    "Ga op je eigen manier naar wat nu komt. Er is tijd voor.",
)
END = Text("the end", "het einde")
BREATHS = Text("{count} breaths, {pattern}", "{count} keer ademen, {pattern}")
RETENTIONS = Text(
    "There are pauses in this breathing. Leave them out whenever that is kinder; when you feel light-headed, "
    "breathe as it comes.",
    "In deze ademhaling zitten pauzes. Sla ze over wanneer dat prettiger is; word je licht in je hoofd, adem dan "
    "zoals het komt.",
)
RANGE = Text("{low}-{high} min", "{low}-{high} min")
PER_MINUTE = Text("{breaths} a minute", "{breaths} per minuut")
HAS_PAUSES = Text("has pauses", "met pauzes")
BUILT_IN = Text("built in", "ingebouwd")
YOURS = Text("yours", "van jou")
IN_PLACE = Text("yours, in place of the built-in one", "van jou, in plaats van de ingebouwde")
OWN_LENGTH = Text("instead of {time}", "in plaats van {time}")
TOTAL = Text("Total", "Totaal")
INVITATION = Text(
    "Everything here is an invitation. Less is always possible, and you can stop at any moment.",
    "Alles hier is een uitnodiging. Minder mag altijd, en je kunt op elk moment stoppen.",
)
BREATHE_TEXT = Text(
    "Breathe along as much as you like. Your own rhythm is just as good.",
    "Adem mee zover het je goed doet. Je eigen ritme is net zo goed.",
)
BREATHE_TITLE = Text("Breathing {counts}", "Ademen {counts}")

# The home screen
PRACTICES = Text("Practices", "Oefeningen")
A_MINUTE = Text("1 minute", "1 minuut")
BETWEEN = Text("{low} to {high} minutes are possible", "{low} tot {high} minuten kan")
AS_LONG_AS_YOU_LIKE = Text("any number of minutes is possible", "elk aantal minuten kan")
NOT_SO_LONG = Text("Here {low} to {high} minutes are possible", "Hier kan het van {low} tot {high} minuten")
LAST_TIME = Text("Last time", "Laatste keer")
TODAY = Text("today", "vandaag")
YESTERDAY = Text("yesterday", "gisteren")
DAYS_AGO = Text("{days} days ago", "{days} dagen geleden")
A_WEEK_AGO = Text("a week ago", "een week geleden")
WEEKS_AGO = Text("{weeks} weeks ago", "{weeks} weken geleden")
A_WHILE_AGO = Text("a while ago", "een tijd geleden")
SEARCH = Text("Search", "Zoek")
NOTHING_FOUND = Text("Nothing here is called that", "Hier heet niets zo")
SEARCH_HINTS = (Text("Enter keeps what is found", "Enter houdt wat gevonden is"), Text("Esc clears", "Esc wist"))
HOME_HINTS = (
    Text("Enter begins", "Enter begint"),
    Text("0-9 minutes", "0-9 minuten"),
    Text("/ search", "/ zoeken"),
    Text("l Nederlands", "l English"),
    Text("q leaves", "q sluit af"),
    Text("? keys", "? toetsen"),
)
HOME_KEY_LIST: tuple[tuple[str, Text], ...] = (
    ("Enter", Text("begin", "beginnen")),
    ("↑  ↓", Text("choose; j and k do it too", "kiezen; met j en k kan het ook")),
    ("PgUp PgDn", Text("further up and down", "verder omhoog en omlaag")),
    ("Home End", Text("to the first, to the last", "naar de eerste, naar de laatste")),
    ("0-9", Text("how many minutes", "hoeveel minuten")),
    ("Backspace", Text("a digit less; its own length", "een cijfer minder; de eigen duur")),
    ("/", Text("search", "zoeken")),
    ("l", Text("in Dutch", "in het Engels")),
    ("q  Esc", Text("leave", "afsluiten")),
    ("?", Text("these keys", "deze toetsen")),
)

# The file
PAGE_WRITTEN = Text("{file} is ready to print: {title}", "{file} staat klaar om te printen: {title}")
WRITTEN = Text("{file} is ready: {title}, {time}, {size} MB", "{file} staat klaar: {title}, {time}, {size} MB")


def minutes_of(minutes: float) -> Text:
    """A number of minutes in words."""
    return A_MINUTE if minutes == 1 else MINUTES.filled(minutes=decimal(minutes))


def practised(seconds: float) -> Text:
    """What was practised, in words."""
    minutes = round(seconds / 60)
    if minutes == 0:
        return PRACTISED_A_MOMENT
    return PRACTISED_A_MINUTE if minutes == 1 else PRACTISED.filled(minutes=minutes)

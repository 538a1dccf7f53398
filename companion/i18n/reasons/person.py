"""Sentences for the refusals around joining, signing in and consent."""

from collections.abc import Mapping

from companion.i18n.marker import N_

SENTENCES: Mapping[str, str] = {
    "person_name_length": N_("Choose a name of 2 to 40 characters."),
    "person_name_characters": N_("Use only characters that can be seen in your name."),
    "person_name_taken": N_("Someone here already uses this name. Choose another one."),
    "person_passphrase_length": N_("Choose a passphrase of 10 to 200 characters, for example four words."),
    "person_passphrase_easy": N_("This passphrase is too easy to guess. Try four words that mean nothing together."),
    "person_passphrase_old": N_("This is not your passphrase as we know it."),
    "person_adult": N_("Tick that you are 18 or older. This site is made for adults."),
    "person_wait": N_("That was tried a few times. Wait %(seconds)s seconds, then try again."),
    "person_sign_in": N_("This name and passphrase do not go together."),
    "person_code": N_("This name and code do not go together, or the code was used before."),
    "person_passkey": N_("That did not work. Try again, or use your name and passphrase."),
    "passkey_not_made": N_("That did not work, and nothing was added. Try again."),
    "passkey_there": N_("This passkey is here already."),
    "passkey_many": N_("You have %(most)s passkeys. Take one away first."),
    "passkey_name": N_("Choose a name of at most 60 characters that can be seen."),
    "person_day_turn": N_("Give an hour between 00:00 and 12:00, such as 05:00."),
    "person_future_night": N_("This day has not been yet."),
    "night_slept_or_not": N_("You gave minutes, and ticked that you did not sleep. Keep one of the two."),
    "example_wait": N_("You looked around a few times just now. Try again in a few minutes."),
    "example_many": N_("Many people are looking around right now. Try again later."),
    "example_not_here": N_("This does not work in an example. Everything else you can try."),
    "person_erase": N_("Tick that you want to erase everything."),
}

"""Sentences for the refusals of `companion.domain.night`."""

from collections.abc import Mapping

from companion.i18n.marker import N_

SENTENCES: Mapping[str, str] = {
    "night_unknown_field": N_("“%(name)s” is not a question of the sleep diary."),
    "night_not_a_date": N_("Write the date as year, month and day, like 2027-01-04."),
    "night_date_out_of_range": N_("Choose a date between the years 1900 and 2199."),
    "night_not_a_time": N_("Write the time as hours and minutes, like 22:30."),
    "night_not_minutes": N_("Write whole minutes in digits, like 45."),
    "night_not_minutes_or_none": N_("Write whole minutes in digits, like 45, or “none” for no sleep at all."),
    "night_too_many_minutes": N_("This can be at most %(most)s minutes: a day has no more."),
    "night_not_a_count": N_("Write how many times in digits, like 2."),
    "night_count_too_high": N_("This can be at most %(most)s times."),
    "night_not_one_to_five": N_("Choose a number from 1 to 5."),
    "night_not_yes_or_no": N_("Choose yes or no."),
    "night_not_text": N_("This answer cannot be read; please write it again."),
    "night_note_too_long": N_("This note is too long; it can have at most %(most)s characters."),
    "night_over_24_hours": N_(
        "With these times the night lasts more than 24 hours; check into bed, lights out, woke up and up."
    ),
    "night_more_awake_than_time": N_(
        "This makes %(awake)s minutes awake, but there were only %(available)s; check the minutes and times."
    ),
    "night_drawn_unreadable": N_("This drawing cannot be read; please draw it again."),
    "night_drawn_length": N_("This drawing has %(given)s quarter hours, but this day has %(needed)s."),
    "night_drawn_gap": N_("From %(start)s to %(end)s nothing is drawn. Were you awake or up then?"),
    "night_drawn_nap": N_("From %(start)s to %(end)s there is a nap inside the night. Draw it as asleep."),
    "night_drawn_other_day": N_(
        "This night ends on another day. Draw it at the day you got up, or type it with clock times."
    ),
    "night_drawn_too_long": N_("This cannot be one night. Type it with clock times, or draw a part of it."),
    "night_drawn_nothing": N_("Nothing is drawn yet."),
    "night_drawn_differs": N_("What you drew and what you typed differ here. Choose which one counts."),
    "night_drawn_future": N_("This time is still to come. Draw it when it is over."),
    "night_part_incomplete": N_("Choose from when, until when and what."),
    "night_part_backwards": N_("Choose an end that is after the beginning."),
    "night_part_overlaps": N_("This part runs over another one. Change one of the two."),
    "night_mark_unreadable": N_("Choose medicine, coffee or alcohol with a time like 16:00."),
    "night_too_many_marks": N_("There can be at most %(most)s marks on a day."),
    "night_not_over": N_("This time is still to come. Fill it in when it is over."),
    "night_still_trying_too_long": N_(
        "You tried to sleep for %(trying)s more minutes, but you were up after %(available)s; check both."
    ),
}

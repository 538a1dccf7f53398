"""Sentences for the refusals around reminders, the private calendar and mail."""

from collections.abc import Mapping

from companion.i18n.marker import N_

SENTENCES: Mapping[str, str] = {
    "remind_time": N_("Give a time such as 21:45."),
    "remind_days": N_("Choose every day, or tick at least one day."),
    "remind_in_quiet": N_("This lies in your quiet hours, %(start)s to %(end)s. Choose another time, or change them."),
    "remind_quiet_same": N_("Quiet hours begin and end at different times."),
    "remind_quiet_used": N_("One of your reminders comes at %(time)s. Choose other hours, or change that reminder."),
    "remind_zone": N_("Choose one of these places."),
    "appointment_what": N_("Say in a few words what it is, at most 80 characters."),
    "appointment_before": N_("Choose when you want to hear of it."),
    "appointment_far": N_("Give a day within the next two years."),
    "appointment_over": N_("That moment has passed already. Choose a later reminder."),
    "appointment_many": N_("Fifty appointments are the most that fit. Take one away first."),
    "mail_address": N_("Give an e-mail address such as name@example.org."),
    "mail_code": N_("This is not the code we sent. Look at the newest message."),
    "mail_code_over": N_("This code does not work any more. Ask for a new one."),
    "mail_wait": N_("A code was sent just now. Wait a minute before you ask for another."),
    "mail_not_sent": N_("We cannot send mail right now. Your address is not kept. Try again later."),
}

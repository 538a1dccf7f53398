"""The way to every page that a person can reach, forms that came back with errors included."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from playwright.sync_api import Page, expect

from companion.domain.consent import Purpose
from companion.domain.share import Choices, Section, read_choices
from companion.domain.supporter import Chosen, Shows, read_chosen
from companion.services import change_plan, slow_down
from companion.services.articles import articles
from companion.services.change_supporter import call_quiet
from companion.services.erase_person import find_person
from companion.services.open_share import open_share
from companion.services.open_supporter import open_supporter
from companion.services.tokens import new_token
from companion.storage import passkeys, sessions
from companion.storage.passkeys import Passkey
from tests.e2e.hands import at, choose, do, fill
from tests.e2e.server import Server

Go = Callable[[Page, Server], None]


@dataclass(frozen=True)
class Way:
    """`who` walks it ("" is nobody signed in) and `go` does the walking; it ends at the page named."""

    name: str
    who: str
    go: Go


def to(path: str, wall: str = "") -> Go:
    """Open a path, at a wall time in Brussels when one is given."""

    def go(page: Page, server: Server) -> None:
        if wall:
            server.clock.brussels(wall)
        page.goto(path)

    return go


def refusal(path: str, values: dict[str, str] | None = None, button: str = "main .button-do") -> Go:
    """Fill in a form wrongly and send it."""

    def go(page: Page, server: Server) -> None:
        page.goto(path)
        fill(page, values or {})
        page.locator(button).first.click()
        expect(page.locator(".error-summary")).to_be_visible()

    return go


def first_link(path: str, start: str, then: str = "") -> Go:
    """Open a page and follow its first link whose address begins so; then perhaps a part of that address more."""

    def go(page: Page, server: Server) -> None:
        page.goto(path)
        address = page.locator(f'main a[href^="{start}"]').first.get_attribute("href")
        assert address
        page.goto(address + then)

    return go


def refused_behind(path: str, start: str, values: dict[str, str]) -> Go:
    """The form behind the first link of a page whose address begins so, filled in wrongly."""
    there = first_link(path, start)

    def go(page: Page, server: Server) -> None:
        there(page, server)
        fill(page, values)
        page.locator("main .button-do").first.click()
        expect(page.locator(".error-summary")).to_be_visible()

    return go


def wizard(question: str, *, wrong: bool = False) -> Go:
    """A question of laying out a plan, those before it answered; or that question sent with nothing right in it."""

    def go(page: Page, server: Server) -> None:
        person = find_person(server.house.store, "charlie")
        assert person
        before = dict(list(ANSWERS.items())[: ANSWERED[question]])
        change_plan.keep_draft(server.house.store, person, before, server.clock.now)
        page.goto(f"/plan/new/{question}")
        at(page, f"/plan/new/{question}")
        if wrong:
            fill(page, WRONG.get(question, {}))
            page.locator("main .button-do").first.click()
            expect(page.locator(".error-summary")).to_be_visible()

    return go


ANSWERED = {"medicine": 0, "products": 1, "dose": 2, "goal": 3, "how": 4, "doctor-first": 5, "rows": 6, "pace": 6}
ANSWERED |= {"programme": 7, "percents": 8}
"""How many of the answers below stand before a question is asked."""
ANSWERS = {
    "medicine": "diazepam",
    "products": [{"strength": "5", "form": "tablet", "split": "halves"}],
    "dose": {"bedtime": "10"},
    "goal": {"kind": "stop"},
    "how": "programme",
    "asked_first": True,
    "rows": [],
    "frame": {"steps": 10, "days": 30, "start": "2026-11-23"},
}
WRONG = {
    "dose": {"bedtime": "twee"},
    "programme": {"start": ""},
    "percents": {"p0": "150"},
    "rows": {"r0-bedtime": "11/2", "r0-days": "x"},
}


def near_names(page: Page, server: Server) -> None:
    """The medicine question when what was typed looks like names we know."""
    page.goto("/plan/new/medicine")
    page.fill("[name=medicine]", "lorazepan")
    page.locator("main .button-do").click()
    expect(page.locator("[name=chosen]").first).to_be_visible()


def new_codes(page: Page, server: Server) -> None:
    page.goto("/account/codes")
    page.fill("[name=passphrase]", "demo-alice-2027")
    do(page, "/join/codes")


def signed_in_elsewhere(page: Page, server: Server) -> None:
    """Where she is signed in, on another phone too, with a passkey of a long name."""
    person = find_person(server.house.store, "alice")
    assert person
    now = server.clock.now
    with server.house.store.write() as unit:
        sessions.start(unit, person.id, new_token(), now, now + timedelta(days=9), "Samsung Internet · Android", "")
        made = str(uuid4())
        passkeys.add(unit, Passkey(person.id, made, made, "key", "localhost", 0, "De telefoon van de keuken", now))
    page.goto("/account/access")
    page.locator("#passkeys summary").first.click()


def the_list(page: Page) -> None:
    """The symptom list, sent the ordinary way: the phone's clock is not that of the house."""
    page.goto("/symptoms/new")
    page.evaluate("document.querySelector('form[data-outbox]').dataset.plain = ''")


def urgent_answer(page: Page, server: Server) -> None:
    the_list(page)
    choose(page, "safety[suicide]", "earlier")


def urgent_first(page: Page, server: Server) -> None:
    """Help on the server's own page, before the list is kept."""
    urgent_answer(page, server)
    page.evaluate("document.querySelector('[data-help-shown]').value = ''")
    page.locator("main .button-do").click()
    expect(page.locator("#urgent-first")).to_be_visible()


def urgent_list(page: Page, server: Server) -> None:
    urgent_answer(page, server)
    do(page, "/symptoms/<id>")


def calm_list(page: Page, server: Server) -> None:
    the_list(page)
    for item in range(1, 21):
        choose(page, f"answers[{item}]", "1" if item < 5 else "0")
    do(page, "/symptoms/<id>")


def tapped(page: Page, server: Server) -> None:
    """Today with a tap on how it is."""
    page.goto("/today")
    page.locator(".step").nth(1).click()
    expect(page.locator(".steps-said:visible")).to_be_visible()


def after_urgent(page: Page, server: Server) -> None:
    """Today, the day after an urgent answer."""
    server.clock.brussels("2026-11-24 20:00")
    urgent_list(page, server)
    server.clock.brussels("2026-11-25 09:10")
    page.goto("/today")
    expect(page.locator("#gently")).to_be_visible()


def something_extra(page: Page, server: Server) -> None:
    server.clock.brussels("2026-11-18 22:40")
    page.goto("/today/extra")
    page.fill("[name=mg]", "0,5")
    expect(page.locator(".read-back")).to_contain_text("0,5")
    do(page, "/today")


def for_the_doctor(page: Page, server: Server) -> None:
    """One yes among the questions before starting: the page to show."""
    wizard("doctor-first")(page, server)
    for question in page.locator("fieldset.symptom").all():
        question.locator('[value="no"]').check()
    page.locator('fieldset.symptom [value="yes"]').first.check()
    page.locator("main .button-do").first.click()
    expect(page.locator("[name=knows]")).to_be_visible()


def answers_away(page: Page, server: Server) -> None:
    """Answers for the doctor that were kept and taken away."""
    wizard("doctor-first")(page, server)
    if page.locator("[value=take-away]").count() == 0:
        for question in page.locator("fieldset.symptom").all():
            question.locator('[value="no"]').check()
        page.locator("main details summary").last.click()
        page.check("[name=keep]")
        page.locator("main .button-do").first.click()
        at(page, "/plan/new/programme")
        page.goto("/plan/new/doctor-first")
    page.locator("[value=take-away]").click()
    expect(page.locator("[value=put-back]")).to_be_visible()


def list_from_before(page: Page, server: Server) -> None:
    """A list in whose place another one came that day."""
    for answer in ("2", "1"):
        the_list(page)
        choose(page, "answers[1]", answer)
        do(page, "/symptoms/<id>")
    page.locator('main p a[href^="/symptoms/"]').first.click()
    expect(page.locator('form[action$="/again"]')).to_be_visible()


def appointment_away(page: Page, server: Server) -> None:
    """Reminders, with an appointment of many letters, and another one just taken away."""
    for _ in range(2):
        page.goto("/reminders/appointments/new")
        fill(page, {"what": "Slaap" * 16, "day": "2026-12-03", "time": "14:00"})
        do(page, "/reminders")
    page.locator('#appointments a[href*="-"]').first.click()
    page.locator("[value=remove]").click()
    expect(page.locator("[value=put-back]")).to_be_visible()


def own_pace(page: Page, server: Server) -> None:
    """The table of one's own pace, three forms side by side."""
    wizard("pace")(page, server)
    choose(page, "kind", "percent_of_current")
    page.locator("main details").last.locator("summary").click()
    choose(page, "also_made", "yes")
    fill(page, {"percent": "10", "every_days": "14", "start": "2026-11-23"})
    expect(page.locator("#preview h3").first).to_be_visible()


def pace_refused(page: Page, server: Server) -> None:
    wizard("pace")(page, server)
    choose(page, "kind", "amount")
    fill(page, {"mg": "1.000", "every_days": "veel"})
    expect(page.locator("#preview")).to_contain_text("1000")


def larger_row(page: Page, server: Server) -> None:
    own_pace(page, server)
    page.locator('[name="do"][value="lay-out:own"]').first.click()
    at(page, "/plan")
    behind('a[href$="/larger"]')(page, server)


def behind(link: str, start: str = "/plan") -> Go:
    """The page behind the first link of another page that looks so."""

    def go(page: Page, server: Server) -> None:
        if not page.url.endswith(start):
            page.goto(start)
        address = page.locator(f"main {link}").first.get_attribute("href")
        assert address
        page.goto(address)

    return go


def refused_row(page: Page, server: Server) -> None:
    behind(ROW)(page, server)
    fill(page, {"bedtime": "05", "days": "0"})
    page.locator("main .button-do").first.click()
    expect(page.locator(".error-summary")).to_be_visible()


ROW = 'a[href*="/rows/"]:not([href$="/larger"])'


def drawing_as_list(page: Page, server: Server) -> None:
    """The list of parts in place of the row."""
    page.goto("/diary/2026-11-20/draw")
    page.locator('main button[value="list"]').click()
    expect(page.locator("[data-draw-list]")).to_be_visible()


def drawn_and_typed(page: Page, server: Server) -> None:
    """A drawing that is not what was typed: the question which of the two counts."""
    page.goto("/diary/2026-11-20/draw")
    page.locator("[data-draw-clear]").click()
    page.locator(".draw-cell").nth(50).click()
    page.locator('main button[value="save"]').click()
    expect(page.locator('[name="counts"]').first).to_be_visible()


def link_of(server: Server, name: str = "alice", **fields: str) -> str:
    """The path of a new link of somebody, with everything in it."""
    person = find_person(server.house.store, name)
    choices = read_choices({"back": "all"} | fields, [each.value for each in Section], Purpose)
    assert person
    assert isinstance(choices, Choices)
    return "/s/" + open_share(server.house.store, person, choices, str(uuid4()), server.clock.now).token


def behind_a_link(page: Page, server: Server) -> None:
    page.goto(link_of(server))
    page.locator("main .button-do").click()
    expect(page.locator(".report")).to_be_visible()


def wrong_pin(page: Page, server: Server) -> None:
    page.goto(link_of(server, pin="1234"))
    page.fill("[name=pin]", "9999")
    page.locator("main .button-do").click()
    expect(page.locator(".error-summary")).to_be_visible()


def a_link(page: Page, server: Server) -> None:
    """The page with the address of a link just made."""
    page.goto("/share/new")
    page.locator("main .button-do").click()
    expect(page.locator("#address")).to_be_visible()


def refused_link(page: Page, server: Server) -> None:
    page.goto("/share/new")
    for box in page.locator("[name=sections]").all():
        box.set_checked(False)
    page.locator("main details summary").click()
    page.fill("[name=pin]", "12")
    page.locator("main .button-do").click()
    expect(page.locator(".error-summary")).to_be_visible()


def links(then: str = "") -> Go:
    """The list of links, or a page of its first one."""

    def go(page: Page, server: Server) -> None:
        link_of(server, pin="1234")
        page.goto("/share")
        address = page.locator('main a[href^="/share/"]:not([href$="/new"])').first.get_attribute("href")
        assert address
        page.goto(address.removesuffix("/look") + then if then != "list" else "/share")

    return go


def close_link(server: Server, who: str = "alice") -> str:
    """The path of a new page for someone close to somebody, with everything in it, on a quieter day."""
    person = find_person(server.house.store, who)
    choices = read_chosen({"whom": "Lena", "own_words": "yes"}, [each.value for each in Shows])
    assert person
    assert isinstance(choices, Chosen)
    opened = open_supporter(server.house.store, person, choices, str(uuid4()), server.clock.now)
    call_quiet(server.house.store, person, True, server.clock.now)
    return "/s/close/" + opened.token


def for_someone_close(page: Page, server: Server) -> None:
    page.goto(close_link(server))


def word_refused(page: Page, server: Server) -> None:
    page.goto(close_link(server))
    page.locator('[name=kind][value="own"]').check()
    page.fill("[name=words]", "a" * 201)
    page.locator("main .button-do").click()
    expect(page.locator(".error-summary")).to_be_visible()


def word_sent(page: Page, server: Server) -> None:
    page.goto(close_link(server))
    page.locator('[name=kind][value="own"]').check()
    page.fill("[name=words]", "Dag " + "lief" * 30)
    page.locator("main .button-do").click()
    expect(page.locator("main .notice").first).to_be_visible()


def word_came(then: str) -> Go:
    """A page of the person after a kind word came."""

    def go(page: Page, server: Server) -> None:
        word_sent(page, server)
        page.goto(then)
        expect(page.locator(".kind-word").first).to_be_visible()

    return go


def a_page_for_someone(then: str = "") -> Go:
    """The page with a new address for someone close, or another one of that link."""

    def go(page: Page, server: Server) -> None:
        page.goto("/share/close/new")
        page.locator("main .button-do").click()
        expect(page.locator("#address")).to_be_visible()
        if then:
            page.goto(page.url.removesuffix("/address") + then.removeprefix("/form"))

    return go


def an_example(then: str = "/today") -> Go:
    """A page of an example, made on the first page."""

    def go(page: Page, server: Server) -> None:
        page.goto("/")
        page.locator('form[action="/example"] button').click()
        at(page, "/today")
        if then != "/today":
            page.goto(then)
        expect(page.locator(".example")).to_be_visible()

    return go


def not_in_an_example(page: Page, server: Server) -> None:
    an_example("/consent")(page, server)
    page.locator("main form button").first.click()
    expect(page.locator("main form")).to_have_count(0)


def example_later(page: Page, server: Server) -> None:
    """Looked around too often."""
    with server.house.store.write() as unit:
        for _ in range(9):
            slow_down.failed(unit, slow_down.of_example(unit, slow_down.Visit("127.0.0.1")), server.clock.now)
    page.goto("/join")
    page.locator('form[action="/example"] button').click()
    expect(page.locator('main a[href="/learn"]')).to_be_visible()


OPEN_TO_ALL = [
    Way("home", "", to("/")),
    Way("about", "", to("/about")),
    Way("privacy", "", to("/privacy")),
    Way("accessibility", "", to("/accessibility")),
    Way("help", "", to("/help")),
    Way("join", "", to("/join")),
    Way("join-refused", "", refusal("/join", {"name": "a", "passphrase": "kort"})),
    Way("sign-in", "", to("/sign-in")),
    Way("sign-in-refused", "", refusal("/sign-in", {"name": "niemand", "passphrase": "dat was het niet"})),
    Way("recover", "", to("/recover")),
    Way(
        "recover-refused",
        "",
        refusal("/recover", {"name": "niemand", "code": "ABCD-EFGH", "passphrase": "vier losse woorden"}),
    ),
    Way("learn", "", to("/learn")),
    Way("learn-found-while-typing", "", lambda page, server: _looking(page)),
    Way("learn-search", "", to("/learn/search?q=alcohol")),
    Way("learn-search-nothing", "", to("/learn/search?q=xyzzy")),
    *(Way(f"learn-{each.slug}", "", to(f"/learn/{each.slug}")) for each in articles("nl")),
    Way("get-up", "", to("/get-up")),
    Way("booklet", "", to("/booklet")),
    Way("papers", "", to("/papers")),
    *(Way(f"paper-{each}-empty", "", to(f"/papers/{each}")) for each in ("letter", "capsules")),
    Way("install", "", to("/install")),
    Way("offline", "", to("/offline")),
    Way("not-sent", "", to("/offline/not-sent")),
    Way("mail-out", "", to("/mail/out/x")),
    Way("404", "", to("/nowhere")),
    Way("405", "", to("/sign-out")),
    Way("preview", "", to("/preview")),
    Way("shared-quiet", "", lambda page, server: page.goto(link_of(server, pin="1234")) and None),
    Way("shared-wrong-pin", "", wrong_pin),
    Way("shared-report", "", behind_a_link),
    Way("shared-gone", "", to("/s/not-a-link")),
    Way("close", "", for_someone_close),
    Way("close-refused", "", word_refused),
    Way("close-sent", "", word_sent),
    Way("close-gone", "", to("/s/close/not-a-link")),
    Way("example", "", an_example()),
    Way("example-to-look-at", "", an_example("/share/new")),
    Way("example-not-here", "", not_in_an_example),
    Way("example-later", "", example_later),
]

SIGNED_IN = [
    Way("today-evening", "alice", to("/today")),
    Way("today-taken", "alice", to("/today", "2026-11-20 23:10")),
    Way("today-night", "alice", to("/today", "2026-11-21 01:10")),
    Way("today-morning", "alice", to("/today", "2026-11-20 09:10")),
    Way("today-extra", "alice", something_extra),
    Way("today-two-moments", "bob", to("/today")),
    Way("today-without-plan", "charlie", to("/today")),
    Way("dose", "alice", first_link("/today", "/today/dose/")),
    Way("dose-refused", "alice", refused_behind("/today", "/today/dose/", {"mg": "1.000", "taken_at": "23:59"})),
    Way("extra", "alice", to("/today/extra")),
    Way("extra-refused", "alice", refusal("/today/extra", {"mg": "0"})),
    Way("plan", "alice", to("/plan")),
    Way("plan-refused", "alice", refusal("/plan")),
    Way("plan-typed-rows", "bob", to("/plan")),
    Way("plan-none", "charlie", to("/plan")),
    Way("plan-row", "bob", behind(ROW)),
    Way("plan-row-refused", "bob", refused_row),
    Way("plan-row-larger", "charlie", larger_row),
    *(Way(f"plan-{kind}", "bob", behind(f'a[href*="/{kind}"]')) for kind in ("stay", "back", "hospital", "next")),
    Way("plan-changes", "alice", behind('a[href$="/changes"]')),
    Way("plan-steady", "charlie", to("/plan/steady")),
    Way("plan-print", "alice", to("/plan/print")),
    Way("plan-paper", "alice", to("/plan/paper/2026-10")),
    *(Way(f"paper-{each}", "bob", to(f"/papers/{each}")) for each in ("letter", "discuss", "agreement", "capsules")),
    Way("paper-refused", "bob", to("/papers/letter?language=de")),
    Way("plan-week", "bob", to("/plan/week")),
    Way("plan-box", "bob", to("/plan/box")),
    Way("plan-box-refused", "bob", refusal("/plan/box")),
    Way("plan-supply", "alice", to("/plan/supply")),
    Way("plan-end", "alice", lambda page, server: _end(page)),
    Way("wizard-medicine", "charlie", wizard("medicine")),
    Way("wizard-medicine-refused", "charlie", wizard("medicine", wrong=True)),
    Way("wizard-medicine-near", "charlie", near_names),
    Way("wizard-products", "charlie", wizard("products")),
    Way("wizard-products-refused", "charlie", wizard("products", wrong=True)),
    Way("wizard-dose", "charlie", wizard("dose")),
    Way("wizard-dose-refused", "charlie", wizard("dose", wrong=True)),
    Way("wizard-goal", "charlie", wizard("goal")),
    Way("wizard-goal-refused", "charlie", wizard("goal", wrong=True)),
    Way("wizard-how", "charlie", wizard("how")),
    Way("wizard-how-refused", "charlie", wizard("how", wrong=True)),
    Way("wizard-doctor", "charlie", wizard("doctor-first")),
    Way("wizard-doctor-answers-away", "charlie", answers_away),
    Way("wizard-doctor-refused", "charlie", wizard("doctor-first", wrong=True)),
    Way("wizard-for-the-doctor", "charlie", for_the_doctor),
    Way("wizard-pace", "charlie", wizard("pace")),
    Way("wizard-pace-refused", "charlie", pace_refused),
    Way("wizard-pace-laid-out", "charlie", own_pace),
    Way("wizard-programme", "charlie", wizard("programme")),
    Way("wizard-programme-refused", "charlie", wizard("programme", wrong=True)),
    Way("wizard-percents", "charlie", wizard("percents")),
    Way("wizard-percents-refused", "charlie", wizard("percents", wrong=True)),
    Way("wizard-rows", "charlie", wizard("rows")),
    Way("wizard-rows-refused", "charlie", wizard("rows", wrong=True)),
    Way("diary", "alice", to("/diary")),
    Way("diary-empty", "charlie", to("/diary")),
    Way("night-form", "alice", to("/diary/2026-11-21")),
    Way("night-form-refused", "alice", refusal("/diary/2026-11-21", {"sol_min": "lang", "awakenings": "-1"})),
    Way("night", "alice", to("/diary/2026-11-20")),
    Way("night-changed", "alice", to("/diary/2026-11-20?edit=1")),
    Way("night-drawing", "alice", to("/diary/2026-11-20/draw")),
    Way("night-drawing-empty", "alice", to("/diary/2026-11-21/draw")),
    Way("night-drawing-of-25-hours", "alice", to("/diary/2026-10-25/draw")),
    Way("night-drawing-as-list", "alice", drawing_as_list),
    Way("night-drawing-refused", "charlie", refusal("/diary/2026-11-20/draw", button='main button[value="save"]')),
    Way("night-drawn-and-typed", "alice", drawn_and_typed),
    Way("night-as-usual", "alice", to("/diary/2026-11-21/usual")),
    Way("calendar", "alice", to("/calendar")),
    Way("calendar-of-25-hours", "alice", to("/calendar?from=2026-10-20")),
    Way("calendar-empty", "charlie", to("/calendar")),
    Way("symptoms", "alice", to("/symptoms/new")),
    Way("symptoms-refused", "charlie", refusal("/symptoms/new")),
    Way("symptoms-looking-back", "bob", to("/symptoms/new/sds")),
    Way("symptoms-over-time", "alice", to("/symptoms")),
    Way("symptoms-over-time-few", "bob", to("/symptoms")),
    Way("symptoms-over-time-none", "charlie", to("/symptoms")),
    Way("symptoms-looking-back-over-time", "alice", to("/symptoms/list/sds")),
    Way("symptoms-all-lists", "alice", lambda page, server: _all_lists(page)),
    Way("symptoms-urgent", "alice", urgent_answer),
    Way("symptoms-urgent-first", "alice", urgent_first),
    Way("symptoms-urgent-kept", "alice", urgent_list),
    Way("symptoms-kept", "alice", calm_list),
    Way("symptoms-from-before", "alice", list_from_before),
    Way("check-in", "alice", tapped),
    Way("check-in-words", "alice", to("/today/check-in")),
    Way("check-in-refused", "charlie", refusal("/today/check-in")),
    Way("today-after-urgent", "alice", after_urgent),
    Way("today-list-due", "bob", to("/today", "2026-11-22 09:10")),
    *(
        Way(f"history-{each}", "alice", to(f"/history?window={each}"))
        for each in ("day", "week", "month", "step", "all")
    ),
    Way("history-earlier", "alice", to("/history?window=step&on=2026-08-20")),
    Way("history-table", "alice", lambda page, server: _table(page)),
    Way("history-empty", "charlie", to("/history")),
    Way("look-back", "alice", to("/history/look-back")),
    Way("look-back-start", "alice", to("/history/look-back?since=start&print=words")),
    Way("look-back-kept", "alice", lambda page, server: _questions(page)),
    Way("look-back-refused", "alice", lambda page, server: _questions(page, "a" * 4001)),
    Way("look-back-empty", "charlie", to("/history/look-back")),
    Way("share", "alice", links("list")),
    Way("share-empty", "charlie", to("/share")),
    Way("share-new", "alice", to("/share/new")),
    Way("share-new-refused", "alice", refused_link),
    Way("share-address", "alice", a_link),
    Way("share-change", "alice", links()),
    Way("share-look", "alice", links("/look")),
    Way("supporter", "alice", word_came("/share/close")),
    Way("supporter-empty", "charlie", to("/share/close")),
    Way("supporter-new", "alice", to("/share/close/new")),
    Way("supporter-address", "alice", a_page_for_someone()),
    Way("supporter-change", "alice", a_page_for_someone("/form")),
    Way("supporter-look", "alice", a_page_for_someone("/look")),
    Way("today-kind-word", "alice", word_came("/today")),
    Way("get-up-signed-in", "alice", to("/get-up")),
    Way("wind-down-empty", "charlie", to("/wind-down")),
    Way("wind-down", "alice", lambda page, server: _wind_down(page, "/wind-down")),
    Way("wind-down-edit-empty", "charlie", to("/wind-down/edit")),
    Way("wind-down-edit", "alice", lambda page, server: _wind_down(page, "open")),
    Way("wind-down-refused", "alice", lambda page, server: _wind_down(page, "refused")),
    Way("wind-down-taken-off", "alice", lambda page, server: _wind_down(page, "remove")),
    Way("calm-note-empty", "charlie", to("/calm-note")),
    Way("calm-note", "alice", lambda page, server: _calm_note(page)),
    Way("calm-note-edit", "alice", lambda page, server: _calm_note(page, "edit")),
    Way("calm-note-refused", "alice", lambda page, server: _calm_note(page, "refused")),
    Way("calm-note-changed", "alice", lambda page, server: _calm_note(page, "changed")),
    Way("calm-note-away", "alice", lambda page, server: _calm_note(page, "remove")),
    Way("account", "alice", to("/account")),
    Way("day-refused", "alice", refusal("/account", {"day_turn": "13:00"}, 'form[action="/account/day"] button')),
    Way("passphrase", "alice", to("/account/passphrase")),
    Way("passphrase-refused", "alice", refusal("/account/passphrase", {"old": "nee", "passphrase": "kort"})),
    Way("access", "alice", to("/account/access")),
    Way("access-others", "alice", signed_in_elsewhere),
    Way("passkey", "alice", to("/account/passkeys/new")),
    Way("lock", "alice", to("/account/lock")),
    Way("lock-on", "alice", lambda page, server: _lock_on(page)),
    Way("locked", "alice", lambda page, server: _locked(page)),
    Way("help-locked", "alice", lambda page, server: _help_locked(page)),
    Way("codes", "alice", to("/account/codes")),
    Way("codes-refused", "alice", refusal("/account/codes", {"passphrase": "nee"})),
    Way("codes-to-keep", "alice", new_codes),
    Way("data", "alice", to("/account/data")),
    Way("erase", "alice", to("/account/erase")),
    Way("erase-refused", "alice", refusal("/account/erase", {"passphrase": "nee"})),
    Way("consent", "alice", to("/consent")),
    Way("reminders", "alice", to("/reminders")),
    Way("reminders-none", "charlie", to("/reminders")),
    Way("reminders-refused", "bob", lambda page, server: _quiet_around(page)),
    Way("reminder", "alice", to("/reminders/edit/dose-bedtime")),
    Way("reminder-some-days", "alice", lambda page, server: _some_days(page)),
    Way("reminder-refused", "charlie", refusal("/reminders/edit/diary", {"at": ""})),
    Way("reminders-zone", "alice", to("/reminders/zone")),
    Way("appointment", "alice", to("/reminders/appointments/new")),
    Way("appointment-away", "alice", appointment_away),
    Way("appointment-refused", "charlie", refusal("/reminders/appointments/new")),
    Way("private-calendar", "charlie", to("/reminders/calendar")),
    Way("private-calendar-on", "bob", lambda page, server: _private_calendar(page)),
    Way("waiting", "alice", to("/waiting")),
    Way("install-signed-in", "alice", to("/install")),
    Way("night-versions", "alice", to("/diary/2026-11-20/versions")),
    Way("help-signed-in", "alice", to("/help")),
    Way("learn-signed-in", "alice", to("/learn")),
]

WAYS = OPEN_TO_ALL + SIGNED_IN


def _lock_on(page: Page) -> None:
    page.goto("/account/lock")
    fill(page, {"pin": "2580", "again": "2580"})
    page.locator("[data-lock-set] .button-do").click()
    expect(page.locator("[data-lock-state]")).to_be_visible()


def _locked(page: Page) -> None:
    _lock_on(page)
    page.goto("/account")
    page.locator("[data-lock-now]").click()
    page.locator(".lock summary").click()


def _help_locked(page: Page) -> None:
    _locked(page)
    page.goto("/help")


def _looking(page: Page) -> None:
    page.goto("/learn")
    page.fill("#q", "tramadol")
    expect(page.locator("[data-find-item]:visible")).to_have_count(1)


def _wind_down(page: Page, then: str) -> None:
    """A list with a very long word on it: as at night, with a step open, refused, or with one taken off."""
    page.goto("/wind-down/edit")
    if page.get_by_text("langslangs").count() == 0:
        page.fill("#f-text", "Iets " + "langs" * 20)
        page.locator("#add .button-do").click()
        expect(page.locator("#steps li").last).to_contain_text("langslangs")
    if then == "/wind-down":
        page.goto(then)
        page.locator("main input[type=checkbox]").first.check()
        return
    page.locator("#steps summary").nth(1).click()
    if then == "refused":
        page.locator("#steps [open] [name=text]").fill("a" * 121)
        page.locator("#steps [open] [value=change]").click()
        expect(page.locator(".error-summary")).to_be_visible()
    elif then == "remove":
        page.locator("#steps [open] [value=remove]").click()
        expect(page.locator("[value=put-back]")).to_be_visible()


def _calm_note(page: Page, then: str = "") -> None:
    """A note that is kept, and the page asked for."""
    page.goto("/calm-note/edit")
    page.fill("[name=words]", "Dit ging al eens voorbij.\nBel morgen Lena." if then != "refused" else "a" * 1001)
    page.locator("main .button-do").click()
    expect(page.locator(".error-summary" if then == "refused" else ".note")).to_be_visible()
    if then == "changed":
        page.goto("/calm-note/edit")
        page.fill("[name=words]", f"Dit ging al {uuid4().hex[:4]} keer voorbij.")
        page.locator("main .button-do").click()
        expect(page.locator("[value=put-back]")).to_be_visible()
    if then in {"edit", "remove"}:
        page.goto("/calm-note/edit")
    if then == "remove":
        page.locator("[value=remove]").click()
        expect(page.locator("[value=put-back]")).to_be_visible()


def _end(page: Page) -> None:
    page.goto("/plan")
    address = page.locator('main a[href$="/end"]').first.get_attribute("href")
    assert address
    page.goto(address)


def _all_lists(page: Page) -> None:
    page.goto("/symptoms")
    page.locator("summary").last.click()
    expect(page.locator(".links a").first).to_be_visible()


def _table(page: Page) -> None:
    page.goto("/history?window=week")
    page.locator("figure summary").click()
    expect(page.locator("figure tbody")).to_be_visible()


def _questions(page: Page, words: str = "Mijn ogen?") -> None:
    page.goto("/history/look-back")
    page.check('[name="ticked"][value="stay"]')
    page.fill("[name=words]", words)
    page.locator('main form[action^="/history/look-back"] button').click()
    expect(page.locator(".error-summary" if len(words) > 4000 else ".just-now .notice").first).to_be_visible()


def _quiet_around(page: Page) -> None:
    """Quiet hours around a reminder that is on."""
    page.goto("/reminders/edit/diary")
    page.locator("main .button-do").click()
    at(page, "/reminders")
    page.check("[name=quiet]")
    fill(page, {"quiet_from": "00:00", "quiet_until": "23:59"})
    page.locator("#how > button").click()
    expect(page.locator(".error-summary")).to_be_visible()


def _some_days(page: Page) -> None:
    page.goto("/reminders/edit/dose-bedtime")
    choose(page, "every", "some")
    expect(page.locator(".only-some")).to_be_visible()


def _private_calendar(page: Page) -> None:
    page.goto("/reminders/calendar")
    if page.locator("#address").count() == 0:
        page.locator("main .button-do").click()
    expect(page.locator("#address")).to_be_visible()

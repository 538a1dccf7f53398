"""Sign in and out. The cookie holds an opaque token; sessions can be ended from the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from flask import Blueprint, Flask, redirect, render_template, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user, logout_user
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.domain.device import device_words
from companion.domain.person import Person
from companion.services import sign_in as service
from companion.services.erase_person import erase_person
from companion.services.forget_device import take_over
from companion.services.recover import recover
from companion.services.slow_down import Visit, known_browser
from companion.web.forms import Form, text
from companion.web.house import now, store
from companion.web.readers import for_a_reader
from companion.web.redirect import here, local_path, see_other
from companion.web.reply import refused_page
from companion.web.sure import be_sure
from companion.web.this_phone import forget_phone, this_phone

pages = Blueprint("login", __name__)
KNOWN = "known"
"""In the cookie: that somebody signed in here before. It opens nothing."""
P = ParamSpec("P")
R = TypeVar("R")


class User(UserMixin):  # type: ignore[misc]  # flask-login has no types
    """A person and the token of the session they came with."""

    def __init__(self, person: Person, token: str) -> None:
        self.person = person
        self.token = token

    def get_id(self) -> str:
        return self.token


def prepare(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None  # it signs people out when a phone updates its browser
    manager.user_loader(_load)
    manager.unauthorized_handler(_ask_to_sign_in)


def _load(token: str) -> User | None:
    if for_a_reader():  # behind a link everyone is a reader, its person too
        return None
    person = service.person_of_token(store(), token, now())
    return User(person, token) if person else None


def _ask_to_sign_in() -> Response:
    return see_other(url_for("login.form", next=here()))


def current_person() -> Person:
    """The person of this request. Only for pages behind login_required."""
    return cast(User, current_user).person


def current_token() -> str:
    return cast(User, current_user).token


def signed_in_person() -> Person | None:
    return cast(User, current_user).person if current_user.is_authenticated else None


def signed_in(view: Callable[P, R]) -> Callable[P, R]:
    """For signed-in people only; others are asked to sign in first."""
    return cast(Callable[P, R], login_required(view))


def begin(person: Person, token: str) -> None:
    """This browser is the person's from now on; an example in it is over."""
    end_example()
    if this_phone():
        take_over(store(), person, this_phone())
    session.permanent = True
    session[KNOWN] = known_browser(store(), person)
    be_sure(token)
    login_user(User(person, token))
    session["language"] = person.language


def end_example() -> None:
    """Whoever came in as an example leaves: it is erased, and so are its sessions."""
    person = signed_in_person()
    if person and person.is_example:
        erase_person(store(), person, now())
        logout_user()


def device() -> str:
    """A short name for the browser of this request."""
    return device_words(request.user_agent.string)


def visit() -> Visit:
    """Where this request comes from, for whoever comes in with it."""
    return Visit(request.remote_addr or "", device(), str(session.get(KNOWN, "")), this_phone())


def next_page() -> str:
    return local_path(request.values.get("next", ""), url_for("today.page"))


@pages.get("/sign-in")
def form() -> Response | str:
    if signed_in_person():
        return redirect(next_page(), 303)
    return render_template("login/sign_in.html", form=Form(request.args))


@pages.post("/sign-in")
def sign_in() -> Response:
    result = service.sign_in(store(), text("name"), request.form.get("passphrase", ""), visit(), now())
    if isinstance(result, Refused):
        return refused_page("login/sign_in.html", result)
    begin(result.person, result.token)
    return see_other(next_page())


@pages.post("/sign-out")
def sign_out() -> Response:
    """An example goes with it: `then` is the door through which it was left."""
    then = "join.form" if text("then") == "begin" else "home.page"
    person = signed_in_person()
    if person and person.is_example:
        end_example()
        return see_other(url_for(then), "" if text("then") == "begin" else "example-over")
    if current_user.is_authenticated:
        if request.form.get("where") == "everywhere":
            service.sign_out_everywhere(store(), current_person())
        else:
            service.sign_out(store(), current_person(), current_token(), this_phone())
        logout_user()
        session.pop("address", None)  # of a link just made
    answer = see_other(url_for(then))
    forget_phone(answer)
    return answer


@pages.get("/recover")
def recover_form() -> str:
    return render_template("login/recover.html", form=Form(request.args))


@pages.post("/recover")
def recover_with_code() -> Response:
    result = recover(store(), text("name"), text("code"), request.form.get("passphrase", ""), visit(), now())
    if isinstance(result, Refused):
        return refused_page("login/recover.html", result)
    begin(result.person, result.token)
    return see_other(url_for("account_access.page"))

"""The app for a house: a page of contents."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer
from werkzeug.middleware.proxy_fix import ProxyFix

from companion.bootstrap import House
from companion.services.sign_in import SESSION
from companion.settings import ROOT
from companion.web import (
    account,
    account_access,
    account_lock,
    account_passkeys,
    amounts,
    appointments,
    assets,
    booklet,
    calm_note,
    compress,
    consent,
    context,
    diary,
    diary_calendar,
    diary_draw,
    diary_paper,
    diary_usual,
    diary_versions,
    doses,
    errors,
    example,
    feed,
    get_up,
    health,
    help_now,
    history,
    home,
    join,
    learn,
    locale,
    login,
    login_passkey,
    look_back,
    metrics,
    offline,
    papers,
    plan,
    plan_bend,
    plan_box,
    plan_doctor,
    plan_larger,
    plan_new,
    plan_pace,
    plan_paper,
    plan_print,
    plan_steady,
    plan_supply,
    plan_week,
    portable,
    preview,
    push,
    pwa,
    reminders,
    reminders_mail,
    reminders_zone,
    security,
    share,
    shared,
    spreadsheets,
    supporter,
    supporting,
    symptoms,
    symptoms_over_time,
    sync,
    today,
    today_awake,
    today_check_in,
    today_lists,
    today_text,
    watch,
    wind_down,
)
from companion.web.readers import for_a_reader

PAGES = (
    home.pages,
    locale.pages,
    join.pages,
    example.pages,
    login.pages,
    consent.pages,
    today.pages,
    today_awake.pages,
    today_check_in.pages,
    today_lists.pages,
    today_text.pages,
    doses.pages,
    plan.pages,
    plan_bend.pages,
    plan_new.pages,
    plan_print.pages,
    plan_paper.pages,
    plan_week.pages,
    plan_box.pages,
    plan_supply.pages,
    plan_steady.pages,
    plan_larger.pages,
    plan_pace.pages,
    plan_doctor.pages,
    amounts.pages,
    diary.pages,
    diary_versions.pages,
    diary_draw.pages,
    diary_usual.pages,
    diary_calendar.pages,
    symptoms.pages,
    symptoms_over_time.pages,
    sync.pages,
    push.pages,
    history.pages,
    look_back.pages,
    share.pages,
    supporter.pages,
    shared.pages,
    supporting.pages,
    learn.pages,
    get_up.pages,
    wind_down.pages,
    calm_note.pages,
    booklet.pages,
    papers.pages,
    help_now.pages,
    reminders.pages,
    reminders_zone.pages,
    reminders_mail.pages,
    appointments.pages,
    feed.pages,
    account.pages,
    account_access.pages,
    account_lock.pages,
    account_passkeys.pages,
    login_passkey.pages,
    portable.pages,
    spreadsheets.pages,
    diary_paper.pages,
    pwa.pages,
    offline.pages,
    health.pages,
    metrics.pages,
    assets.pages,
)


FILES = {
    "static",
    "assets.stylesheet",
    "assets.script",
    "pwa.manifest",
    "health.healthz",
    "health.readyz",
    "metrics.page",
    "offline.worker",
    "feed.calendar",
}


class Sessions(SecureCookieSessionInterface):
    """A file, or a page fetched to be kept, that arrives late never puts back an older cookie."""

    def __init__(self) -> None:
        self._signers: dict[str, URLSafeTimedSerializer | None] = {}

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What reads and writes the cookie: asked for twice a request, and the secret of an app stays the same."""
        secret = str(app.secret_key)
        if secret not in self._signers:
            self._signers = {secret: super().get_signing_serializer(app)}
        return self._signers[secret]

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        aside = request.endpoint in FILES or "Keeping" in request.headers or for_a_reader()
        return session.modified or (session.permanent and not aside)


def create_app(house: House) -> Flask:
    """The app for a house."""
    app = Flask("companion.web", static_folder=str(ROOT / "static"))
    app.config.update(
        SECRET_KEY=house.secret_key,
        MAX_CONTENT_LENGTH=1024 * 1024,
        MAX_FORM_PARTS=2000,
        PERMANENT_SESSION_LIFETIME=timedelta(days=SESSION.days),
        SESSION_COOKIE_NAME="andante",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=house.settings.secure,
    )
    app.url_map.merge_slashes = False  # an address with "//" in it is no page, and leads to none
    app.extensions["house"] = house
    app.session_interface = Sessions()
    if house.settings.secure:  # https ends at a proxy in front of us, which says where a request came from
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1)  # type: ignore[method-assign]
    watch.prepare(app)
    compress.prepare(app)
    security.guard(app)
    login.prepare(app)
    locale.prepare(app)
    context.prepare(app)
    offline.prepare(app)
    example.prepare(app)
    errors.prepare(app)
    amounts.prepare(app)
    for pages in PAGES:
        app.register_blueprint(pages)
    if house.settings.preview:
        app.register_blueprint(preview.pages)
    watch.count(app)
    return app

"""What makes the site installable: a manifest in each language."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request, url_for

from companion.i18n.catalogues import LANGUAGES, catalogue
from companion.web.assets import static_address
from companion.web.house import house
from companion.web.locale import current_language

pages = Blueprint("pwa", __name__)


@pages.get("/manifest.webmanifest")
def manifest() -> Response:
    asked = request.args.get("language", "")
    language = asked if asked in LANGUAGES else current_language()
    say = catalogue(language).gettext
    name = house().settings.app_name
    icons = [
        {
            "src": static_address(f"icons/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size, purpose in ((192, "any"), (512, "any"), (512, "maskable"))
    ]
    answer = jsonify(
        {
            "id": "/",
            "name": name,
            "short_name": name,
            "description": say("At your own pace with sleeping pills and tranquillisers: stay stable, reduce or stop."),
            "lang": language,
            "dir": "ltr",
            "start_url": "/today",
            "scope": "/",
            "display": "standalone",
            "background_color": "#faf6ee",
            "theme_color": "#faf6ee",
            "categories": ["lifestyle"],
            "icons": [
                {
                    "src": static_address("icons/icon.svg"),
                    "sizes": "any",
                    "type": "image/svg+xml",
                    "purpose": "any",
                },
                *icons,
            ],
            "shortcuts": [{"name": say("Help now"), "url": url_for("help_now.page")}],
        }
    )
    answer.mimetype = "application/manifest+json"
    return answer

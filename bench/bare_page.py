"""Bare pages for gunicorn: Flask, Jinja and one query, and nothing of ours; and a page kept as a file."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import brotli
from flask import Flask, Response, render_template_string

PAGE = """<!doctype html><html lang="nl"><meta charset="utf-8"><title>Bare</title><h1>Bare</h1>
<ul>{% for day, kind in rows %}<li>{{ day }}: {{ kind }}</li>{% endfor %}</ul></html>"""
QUERY = "SELECT day, kind FROM entry ORDER BY person_id, id LIMIT 20"


def bare() -> Flask:
    app = Flask("bare")
    database = sqlite3.connect(Path(os.environ["BENCH_FOLDER"]) / "companion.db", check_same_thread=False)

    @app.get("/")
    def page() -> str:
        return render_template_string(PAGE, rows=database.execute(QUERY).fetchall())

    return app


def still() -> Flask:
    """`still.html` and `still.css` of the folder, as small as ours are; a form that is sent stays where it is."""
    app = Flask("still")
    folder = Path(os.environ["BENCH_FOLDER"])
    small = {name: brotli.compress((folder / name).read_bytes(), quality=5) for name in ("still.html", "still.css")}

    def answer(name: str, kind: str, lasts: str) -> Response:
        return Response(small[name], mimetype=kind, headers={"Content-Encoding": "br", "Cache-Control": lasts})

    @app.get("/today")
    def page() -> Response:
        return answer("still.html", "text/html", "no-store")

    @app.get("/still.css")
    def style() -> Response:
        return answer("still.css", "text/css", "max-age=31536000, immutable")

    @app.post("/today/taken")
    def taken() -> Response:
        return Response(status=204)

    return app

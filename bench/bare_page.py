"""A bare page for gunicorn: Flask, Jinja and one query, and nothing of ours."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from flask import Flask, render_template_string

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

"""What the diary is measured against: Flask views that do by sqlite3 the least that could be done.

One commits a row, as durable as the diary's; the others read the rows that a page is made of and serialise them.
"""

import os
import sqlite3
import threading
from uuid import uuid4

import orjson
from flask import Flask, Response, request

ENTRIES = "SELECT * FROM entries WHERE patient_id = ? ORDER BY position"
PATIENTS = "SELECT * FROM patients WHERE clinic_id = ? ORDER BY name LIMIT 25"
OF_PATIENTS = """
SELECT patient_id, day, average FROM entries WHERE patient_id IN
(SELECT id FROM patients WHERE clinic_id = ? ORDER BY name LIMIT 25) ORDER BY position
"""

app = Flask(__name__)
_local = threading.local()
_write_lock = threading.Lock()


def _opened(name: str) -> sqlite3.Connection:
    """This thread's connection to the file that the environment names, with the settings that the diary uses."""
    if not hasattr(_local, name):
        connection = sqlite3.connect(os.environ[name], isolation_level=None)
        for pragma in ("journal_mode=wal", "synchronous=2", "busy_timeout=5000", "secure_delete=1"):
            connection.execute(f"PRAGMA {pragma}")
        setattr(_local, name, connection)
    opened: sqlite3.Connection = getattr(_local, name)
    return opened


def create_table() -> None:
    """The table of the one row."""
    _opened("BARE_DATABASE").execute(
        "CREATE TABLE IF NOT EXISTS entries (id TEXT PRIMARY KEY, day TEXT, average INTEGER)"
    )


create_table()


@app.post("/save")
def save() -> Response:
    """Commit one row."""
    row = (str(uuid4()), request.form["day"], int(request.form["average"]))
    with _write_lock:
        database = _opened("BARE_DATABASE")
        database.execute("BEGIN IMMEDIATE")
        database.execute("INSERT INTO entries VALUES (?, ?, ?)", row)
        database.execute("COMMIT")
    return Response("", status=303, headers={"Location": "/saved"})


@app.get("/entries/<patient>")
def entries(patient: str) -> Response:
    """Every entry of a patient."""
    return _serialised(ENTRIES, patient)


@app.get("/patients/<clinic>")
def patients(clinic: str) -> Response:
    """The first 25 patients of a clinic, and the averages of theirs."""
    rows = [_opened("DIARY_DATABASE").execute(query, (clinic,)).fetchall() for query in (PATIENTS, OF_PATIENTS)]
    return Response(orjson.dumps(rows), mimetype="application/json")


def _serialised(query: str, *values: str) -> Response:
    return Response(
        orjson.dumps(_opened("DIARY_DATABASE").execute(query, values).fetchall()), mimetype="application/json"
    )

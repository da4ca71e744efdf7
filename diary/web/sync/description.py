"""``GET /openapi.json``: the addresses that scripts may rely on, as OpenAPI 3.1."""

from functools import cache
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify

from diary import __version__
from diary.domain.diary import Diary, Entry, Medicine
from diary.domain.form import FORMAT
from diary.exchange.outbox import MOST_RECORDS
from diary.exchange.schema import schema_of
from diary.services.entries import Outcome
from diary.web.errors import WORDS
from diary.web.guard import public
from diary.web.sync.entries import CLOCK_OFF

blueprint = Blueprint("description", __name__)

Described = dict[str, Any]

OF_A_PATIENT: list[Described] = [{"phone": []}, {"phoneCookie": []}]
STAFF: list[Described] = [{"session": []}]
ALWAYS = (503,)


@blueprint.get("/openapi.json")
@public
def openapi() -> Response:
    """The description; it names no patient and no clinic."""
    return jsonify(_description())


@cache
def _description() -> Described:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Injection diary",
            "version": __version__,
            "description": "What scripts and phones may rely on. Errors under /api/v1 are problem documents "
            "(RFC 9457). What is not yours and what is not there both answer 404.",
        },
        "paths": {**_open_paths(), **_diary_paths(), **_entry_paths()},
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {
                "phone": {"type": "http", "scheme": "bearer", "description": "The token of a bound phone."},
                "phoneCookie": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "__Host-diary_phone",
                    "description": "The same token as the browser keeps it (diary_phone without HTTPS). "
                    "Unsafe methods need X-CSRF-Token too.",
                },
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "__Host-diary_session",
                    "description": "The session of a member of staff (diary_session without HTTPS).",
                },
            },
        },
    }


def _open_paths() -> Described:
    healthy = _object(
        {"status": {"const": "ok"}, "version": {"type": "string"}, "database": {}, "schema": {}}, more=True
    )
    sign_in = _object(
        {
            "email": {"type": "string"},
            "password": {"type": "string", "format": "password"},
            "csrf_token": {"type": "string"},
        }
    )
    form = {"application/x-www-form-urlencoded": {"schema": sign_in}}
    token = {"application/x-www-form-urlencoded": {"schema": _object({"csrf_token": {"type": "string"}})}}
    page = {"description": "A page.", "content": {"text/html": {"schema": {"type": "string"}}}}
    onwards = {"description": "Onwards.", "headers": {"Location": {"schema": {"type": "string"}}}}
    return {
        "/healthz": {
            "get": {
                "summary": "Whether this server can take an entry: after a real write that is rolled back",
                "security": [],
                "responses": {
                    "200": _json("It can.", healthy),
                    "503": _json("The database cannot be written.", _object({"status": {"type": "string"}})),
                },
            }
        },
        "/login": {
            "post": {
                "summary": "Sign in as staff; the second factor follows",
                "security": [],
                "requestBody": {"required": True, "content": form},
                "responses": {"200": page, "302": onwards, "400": page, "429": page, "503": page},
            }
        },
        "/logout": {
            "post": {
                "summary": "Sign out",
                "security": STAFF,
                "requestBody": {"required": True, "content": token},
                "responses": {"302": onwards, "400": page},
            }
        },
        "/openapi.json": {
            "get": {
                "summary": "This description",
                "security": [],
                "responses": {"200": _json("OpenAPI 3.1.", {"type": "object"})},
            }
        },
        "/api/v1/csrf": {
            "get": {
                "summary": "The token for X-CSRF-Token, good as long as the session whose cookie comes with it",
                "security": [],
                "responses": _with_errors("The token.", _object({"csrf_token": {"type": "string"}}), *ALWAYS),
            }
        },
    }


def _diary_paths() -> Described:
    asked = [
        _parameter("rules", {"type": "string"}, "The name of a rule set; the clinic's own without it."),
        _parameter("as_of", {"type": "string", "format": "date"}, "The date of the judgement; today without it."),
    ]
    return {
        "/api/v1/diary": {
            "get": {
                "summary": "The patient's whole diary file; the diary has to be opened by its PIN",
                "security": OF_A_PATIENT,
                "responses": _with_errors("The diary file.", _ref("Diary"), 401, 404, *ALWAYS),
            }
        },
        "/api/v1/patients/{patient_id}/diary": {
            "parameters": [_id("patient_id")],
            "get": {
                "summary": "A patient's whole diary file, for the care team",
                "security": STAFF,
                "responses": _with_errors("The diary file.", _ref("Diary"), 401, 404, *ALWAYS),
            },
        },
        "/api/v1/patients/{patient_id}/assessment": {
            "parameters": [_id("patient_id")],
            "get": {
                "summary": "What `python -m diary assess --json` prints of the diary, for the care team",
                "security": STAFF,
                "parameters": asked,
                "responses": _with_errors("The assessment.", {"type": "object"}, 401, 404, 422, 500, *ALWAYS),
            },
        },
    }


def _entry_paths() -> Described:
    answers = _with_errors("One answer for each record, entries first.", _ref("Results"))
    answers["200"]["headers"] = {
        CLOCK_OFF: {
            "description": "Seconds by which the phone's clock is ahead (negative: behind), where it is more than 300.",
            "schema": {"type": "integer"},
        }
    }
    errors = _with_errors("", {}, 400, 401, 403, 404, 413, 415, 422, 429, *ALWAYS)
    return {
        "/api/v1/entries": {
            "post": {
                "summary": "Take in what a phone kept: each record once, durable before the answer",
                "security": OF_A_PATIENT,
                "parameters": [
                    {
                        "name": "X-CSRF-Token",
                        "in": "header",
                        "description": "From /api/v1/csrf; not needed with a bearer token.",
                        "schema": {"type": "string"},
                    }
                ],
                "requestBody": {"required": True, "content": {"application/json": {"schema": _ref("Outbox")}}},
                "responses": {**errors, **answers},
            }
        },
        "/api/v1/entries/{entry_id}": {
            "parameters": [_id("entry_id")],
            "get": {
                "summary": "An entry and its history, for the patient with the diary opened and the care team",
                "security": [*OF_A_PATIENT, *STAFF],
                "responses": _with_errors("The entry.", _ref("EntryWithHistory"), 401, 404, *ALWAYS),
            },
        },
    }


def _schemas() -> Described:
    diary = schema_of(Diary)
    diary["required"] = ["format", *diary["required"]]
    diary["properties"] = {"format": {"const": FORMAT}, **diary["properties"]}
    listed = {"type": ["array", "null"], "maxItems": MOST_RECORDS}
    result = _object(
        {
            "id": {"type": ["string", "null"], "description": "As it was sent; null where there was none."},
            "result": {"enum": [outcome.value for outcome in Outcome]},
            "message": {"type": "string", "description": "For the patient."},
        }
    )
    outbox = _object(
        {
            "sent_at": {"type": "string", "format": "date-time", "description": "What the phone's clock shows."},
            "entries": {**listed, "items": _ref("Entry")},
            "medicines": {**listed, "items": _ref("Medicine")},
        }
    )
    return {
        "Diary": diary,
        "Entry": schema_of(Entry),
        "Medicine": schema_of(Medicine),
        "Outbox": {**outbox, "required": ["sent_at"]},
        "Results": _object({"results": {"type": "array", "items": result}}),
        "EntryWithHistory": _object(
            {"entry": _ref("Entry"), "history": {"type": "array", "minItems": 1, "items": _ref("Entry")}}
        ),
        "Problem": _object({"title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"}}),
    }


def _with_errors(description: str, schema: Described, *errors: int) -> Described:
    return {"200": _json(description, schema)} | {str(status): _problem(status) for status in errors}


def _problem(status: int) -> Described:
    title = WORDS[status][0] if status in WORDS else HTTPStatus(status).phrase
    problem: Described = {
        "description": title,
        "content": {"application/problem+json": {"schema": _ref("Problem")}},
    }
    if status in {429, 503}:
        problem["headers"] = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}
    return problem


def _json(description: str, schema: Described) -> Described:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _object(properties: Described, *, more: bool = False) -> Described:
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": more,
    }


def _ref(name: str) -> Described:
    return {"$ref": f"#/components/schemas/{name}"}


def _id(name: str) -> Described:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}


def _parameter(name: str, schema: Described, description: str) -> Described:
    return {"name": name, "in": "query", "schema": schema, "description": description}

"""GET /openapi.json: every address that scripts may rely on, and answers that look as it says."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from diary import clock
from diary.domain.diary import Diary, Entry, Medicine
from diary.exchange.schema import schema_of
from tests.factories import a_clinic, a_patient
from tests.phones import bind_phone

SCHEMA = json.loads((Path(__file__).parents[2] / "examples" / "diary-file.schema.json").read_text(encoding="utf-8"))
BESIDE = {"/healthz", "/login", "/logout", "/openapi.json"}


@pytest.fixture
def backend() -> str:
    """These are about a description, not about databases."""
    return "sqlite"


@pytest.fixture
def described(client: FlaskClient) -> Any:
    answer = client.get("/openapi.json")
    assert answer.content_type == "application/json"
    return answer.get_json()


def operations(described: Any) -> dict[tuple[str, str], Any]:
    return {
        (path, method.upper()): item[method]
        for path, item in described["paths"].items()
        for method in item
        if method in {"get", "post"}
    }


def test_every_address_for_scripts_is_described_and_nothing_else(app: Flask, described: Any) -> None:
    served = {
        (str(rule).replace("<uuid:", "{").replace(">", "}"), method)
        for rule in app.url_map.iter_rules()
        if str(rule).startswith("/api/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    told = set(operations(described))
    assert {(path, method) for path, method in told if path not in BESIDE} == served
    assert {path for path, _ in told} & BESIDE == BESIDE


def test_every_operation_is_whole(described: Any) -> None:
    assert described["openapi"].startswith("3.1.")
    schemes = set(described["components"]["securitySchemes"])
    for (path, _), operation in operations(described).items():
        assert operation["summary"]
        assert {name for way in operation["security"] for name in way} <= schemes
        named = {one["name"] for one in described["paths"][path].get("parameters", [])}
        assert named == {part[1:-1] for part in path.split("/") if part.startswith("{")}
        for status, answer in operation["responses"].items():
            assert answer["description"]
            if path.startswith("/api/") and status >= "400":
                assert set(answer["content"]) == {"application/problem+json"}
                assert ("Retry-After" in answer.get("headers", {})) == (status in {"429", "503"})


def test_every_schema_is_one_and_every_reference_leads_somewhere(described: Any) -> None:
    for schema in described["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    known = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}
    assert set(references(described)) == known


def references(plain: Any) -> list[str]:
    if isinstance(plain, dict):
        own = [plain["$ref"]] if "$ref" in plain else []
        return own + [found for value in plain.values() for found in references(value)]
    return [found for value in plain for found in references(value)] if isinstance(plain, list) else []


def test_what_the_phone_is_answered_looks_as_described(client: FlaskClient, described: Any) -> None:
    bind_phone(client, a_patient(a_clinic()))
    client.environ_base["HTTP_X_CSRF_TOKEN"] = client.get("/api/v1/csrf").get_json()["csrf_token"]
    answer = client.post("/api/v1/entries", json={"sent_at": clock.now().isoformat(), "entries": [{"id": "x"}, 7]})
    validator_of(described, "Results").validate(answer.get_json())
    refused = client.post("/api/v1/entries", json={})
    validator_of(described, "Problem").validate(refused.get_json())


def validator_of(described: Any, name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": described["components"]})


@pytest.mark.parametrize(("name", "record"), [("entries", Entry), ("medicines", Medicine), ("injections", None)])
def test_records_are_described_as_the_diary_file_describes_them(name: str, record: type | None) -> None:
    """The schema of the diary file is the reference; ours is made from the dataclasses."""
    theirs = SCHEMA["properties"][name]["items"]
    ours = schema_of(record) if record else schema_of(Diary)["properties"][name]["items"]
    assert set(ours["properties"]) == set(theirs["properties"])
    assert set(ours["required"]) == set(theirs["required"])
    for key, described in theirs["properties"].items():
        assert limits(ours["properties"][key]) == limits(described), key


def limits(schema: Any) -> Any:
    """A schema without what is said about null, which the form takes wherever a value is optional."""
    if isinstance(schema, dict):
        if "anyOf" in schema:
            (only,) = (one for one in schema["anyOf"] if one != {"type": "null"})
            return limits(only)
        return {key: limits(value) for key, value in schema.items() if key != "required" or value}
    return sorted(map(str, schema)) if isinstance(schema, list) else schema

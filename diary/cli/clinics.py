"""Commands that add a clinic, its staff and its patients."""

import argparse
from typing import TYPE_CHECKING
from uuid import UUID

from diary.cli.running import OPERATOR, answer, day, opened, password_from_input, with_json
from diary.domain.errors import InvalidValue

if TYPE_CHECKING:
    from diary.cli.running import Commands

STAFF = ("admin", "doctor", "nurse")


def add_commands(commands: "Commands") -> None:
    """Add the commands with their arguments."""
    _add_clinic_command(commands.add_parser("clinic", help="clinics").add_subparsers(metavar="COMMAND", required=True))
    _add_user_command(commands.add_parser("user", help="staff").add_subparsers(metavar="COMMAND", required=True))
    _add_patient_command(
        commands.add_parser("patient", help="patients").add_subparsers(metavar="COMMAND", required=True)
    )


def _add_clinic_command(commands: "Commands") -> None:
    add = with_json(commands.add_parser("add", help="add a clinic, print its id"))
    add.add_argument("--name", required=True, metavar="N")
    add.add_argument("--country", required=True, metavar="US", help="two letters (ISO 3166)")
    add.add_argument("--time-zone", required=True, metavar="Z", help="such as America/Chicago")
    add.set_defaults(run=_add_clinic)


def _add_user_command(commands: "Commands") -> None:
    add = with_json(commands.add_parser("add", help="add a member of staff, print their id"))
    add.add_argument("--clinic", required=True, type=UUID, metavar="ID")
    add.add_argument("--email", required=True, metavar="E")
    add.add_argument("--role", required=True, choices=STAFF)
    add.add_argument("--name", metavar="N", help="as colleagues and patients see it; else what stands before the @")
    add.add_argument("--password-stdin", required=True, action="store_true", help="read it from standard input")
    add.set_defaults(run=_add_user)


def _add_patient_command(commands: "Commands") -> None:
    add = with_json(commands.add_parser("add", help="add a patient, print their id"))
    add.add_argument("--clinic", required=True, type=UUID, metavar="ID")
    add.add_argument("--name", required=True, metavar="N")
    add.add_argument("--born", required=True, type=day, metavar="D", help="YYYY-MM-DD")
    add.add_argument("--time-zone", required=True, metavar="Z", help="such as America/Chicago")
    # Clinics may script against both already; they are refused in `_add_patient` while patients sign in by their phone.
    add.add_argument("--email", metavar="E", help="not yet: a patient joins with the code that the clinic shows")
    add.add_argument("--password-stdin", action="store_true", help="not yet, as --email")
    add.set_defaults(run=_add_patient)


def _add_clinic(arguments: argparse.Namespace) -> int:
    from diary.clock import now
    from diary.services.accounts import add_clinic

    with opened():
        clinic_id = add_clinic(
            OPERATOR, name=arguments.name, country=arguments.country, time_zone=arguments.time_zone, now=now()
        )
    return answer(arguments, {"id": str(clinic_id)}, str(clinic_id))


def _add_user(arguments: argparse.Namespace) -> int:
    from diary.clock import now
    from diary.domain.access import Role
    from diary.services.accounts import add_user

    password = password_from_input()
    with opened():
        user_id = add_user(
            OPERATOR,
            clinic_id=arguments.clinic,
            email=arguments.email,
            name=arguments.name or arguments.email.split("@")[0],
            role=Role(arguments.role),
            password=password,
            now=now(),
        )
    return answer(arguments, {"id": user_id}, str(user_id))


def _add_patient(arguments: argparse.Namespace) -> int:
    from diary.clock import now
    from diary.services.patients import add_patient

    if arguments.email is not None or arguments.password_stdin:
        raise InvalidValue(
            "--email, --password-stdin",
            "Patients have no password yet: leave both out, and show them the clinic's code.",
        )
    with opened():
        patient_id = add_patient(
            OPERATOR,
            clinic_id=arguments.clinic,
            name=arguments.name,
            born=arguments.born,
            time_zone=arguments.time_zone,
            now=now(),
        )
    return answer(arguments, {"id": str(patient_id)}, str(patient_id))

"""Who may open what: one line for each endpoint. A route that is missing here fails `test_access`.

The ids in an address belong to Ana and to her clinic; `test_access` asks for each address as every role of her clinic,
as the same role of another clinic, as Ana, as her phone, as another patient, and as nobody.
"""

from diary.domain.access import CARE_TEAM, STAFF, Role
from diary.web.guard import EVERYBODY

CLOSED: frozenset[Role] = frozenset()  # nobody: Flask-Security registers it and we do not open it
ADMIN = frozenset({Role.ADMIN})

ACCESS: dict[str, frozenset[Role]] = {
    # --- account
    "account.end_other_sessions": STAFF,
    "account.end_session": STAFF,
    "account.front_door": EVERYBODY,
    "account.invitation": EVERYBODY,
    "account.overview": STAFF,
    "account.set_up": EVERYBODY,
    "account.start": STAFF,
    "security.change_password": STAFF,
    "security.login": EVERYBODY,
    "security.logout": EVERYBODY,
    "security.mf_recovery": EVERYBODY,
    "security.mf_recovery_codes": STAFF,
    "security.static": CLOSED,
    "security.tf_select": CLOSED,
    "security.two_factor_rescue": CLOSED,
    "security.two_factor_setup": EVERYBODY,
    "security.two_factor_setup_validate": STAFF,
    "security.two_factor_token_validation": EVERYBODY,
    "security.verify": STAFF,
    # --- admin
    "admin.audit": ADMIN,
    "admin.cancel_invitation": ADMIN,
    "admin.clinic": ADMIN,
    "admin.end_sessions": ADMIN,
    "admin.invite": ADMIN,
    "admin.overview": ADMIN,
    "admin.people": ADMIN,
    "admin.person": ADMIN,
    "admin.remove": ADMIN,
    "admin.send_again": ADMIN,
    # --- clinic
    "clinic.add_daily_entry": CARE_TEAM,
    "clinic.add_medicine": CARE_TEAM,
    "clinic.add_reaction": CARE_TEAM,
    "clinic.add_steroid_elsewhere": CARE_TEAM,
    "clinic.cancel_plan": CARE_TEAM,
    "clinic.change_plan": CARE_TEAM,
    "clinic.correct_injection": CARE_TEAM,
    "clinic.correct_medicine": CARE_TEAM,
    "clinic.entries": CARE_TEAM,
    "clinic.figure": CARE_TEAM,
    "clinic.injection": CARE_TEAM,
    "clinic.medicines": CARE_TEAM,
    "clinic.monitor": CARE_TEAM,
    "clinic.monitoring": CARE_TEAM,
    "clinic.patient": CARE_TEAM,
    "clinic.patients": CARE_TEAM,
    "clinic.plan_injection": CARE_TEAM,
    "clinic.prepare_injection": CARE_TEAM,
    "clinic.record_injection": CARE_TEAM,
    "clinic.record_leaving": CARE_TEAM,
    "clinic.start_clock": CARE_TEAM,
    "clinic.undo_score": CARE_TEAM,
    "clinic.withdraw_injection": CARE_TEAM,
    "clinic.withdraw_medicine": CARE_TEAM,
    # --- open to machines
    "asset": EVERYBODY,
    "health.healthz": EVERYBODY,
    "static": EVERYBODY,
}
# Links that open by themselves: without a real one they are not there for anybody.
BY_LINK = {"account.invitation", "account.set_up"}

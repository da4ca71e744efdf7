"""Staff who can sign in. Patients, their phones and their codes are tables of their own.

The columns are those that Flask-Security reads and no more: its ready-made mixins add a dozen for telephones, passkeys
and social sign-in, and a table of roles, where a member of staff has exactly one.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, ClassVar, cast
from uuid import UUID, uuid4

from flask_security import SQLAlchemyUserDatastore, UserMixin
from sqlalchemy import JSON, ForeignKey, Index, func, inspect, select, update
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.domain.access import Actor, Role
from diary.store.base import Instant, Model, OptionalInstant, db
from diary.store.clinics import Clinic
from diary.store.work import Work, writing


class User(Model, UserMixin):
    """A member of staff. ``removed_at`` ends their access; the row stays, since records and the audit name it.

    ``email`` is kept in lower case. ``tf_*`` and ``fs_uniquifier`` are named by Flask-Security; ``tf_totp_secret`` is
    encrypted, ``mf_recovery_codes`` holds keyed hashes, ``tf_last_counter`` is the 30 seconds whose code was used last.
    """

    __tablename__ = "users"
    __table_args__ = (Index("ix_users_clinic_id_name", "clinic_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"))
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    password: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[Instant]
    removed_at: Mapped[OptionalInstant]
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    tf_last_counter: Mapped[int | None]
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(JSON(none_as_null=True)))

    # Flask-Security's many roles are not used: `diary.web.guard` goes by `role`.
    roles: ClassVar[list[Any]] = []  # type: ignore[misc]  # there an attribute of the instance

    def as_actor(self) -> Actor:
        return Actor(role=Role(self.role), id=str(self.id), clinic_id=self.clinic_id, name=self.name)


class StaffDatastore(SQLAlchemyUserDatastore):
    """Lets Flask-Security change a user (password, second factor) only together with the audit of it.

    It changes attributes and calls `commit` at the end of the request; here that becomes one `writing` transaction,
    begun after whatever the request has read, with the names of the changed fields in the audit.
    """

    def __init__(self, *, now: Callable[[], datetime]) -> None:
        super().__init__(db, User, cast(Any, None))
        self._now = now

    def put(self, model: Any) -> Any:
        # A query between this and `commit` must not write the change on its own.
        db.session().autoflush = False
        return super().put(model)  # type: ignore[no-untyped-call]

    def commit(self) -> None:
        session = db.session()
        changes = [(user, _changed(user)) for user in session.dirty if isinstance(user, User)]
        session.rollback()
        session.autoflush = True
        for user, values in changes:
            if values:
                with writing(user.as_actor(), now=self._now()) as work:
                    work.session.execute(update(User).where(User.id == user.id).values(**values))
                    work.audit("user.change", subject=f"user:{user.id}", fields=sorted(values))


def _changed(user: User) -> dict[str, Any]:
    state = inspect(user)
    return {
        column.key: state.attrs[column.key].value
        for column in state.mapper.column_attrs
        if state.attrs[column.key].history.has_changes()
    }


def add_user_row(work: Work, *, clinic_id: UUID, email: str, name: str, role: Role, password_hash: str) -> User:
    """Add a member of staff, with the audit row; the caller has checked that the e-mail is free."""
    user = User(
        clinic_id=clinic_id,
        email=email.lower(),
        name=name,
        role=role.value,
        password=password_hash,
        active=True,
        created_at=work.now,
        fs_uniquifier=uuid4().hex,
    )
    work.session.add(user)
    work.session.flush()
    work.audit("user.add", clinic_id=clinic_id, subject=f"user:{user.id}", role=role.value)
    return user


def find_user(session: Session, user_id: int) -> User | None:
    return session.get(User, user_id)


def find_user_by_email(session: Session, email: str) -> User | None:
    return session.scalar(select(User).where(User.email == email.lower()))


def list_users(session: Session, clinic_id: UUID) -> Sequence[User]:
    """Those with access to the clinic, by name."""
    return session.scalars(
        select(User).where(User.clinic_id == clinic_id, User.removed_at.is_(None)).order_by(User.name, User.id)
    ).all()


def count_admins(session: Session, clinic_id: UUID) -> int:
    """Admins with access to the clinic."""
    return (
        session.scalar(
            select(func.count()).where(
                User.clinic_id == clinic_id, User.role == Role.ADMIN.value, User.removed_at.is_(None)
            )
        )
        or 0
    )


def has_an_admin(session: Session) -> bool:
    """Whether any clinic but invented ones has an admin: if not, the server waits to be set up."""
    found = session.execute(
        select(User.id)
        .join(Clinic, Clinic.id == User.clinic_id)
        .where(User.role == Role.ADMIN.value, User.removed_at.is_(None), ~Clinic.invented)
        .limit(1)
    )
    return found.one_or_none() is not None


def begin_again(work: Work, user: User, *, name: str, role: Role, password_hash: str) -> None:
    """A new password and no second factor yet, for somebody who redeemed another invitation; with the audit row."""
    user.name = name
    user.role = role.value
    user.password = password_hash
    user.active = True
    user.removed_at = None
    user.tf_primary_method = user.tf_totp_secret = user.tf_last_counter = user.mf_recovery_codes = None
    user.fs_uniquifier = uuid4().hex
    work.audit("user.begin-again", clinic_id=user.clinic_id, subject=f"user:{user.id}", role=role.value)


def claim_code(work: Work, user_id: int, *, counter: int, used_last: int | None) -> bool:
    """Mark the 30 seconds of a code as used; False where somebody was quicker with the same code."""
    unchanged = User.tf_last_counter.is_(None) if used_last is None else User.tf_last_counter == used_last
    claimed = update(User).where(User.id == user_id, unchanged).values(tf_last_counter=counter).returning(User.id)
    work.audit("sign-in.code", subject=f"user:{user_id}")
    return work.session.execute(claimed).one_or_none() is not None


def set_role(work: Work, user: User, role: Role) -> None:
    """Give the user another role, with the audit row."""
    work.audit("user.role", clinic_id=user.clinic_id, subject=f"user:{user.id}", before=user.role, after=role.value)
    user.role = role.value


def end_access(work: Work, user: User) -> None:
    """End the user's access, with the audit row. The row stays."""
    user.active = False
    user.removed_at = work.now
    work.audit("user.remove", clinic_id=user.clinic_id, subject=f"user:{user.id}")


def names_of(session: Session, clinic_id: UUID) -> dict[str, str]:
    """The names of the clinic's staff by id, those without access any more too."""
    return {
        str(id_): name for id_, name in session.execute(select(User.id, User.name).where(User.clinic_id == clinic_id))
    }

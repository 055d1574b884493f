"""Services that replace the workbench's own: who the user is, and where fields are kept."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from workbench.models import XBlockState, shorten_scope_name
from workbench.runtime import WorkbenchDjangoKeyValueStore
from xblock.fields import Scope
from xblock.reference.user_service import UserService, XBlockUser
from xblock.runtime import KeyValueStore, KvsFieldData

from psychsafety_xblock.demo.course import BLOCKS, PERSONAS

#: The id that the workbench gives to somebody who is not logged in.
NOBODY = "none"

_AUTHORED = {scope_id: block.fields for block in BLOCKS.values() for scope_id in (block.definition_id, block.usage_id)}


class PersonaService(UserService):
    """The user is the persona in the URL. Any other id is a plain learner, as in the workbench."""

    # The workbench sets it after it has made the service.
    runtime: Any = None

    def get_current_user(self) -> XBlockUser:
        """A user with the attributes that the platform gives; without any id when nobody is logged in."""
        user_id = getattr(self.runtime, "student", None)
        if user_id in (None, NOBODY):
            nobody = XBlockUser(is_current_user=True)
            nobody.opt_attrs["edx-platform.is_authenticated"] = False
            return nobody
        persona = PERSONAS.get(user_id)
        staff = persona is not None and persona.staff
        user = XBlockUser(
            is_current_user=True,
            emails=[f"{user_id}@example.com"],
            full_name=persona.name if persona else f"Learner {user_id}",
        )
        user.opt_attrs.update(
            {
                "xblock-workbench.user_id": user_id,
                "edx-platform.is_authenticated": True,
                "edx-platform.user_is_staff": staff,
                "edx-platform.user_role": "staff" if staff else "student",
            }
        )
        return user


class CourseKeyValueStore(WorkbenchDjangoKeyValueStore):
    """The workbench's rows over what the course's author wrote. Lives as long as one request.

    The workbench's own store writes a row whenever it looks for one, and the rows of authored fields, which
    have no user, are not unique: two processes that look at the same time make two, and from then on every
    look fails. Here looking writes nothing, an extra row does no harm, and one request reads a row once.
    """

    def __init__(self) -> None:
        super().__init__()
        self._read: dict[Any, dict[str, Any]] = {}

    def get(self, key: KeyValueStore.Key) -> Any:
        """The stored value. Raises KeyError when there is none."""
        return self._fields(key)[key.field_name]

    def has(self, key: KeyValueStore.Key) -> bool:
        """Whether somebody set this field."""
        return key.field_name in self._fields(key)

    def set(self, key: KeyValueStore.Key, value: Any) -> None:
        """Store one field, next to the others of its row."""
        self._change(key, {key.field_name: value})

    def delete(self, key: KeyValueStore.Key) -> None:
        """Forget one field: the course's own value holds again."""
        self._change(key, {key.field_name: None}, forget=True)

    def _fields(self, key: KeyValueStore.Key) -> dict[str, Any]:
        place = (key.scope, key.block_scope_id, key.user_id)
        if place not in self._read:
            stored: dict[str, Any] = {}
            for state in _rows(key).values_list("state", flat=True):
                stored.update(json.loads(state))
            authored = _AUTHORED.get(key.block_scope_id, {}) if key.user_id is None else {}
            self._read[place] = {**authored, **stored}
        return self._read[place]

    def _change(self, key: KeyValueStore.Key, fields: dict[str, Any], forget: bool = False) -> None:
        with transaction.atomic():
            rows = list(_rows(key).select_for_update()) or [XBlockState.get_for_key(key)]
            for row in rows:
                state = json.loads(row.state)
                for name, value in fields.items():
                    if forget:
                        state.pop(name, None)
                    else:
                        state[name] = value
                row.state = self._to_json_str(state)
                row.save()
        self._read.clear()


class CourseFieldData(KvsFieldData):
    """Field data on a store of its own for each request."""

    def __init__(self) -> None:
        super().__init__(CourseKeyValueStore())


def _rows(key: KeyValueStore.Key) -> Any:
    """The rows of a key in the workbench's table, oldest first."""
    scope = key.scope if key.scope in (Scope.parent, Scope.children) else key.scope.block
    return XBlockState.objects.filter(
        scope=shorten_scope_name(scope.attr_name), scope_id=key.block_scope_id, user_id=key.user_id
    ).order_by("id")

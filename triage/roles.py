"""What the holder of a key may do; what it may see is a matter of its purpose."""

from enum import StrEnum


class Role(StrEnum):
    """A holder's role. Each may do what those before it may."""

    VIEWER = "viewer"
    OFFICER = "officer"
    DATA_OFFICER = "data_officer"

    def includes(self, other: "Role") -> bool:
        """Whether whoever has this role may do what `other` may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


MAY: dict[Role, str] = {
    Role.VIEWER: "look at households, what-ifs and queues; record nothing: for screens",
    Role.OFFICER: "also take contacts",
    Role.DATA_OFFICER: "also see uncertain links and settle them",
}
"""What each role adds, in words."""

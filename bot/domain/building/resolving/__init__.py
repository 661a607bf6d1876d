"""Make a whole package of what somebody said: everything understood, or what is wrong beside which field."""

from bot.domain.building.resolving.inquiry import Resolution
from bot.domain.building.resolving.package import resolve
from bot.domain.building.resolving.references import references

__all__ = ["Resolution", "references", "resolve"]

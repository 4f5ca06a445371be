"""Chips above a list: the words by which it can be filtered, in groups of which one may be on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice: the word that rows carry, its name, how many rows carry it."""

    word: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """Choices of one kind; choosing one releases the other ones of its group only."""

    name: str
    chips: tuple[Chip, ...]

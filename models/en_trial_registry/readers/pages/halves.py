"""Pages of two halves: an overview for readers, then the numbered registration form.

The halves repeat each other; each field is taken from the half that has more of it.
"""

import re
from typing import TypeVar

from ...records import Record
from . import halves_form, halves_overview
from .page import Page

T = TypeVar("T")


def matches(page: Page) -> bool:
    """Tell the layout by the headings of its halves."""
    found = halves_overview.HEADINGS.intersection(page.lines)
    form = sum(halves_form.is_heading(line) for line in page.lines)
    return len(found) + form >= 3


def read(page: Page) -> Record:
    """Read both halves and merge them."""
    split = halves_form.start(page.lines)
    form = halves_form.read(page.lines[split:], page)
    overview = halves_overview.read(page.lines[:split], with_arms=not form.arms)
    return Record(
        id=form.id,
        brief_title=_fuller(form.brief_title, overview.brief_title),
        official_title=form.official_title,
        conditions=_fuller(form.conditions, overview.conditions),
        brief_summary=form.brief_summary,
        detailed_description=form.detailed_description,
        arms=form.arms or overview.arms,
        interventions=form.interventions,
        primary_outcomes=_fuller(form.primary_outcomes, overview.primary_outcomes),
        secondary_outcomes=_fuller(
            form.secondary_outcomes, overview.secondary_outcomes
        ),
        # The form runs its lists into one line; with equal words the list is better.
        criteria=_fuller(overview.criteria, form.criteria),
        source="page",
    )


def _fuller(preferred: T, other: T) -> T:
    """The value with more words; the preferred one if they have equally many."""
    return preferred if _words(preferred) >= _words(other) else other


def _words(value: object) -> int:
    return len(re.findall(r"\w+", str(value)))

"""Terms that are counted in months, as laws and marketplaces do."""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """Return the same day `months` later, or that month's last day where it has no such day (Civil Code, article 202).

    Past the calendar's end (the year 9999) it is the calendar's last day.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

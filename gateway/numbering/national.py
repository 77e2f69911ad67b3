"""Whether a series can number invoices in its entity's country. Pure."""

from countries.numbering import number_form
from gateway import number_patterns
from gateway.number_patterns import Names, Reset
from gateway.numbering.counter import NewSeries
from gateway.problems import InvalidPart


def usual_reset(pattern: str, country_code: str) -> Reset:
    """Return when a series begins again in a country unless somebody says otherwise."""
    form = number_form(country_code)
    return number_patterns.usual_reset(pattern, yearly=form is not None and form.yearly)


def problems_with(
    new: NewSeries, country_code: str, *, fiscal: bool = True, pointer: str = "/pattern"
) -> list[InvalidPart]:
    """Return what is wrong with a gapless series that is to be made or changed.

    Args:
        new: The series.
        country_code: Of its entity.
        fiscal: Whether it numbers invoices, which alone the country has rules for.
        pointer: Where the caller wrote the pattern.
    """
    found: list[InvalidPart] = []
    form = number_form(country_code) if fiscal else None
    yearly = form is not None and form.yearly
    if (reason := number_patterns.problem_with(new.pattern)) is not None:
        return [{"pointer": pointer, "message": reason}]
    reason = number_patterns.problem_with_reset(new.pattern, new.reset, yearly=yearly)
    if reason is not None:
        fix = "put {yyyy} in the pattern, or let the series never begin again"
        found.append({"pointer": "/reset", "message": reason, "fix": fix})
    for word, value in (("premise", new.premise), ("device", new.device)):
        if number_patterns.uses(new.pattern, word) and not value:
            message = f"writes {{{word}}}, and the series has none"
            found.append({"pointer": pointer, "message": message, "fix": f"give {word}"})
    if form is None:
        return found
    for word, value in (("premise", new.premise), ("device", new.device)):
        if (reason := form.problem_with_part(value)) is not None:
            found.append({"pointer": f"/{word}", "message": f"{reason} in {country_code}"})
    number = number_patterns.longest(
        new.pattern, Names(new.code, new.premise or "1", new.device or "1")
    )
    if (reason := form.problem_with(number)) is not None:
        fix = f"{form.source.title} says so; {form.words or 'make the pattern shorter'}"
        message = f"{reason} in {country_code}"
        found.append({"pointer": pointer, "message": message, "fix": fix})
    return found

"""Every form of an English promise is needed for its own example."""

import pytest

from flows.understanding import read
from flows.understanding.promises.forms_en import FORMS, Rule
from tests.flows.understanding.people import CUSTOMERS, WEDNESDAY


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_form_reads_its_example(form: Rule) -> None:
    rules = [one.place.rule for one in read(form.example, WEDNESDAY, CUSTOMERS).commitments]
    assert rules == [f"promise: {form.name}"]

"""My scores, for the patient with the diary opened: text first, then the chart, then the table."""

from flask import render_template, request
from markupsafe import Markup

from diary import clock
from diary.charts.patient_chart import Stretch
from diary.domain.access import Role
from diary.services import own_diary
from diary.web.guard import allow, current_actor
from diary.web.patient import blueprint
from diary.web.presenters import scores


@blueprint.get("/scores")
@allow(Role.PATIENT)
def my_scores() -> str:
    stretch = Stretch.ALL if request.args.get("show") == Stretch.ALL else Stretch.FORTNIGHT
    mine = own_diary.my_scores_of(current_actor(), now=clock.now(), stretch=stretch)
    return render_template(
        "patient/scores.html",
        text=scores.text_first(mine),
        # Drawn by our own code from numbers and fixed words: no text of a person is in it.
        pain=Markup(mine.pain_svg) if mine.pain_svg else None,  # noqa: S704
        moving=Markup(mine.moving_svg) if mine.moving_svg else None,  # noqa: S704
        rows=scores.table_rows(mine),
        shows_all=stretch is Stretch.ALL,
    )

"""What each series of a picture is called."""

from collections.abc import Mapping

from diary.charts.picture import What
from diary.words.language import lazy_gettext as _
from diary.words.vocabulary import Vocabulary

SERIES: Mapping[What, str] = Vocabulary(
    {
        What.NOW: _("pain right now"),
        What.AVERAGE: _("average pain of the day"),
        What.WEEK_MEDIAN: _("median of the week"),
        What.DAY_OF_WEEK: _("single days behind the medians"),
        What.SINGLE: _("average pain, asked weekly"),
        What.MONTH_MEDIAN: _("median of the month"),
        What.MOVING: _("how hard it was to move about"),
        What.MOVING_MEDIAN: _("median of moving about"),
        What.ACTIVITIES: _("mean of the patient's own activities"),
        What.ACTIVITIES_MEDIAN: _("mean of the patient's own activities, median"),
    }
)

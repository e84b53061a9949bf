"""What Python writes into a page by itself: every word escaped, words of the template as they stand."""

import pytest
from django.template import engines

from yijianshi.channels.portal.presenting.form import FieldOption
from yijianshi.channels.shared import picture, svg
from yijianshi.channels.shared.picture import Stop
from yijianshi.channels.shared.templatetags.choices import options
from yijianshi.kernel.text import Text

RUNNING = Stop("a", "A & <b>", 'Office "1"', "running", "under way", "by 3 Dec", here=True)


def test_the_track_escapes_words_and_marks_path_and_place():
    drawn = svg.draw("wide", picture.wide([RUNNING], [], ["a"]), [RUNNING], ["a"], "en")
    assert "<b>" not in drawn
    assert "A &amp; &lt;b&gt;, Office &quot;1&quot;: under way by 3 Dec" in drawn
    assert 'class="track-stop running on-path here"' in drawn
    assert drawn.count('class="halo"') == drawn.count('class="core"') == 1


@pytest.mark.parametrize(("tone", "signs"), [("done", 1), ("waiting", 1), ("stopped", 1), ("idle", 0)])
def test_a_station_has_the_sign_of_its_tone(tone, signs):
    stop = Stop("a", "A", "B", tone, "C")
    assert svg.draw("tall", picture.tall([stop], [], []), [stop], [], "zh").count('class="sign"') == signs


def test_options_are_escaped_and_the_chosen_one_is_marked():
    chosen, other = FieldOption('1"', Text("甲<", "a<"), True), FieldOption("2", Text("乙", "b"), False)
    wanted = '<option value="1&quot;" selected>甲&lt;</option><option value="2">乙</option>'
    assert options([chosen, other]) == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ('{% say "甲" "a" %}', "a"),
        ('{% say "“甲” & <b>乙</b>" "<b>b</b>" %}', "<b>b</b>"),
        ('{% say "{n} 天" "{n} days" n=3 %}', "3 days"),
        ('{% say "您好 {who}" "Hello {who}" who=name %}', "Hello &lt;i&gt;"),
        ('{% say name|upper "x" %}', "x"),
        ("{% say name name %}", "&lt;i&gt;"),
        ('{% say "留着 {time}" "keep {time}" %}', "keep {time}"),
    ],
)
def test_words_of_the_template_stand_as_written_and_values_are_escaped(source, wanted):
    template = engines["django"].from_string("{% load say %}" + source)
    assert template.render({"language": "en", "name": "<i>"}) == wanted

"""Numbers and times as doctors read them."""

from diary.words.times import dates_in_words


def test_the_dates_in_a_sentence_of_the_engine_are_written_as_everywhere() -> None:
    sentence = "83 days have passed since the injection of 2026-02-28; 2 months are asked (rule 2026-1)."
    assert dates_in_words(sentence) == sentence.replace("2026-02-28", "28-Feb-2026")

from companion.domain.codes import Reason, Refused


def test_a_refusal_names_its_field_and_the_values_its_sentence_needs() -> None:
    assert Refused.because("target", "not_below", current="2").reasons == (
        Reason("target", "not_below", {"current": "2"}),
    )

from playground.data.tables.numbering import Numbering


def test_texts_are_numbered_as_they_come():
    numbering = Numbering()
    assert numbering.numbers(["b", "a", "b"]) == [0, 1, 0]
    assert numbering.numbers(["c", "a"]) == [2, 1]
    assert numbering.texts == ["b", "a", "c"]


def test_very_many_texts_keep_their_order():
    numbering = Numbering()
    texts = [f"text {i}" for i in range(5000)]
    assert numbering.numbers(texts) == list(range(5000))
    assert numbering.texts == texts

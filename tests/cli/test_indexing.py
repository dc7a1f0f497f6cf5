from qa.cli.parts import Parts
from tests.cli.desks import Empty, Qa


def test_index_counts_documents_and_names_what_was_skipped(run: Qa) -> None:
    result = run("index", "papers")
    assert result.exit_code == 0
    assert "2 documents" in result.stdout
    assert "扫描件.txt: the file is empty" in result.stderr
    assert run("index", parts=Parts(desks=Empty)).exit_code == 1

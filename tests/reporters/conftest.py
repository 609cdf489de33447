import pytest
from samples import Plugin, Stream

from qualitycheck import CorpusReport, Document, Runner
from qualitycheck.reporters import Options


@pytest.fixture
def render():
    """A function that checks texts (by path, or documents) and returns what a reporter prints about them."""

    def run(reporter_class, *documents, encoding="utf-8", errors=(), **options):
        runner = Runner(plugins=[Plugin()], entry_points=False)
        stream = Stream(encoding)
        reporter = reporter_class(stream, Options(**options))
        report = CorpusReport(settings=runner.settings.digest(), versions=runner.versions(), errors=list(errors))
        for number, document in enumerate(documents):
            made = document if isinstance(document, Document) else Document(document, path=f"{'abcdefg'[number]}.txt")
            result = runner.check(made)
            report.documents.append(result)
            reporter.document(made, result)
        reporter.finish(report)
        return stream.text

    return run

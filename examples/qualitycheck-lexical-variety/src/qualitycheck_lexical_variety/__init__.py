"""An example plugin: a statistical check, with a signal, over a document's arrays."""

from qualitycheck import hookimpl

qualitycheck_interface = 1


@hookimpl
def qualitycheck_checks(settings):
    """The check; its module is imported only here, so that start-up stays quick."""
    from qualitycheck_lexical_variety.check import LexicalVariety

    return [LexicalVariety()]

"""An example plugin: a pattern rule with suggestions."""

from qualitycheck import hookimpl

qualitycheck_interface = 1


@hookimpl
def qualitycheck_checks(settings):
    """The check; its module is imported only here, so that start-up stays quick."""
    from qualitycheck_house_style.check import HouseStyle

    return [HouseStyle()]

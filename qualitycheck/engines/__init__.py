"""The filter on engines that people already run: each adapter is one small file over ``batch``.

Nothing here is imported by the core, and no engine by anything but its own adapter.
"""

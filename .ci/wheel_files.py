"""Compares the files in a wheel with ``wheel_files.txt`` beside this script; ``--write`` accepts what is there.

Packaging mistakes are silent: tests that land in the wheel, models that do not. This makes them loud.
"""

import sys
import zipfile
from pathlib import Path

EXPECTED = Path(__file__).with_name("wheel_files.txt")


def main() -> int:
    """Print the difference; 1 where there is one."""
    wheel = Path(sys.argv[-1])
    names = sorted(name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name)
    if "--write" in sys.argv:
        EXPECTED.write_text("".join(f"{name}\n" for name in names))
        return 0
    expected = EXPECTED.read_text().splitlines()
    for name in sorted(set(expected) ^ set(names)):
        print(f"{'missing from' if name in expected else 'not expected in'} the wheel: {name}")
    print(f"{wheel.name}: {len(names)} files, {wheel.stat().st_size / 1e6:.1f} MB")
    return int(expected != names)


if __name__ == "__main__":
    sys.exit(main())

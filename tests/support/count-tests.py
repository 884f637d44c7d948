#!/usr/bin/python3
"""count-tests.py: says in one line how the tests went

SPDX-License-Identifier: GPL-3.0-or-later

Reads the log that meson writes, one JSON object a test. Every TAP step counts
as one; so does a test without steps, and one that broke although all of its
steps were well. Exits with 1 when something failed or nothing ran.
"""

import collections
import json
import re
import sys

STEP = re.compile(r"^(not )?ok\b[^#]*(# *(SKIP|TODO))?", re.IGNORECASE)

GOOD = ("OK", "EXPECTEDFAIL")


def count_steps(output):
    steps = collections.Counter()

    for line in output.splitlines():
        step = STEP.match(line)
        if step is None:
            continue
        if step.group(3):
            steps["skipped"] += 1
        elif step.group(1):
            steps["failed"] += 1
        else:
            steps["passed"] += 1
    return steps


def count_test(test):
    result = test["result"]
    steps = count_steps(test.get("stdout") or "")

    if result == "SKIP":
        return collections.Counter(skipped=max(steps["skipped"], 1))
    if result not in GOOD and steps["failed"] == 0:
        steps["failed"] = 1
    if not steps:
        steps["passed"] = 1
    return steps


def main():
    total = collections.Counter()

    try:
        with open(sys.argv[1], encoding="utf-8") as log:
            for line in log:
                total += count_test(json.loads(line))
    except FileNotFoundError:
        pass

    line = f"{total['passed']} passed, {total['failed']} failed"
    if total["skipped"] > 0:
        line += f", {total['skipped']} skipped"
    print(line)
    return 1 if total["failed"] > 0 or total["passed"] == 0 else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/python3
# demo.py: flashes two virtual boards through the window, and says how it went
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# For tests/demo, which sets $IMAGE and the working folder.

import os
import pathlib
import re
import sys

import bus
import firmware
from window import Window

PORTS = ('1-2', '1-10')
OUTCOME = 'Written and verified'
OPTIONS = ('--transfer-us', '250')


def percentage(text):
    found = re.search(r'(\d+)\s%', text)
    return int(found.group(1)) if found else 0


def compare(ports, image):
    """Whether the boards hold what is in the file; says so for each."""
    expected = firmware.flash_after(image)
    equal = True
    for port in ports:
        same = pathlib.Path(f'flash-{port}.bin').read_bytes() == expected
        print(f'  flash of {port}: {"equals the image" if same else "DIFFERS from the image"}')
        equal = equal and same
    return equal


def use_window(board, image):
    process = board.start(['bootlace', str(image)], stdout=None, stderr=None)
    try:
        window = Window(process)
        for port in PORTS:
            window.wait_for_row(port, 'Ready')
        window.press('Flash 2 boards')
        for port in PORTS:
            window.wait(lambda: percentage(window.row_texts(port)) >= 40, f'40 % at {port}')
        window.screenshot('flashing.png')
        for port in PORTS:
            window.wait_for_row(port, OUTCOME)
        window.wait_for_text('Press RESET')
        window.screenshot('done.png')
        print(window.report(PORTS[0]))
        for port in PORTS:
            print(f'  {window.row(port).name}')
            board.tell(f'save-flash {port} {pathlib.Path(f"flash-{port}.bin").resolve()}')
        return window.end() == 0
    finally:
        process.kill()
        process.wait()


def main():
    image = pathlib.Path(os.environ['IMAGE'])
    print(f'Firmware: {image}')
    with bus.Bus(*(f'esp32s2@{port}' for port in PORTS), options=OPTIONS) as board:
        print('Pressing “Flash 2 boards”…', flush=True)
        good = use_window(board, image)
    good = compare(PORTS, image) and good
    print(f'Screenshots: {pathlib.Path("flashing.png").resolve()}')
    print(f'             {pathlib.Path("done.png").resolve()}')
    print('Outcome: ' + (OUTCOME if good else 'FAILED'))
    return 0 if good else 1


if __name__ == '__main__':
    sys.exit(main())

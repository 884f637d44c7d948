#!/usr/bin/python3
# bench.py: bootlace-cli and dfu-util in turns on the same virtual board
#
# SPDX-License-Identifier: GPL-3.0-or-later

import argparse
import os
import pathlib
import statistics
import tempfile
import time

import bus
import firmware

PORT = '1-10'
NO_ERASE = ('--sector-erase-ms', '0', '--block-erase-ms', '0', '--page-program-us', '0')
NO_CHECK = ('--md5-ms-per-mib', '0')

CONDITIONS = (
    ('0.25 ms a transfer', ('--transfer-us', '250', *NO_ERASE, *NO_CHECK)),
    ('0.25 ms, flash takes its time', ('--transfer-us', '250')),
    ('1 ms a transfer', ('--transfer-us', '1000', *NO_ERASE, *NO_CHECK)),
    ('1 ms, flash takes its time', ('--transfer-us', '1000')),
)

PROGRAMS = {
    'bootlace-cli': lambda image: [os.environ['BOOTLACE_CLI'], 'flash', '--path', PORT, image],
    'dfu-util': lambda image: ['dfu-util', '-d', '303a:2', '--path', PORT, '-D', image],
}


def measure(program, options, image, flash):
    """One job on a fresh board in run-time mode: seconds of the whole and of the writing."""
    with bus.Bus(f'esp32s2@{PORT}', options=options) as board:
        start = time.monotonic()
        result = board.run(PROGRAMS[program](str(image)))
        whole = time.monotonic() - start
        board.tell(f'save-flash {PORT} {flash}')
        writing = board.stats(PORT)['writing-us'] / 1e6
    if result.returncode != 0 or flash.read_bytes() != firmware.flash_after(image):
        raise SystemExit(f'{program} did not write the image:\n{result.stdout}')
    return whole, writing


def measure_in_turns(options, image, flash, runs):
    times = {program: [] for program in PROGRAMS}
    for number in range(runs):
        order = list(PROGRAMS) if number % 2 == 0 else list(reversed(PROGRAMS))
        for program in order:
            times[program].append(measure(program, options, image, flash))
    return times


def print_row(name, what, times, index):
    ours, theirs = (
        statistics.median(time[index] for time in times[program]) for program in PROGRAMS
    )
    print(f'{name:<30} {what:<9} {ours:10.2f} s {theirs:9.2f} s {theirs / ours:9.2f} x', flush=True)


def main():
    parser = argparse.ArgumentParser(description='bootlace-cli and dfu-util in turns.')
    parser.add_argument('--runs', type=int, default=5, help='runs of each program (5)')
    parser.add_argument('--size', type=int, default=131072, help='size of the application (131072)')
    parser.add_argument('--smoke', action='store_true', help='only see whether it works')
    arguments = parser.parse_args()
    conditions = [('nothing takes time', ('--instant',))] if arguments.smoke else CONDITIONS

    print(f'Medians of {arguments.runs} runs, application of {arguments.size} bytes.')
    print('The job starts in run-time mode; the board itself times the writing, from the first')
    print('block to the empty one that ends it. The last column: how often ours fits into theirs.')
    print('Of dfu-util\'s whole job, five seconds are a wait after DETACH that it always makes.\n')
    print(f'{"":<30} {"":<9} {"bootlace-cli":>12} {"dfu-util":>11} {"ratio":>11}')

    with tempfile.TemporaryDirectory() as folder:
        image = firmware.make(
            pathlib.Path(folder, 'dfu.bin'), '--app-size', str(arguments.size)
        )
        flash = pathlib.Path(folder, 'flash.bin')
        for name, options in conditions:
            times = measure_in_turns(options, image, flash, arguments.runs)
            print_row(name, 'whole job', times, 0)
            print_row('', 'writing', times, 1)


if __name__ == '__main__':
    main()

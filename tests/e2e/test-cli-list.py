#!/usr/bin/python3
# test-cli-list.py: what bootlace-cli list tells of boards that cannot be flashed as they are
#
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import subprocess

import bus

CLI = os.environ['BOOTLACE_CLI']

SUCCESS, NO_DEVICE = 0, 4
KEYS = {'name', 'path', 'mode', 'vendor', 'product', 'version', 'devnum', 'configuration',
        'interface', 'alternates', 'serial', 'accessible'}


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def call(board, *arguments):
    process = board.start([CLI, 'list', *arguments], stderr=subprocess.PIPE)
    output, errors = process.communicate(timeout=120)
    return process.returncode, output, errors


def test_only_boards_that_speak_dfu():
    with bus.Bus('cp2102@1-3', 'esp32s2@1-10', 'esp32s2@1-4,mode=app') as board:
        status, output, errors = call(board)
        check(status == SUCCESS and errors == '', errors)
        check('1-10' in output and '1-3' not in output and '1-4' not in output, output)
        status, output, _ = call(board, '--json')
        entries = json.loads(output)
        check(status == SUCCESS and [entry['path'] for entry in entries] == ['1-10'], output)
        check(set(entries[0]) == KEYS, f'other keys: {set(entries[0])}')


def test_all():
    with bus.Bus('cp2102@1-3', 'esp32s2@1-10', 'esp32s2@1-4,mode=app') as board:
        status, output, errors = call(board, '--all')
        check(status == SUCCESS and errors == '', errors)
        for text in ('ESP32-S2 on USB port 1-10', 'CP210x on USB port 1-3', 'Wrong socket',
                     'serial socket', 'ESP32 with TinyUSB on USB port 1-4',
                     'Running its application', 'Hold BOOT'):
            check(text in output, f'no “{text}” in:\n{output}')

        status, output, _ = call(board, '--all', '--json')
        entries = json.loads(output)
        check(status == SUCCESS, status)
        for entry in entries:
            check(set(entry) == KEYS | {'kind', 'hint'}, f'other keys: {set(entry)}')
        kinds = {entry['path']: (entry['kind'], entry['mode']) for entry in entries}
        check(kinds == {'1-10': ('dfu', 'runtime'), '1-3': ('serial-bridge', None),
                        '1-4': ('application', None)}, kinds)
        check(entries[0]['path'] == '1-10', 'what can be flashed does not come first')


def test_memories():
    with bus.Bus('generic-dfu@1-3,mode=dfu', 'generic-dfu@1-4,mode=dfu,interfaces=2') as board:
        _, output, errors = call(board)
        check(errors == '', errors)
        one, several = output.split('\n\n')
        for text in ('alt 0, Firmware', 'alt 1, Settings'):
            check(text in one and f'intf 0, {text}' not in one, one)
        for text in ('intf 0, alt 0, Firmware', 'intf 1, alt 0, Settings'):
            check(text in several, several)

        _, output, _ = call(board, '--json')
        one, several = (entry['alternates'] for entry in json.loads(output))
        check(one == [{'interface': 0, 'number': 0, 'name': 'Firmware'},
                      {'interface': 0, 'number': 1, 'name': 'Settings'}], one)
        check(several == [{'interface': 0, 'number': 0, 'name': 'Firmware'},
                          {'interface': 1, 'number': 0, 'name': 'Settings'}], several)


def test_nothing_but_others():
    with bus.Bus('cp2102@1-3') as board:
        status, output, errors = call(board)
        check(status == NO_DEVICE and output == '', output)
        check('CP210x on USB port 1-3: This is the serial socket.' in errors, errors)
        status, output, errors = call(board, '--json')
        check(status == NO_DEVICE and json.loads(output) == [] and errors == '', output + errors)
        status, output, _ = call(board, '--all', '--json')
        check(status == NO_DEVICE and len(json.loads(output)) == 1, output)


def test_nothing_at_all():
    with bus.Bus() as board:
        status, output, errors = call(board, '--all')
        check(status == NO_DEVICE and output == '', output)
        check(errors.count('\n') == 1, errors)


bus.tap([test for name, test in list(globals().items()) if name.startswith('test_')])

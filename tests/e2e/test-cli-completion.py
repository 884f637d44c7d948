#!/usr/bin/python3
# test-cli-completion.py: what bash makes of a call of bootlace-cli that is not all typed
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import pathlib

import bus

CLI = os.environ['BOOTLACE_CLI']
SCRIPT = os.environ['COMPLETION']

COMPLETE = """
source "$1"; shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_bootlace_cli
printf '%s\\n' "${COMPREPLY[@]}"
"""


def complete(*words, boards=()):
    result = bus.run(boards, ['bash', '-c', COMPLETE, 'bash', SCRIPT, CLI, *words])
    if result.returncode != 0:
        raise AssertionError(result.stdout)
    return result.stdout.split()


def check(found, expected):
    if found != expected:
        raise AssertionError(f'{found} instead of {expected}')


def test_commands():
    check(complete('re'), ['read', 'reset'])
    check(complete('h'), ['help'])
    check(complete('help', 're'), ['read', 'reset'])
    check(complete('help', 'he') + complete('help', 'read', 're'), [])
    everything = set(complete(''))
    manual = pathlib.Path(SCRIPT).with_name('bootlace-cli.1').read_text()
    for command in everything:
        if f'bootlace\\-cli {command}' not in manual and command != 'help':
            raise AssertionError(f'{command} is no command')
    check({'list', 'flash', 'erase', 'doctor'} <= everything, True)


def test_options():
    check(sorted(complete('flash', '--st')), ['--status-every-block', '--stay'])
    check(complete('list', '--j'), ['--json'])
    check(complete('flash', '-d', '303a:2', '--raw', '--pa'), ['--path'])
    check(complete('nothing', '--'), [])


def test_parts_of_commands():
    check(complete('suffix', ''), ['add', 'check', 'remove'])
    check(complete('suffix', 'ch'), ['check'])
    check(complete('suffix', '--fo'), ['--force'])
    check(complete('suffix', 'add', 're') + complete('build', ''), [])


def test_ports():
    boards = ('esp32s2@1-2', 'stm32f4@1-3.4', 'cp2102@1-9')
    check(sorted(complete('flash', '--path', '1-', boards=boards)), ['1-2', '1-3.4', '1-9'])
    check(complete('read', '-p', '1-3', boards=boards), ['1-3.4'])
    check(complete('read', '-p', ''), [])


def test_files_are_left_to_bash():
    check(complete('flash', 'dfu'), [])


bus.tap([test for name, test in list(globals().items()) if name.startswith('test_')])

#!/usr/bin/python3
# test-cli-doctor.py: what bootlace-cli doctor finds on the virtual bus
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What --fix does is test-setup-access.py's to show, which may do so to a system of its own.

import json
import os
import subprocess

import bus

CLI = os.environ['BOOTLACE_CLI']

SUCCESS, USAGE, NOT_READY = 0, 2, 12
CHECKS = ['usb', 'board', 'bootloader', 'access', 'holder', 'limits']
STATES = {'good', 'waiting', 'doubtful', 'bad', 'skipped'}


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def expect(result, status, *texts):
    check(
        result.returncode == status,
        f'exit status {result.returncode} instead of {status}:\n{result.stdout}',
    )
    for text in texts:
        check(text in result.stdout, f'no “{text}” in:\n{result.stdout}')


def ask(board, *arguments):
    """What --json tells, checked for what every answer must have."""
    process = board.start([CLI, 'doctor', '--json', *arguments], stderr=subprocess.PIPE)
    output, errors = process.communicate(timeout=120)
    answer = json.loads(output)
    check(set(answer) == {'ready', 'fix', 'boards'}, f'keys: {set(answer)}')
    check(process.returncode == (SUCCESS if answer['ready'] else NOT_READY), process.returncode)
    for entry in answer['boards']:
        check(set(entry) == {'path', 'name', 'ready', 'checks'}, f'keys: {set(entry)}')
        check([item['id'] for item in entry['checks']] == CHECKS, f'other checks: {entry}')
        for item in entry['checks']:
            keys = {'id', 'state', 'question', 'summary', 'advice', 'action', 'command'}
            check(set(item) == keys, f'keys: {set(item)}')
            check(item['state'] in STATES, item)
            check(item['question'].endswith('?') and item['summary'].endswith('.'), item)
    return answer, errors


def states(entry):
    return {item['id']: item['state'] for item in entry['checks']}


def test_without_a_board():
    with bus.Bus() as board:
        answer, _ = ask(board)
        check(len(answer['boards']) == 1, answer)
        entry = answer['boards'][0]
        check(entry['path'] is None and entry['name'] is None, entry)
        check(states(entry)['board'] == 'waiting' and states(entry)['access'] == 'skipped', entry)
        expect(board.run([CLI, 'doctor']), NOT_READY, 'to do', 'Is a board connected?')


def test_ready():
    with bus.Bus('esp32s2@1-10,mode=dfu') as board:
        answer, _ = ask(board)
        entry = answer['boards'][0]
        check(answer['ready'] and entry['ready'] and answer['fix'] is None, answer)
        check(entry['path'] == '1-10' and entry['name'] == 'ESP32-S2', entry)
        check(states(entry)['access'] == states(entry)['bootloader'] == 'good', entry)
        expect(board.run([CLI, 'doctor']), SUCCESS, 'ESP32-S2 on USB port 1-10',
               'Nothing is in the way of flashing.')


def test_run_time_mode():
    with bus.Bus('esp32s2@1-10,mode=runtime') as board:
        entry = ask(board)[0]['boards'][0]
        check(states(entry)['board'] == states(entry)['access'] == 'good', entry)


def test_no_access():
    with bus.Bus('esp32s2@1-10') as board:
        board.tell('deny-access 1-10')
        entry = ask(board)[0]['boards'][0]
        check(states(entry)['access'] == 'bad', entry)
        expect(board.run([CLI, 'doctor']), NOT_READY, 'problem', 'May you use it?')
        board.tell('allow-access 1-10')
        check(ask(board)[0]['ready'], 'it is still not ready')


def test_another_program():
    with bus.Bus('esp32s2@1-10') as board:
        process = board.tell('hold-interface 1-10')
        holder = ask(board)[0]['boards'][0]['checks'][CHECKS.index('holder')]
        check(holder['state'] == 'bad' and holder['action'] == 'copy-command', holder)
        check(holder['summary'] == f'“ModemManager” is using the board (process {process}).', holder)
        check(holder['command'] == 'sudo systemctl stop ModemManager', holder)
        expect(board.run([CLI, 'doctor']), NOT_READY, holder['summary'], holder['command'])
        board.tell('release-interface 1-10')
        check(ask(board)[0]['ready'], 'it is still not ready')


def test_two_boards():
    with bus.Bus('esp32s2@1-10', 'esp32s2@1-2') as board:
        board.tell('deny-access 1-10')
        answer, _ = ask(board)
        paths = {entry['path']: entry['ready'] for entry in answer['boards']}
        check(paths == {'1-2': True, '1-10': False}, paths)
        check([entry['path'] for entry in answer['boards']] == ['1-2', '1-10'], 'not in order')
        check(not answer['ready'], 'one is not ready, and all are')
        check(ask(board, '--path', '1-2')[0]['ready'], 'the good one is not ready')
        check(not ask(board, '--path', '1-10')[0]['ready'], 'the bad one is ready')


def test_wrong_socket():
    with bus.Bus('cp2102@1-3') as board:
        answer, _ = ask(board)
        entry = answer['boards'][0]
        check(entry['path'] == '1-3' and not answer['ready'], answer)
        check(entry['name'] == 'CP210x' and 'waiting' in states(entry).values(), entry)
        expect(board.run([CLI, 'doctor']), NOT_READY, 'serial socket')


def test_a_bridge_beside_a_board_does_not_matter():
    with bus.Bus('cp2102@1-3', 'esp32s2@1-10') as board:
        check(ask(board)[0]['ready'], 'the bridge is in the way')


def test_an_empty_port():
    with bus.Bus('esp32s2@1-10') as board:
        entry = ask(board, '--path', '1-7')[0]['boards'][0]
        check(entry['path'] == '1-7' and not entry['ready'], entry)
        check(states(entry)['board'] == 'waiting', entry)


def test_arguments():
    with bus.Bus() as board:
        expect(board.run([CLI, 'doctor', 'board']), USAGE, 'takes no arguments')
        expect(board.run([CLI, 'doctor', '--path', '']), USAGE, 'Name a USB port')
        expect(board.run([CLI, 'doctor', '--all-devices']), USAGE, 'needs it')


bus.tap([test for name, test in list(globals().items()) if name.startswith('test_')])

#!/usr/bin/python3
# test-setup-polkit.py: from no access to Ready, with the real polkit and the real helper
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# In namespaces of its own, where /etc/udev, /run and the installed helper are the test's. What is not
# there is a kernel with USB devices, so a udevadm stands in that does what udev would: where the rule
# names the board it is opened to whoever sits at the computer.

import json
import os
import pathlib
import shutil
import subprocess

import bus
import namespace
import polkit
from namespace import check

HELPER = pathlib.Path(os.environ['SETUP_HELPER'])
HELPER_PATH = pathlib.Path(os.environ['SETUP_HELPER_PATH'])
POLICY = pathlib.Path(os.environ['SETUP_POLICY'])
RULE = pathlib.Path('/etc/udev/rules.d/70-bootlace.rules')
SEAT = pathlib.Path('/run/systemd/seats/seat0')
PROGRAMS = pathlib.Path('/mnt/programs')
STATUS = pathlib.Path('/proc/self/status')
NOBODY = 65534
DAEMON = 1
SETPRIV = f'setpriv --reuid={NOBODY} --regid={NOBODY} --clear-groups'
MESSAGE = 'Authentication is required to change which USB boards people at this computer may use'

UDEVADM = '''#!/bin/sh
echo "$1" >>/etc/udev/calls
[ ! -e /etc/udev/deaf ] || exit 1
[ "$1" = trigger ] || exit 0
verb=deny-access
grep -q 'idProduct}=="0002", .*TAG+="uaccess"' RULE 2>/dev/null && verb=allow-access
VIRTUAL_BUS_CONTROL="$(cat /etc/udev/bus)" exec CONTROL $verb 1-10 >/dev/null
'''


def install(source, folder):
    folder.mkdir(parents=True, exist_ok=True)
    copy = pathlib.Path(shutil.copy(source, folder))
    copy.chmod(0o755)
    return copy


def furnish():
    """The files of a desktop on which Bootlace is installed."""
    for path in ('/mnt', '/run', '/etc/udev'):
        namespace.mount_tmpfs(path)
    # As high up as it has to be, because the folder may not be there.
    folder = HELPER_PATH.parent
    while not folder.exists():
        folder = folder.parent
    namespace.mount_tmpfs(folder)
    install(HELPER, HELPER_PATH.parent)
    build = pathlib.Path(bus.PROGRAM).parent
    for name in ('virtual-bus', 'virtual-bus-control', 'libvirtual-bus-preload.so'):
        install(build / name, PROGRAMS)
    install(os.environ['BOOTLACE_CLI'], PROGRAMS)
    bus.PROGRAM = str(PROGRAMS / 'virtual-bus-of-nobody')
    script = pathlib.Path(bus.PROGRAM)
    script.write_text(f'#!/bin/sh\nexec {SETPRIV} {PROGRAMS}/virtual-bus "$@"\n')
    script.chmod(0o755)

    actions = pathlib.Path('/mnt/actions')
    shutil.copytree('/usr/share/polkit-1/actions', actions)
    shutil.copy(POLICY, actions)
    subprocess.run(['mount', '--bind', actions, '/usr/share/polkit-1/actions'], check=True)

    SEAT.parent.mkdir(parents=True)
    sit_down(NOBODY)
    script = pathlib.Path('/etc/udev/udevadm')
    script.write_text(UDEVADM.replace('RULE', str(RULE)).replace('CONTROL ', f'{PROGRAMS}/virtual-bus-control '))
    script.chmod(0o755)
    subprocess.run(['mount', '--bind', script, '/usr/bin/udevadm'], check=True)


def sit_down(uid):
    SEAT.write_text(f'IS_SEAT0=1\nACTIVE=1\nACTIVE_UID={uid}\nSESSIONS=1\n')


class Computer:
    """A board that nobody may use, and what was done before taken away."""

    def __enter__(self):
        shutil.rmtree(RULE.parent, ignore_errors=True)
        pathlib.Path('/etc/udev/calls').write_text('')
        self.bus = bus.Bus('esp32s2@1-10')
        self.bus.__enter__()
        self.bus.tell('deny-access 1-10')
        pathlib.Path('/etc/udev/bus').write_text(self.bus.environment['VIRTUAL_BUS_CONTROL'])
        return self

    def __exit__(self, *arguments):
        self.bus.__exit__(*arguments)

    def doctor(self, answer, *options, language='C', user=NOBODY):
        """Runs the doctor as somebody who answers the password dialog, or with nobody there."""
        command = 'read go; exec "$0" doctor --json "$@"'
        process = self.bus.start(
            ['sh', '-c', command, PROGRAMS / 'bootlace-cli', *options],
            stdin=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
            user=user, group=user, extra_groups=[],
        )
        if answer is None:
            output, problems = process.communicate('\n', timeout=120)
            questions = []
        else:
            with polkit.Person(process.pid, NOBODY, answer, language) as person:
                output, problems = process.communicate('\n', timeout=120)
            questions = person.questions
        return Report(process.returncode, json.loads(output), problems, questions)

    def say(self):
        """What the doctor tells people."""
        person = {'user': NOBODY, 'group': NOBODY, 'extra_groups': []}
        return self.bus.run([PROGRAMS / 'bootlace-cli', 'doctor'], **person).stdout


class Report:
    def __init__(self, status, report, problems, questions):
        self.status = status
        self.problems = problems
        self.questions = questions
        self.fix = report['fix']
        self.ready = report['ready']
        checks = {check['id']: check for check in report['boards'][0]['checks']}
        self.access = checks['access']
        self.holder = checks['holder']

    def expect(self, state, action):
        found = (self.access['state'], self.access['action'])
        check(found == (state, action), f'{found}: {self.access["summary"]} {self.problems}')


def list_calls():
    return pathlib.Path('/etc/udev/calls').read_text().split()


def test_yes_and_it_is_ready():
    with Computer() as computer:
        before = computer.doctor('yes')
        before.expect('bad', 'install-rule')
        check('doctor --fix” repairs this' in computer.say(), computer.say())
        check(before.questions == [], 'it asked for a password without being told to repair')
        check(before.access['command'] == f'sudo {HELPER_PATH} install', before.access['command'])

        after = computer.doctor('yes', '--fix')
        after.expect('good', 'none')
        check(after.fix['done'] and after.ready and after.status == 0, after.problems)
        check(after.questions == [('dev.bootlace.Bootlace.setup', MESSAGE, 'dev.bootlace.Bootlace')],
              f'it was asked {after.questions}')
        check(RULE.stat().st_uid == 0 and RULE.stat().st_mode & 0o7777 == 0o644, 'a strange file')
        check('GROUP' not in RULE.read_text(), 'the rule goes by a group')
        check(list_calls() == ['control', 'trigger', 'settle'], f'udev was told {list_calls()}')


def test_what_is_printed_is_what_is_installed():
    for verb, options in (('install', []), ('install-all', ['--all'])):
        with Computer() as computer:
            subprocess.run([HELPER_PATH, verb], check=True)
            printed = computer.bus.run([PROGRAMS / 'bootlace-cli', 'rule', *options])
            check(printed.stdout == RULE.read_text(), f'{options} prints another rule than {verb}')


def test_the_question_is_translated():
    with Computer() as computer:
        report = computer.doctor('no', '--fix', language='de_DE.UTF-8')
        message = report.questions[0][1]
        check(message.startswith('Um zu ändern, welche USB-Boards'), message)


def test_no_and_nothing_happens():
    with Computer() as computer:
        report = computer.doctor('no', '--fix')
        report.expect('bad', 'install-rule')
        check(len(report.questions) == 1, f'it was asked {len(report.questions)} times')
        check(not report.fix['done'] and report.status != 0, 'it says that it was done')
        check(report.fix['error'] == 'You did not allow it. Nothing was changed.', report.fix)
        check('was not installed: You did not allow it.' in report.problems, report.problems)
        check(not RULE.exists() and list_calls() == [], 'something was done')


def test_a_wrong_password():
    with Computer() as computer:
        report = computer.doctor('wrong', '--fix')
        report.expect('bad', 'install-rule')
        check('may not do that' in report.fix['error'], report.fix['error'])
        check(not RULE.exists() and list_calls() == [], 'something was done')


def test_nobody_to_ask():
    with Computer() as computer:
        report = computer.doctor(None, '--fix')
        report.expect('bad', 'install-rule')
        check('could ask you' in report.fix['error'], report.fix['error'])
        check(not RULE.exists(), 'it was done without a password')


def test_root_is_not_asked():
    with Computer() as computer:
        report = computer.doctor(None, '--fix', user=0)
        report.expect('good', 'none')
        check(report.fix == {'action': 'install-rule', 'done': True, 'error': None}, report.fix)
        check(RULE.exists(), 'there is no rule')


def test_root_installs_the_rule_for_others():
    with Computer() as computer:
        computer.bus.tell('allow-access 1-10')
        check(computer.doctor(None, user=0).ready and not RULE.exists(), 'it repairs unasked')
        check(computer.doctor(None, '--fix').fix is None, 'somebody who may use it repairs')
        check(computer.doctor(None, '--fix', user=0).fix['done'] and RULE.exists(), 'no rule')
        check(computer.doctor(None, '--fix', user=0).fix is None, 'it is installed twice')


def test_all_devices_only_when_told():
    with Computer() as computer:
        assert computer.doctor('yes', '--fix').ready
        text = RULE.read_text()
        computer.bus.tell('unplug 1-10')
        computer.bus.tell('plug generic-dfu@1-4')
        computer.bus.tell('deny-access 1-4')

        report = computer.doctor('yes', '--fix')
        report.expect('bad', 'install-rule-for-all')
        check(report.fix is None and report.questions == [], 'the rule was widened unasked')
        check('--all-devices' in report.problems and RULE.read_text() == text, report.problems)

        report = computer.doctor('yes', '--fix', '--all-devices')
        check(report.fix['done'] and report.fix['action'] == 'install-rule-for-all', report.fix)
        check('fe0102' in RULE.read_text(), 'the rule was not widened')


def test_a_board_that_is_not_known():
    """The rule for boards would be installed for nothing."""
    with Computer() as computer:
        computer.bus.tell('unplug 1-10')
        computer.bus.tell('plug generic-dfu@1-4')
        computer.bus.tell('deny-access 1-4')
        report = computer.doctor('yes', '--fix')
        report.expect('bad', 'install-rule-for-all')
        check(report.fix is None and not RULE.exists(), 'a rule was installed that does not help')
        check('doctor --fix --all-devices” repairs this' in computer.say(), computer.say())
        check(computer.doctor('yes', '--fix', '--all-devices').fix['done'], 'no rule was installed')


def test_a_shell_that_pkexec_does_not_know():
    with Computer() as computer:
        computer.bus.environment['SHELL'] = '/mnt/programs/bash'
        report = computer.doctor('yes', '--fix')
        report.expect('good', 'none')


def test_a_file_of_somebody_else():
    with Computer() as computer:
        RULE.parent.mkdir()
        RULE.write_text('# my own\n')
        report = computer.doctor('yes', '--fix')
        report.expect('bad', 'copy-command')
        check(report.questions == [] and RULE.read_text() == '# my own\n', 'it was touched')
        subprocess.run(report.access['command'].replace('sudo', 'env'), shell=True, check=True)
        report = computer.doctor('yes', '--fix')
        report.expect('good', 'none')
        check(RULE.with_name(RULE.name + '.old').read_text() == '# my own\n', 'it is gone')


def test_a_read_only_etc():
    with Computer() as computer:
        RULE.parent.mkdir()
        namespace.mount_tmpfs(RULE.parent, 'ro,mode=0755')
        try:
            report = computer.doctor('yes', '--fix')
        finally:
            subprocess.run(['umount', RULE.parent], check=True)
        report.expect('bad', 'install-rule')
        check('cannot be written' in report.fix['error'], report.fix['error'])


def test_udev_does_not_listen():
    """The rule is there, and nobody is told that it is not."""
    with Computer() as computer:
        deaf = pathlib.Path('/etc/udev/deaf')
        deaf.touch()
        try:
            report = computer.doctor('yes', '--fix')
        finally:
            deaf.unlink()
        report.expect('bad', 'install-rule')
        check(RULE.exists() and report.fix['done'], f'{report.fix}')
        check(report.fix['error'].startswith('It is done, but udev'), report.fix['error'])
        check('It is done, but udev' in report.problems, report.problems)
        check('was not installed' not in report.problems, report.problems)


def test_an_older_rule_is_renewed():
    with Computer() as computer:
        assert computer.doctor('yes', '--fix').ready
        text = RULE.read_text()
        head, _, rest = text.partition('\n')
        older = int(head.rsplit(' ', 1)[1]) - 1
        if older < 1:
            return
        RULE.write_text(f'# Bootlace rule {older}\n{rest}')
        computer.bus.tell('deny-access 1-10')
        computer.doctor(None).expect('bad', 'install-rule')
        computer.doctor('yes', '--fix').expect('good', 'none')
        check(RULE.read_text() == text, 'it was not renewed')


def test_an_older_rule_for_all_devices_stays_so():
    with Computer() as computer:
        assert computer.doctor('yes', '--fix', '--all-devices').ready
        text = RULE.read_text()
        head, _, rest = text.partition('\n')
        RULE.write_text(f'# Bootlace rule {int(head.rsplit(" ", 1)[1]) - 1}\n{rest}')
        computer.doctor(None).expect('good', 'install-rule')
        computer.bus.tell('deny-access 1-10')
        computer.doctor(None).expect('bad', 'install-rule')
        report = computer.doctor('yes', '--fix')
        report.expect('good', 'none')
        check(report.fix['action'] == 'install-rule' and RULE.read_text() == text, 'it was narrowed')


def test_somebody_elsewhere():
    with Computer() as computer:
        sit_down(1000)
        try:
            report = computer.doctor('yes', '--fix')
        finally:
            sit_down(NOBODY)
        report.expect('bad', 'none')
        check(report.fix is None and not RULE.exists(), 'a rule was installed that does not help')


def test_a_program_of_somebody_else():
    """Nobody but root may see what it has open, so it can only be suspected."""
    with Computer() as computer:
        process = computer.bus.tell('hold-interface 1-10')
        told = computer.doctor(None).holder
        check(told['summary'] == f'“ModemManager” is using the board (process {process}).', told)
        subprocess.run(['chmod', '-R', 'a+rwX', computer.bus.environment['VIRTUAL_BUS_DIR']], check=True)
        told = computer.doctor(None, user=DAEMON).holder
        check(f'probably “ModemManager” (process {process})' in told['summary'], told)
        check(told['command'] == 'sudo systemctl stop ModemManager', told)


def test_without_logind():
    with Computer() as computer:
        SEAT.unlink()
        try:
            report = computer.doctor('yes', '--fix')
        finally:
            sit_down(NOBODY)
        report.expect('good', 'none')
        check('GROUP="plugdev", MODE="0660"' in RULE.read_text(), 'the rule is for nobody')


def test_without_the_helper():
    with Computer() as computer:
        aside = HELPER_PATH.rename(HELPER_PATH.with_name('aside'))
        try:
            report = computer.doctor('yes', '--fix')
        finally:
            aside.rename(HELPER_PATH)
        report.expect('bad', 'copy-command')
        # As root, what the person is told to paste.
        command = report.access['command'].replace('sudo ', 'env ')
        subprocess.run(command, shell=True, check=True, executable='/bin/sh')
        computer.doctor(None).expect('good', 'none')
        text = RULE.read_text()
        check(computer.doctor('yes', '--fix').fix is None, 'it had to be repaired')
        computer.bus.tell('deny-access 1-10')
        RULE.unlink()
        computer.doctor('yes', '--fix').expect('good', 'none')
        check(RULE.read_text() == text, 'the command writes something else than the helper')


if not all(program.exists() for program in polkit.PROGRAMS):
    namespace.skip('polkit is not installed')
if os.statvfs('/usr/bin/pkexec').f_flag & os.ST_NOSUID or 'NoNewPrivs:\t1' in STATUS.read_text():
    namespace.skip('nothing can become root here, so pkexec cannot')
# All that this starts ends with it.
namespace.enter(__file__, '--pid', '--fork', '--kill-child', '--mount-proc')
furnish()
polkit.start()
os.setgroups([])
bus.tap([value for name, value in list(globals().items()) if name.startswith('test_')])

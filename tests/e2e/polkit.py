# polkit.py: a system bus and a polkit of the test's own, and somebody who is asked
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The real dbus-daemon, polkitd and pkexec. Only the person at the password dialog is played.

import os
import pathlib
import subprocess
import threading

from gi.repository import Gio, GLib

SERVICE = 'org.freedesktop.PolicyKit1'
PATH = '/org/freedesktop/PolicyKit1/Authority'
INTERFACE = 'org.freedesktop.PolicyKit1.Authority'
AGENT_PATH = '/dev/bootlace/Bootlace/Agent'
AGENT = '''
<node><interface name="org.freedesktop.PolicyKit1.AuthenticationAgent">
  <method name="BeginAuthentication">
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="a{ss}" direction="in"/><arg type="s" direction="in"/>
    <arg type="a(sa{sv})" direction="in"/>
  </method>
  <method name="CancelAuthentication"><arg type="s" direction="in"/></method>
</interface></node>
'''

POLKITD = pathlib.Path('/usr/lib/polkit-1/polkitd')
PROGRAMS = [pathlib.Path('/usr/bin/dbus-daemon'), pathlib.Path('/usr/bin/pkexec'), POLKITD]

ROOT = ('unix-user', {'uid': GLib.Variant('u', 0)})


def start():
    """Starts the bus and polkit. /run has to be the test's own."""
    pathlib.Path('/run/dbus').mkdir()
    # It says that it is ready by closing its end, and is gone with the test's namespace.
    subprocess.run(['dbus-daemon', '--system', '--fork', '--nopidfile'], check=True)
    subprocess.Popen([POLKITD, '--no-debug'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    Gio.bus_get_sync(Gio.BusType.SYSTEM).call_sync(
        'org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
        'StartServiceByName', GLib.Variant('(su)', (SERVICE, 0)), None, 0, 20000, None)


def find_start_time(pid):
    """In ticks since the machine was started, which polkit tells processes apart by."""
    return int(pathlib.Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()[19])


class Person:
    """Somebody who is asked for a password on behalf of a process, and how they react."""

    def __init__(self, pid, uid, answer, language='C'):
        self.subject = ('unix-process', {
            'pid': GLib.Variant('u', pid),
            'start-time': GLib.Variant('t', find_start_time(pid)),
            'uid': GLib.Variant('i', uid),
        })
        self.answer = answer
        self.language = language
        self.questions = []

    def __enter__(self):
        self.context = GLib.MainContext()
        self.loop = GLib.MainLoop(self.context)
        ready = threading.Event()
        self.thread = threading.Thread(target=self.run, args=(ready,))
        self.thread.start()
        if not ready.wait(30):
            raise RuntimeError('nobody is there to be asked')
        return self

    def __exit__(self, *_):
        self.loop.quit()
        self.thread.join()

    def run(self, ready):
        self.context.push_thread_default()
        address = Gio.dbus_address_get_for_bus_sync(Gio.BusType.SYSTEM)
        flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
                 | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
        self.bus = Gio.DBusConnection.new_for_address_sync(address, flags)
        interface = Gio.DBusNodeInfo.new_for_xml(AGENT).interfaces[0]
        self.bus.register_object(AGENT_PATH, interface, self.asked, None, None)
        self.call('RegisterAuthenticationAgent', '((sa{sv})ss)',
                  (self.subject, self.language, AGENT_PATH))
        ready.set()
        self.loop.run()
        self.bus.close_sync()

    def call(self, method, signature, arguments):
        self.bus.call_sync(SERVICE, PATH, INTERFACE, method, GLib.Variant(signature, arguments),
                           None, Gio.DBusCallFlags.NONE, 20000)

    def asked(self, _bus, _sender, _path, _interface, method, arguments, invocation):
        if method == 'BeginAuthentication':
            action, message, icon, _details, cookie, _identities = arguments.unpack()
            self.questions.append((action, message, icon))
            if self.answer != 'yes':
                name = {'no': 'Cancelled', 'wrong': 'Failed'}[self.answer]
                invocation.return_dbus_error(f'{SERVICE}.Error.{name}', 'The person said so')
                return
            # What polkit's own agents have a helper for, which checks the password with PAM.
            self.call('AuthenticationAgentResponse2', '(us(sa{sv}))', (os.getuid(), cookie, ROOT))
        invocation.return_value(None)

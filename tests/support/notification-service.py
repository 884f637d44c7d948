#!/usr/bin/python3
# notification-service.py: the part of a desktop that shows notifications
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The bus of with-display starts it when a program sends the first one. Writes the title and the
# text of each as a line of $BOOTLACE_TEST_HOME/notifications.

import os
import pathlib

import gi

gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib  # noqa: E402

INTERFACE = Gio.DBusNodeInfo.new_for_xml(
    """
    <node>
      <interface name="org.freedesktop.Notifications">
        <method name="Notify">
          <arg type="s" direction="in"/><arg type="u" direction="in"/>
          <arg type="s" direction="in"/><arg type="s" direction="in"/>
          <arg type="s" direction="in"/><arg type="as" direction="in"/>
          <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/>
          <arg type="u" direction="out"/>
        </method>
        <method name="CloseNotification"><arg type="u" direction="in"/></method>
        <method name="GetCapabilities"><arg type="as" direction="out"/></method>
      </interface>
    </node>
    """
).interfaces[0]

SHOWN = pathlib.Path(os.environ['BOOTLACE_TEST_HOME'], 'notifications')


def called(_connection, _sender, _path, _interface, method, parameters, invocation):
    if method == 'Notify':
        title, text = parameters.unpack()[3:5]
        with SHOWN.open('a', encoding='utf-8') as shown:
            shown.write(f'{title}: {text}\n')
        invocation.return_value(GLib.Variant('(u)', (1,)))
    elif method == 'GetCapabilities':
        invocation.return_value(GLib.Variant('(as)', (['body'],)))
    else:
        invocation.return_value(None)


def connected(connection, _name):
    connection.set_exit_on_close(True)
    connection.register_object('/org/freedesktop/Notifications', INTERFACE, called, None, None)


Gio.bus_own_name(
    Gio.BusType.SESSION, 'org.freedesktop.Notifications', Gio.BusNameOwnerFlags.NONE, connected
)
GLib.MainLoop().run()

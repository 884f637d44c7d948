# accessible.py: what another program shows and offers to screen readers, asked for on AT-SPI's bus
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# libatspi asks one question at a time, and a window has some hundred nodes. Here all nodes of one
# depth are asked for their children together, and what there is to say of them is asked for at once.
# The interfaces are described in at-spi2-core's folder “xml”.

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ACCESSIBLE = 'org.a11y.atspi.Accessible'
ACTION = 'org.a11y.atspi.Action'
COMPONENT = 'org.a11y.atspi.Component'
TEXT = 'org.a11y.atspi.Text'
CACHE = ('/org/a11y/atspi/cache', 'org.a11y.atspi.Cache', 'GetItems')
REGISTRY = ('org.a11y.atspi.Registry', '/org/a11y/atspi/accessible/root')

RENAMED = {'button': 'push button'}  # roles that newer versions call otherwise

TIMEOUT = 60000  # milliseconds for one answer


def connect():
    """The accessibility bus, whose address the session bus knows."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    place = ('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress')
    (address,) = session.call_sync(*place, None, None, 0, TIMEOUT, None).unpack()
    flags = (
        Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
        | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    )
    return Gio.DBusConnection.new_for_address_sync(address, flags)


class Questions:
    """Questions that are asked together. Who is gone meanwhile gives no answer."""

    def __init__(self, connection):
        self.connection = connection
        self.context = GLib.MainContext.default()
        self.n_open = 0
        self.late = None

    def ask(self, node, interface, method, parameters, take):
        def answered(connection, result):
            self.n_open -= 1
            try:
                answer = connection.call_finish(result)
            except GLib.Error as error:
                if error.matches(Gio.io_error_quark(), Gio.IOErrorEnum.TIMED_OUT):
                    self.late = error
            else:
                take(*answer.unpack())

        self.n_open += 1
        place = (node.bus_name, node.path, interface, method)
        self.connection.call(*place, parameters, None, 0, TIMEOUT, None, answered)

    def wait(self):
        while self.n_open > 0:
            self.context.iteration(True)
        if self.late is not None:
            raise self.late


class Node:
    """An object as it was when it was looked at, with all that was below it."""

    def __init__(self, connection, bus_name, path):
        self.connection = connection
        self.bus_name = bus_name
        self.path = path
        self.role = ''
        self.name = ''
        self.states = [0, 0]
        self.children = []

    def _take_children(self, references):
        self.children = [Node(self.connection, *reference) for reference in references]

    def _take(self, role, name, states):
        role_name = Atspi.role_get_name(role)
        self.role = RENAMED.get(role_name, role_name)
        self.name = name
        self.states = states

    def _ask_all(self):
        """What there is to say of everything that has been somebody's child, by its path."""
        (items,) = self.connection.call_sync(
            self.bus_name, *CACHE, None, None, 0, TIMEOUT, None
        ).unpack()
        return {path: (role, name, states) for (_, path), *_, name, role, _, states in items}

    def look(self):
        """Asks anew about this object and all below it."""
        level = [self]
        while level:
            questions = Questions(self.connection)
            for node in level:
                questions.ask(node, ACCESSIBLE, 'GetChildren', None, node._take_children)
            questions.wait()
            level = [child for node in level for child in node.children]

        answers = self._ask_all()
        for node in self.descend():
            if node.path in answers:  # else it has just gone
                node._take(*answers[node.path])
        return self

    def descend(self):
        """This node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.descend()

    def is_sensitive(self):
        return bool(self.states[0] & 1 << Atspi.StateType.SENSITIVE)

    def is_focused(self):
        return bool(self.states[0] & 1 << Atspi.StateType.FOCUSED)

    def _call(self, interface, method, parameters=None):
        place = (self.bus_name, self.path, interface, method)
        return self.connection.call_sync(*place, parameters, None, 0, TIMEOUT, None).unpack()[0]

    def _get(self, interface, name):
        parameters = GLib.Variant('(ss)', (interface, name))
        return self._call('org.freedesktop.DBus.Properties', 'Get', parameters)

    def count_actions(self):
        return self._get(ACTION, 'NActions')

    def act(self):
        """Does the first action, which is what a click does."""
        self._call(ACTION, 'DoAction', GLib.Variant('(i)', (0,)))

    def find_place(self):
        """Left, top, width and height, in the window."""
        within_window = GLib.Variant('(u)', (Atspi.CoordType.WINDOW,))
        return self._call(COMPONENT, 'GetExtents', within_window)

    def read_text(self):
        count = self._get(TEXT, 'CharacterCount')
        return self._call(TEXT, 'GetText', GLib.Variant('(ii)', (0, count)))

    def count_selections(self):
        """The pieces of its text that are selected."""
        return self._call(TEXT, 'GetNSelections')

    def look_at_child(self, index):
        """Asks for one child by its place, as screen readers do."""
        return self._call(ACCESSIBLE, 'GetChildAtIndex', GLib.Variant('(i)', (index,)))


def find_application(connection, process_id):
    """The accessible side of a process, or nothing as long as it has none."""
    for node in Node(connection, *REGISTRY)._call(ACCESSIBLE, 'GetChildren'):
        bus_name = GLib.Variant('(s)', (node[0],))
        place = ('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus')
        (owner,) = connection.call_sync(
            *place, 'GetConnectionUnixProcessID', bus_name, None, 0, TIMEOUT, None
        ).unpack()
        if owner == process_id:
            return Node(connection, *node)
    return None

/* test-application.c: the program: its actions, files of its command line, and its end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include <signal.h>
#include <unistd.h>

#include "bootlace-application.h"
#include "bootlace-question.h"
#include "test-image.h"
#include "virtual-bus-client.h"

#define APP_SIZE (32 * 1024)

static const char notifications_xml[] =
  "<node><interface name='org.freedesktop.Notifications'>"
  "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
  "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='as' direction='in'/><arg type='a{sv}' direction='in'/><arg type='i' direction='in'/>"
  "<arg type='u' direction='out'/></method>"
  "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
  "</interface></node>";

static char *notified; /* summary and body of the last notification */

static void
notify_cb (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer data)
{
  const char *summary;
  const char *body;

  if (!g_str_equal (method, "Notify")) {
    g_dbus_method_invocation_return_value (invocation, NULL);
    return;
  }

  g_variant_get (parameters, "(&su&s&s&sasa{sv}i)", NULL, NULL, NULL, &summary, &body, NULL, NULL,
                 NULL);
  g_free (notified);
  notified = g_strdup_printf ("%s: %s", summary, body);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", 1));
}

/* A desktop that shows notifications, on a connection of its own. */
static GDBusConnection *
serve_notifications (void)
{
  static const GDBusInterfaceVTable vtable = { .method_call = notify_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (notifications_xml, NULL);
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;
  GDBusConnection *connection =
    g_dbus_connection_new_for_address_sync (address,
                                            G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                              G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                            NULL, NULL, &error);

  g_assert_no_error (error);
  g_dbus_connection_register_object (connection, "/org/freedesktop/Notifications",
                                     node->interfaces[0], &vtable, NULL, NULL, &error);
  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", "org.freedesktop.Notifications", 0),
                                       NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);

  return connection;
}

typedef struct {
  BootlaceApplication *application;
  void (*act) (BootlaceApplication *application);
} Run;

static BootlaceWindow *
get_window (BootlaceApplication *application)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (application));

  return windows != NULL && BOOTLACE_IS_WINDOW (windows->data) ? windows->data : NULL;
}

static gboolean
act_cb (gpointer data)
{
  Run *run = data;

  run->act (run->application);

  return G_SOURCE_REMOVE;
}

/* Runs the program as main() does; act is what the person does. */
static void
run_program (void (*act) (BootlaceApplication *application), const char *file)
{
  BootlaceApplication *application = bootlace_application_new ();
  const char *arguments[] = { "bootlace", file, NULL };
  Run run = { application, act };

  g_idle_add_full (G_PRIORITY_LOW, act_cb, &run, NULL);
  g_assert_cmpint (g_application_run (G_APPLICATION (application), file != NULL ? 2 : 1,
                                      (char **) arguments),
                   ==, 0);
  g_assert_finalize_object (application);
}

static void
quit (BootlaceApplication *application)
{
  BootlaceWindow *window = get_window (application);

  window_fixture_wait_for_text (GTK_WIDGET (window), "Drop your firmware here");
  g_action_group_activate_action (G_ACTION_GROUP (application), "rescan", NULL);
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
}

static void
test_quit (void)
{
  run_program (quit, NULL);
}

static void
see_file_and_quit (BootlaceApplication *application)
{
  window_fixture_wait_for_text (GTK_WIDGET (get_window (application)), "blink 1.0.3");
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
}

static void
test_open (void)
{
  g_autoptr (GBytes) contents = test_image_new (APP_SIZE);
  g_autoptr (GFile) file = window_fixture_write_file ("dfu.bin", contents);

  run_program (see_file_and_quit, g_file_peek_path (file));
}

static void
check_accelerators (BootlaceApplication *application)
{
  static const struct {
    const char *accelerator;
    const char *action;
  } expected[] = {
    { "<Control>o", "win.open" },
    { "<Control><Shift>o", "win.open-folder" },
    { "<Control>Return", "win.flash" },
    { "<Control><Shift>s", "win.save-dfu" },
    { "F5", "app.rescan" },
    { "<Control>q", "app.quit" },
    { "<Control>w", "window.close" },
    { "<Control>question", "app.shortcuts" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_auto (GStrv) actions = gtk_application_get_actions_for_accel (GTK_APPLICATION (application),
                                                                    expected[i].accelerator);

    g_assert_cmpstr (actions[0], ==, expected[i].action);
  }

  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
}

static void
test_accelerators (void)
{
  run_program (check_accelerators, NULL);
}

/* The program with firmware chosen, and a board that takes long enough to be caught in the middle.
 */
static void
run_with_slow_board (void (*act) (BootlaceApplication *application))
{
  g_autoptr (GBytes) contents = test_image_new (APP_SIZE);
  g_autoptr (GFile) file = window_fixture_write_file ("dfu.bin", contents);

  virtual_bus_tell ("plug esp32s2@1-10");
  virtual_bus_tell ("slow-transfers 1-10 30000");
  run_program (act, g_file_peek_path (file));
}

/* Presses Flash, and is back when a board is being written. */
static BootlaceWindow *
flash_and_wait (BootlaceApplication *application)
{
  BootlaceWindow *window = get_window (application);

  window_fixture_wait_for_selection (window);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.flash", NULL));
  window_fixture_wait_for_text (GTK_WIDGET (window), "Erasing and writing");

  return window;
}

static void
destroy_while_flashing (BootlaceApplication *application)
{
  BootlaceWindow *window = flash_and_wait (application);

  gtk_window_destroy (GTK_WINDOW (window));
  virtual_bus_tell ("slow-transfers 1-10 0");
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

/* The program has no window left, lives until the board is written, and says so. */
static void
test_outlives_windows (void)
{
  g_autoptr (GDBusConnection) desktop = serve_notifications ();

  run_with_slow_board (destroy_while_flashing);
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "manifests"), ==, 1);

  window_fixture_wait (is_set, &notified, "the notification");
  g_assert_cmpstr (notified, ==,
                   "Written and verified: blink 1.0.3 · ESP32-S2 on USB port 1-10\n"
                   "Press RESET on the board to start it");
  g_clear_pointer (&notified, g_free);
  virtual_bus_tell ("unplug 1-10");
}

static void
stop_while_flashing (BootlaceApplication *application)
{
  g_autoptr (GList) windows = NULL;

  flash_and_wait (application);
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL; l = l->next)
    if (BOOTLACE_IS_QUESTION (l->data)) {
      gtk_widget_activate_action (l->data, "question.yes", NULL);
      return;
    }

  g_assert_not_reached ();
}

/* Quitting asks, and nobody is told what they have just done themselves. */
static void
test_stop (void)
{
  g_autoptr (GDBusConnection) desktop = serve_notifications ();

  run_with_slow_board (stop_while_flashing);
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "manifests"), ==, 0);
  g_assert_null (notified);
  virtual_bus_tell ("unplug 1-10");
}

static void
terminate_while_flashing (BootlaceApplication *application)
{
  flash_and_wait (application);
  g_assert_cmpint (kill (getpid (), SIGTERM), ==, 0);
}

/* The end of the session asks nobody, but leaves no board in the middle of a transfer. */
static void
test_terminated (void)
{
  g_autoptr (GDBusConnection) desktop = serve_notifications ();

  run_with_slow_board (terminate_while_flashing);
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "manifests"), ==, 0);
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "discarded"), ==, 0);
  virtual_bus_tell ("unplug 1-10");
}

/* The window that is destroyed first takes the question along that would be the next. */
static void
terminate_while_asking (BootlaceApplication *application)
{
  BootlaceWindow *window = flash_and_wait (application);

  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  gtk_application_remove_window (GTK_APPLICATION (application), GTK_WINDOW (window));
  gtk_application_add_window (GTK_APPLICATION (application), GTK_WINDOW (window));
  g_assert_true (get_window (application) == window);
  g_assert_cmpint (kill (getpid (), SIGTERM), ==, 0);
}

static void
test_terminated_while_asking (void)
{
  g_autoptr (GDBusConnection) desktop = serve_notifications ();

  run_with_slow_board (terminate_while_asking);
  g_assert_cmpuint (virtual_bus_get_stat ("1-10", "manifests"), ==, 0);
  virtual_bus_tell ("unplug 1-10");
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  g_test_add_func ("/application/quit", test_quit);
  g_test_add_func ("/application/open", test_open);
  g_test_add_func ("/application/accelerators", test_accelerators);
  g_test_add_func ("/application/stop", test_stop);
  g_test_add_func ("/application/terminated", test_terminated);
  g_test_add_func ("/application/terminated-while-asking", test_terminated_while_asking);
  /* The last one: GLib 2.74 recurses for ever when the answer to a notification comes after the
   * end of the application that sent it, as it can in a process that goes on. */
  g_test_add_func ("/application/outlives-windows", test_outlives_windows);

  return g_test_run ();
}

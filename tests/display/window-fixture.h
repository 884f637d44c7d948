/* window-fixture.h: a window on the virtual bus, and what a person perceives of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bootlace-window.h"
#include "dfu-device-list.h"

G_BEGIN_DECLS

typedef struct {
  UsbBus *bus;
  DfuDeviceList *devices;
  SetupBystanderList *bystanders;
  BootlaceJobList *jobs;
  BootlaceWindow *window;
} WindowFixture;

/* Brings the test onto a virtual bus and starts GTK and the test framework. First thing in main().
 */
void window_fixture_init (int *argc, char ***argv);

WindowFixture *window_fixture_new (void);
void window_fixture_open_window (WindowFixture *self);
void window_fixture_free (WindowFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WindowFixture, window_fixture_free)

/* Firmware as a file, to be opened as a person does; deleted at the end. */
GFile *window_fixture_write_file (const char *name, GBytes *contents);
GFile *window_fixture_get_file (const char *name);
void window_fixture_open (WindowFixture *self, const char *name, GBytes *contents);

/* Firmware that is built anew: a new file in the place of the old one; or the old one with no more
 * than the beginning in it, as a slow writer leaves it for a while. */
void window_fixture_rewrite (const char *name, GBytes *contents);
void window_fixture_rewrite_half (const char *name, GBytes *contents);

/* What is loaded, or NULL. */
FirmwareImage *window_fixture_get_image (WindowFixture *self);

/* Runs the main loop until something is so; the test fails if it never is. */
typedef gboolean (*WindowCondition) (gpointer data);
void window_fixture_wait (WindowCondition condition, gpointer data, const char *what);

/* All that is written in a widget, one text a line; hidden widgets say nothing. */
char *window_fixture_dup_text (GtkWidget *widget);
void window_fixture_wait_for_text (GtkWidget *widget, const char *text);
void window_fixture_wait_for_no_text (GtkWidget *widget, const char *text);

/* The button that shows a label, or NULL. */
GtkWidget *window_fixture_find_button (GtkWidget *widget, const char *label);
GtkWidget *window_fixture_find_icon_button (GtkWidget *widget, const char *icon_name);
GtkWidget *window_fixture_find (GtkWidget *widget, GType type);

/* The question that is being asked, or NULL. */
GtkWidget *window_fixture_find_question (void);

/* The row of the board at a port, once there is one. */
GtkWidget *window_fixture_wait_for_row (WindowFixture *self, const char *port);

/* Until what is selected can be flashed. */
void window_fixture_wait_for_selection (BootlaceWindow *window);

void window_fixture_activate (WindowFixture *self, const char *action);

G_END_DECLS

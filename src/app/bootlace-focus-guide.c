/* bootlace-focus-guide.c: where the keyboard's focus goes in the main window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-focus-guide.h"

#include "bootlace-board-row.h"
#include "bootlace-boards-panel.h"
#include "bootlace-bottom-bar.h"
#include "bootlace-focus-keeper.h"

struct _BootlaceFocusGuide {
  GObject parent_instance;

  BootlaceWindow *window; /* borrowed: it owns this */
  BootlaceFocusPlaces places;
  BootlaceFocusKeeper *keeper;
};

G_DEFINE_FINAL_TYPE (BootlaceFocusGuide, bootlace_focus_guide, G_TYPE_OBJECT)

static gboolean
lost_cb (BootlaceFocusGuide *self, GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, BOOTLACE_TYPE_BOARD_ROW);

  if (row != NULL && gtk_widget_get_mapped (row))
    bootlace_board_row_rest_focus (BOOTLACE_BOARD_ROW (row));
  else if (row != NULL || gtk_widget_is_ancestor (widget, self->places.bottom_bar))
    bootlace_bottom_bar_rest_focus (BOOTLACE_BOTTOM_BAR (self->places.bottom_bar));

  return gtk_window_get_focus (GTK_WINDOW (self->window)) != NULL;
}

/* Right before the button that flashes, not on it: the Enter that opened the file may still be
 * held. */
static void
go_on (BootlaceFocusGuide *self)
{
  if (bootlace_status_can_flash (bootlace_window_get_status (self->window)))
    bootlace_bottom_bar_rest_focus (BOOTLACE_BOTTOM_BAR (self->places.bottom_bar));
  else if (bootlace_firmware_get_image (bootlace_window_get_firmware (self->window)) != NULL)
    bootlace_boards_panel_focus_boards (BOOTLACE_BOARDS_PANEL (self->places.boards_panel));
  else if (!gtk_widget_child_focus (self->places.firmware_panel, GTK_DIR_TAB_FORWARD))
    gtk_widget_child_focus (GTK_WIDGET (self->window), GTK_DIR_TAB_FORWARD);
}

/* The first firmware takes the focus along, unless the person has moved it. */
static void
loading_cb (BootlaceFocusGuide *self, GParamSpec *pspec, BootlaceFirmware *firmware)
{
  if (bootlace_firmware_is_loading (firmware) || bootlace_firmware_get_image (firmware) == NULL)
    return;

  if (gtk_widget_get_mapped (GTK_WIDGET (self->window)) &&
      !bootlace_focus_keeper_has_moved (self->keeper))
    bootlace_focus_guide_start (self);
  g_signal_handlers_disconnect_by_func (firmware, loading_cb, self);
}

static void
bootlace_focus_guide_dispose (GObject *object)
{
  BootlaceFocusGuide *self = BOOTLACE_FOCUS_GUIDE (object);

  g_clear_object (&self->keeper);

  G_OBJECT_CLASS (bootlace_focus_guide_parent_class)->dispose (object);
}

static void
bootlace_focus_guide_class_init (BootlaceFocusGuideClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bootlace_focus_guide_dispose;
}

static void
bootlace_focus_guide_init (BootlaceFocusGuide *self)
{
}

/**
 * bootlace_focus_guide_new:
 * @window: a window that has its firmware and its status; it must let go of the guide when it is
 *   disposed
 * @places: what there is in it; borrowed for as long
 *
 * Returns: (transfer full): a guide, at work
 */
BootlaceFocusGuide *
bootlace_focus_guide_new (BootlaceWindow *window, const BootlaceFocusPlaces *places)
{
  BootlaceFocusGuide *self = NULL;

  g_return_val_if_fail (BOOTLACE_IS_WINDOW (window), NULL);
  g_return_val_if_fail (places != NULL, NULL);

  self = g_object_new (BOOTLACE_TYPE_FOCUS_GUIDE, NULL);
  self->window = window;
  self->places = *places;
  self->keeper = bootlace_focus_keeper_new (GTK_WINDOW (window));

  g_signal_connect_object (self->keeper, "lost", G_CALLBACK (lost_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bootlace_window_get_firmware (window), "notify::loading",
                           G_CALLBACK (loading_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * bootlace_focus_guide_start:
 * @self: a guide
 *
 * Gives the focus to where the person goes on, and watches from then on whether they move it.
 */
void
bootlace_focus_guide_start (BootlaceFocusGuide *self)
{
  g_return_if_fail (BOOTLACE_IS_FOCUS_GUIDE (self));

  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  go_on (self);
  bootlace_focus_keeper_watch (self->keeper, NULL);
}

/* bootlace-early-keys.c: keys that a window takes before its lists do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bootlace-early-keys.h"

/* A text has its own use for the keys, and what is open above the window is not about it. */
static gboolean
is_left_alone (GtkWidget *focus)
{
  return GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus) ||
         (GTK_IS_LABEL (focus) && gtk_label_get_selectable (GTK_LABEL (focus))) ||
         gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL;
}

static gboolean
key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (widget));

  if (focus != NULL && is_left_alone (focus))
    return FALSE;

  return gtk_widget_activate_action (widget, user_data, NULL);
}

/**
 * bootlace_early_keys_add:
 * @window: a window
 * @keyval: a key, in lower case
 * @modifiers: what is held with it
 * @action: (not nullable): a static string, the action of @window that they activate
 *
 * Binds a key that a list would keep for itself, as #GtkListBox does with Ctrl+A even where nothing
 * in it can be selected. Where a text has the focus or a popover is open, the key is theirs.
 */
void
bootlace_early_keys_add (GtkWindow *window,
                         guint keyval,
                         GdkModifierType modifiers,
                         const char *action)
{
  GtkEventController *controller;
  GtkShortcut *shortcut;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (action != NULL);

  shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (keyval, modifiers),
                               gtk_callback_action_new (key_cb, (gpointer) action, NULL));
  controller = gtk_shortcut_controller_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}

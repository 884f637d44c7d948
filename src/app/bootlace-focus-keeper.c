/* bootlace-focus-keeper.c: never leaves a window without the keyboard's focus
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-focus-keeper.h"

#include "bootlace-fold.h"

struct _BootlaceFocusKeeper {
  GObject parent_instance;

  GtkWindow *window; /* borrowed: it owns this */
  GtkWidget *focus;  /* weak: what had the focus last */
  guint restore_id;  /* the source that will give it to something */

  GtkWidget *origin; /* weak: what had it when the watch began, or was given it since */
  GtkWidget *start;  /* weak: where a window gives it to begin with */
  gboolean moved;
};

enum {
  LOST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BootlaceFocusKeeper, bootlace_focus_keeper, G_TYPE_OBJECT)

static GtkWidget *
find_fold (GtkWidget *widget)
{
  while (widget != NULL && !(BOOTLACE_IS_FOLD (widget) && gtk_widget_get_mapped (widget)))
    widget = gtk_widget_get_parent (widget);

  return widget;
}

static gboolean
focus_fold (BootlaceFocusKeeper *self)
{
  GtkWidget *fold = find_fold (self->focus);

  return fold != NULL && bootlace_fold_focus_header (BOOTLACE_FOLD (fold));
}

/* What the keeper moves, the person did not. */
static void
restore (BootlaceFocusKeeper *self)
{
  const gboolean moved = self->moved;
  gboolean is_found = FALSE;

  if (self->focus != NULL)
    g_signal_emit (self, signals[LOST], 0, self->focus, &is_found);
  if (!is_found && !focus_fold (self))
    gtk_widget_child_focus (GTK_WIDGET (self->window), GTK_DIR_TAB_FORWARD);

  self->moved = moved;
  g_set_weak_pointer (&self->origin, gtk_window_get_focus (self->window));
}

static gboolean
restore_cb (gpointer user_data)
{
  BootlaceFocusKeeper *self = user_data;

  self->restore_id = 0;
  if (gtk_window_get_focus (self->window) == NULL)
    restore (self);

  return G_SOURCE_REMOVE;
}

static gboolean
is_unmoved (BootlaceFocusKeeper *self, GtkWidget *focus)
{
  if (focus == NULL || focus == self->origin)
    return TRUE;

  return self->origin == NULL && self->start != NULL && gtk_widget_is_ancestor (focus, self->start);
}

/* GTK itself gives it to something else when what had it does not show any more, such as the page
 * that was there before a file was read. */
static gboolean
had_to_move (BootlaceFocusKeeper *self)
{
  return self->origin != NULL && !gtk_widget_get_mapped (self->origin);
}

static void
focus_cb (BootlaceFocusKeeper *self)
{
  GtkWidget *focus = gtk_window_get_focus (self->window);

  if (focus != NULL && had_to_move (self))
    g_set_weak_pointer (&self->origin, focus);
  self->moved = self->moved || !is_unmoved (self, focus);

  if (focus != NULL)
    g_set_weak_pointer (&self->focus, focus);
  else if (self->restore_id == 0)
    self->restore_id = g_idle_add_full (G_PRIORITY_DEFAULT, restore_cb, self, NULL);
}

static void
bootlace_focus_keeper_dispose (GObject *object)
{
  BootlaceFocusKeeper *self = BOOTLACE_FOCUS_KEEPER (object);

  g_clear_handle_id (&self->restore_id, g_source_remove);
  g_clear_weak_pointer (&self->focus);
  g_clear_weak_pointer (&self->origin);
  g_clear_weak_pointer (&self->start);

  G_OBJECT_CLASS (bootlace_focus_keeper_parent_class)->dispose (object);
}

static void
bootlace_focus_keeper_class_init (BootlaceFocusKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bootlace_focus_keeper_dispose;

  /* Emitted with what had the focus, and cannot have it any more. A handler that gives it to
   * something else returns TRUE. */
  signals[LOST] = g_signal_new ("lost", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 1,
                                GTK_TYPE_WIDGET);
}

static void
bootlace_focus_keeper_init (BootlaceFocusKeeper *self)
{
}

/**
 * bootlace_focus_keeper_new:
 * @window: the window, which must let go of the keeper when it is disposed
 *
 * Returns: (transfer full): a keeper, at work
 */
BootlaceFocusKeeper *
bootlace_focus_keeper_new (GtkWindow *window)
{
  BootlaceFocusKeeper *self = NULL;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);

  self = g_object_new (BOOTLACE_TYPE_FOCUS_KEEPER, NULL);
  self->window = window;
  g_signal_connect_object (window, "notify::focus-widget", G_CALLBACK (focus_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/**
 * bootlace_focus_keeper_watch:
 * @self: a keeper
 * @start: (nullable): what the window gives the focus to when it appears
 *
 * Begins to watch whether the person moves the focus.
 */
void
bootlace_focus_keeper_watch (BootlaceFocusKeeper *self, GtkWidget *start)
{
  g_return_if_fail (BOOTLACE_IS_FOCUS_KEEPER (self));

  g_set_weak_pointer (&self->origin, gtk_window_get_focus (self->window));
  g_set_weak_pointer (&self->start, start);
  self->moved = FALSE;
}

/**
 * bootlace_focus_keeper_has_moved:
 * @self: a keeper
 *
 * Returns: whether the focus has been somewhere else since the watch began, and is the person's
 */
gboolean
bootlace_focus_keeper_has_moved (BootlaceFocusKeeper *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FOCUS_KEEPER (self), FALSE);

  return self->moved;
}

/* bootlace-stopping.c: how the boards of a window are stopped, and when that is asked first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-stopping.h"

#include <glib/gi18n.h>

#include "bootlace-batch.h"
#include "bootlace-question.h"

struct _BootlaceStopping {
  GObject parent_instance;

  GtkWindow *window; /* borrowed: the owner */
  BootlaceJobList *jobs;
  BootlaceStatus *status;

  GtkWidget *question;    /* weak: the one that is open */
  gboolean asks_to_close; /* and not only to stop */
};

G_DEFINE_FINAL_TYPE (BootlaceStopping, bootlace_stopping, G_TYPE_OBJECT)

static void
status_cb (BootlaceStopping *self)
{
  GtkWidget *widget = GTK_WIDGET (self->window);
  const gboolean is_busy = bootlace_status_is_busy (self->status);
  const gboolean is_stoppable = is_busy && !bootlace_status_is_stopping (self->status);

  gtk_widget_action_set_enabled (widget, "win.cancel", is_stoppable);
  gtk_widget_action_set_enabled (widget, "win.stop", is_stoppable);

  /* There is nothing left to stop. */
  if (self->question != NULL && !(self->asks_to_close ? is_busy : is_stoppable))
    gtk_window_destroy (GTK_WINDOW (self->question));
}

static void
accepted_cb (BootlaceStopping *self)
{
  /* It goes by itself, and not while it is being answered. */
  g_clear_weak_pointer (&self->question);

  bootlace_job_list_cancel_all (self->jobs);
  if (self->asks_to_close)
    gtk_window_destroy (self->window);
}

/**
 * bootlace_stopping_ask:
 * @self: a stopping
 * @and_close: whether the window is to be closed, too
 *
 * Asks, and does it after a yes. Whoever wants to close now wants more than to stop.
 */
void
bootlace_stopping_ask (BootlaceStopping *self, gboolean and_close)
{
  BootlaceDeedWords words;

  g_return_if_fail (BOOTLACE_IS_STOPPING (self));

  if (self->question != NULL && self->asks_to_close == and_close) {
    gtk_window_present (GTK_WINDOW (self->question));
    return;
  }

  if (self->question != NULL)
    gtk_window_destroy (GTK_WINDOW (self->question));

  words =
    bootlace_deed_get_words (bootlace_batch_get_deed (bootlace_job_list_get_batch (self->jobs)));
  self->asks_to_close = and_close;
  self->question =
    bootlace_question_new (self->window, words.stop_heading, words.stop_body,
                           and_close ? _ ("Stop and Close") : words.stop, words.keep);
  g_object_add_weak_pointer (G_OBJECT (self->question), (gpointer *) &self->question);
  g_signal_connect_object (self->question, "accepted", G_CALLBACK (accepted_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self->question));
}

/**
 * bootlace_stopping_cancel:
 * @self: a stopping
 *
 * For the button: whoever presses it means it; with several boards it may be meant for one of them.
 */
void
bootlace_stopping_cancel (BootlaceStopping *self)
{
  g_return_if_fail (BOOTLACE_IS_STOPPING (self));

  if (bootlace_job_list_get_n_running (self->jobs) > 1)
    bootlace_stopping_ask (self, FALSE);
  else
    bootlace_job_list_cancel_all (self->jobs);
}

static void
bootlace_stopping_dispose (GObject *object)
{
  BootlaceStopping *self = BOOTLACE_STOPPING (object);

  g_clear_weak_pointer (&self->question);
  g_clear_object (&self->status);
  g_clear_object (&self->jobs);

  G_OBJECT_CLASS (bootlace_stopping_parent_class)->dispose (object);
}

static void
bootlace_stopping_class_init (BootlaceStoppingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bootlace_stopping_dispose;
}

static void
bootlace_stopping_init (BootlaceStopping *self)
{
}

/**
 * bootlace_stopping_new:
 * @window: the window with the actions, which keeps what is returned no longer than it lives
 * @jobs: what is stopped
 * @status: tells whether there is something to stop
 *
 * Returns: (transfer full): a stopping
 */
BootlaceStopping *
bootlace_stopping_new (GtkWindow *window, BootlaceJobList *jobs, BootlaceStatus *status)
{
  BootlaceStopping *self = g_object_new (BOOTLACE_TYPE_STOPPING, NULL);

  self->window = window;
  self->jobs = g_object_ref (jobs);
  self->status = g_object_ref (status);
  g_signal_connect_object (status, "notify::busy", G_CALLBACK (status_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (status, "notify::stopping", G_CALLBACK (status_cb), self,
                           G_CONNECT_SWAPPED);
  status_cb (self);

  return self;
}

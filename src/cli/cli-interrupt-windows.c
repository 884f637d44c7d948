/* cli-interrupt-windows.c: being asked to stop, by the console
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cli-interrupt.h"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

struct _CliInterrupt {
  GSourceFunc func;
  gpointer user_data;
  GMutex lock;
  guint idle_id; /* locked */
};

/* Windows has no place for data of ours. */
static CliInterrupt *listening;
static HANDLE work_is_done;

static gboolean
tell_cb (gpointer user_data)
{
  CliInterrupt *self = user_data;

  g_mutex_lock (&self->lock);
  self->idle_id = 0;
  g_mutex_unlock (&self->lock);

  self->func (self->user_data);
  return G_SOURCE_REMOVE;
}

/* A thread of Windows' own. */
static BOOL WINAPI
control_cb (DWORD event)
{
  CliInterrupt *self = listening;

  g_mutex_lock (&self->lock);
  if (self->idle_id == 0)
    self->idle_id = g_idle_add (tell_cb, self);
  g_mutex_unlock (&self->lock);

  /* When the console is closed, Windows ends the program as soon as this returns, or after five
   * seconds anyway. */
  if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT)
    WaitForSingleObject (work_is_done, INFINITE);

  return TRUE;
}

/* There, writing to nobody fails and is no more than that. */
void
cli_interrupt_outlive_reader (void)
{
}

CliInterrupt *
cli_interrupt_new (GSourceFunc func, gpointer user_data)
{
  CliInterrupt *self = g_new0 (CliInterrupt, 1);

  g_mutex_init (&self->lock);
  self->func = func;
  self->user_data = user_data;

  work_is_done = CreateEventW (NULL, TRUE, FALSE, NULL);
  listening = self;
  SetConsoleCtrlHandler (control_cb, TRUE);

  return self;
}

void
cli_interrupt_free (CliInterrupt *self)
{
  SetConsoleCtrlHandler (control_cb, FALSE);

  /* Left open: the thread may be waiting for it, until the program ends. */
  SetEvent (work_is_done);

  g_mutex_lock (&self->lock);
  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_mutex_unlock (&self->lock);

  g_mutex_clear (&self->lock);
  g_free (self);
}

/* dfu-log.c: what happened, line by line, for a report
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-log.h"

struct _DfuLog {
  GObject parent_instance;

  gint64 start; /* monotonic time, in microseconds */

  GMutex lock;
  GString *text; /* guarded by lock */
};

G_DEFINE_FINAL_TYPE (DfuLog, dfu_log, G_TYPE_OBJECT)

/**
 * dfu_log_append:
 * @self: a log
 * @format: printf() format of one line, without a line end
 * @...: its arguments
 *
 * Adds a line. Any thread.
 */
void
dfu_log_append (DfuLog *self, const char *format, ...)
{
  g_autofree char *line = NULL;
  gint64 elapsed;
  va_list arguments;

  g_return_if_fail (DFU_IS_LOG (self));

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  g_debug ("%s", line);
  elapsed = g_get_monotonic_time () - self->start;

  g_mutex_lock (&self->lock);
  g_string_append_printf (self->text, "%8.3f s  %s\n", elapsed / 1e6, line);
  g_mutex_unlock (&self->lock);
}

/**
 * dfu_log_dup_text:
 * @self: a log
 *
 * Any thread.
 *
 * Returns: (transfer full): all lines so far
 */
char *
dfu_log_dup_text (DfuLog *self)
{
  char *text;

  g_return_val_if_fail (DFU_IS_LOG (self), NULL);

  g_mutex_lock (&self->lock);
  text = g_strdup (self->text->str);
  g_mutex_unlock (&self->lock);

  return text;
}

static void
dfu_log_finalize (GObject *object)
{
  DfuLog *self = DFU_LOG (object);

  g_string_free (self->text, TRUE);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (dfu_log_parent_class)->finalize (object);
}

static void
dfu_log_class_init (DfuLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dfu_log_finalize;
}

static void
dfu_log_init (DfuLog *self)
{
  self->start = g_get_monotonic_time ();
  self->text = g_string_new (NULL);
  g_mutex_init (&self->lock);
}

/**
 * dfu_log_new:
 *
 * Returns: (transfer full): an empty log whose clock starts now
 */
DfuLog *
dfu_log_new (void)
{
  return g_object_new (DFU_TYPE_LOG, NULL);
}

/* bootlace-outcomes.c: how several jobs ended
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-outcomes.h"

#include <glib/gi18n.h>

#include "wording-format.h"

static void
join_deed (BootlaceOutcomes *self, BootlaceDeed deed)
{
  self->deed = bootlace_outcomes_count (self) == 0 ? deed : bootlace_deed_join (self->deed, deed);
}

/**
 * bootlace_outcomes_add:
 * @self: outcomes
 * @job: a job; one that is not over changes nothing
 */
void
bootlace_outcomes_add (BootlaceOutcomes *self, BootlaceJob *job)
{
  g_return_if_fail (self != NULL);

  self->n_waiting += bootlace_job_needs_reset (job);
  if (!bootlace_job_is_active (job))
    join_deed (self, bootlace_job_get_deed (job));

  switch (bootlace_job_get_state (job)) {
  case BOOTLACE_JOB_VERIFIED:
    self->n_verified++;
    break;
  case BOOTLACE_JOB_WRITTEN:
    self->n_written++;
    break;
  case BOOTLACE_JOB_READ:
    self->n_read++;
    break;
  case BOOTLACE_JOB_BLANK:
    self->n_blank++;
    break;
  case BOOTLACE_JOB_ERASED:
    self->n_erased++;
    break;
  case BOOTLACE_JOB_FAILED:
    self->n_failed++;
    break;
  case BOOTLACE_JOB_CANCELLED:
    self->n_cancelled++;
    break;
  case BOOTLACE_JOB_WAITING:
  case BOOTLACE_JOB_RUNNING:
    break;
  }
}

/**
 * bootlace_outcomes_count:
 * @self: outcomes
 *
 * Returns: of how many jobs
 */
guint
bootlace_outcomes_count (const BootlaceOutcomes *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_verified + self->n_written + self->n_read + self->n_blank + self->n_erased +
         self->n_failed + self->n_cancelled;
}

static char *
describe_one (const BootlaceOutcomes *self)
{
  if (self->n_verified > 0)
    return g_strdup (_ ("Written and verified"));
  if (self->n_written > 0)
    return g_strdup (_ ("Written"));
  if (self->n_read > 0)
    return g_strdup (_ ("Read"));
  if (self->n_blank + self->n_erased > 0 && self->deed == BOOTLACE_DEED_UNPROTECT)
    return g_strdup (_ ("Protection removed"));
  if (self->n_blank > 0)
    return g_strdup (_ ("Erased and checked"));
  if (self->n_erased > 0)
    return g_strdup (_ ("Erased"));
  if (self->n_failed > 0)
    return g_strdup (bootlace_deed_get_words (self->deed).failed);

  return g_strdup (_ ("Cancelled"));
}

/* Takes the text. */
static void
add_count (GPtrArray *texts, guint count, char *text)
{
  g_autofree char *owned = text;

  if (count > 0)
    g_ptr_array_add (texts, g_steal_pointer (&owned));
}

static char *
describe_several (const BootlaceOutcomes *self)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  add_count (texts, self->n_verified,
             g_strdup_printf (ngettext ("%u board written and verified",
                                        "%u boards written and verified", self->n_verified),
                              self->n_verified));
  add_count (texts, self->n_written,
             g_strdup_printf (ngettext ("%u board written", "%u boards written", self->n_written),
                              self->n_written));
  add_count (texts, self->n_read,
             g_strdup_printf (ngettext ("%u board read", "%u boards read", self->n_read),
                              self->n_read));
  add_count (texts, self->n_blank,
             g_strdup_printf (ngettext ("%u board erased and checked",
                                        "%u boards erased and checked", self->n_blank),
                              self->n_blank));
  add_count (texts, self->n_erased,
             g_strdup_printf (ngettext ("%u board erased", "%u boards erased", self->n_erased),
                              self->n_erased));
  add_count (texts, self->n_failed,
             g_strdup_printf (ngettext ("%u board failed", "%u boards failed", self->n_failed),
                              self->n_failed));
  add_count (texts, self->n_cancelled,
             g_strdup_printf (ngettext ("%u board cancelled", "%u boards cancelled",
                                        self->n_cancelled),
                              self->n_cancelled));

  return wording_format_join ((const char *const *) texts->pdata, texts->len);
}

/**
 * bootlace_outcomes_describe:
 * @self: outcomes of at least one job
 *
 * Returns: (transfer full): what happened, in one line
 */
char *
bootlace_outcomes_describe (const BootlaceOutcomes *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return bootlace_outcomes_count (self) == 1 ? describe_one (self) : describe_several (self);
}

/**
 * bootlace_outcomes_describe_next_step:
 * @self: outcomes of at least one job
 *
 * Returns: (transfer full) (nullable): what to do now
 */
char *
bootlace_outcomes_describe_next_step (const BootlaceOutcomes *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->n_failed > 0)
    return g_strdup (_ ("The board’s row says what to do"));
  if (self->n_waiting == 0)
    return NULL;

  return g_strdup (ngettext ("Press RESET on the board to start it",
                             "Press RESET on each board to start it", self->n_waiting));
}

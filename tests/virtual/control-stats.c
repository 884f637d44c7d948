/* control-stats.c: the verbs that count
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "control-command.h"

static void
append_flash_stats (GString *answer, NorFlash *flash)
{
  const NorFlashStats *stats = nor_flash_get_stats (flash);
  const gsize sector_size = nor_flash_get_sector_size (flash);
  const char *separator = "";

  g_string_append_printf (answer,
                          " sector-erases=%" G_GUINT64_FORMAT " block-erases=%" G_GUINT64_FORMAT
                          " programs=%" G_GUINT64_FORMAT " programmed=%" G_GUINT64_FORMAT
                          " erased=",
                          stats->n_sector_erases, stats->n_block_erases, stats->n_programs,
                          stats->n_bytes_programmed);

  for (gsize i = 0; i < nor_flash_get_size (flash) / sector_size; i++) {
    if (nor_flash_get_sector_erases (flash, i) == 0)
      continue;
    g_string_append_printf (answer, "%s%#" G_GSIZE_MODIFIER "x:%u", separator, i * sector_size,
                            nor_flash_get_sector_erases (flash, i));
    separator = ",";
  }
}

gboolean
control_print_stats (ControlCommand *self, GError **error)
{
  const VirtualPortStats *stats = &self->port->stats;
  const struct {
    const char *name;
    guint64 value;
  } counters[] = {
    { "transfers", stats->n_transfers },
    { "blocks", stats->n_blocks },
    { "manifests", stats->n_manifests },
    { "getstatus", stats->n_status },
    { "uploads", stats->n_uploads },
    { "detaches", stats->n_detaches },
    { "stalls", stats->n_stalls },
    { "discarded", stats->n_discarded },
    { "queued", stats->n_queued },
    { "resets", stats->n_resets },
    { "arrivals", stats->n_arrivals },
    { "faults", self->port->faults->len },
    { "writing-us", (guint64) stats->writing_length },
    { "writing-busy-us", stats->writing_busy },
  };

  g_string_append_printf (self->answer, "last-block=%" G_GINT64_FORMAT, stats->last_block);
  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    g_string_append_printf (self->answer, " %s=%" G_GUINT64_FORMAT, counters[i].name,
                            counters[i].value);

  if (board_get_flash (self->port->board) != NULL)
    append_flash_stats (self->answer, board_get_flash (self->port->board));

  return TRUE;
}

gboolean
control_reset_stats (ControlCommand *self, GError **error)
{
  self->port->stats = (VirtualPortStats){ .last_block = -1 };

  return TRUE;
}

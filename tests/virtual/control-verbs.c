/* control-verbs.c: what can be done to the virtual bus while it runs, in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "control-verbs.h"

#include "bus-holder.h"
#include "usbfs-file.h"

#include <string.h>

#define DFU_INTERFACE 2

/* One line on its way. */
typedef struct {
  ControlContext *context;
  VirtualPort *port; /* NULL for verbs that are about the whole bus */
  char **arguments;  /* without the verb and the port */
  GString *answer;
  ControlWait *wait;
} Command;

G_GNUC_PRINTF (2, 3)
static gboolean
fail (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, message);

  return FALSE;
}

static gboolean
parse_number (const char *text, guint64 max, guint64 *number, GError **error)
{
  const char *digits = text;
  guint base = 10;

  if (text != NULL && g_str_has_prefix (text, "0x")) {
    digits += 2;
    base = 16;
  }

  if (text != NULL && g_ascii_string_to_unsigned (digits, base, 0, max, number, NULL))
    return TRUE;

  return fail (error, "“%s” is not a number that fits", text != NULL ? text : "");
}

static gboolean
parse_switch (const char *text, gboolean *is_on, GError **error)
{
  *is_on = g_strcmp0 (text, "on") == 0;

  return *is_on || g_strcmp0 (text, "off") == 0 || fail (error, "“%s” is not on or off", text);
}

static gboolean
add_fault (Command *self, BusFaultKind kind, const char *moment, GError **error)
{
  BusFault fault = { .kind = kind };
  guint64 status = 0;

  if (moment == NULL || !bus_moment_parse (moment, &fault.moment, &fault.block))
    return fail (error, "“%s” is not a moment", moment != NULL ? moment : "");

  if (kind == BUS_FAULT_ERROR) {
    if (!parse_number (self->arguments[1], 0xff, &status, error))
      return FALSE;
    fault.status = status;
  }

  g_array_append_val (self->port->faults, fault);

  return TRUE;
}

static gboolean
add_fault_at_block (Command *self, BusFaultKind kind, GError **error)
{
  g_autofree char *moment = g_strdup_printf ("block:%s", self->arguments[0]);

  return add_fault (self, kind, moment, error);
}

static gboolean
list_ports (Command *self, GError **error)
{
  g_autoptr (GList) ports = g_hash_table_get_values (self->context->bus->ports);

  for (GList *item = ports; item != NULL; item = item->next) {
    const VirtualPort *port = item->data;

    if (port->board == NULL || g_str_equal (board_get_kind (port->board), "hub"))
      continue;
    g_string_append_printf (self->answer, "%s%s=%s:%u", self->answer->len > 0 ? " " : "",
                            port->path,
                            !port->is_plugged      ? "unplugged"
                            : port->device == NULL ? "absent"
                                                   : board_get_mode (port->board),
                            port->device != NULL ? port->device->sysfs.address : 0);
  }

  return TRUE;
}

static gboolean
plug (Command *self, GError **error)
{
  const char *text = self->arguments[0];
  VirtualPort *port;

  if (text == NULL)
    return fail (error, "Plug in what?");
  if (strchr (text, '@') != NULL)
    return control_plug (self->context, text, error);

  port = virtual_bus_get_port (self->context->bus, text);
  if (port == NULL || port->board == NULL)
    return fail (error, "There never was a board at %s", text);
  if (port->is_plugged)
    return fail (error, "There is a board at %s already", text);

  virtual_port_plug (port);

  return TRUE;
}

static gboolean
unplug (Command *self, GError **error)
{
  virtual_port_unplug (self->port);

  return TRUE;
}

static gboolean
press_reset (Command *self, GError **error)
{
  if (!self->port->is_plugged)
    return fail (error, "The board at %s is not plugged in", self->port->path);

  virtual_port_press_reset (self->port);

  return TRUE;
}

static gboolean
hold_boot (Command *self, GError **error)
{
  return parse_switch (self->arguments[0], &self->port->board->boot_held, error);
}

static gboolean
stall_at (Command *self, GError **error)
{
  return add_fault (self, BUS_FAULT_STALL, self->arguments[0], error);
}

static gboolean
drop_at (Command *self, GError **error)
{
  return add_fault (self, BUS_FAULT_DROP, self->arguments[0], error);
}

static gboolean
hang_at (Command *self, GError **error)
{
  return add_fault (self, BUS_FAULT_HANG, self->arguments[0], error);
}

static gboolean
error_at (Command *self, GError **error)
{
  return add_fault (self, BUS_FAULT_ERROR, self->arguments[0], error);
}

static gboolean
stall_at_block (Command *self, GError **error)
{
  return add_fault_at_block (self, BUS_FAULT_STALL, error);
}

static gboolean
drop_at_block (Command *self, GError **error)
{
  return add_fault_at_block (self, BUS_FAULT_DROP, error);
}

static gboolean
hang_at_block (Command *self, GError **error)
{
  return add_fault_at_block (self, BUS_FAULT_HANG, error);
}

static gboolean
error_at_block (Command *self, GError **error)
{
  return add_fault_at_block (self, BUS_FAULT_ERROR, error);
}

static gboolean
corrupt_at_block (Command *self, GError **error)
{
  return add_fault_at_block (self, BUS_FAULT_CORRUPT, error);
}

static gboolean
clear_faults (Command *self, GError **error)
{
  g_array_set_size (self->port->faults, 0);
  self->port->return_delay_us = 0;

  return TRUE;
}

static gboolean
slow_return (Command *self, GError **error)
{
  guint64 delay_ms;

  if (!parse_number (self->arguments[0], G_MAXUINT32, &delay_ms, error))
    return FALSE;

  self->port->return_delay_us = delay_ms * 1000;

  return TRUE;
}

static gboolean
slow_transfers (Command *self, GError **error)
{
  return parse_number (self->arguments[0], G_MAXUINT32, &self->port->transfer_us, error);
}

static gboolean
deny_access (Command *self, GError **error)
{
  virtual_port_set_node_mode (self->port, 0600);

  return TRUE;
}

static gboolean
allow_access (Command *self, GError **error)
{
  virtual_port_set_node_mode (self->port, 0666);

  return TRUE;
}

static gboolean
hold_interface (Command *self, GError **error)
{
  guint64 interface = DFU_INTERFACE;

  if (self->arguments[0] != NULL &&
      !parse_number (self->arguments[0], VIRTUAL_BUS_MAX_INTERFACES - 1, &interface, error))
    return FALSE;

  if (!bus_holder_take (self->port, interface, error))
    return FALSE;

  g_string_append_printf (self->answer, "%d", (int) self->port->holder);

  return TRUE;
}

static gboolean
release_interface (Command *self, GError **error)
{
  bus_holder_release (self->port);

  return TRUE;
}

static gboolean
save_flash (Command *self, GError **error)
{
  NorFlash *flash = board_get_flash (self->port->board);

  if (flash == NULL)
    return fail (error, "The board at %s has no flash", self->port->path);
  if (self->arguments[0] == NULL)
    return fail (error, "Save the flash of %s to which file?", self->port->path);

  return nor_flash_save (flash, self->arguments[0], error);
}

static void
append_flash_stats (GString *answer, NorFlash *flash)
{
  const NorFlashStats *stats = nor_flash_get_stats (flash);
  const char *separator = "";

  g_string_append_printf (answer,
                          " sector-erases=%" G_GUINT64_FORMAT " block-erases=%" G_GUINT64_FORMAT
                          " programs=%" G_GUINT64_FORMAT " programmed=%" G_GUINT64_FORMAT
                          " erased=",
                          stats->n_sector_erases, stats->n_block_erases, stats->n_programs,
                          stats->n_bytes_programmed);

  for (gsize i = 0; i < nor_flash_get_size (flash) / NOR_FLASH_SECTOR_SIZE; i++) {
    if (nor_flash_get_sector_erases (flash, i) == 0)
      continue;
    g_string_append_printf (answer, "%s%#" G_GSIZE_MODIFIER "x:%u", separator,
                            i * NOR_FLASH_SECTOR_SIZE, nor_flash_get_sector_erases (flash, i));
    separator = ",";
  }
}

static gboolean
print_stats (Command *self, GError **error)
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
  };

  g_string_append_printf (self->answer, "last-block=%" G_GINT64_FORMAT, stats->last_block);
  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    g_string_append_printf (self->answer, " %s=%" G_GUINT64_FORMAT, counters[i].name,
                            counters[i].value);

  if (board_get_flash (self->port->board) != NULL)
    append_flash_stats (self->answer, board_get_flash (self->port->board));

  return TRUE;
}

static gboolean
reset_stats (Command *self, GError **error)
{
  self->port->stats = (VirtualPortStats){ .last_block = -1 };

  return TRUE;
}

static gboolean
wait_for (Command *self, GError **error)
{
  if (self->arguments[0] == NULL)
    return fail (error, "Wait until %s is what?", self->port->path);

  self->wait->port = self->port;
  self->wait->state = g_strdup (self->arguments[0]);

  return TRUE;
}

static const struct {
  const char *name;
  gboolean has_port;
  gboolean (*run) (Command *self, GError **error);
} verbs[] = {
  { "list", FALSE, list_ports },
  { "plug", FALSE, plug },
  { "unplug", TRUE, unplug },
  { "press-reset", TRUE, press_reset },
  { "hold-boot", TRUE, hold_boot },
  { "stall-at", TRUE, stall_at },
  { "drop-at", TRUE, drop_at },
  { "hang-at", TRUE, hang_at },
  { "error-at", TRUE, error_at },
  { "stall-at-block", TRUE, stall_at_block },
  { "drop-at-block", TRUE, drop_at_block },
  { "hang-at-block", TRUE, hang_at_block },
  { "error-at-block", TRUE, error_at_block },
  { "corrupt-at-block", TRUE, corrupt_at_block },
  { "clear-faults", TRUE, clear_faults },
  { "slow-return", TRUE, slow_return },
  { "slow-transfers", TRUE, slow_transfers },
  { "deny-access", TRUE, deny_access },
  { "allow-access", TRUE, allow_access },
  { "hold-interface", TRUE, hold_interface },
  { "release-interface", TRUE, release_interface },
  { "save-flash", TRUE, save_flash },
  { "stats", TRUE, print_stats },
  { "reset-stats", TRUE, reset_stats },
  { "wait-for", TRUE, wait_for },
};

static gboolean
run_words (Command *self, char **words, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++) {
    if (g_strcmp0 (words[0], verbs[i].name) != 0)
      continue;

    self->arguments = words + 1;
    if (verbs[i].has_port) {
      if (words[1] == NULL)
        return fail (error, "“%s” needs a port", words[0]);
      self->port = virtual_bus_get_port (self->context->bus, words[1]);
      if (self->port == NULL || self->port->board == NULL)
        return fail (error, "There never was a board at %s", words[1]);
      self->arguments = words + 2;
    }

    return verbs[i].run (self, error);
  }

  return fail (error, "There is no verb “%s”", words[0] != NULL ? words[0] : "");
}

gboolean
control_plug (ControlContext *context, const char *text, GError **error)
{
  g_autoptr (BoardSpec) spec = board_spec_parse (text, &context->timing, error);
  VirtualPort *port;

  if (spec == NULL)
    return FALSE;

  port = virtual_bus_put (context->bus, spec->path, g_steal_pointer (&spec->board), error);
  if (port == NULL)
    return FALSE;

  port->flash_path = g_steal_pointer (&spec->flash_path);

  return TRUE;
}

char *
control_run (ControlContext *context, const char *line, ControlWait *wait)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  Command command = { .context = context, .answer = answer, .wait = wait };

  if (!g_shell_parse_argv (line, NULL, &words, &error) || !run_words (&command, words, &error))
    return g_strdup_printf ("error %s", error->message);

  if (wait->state != NULL && !control_wait_is_over (wait))
    return NULL;

  control_wait_clear (wait);

  return g_strdup_printf (answer->len > 0 ? "ok %s" : "ok", answer->str);
}

gboolean
control_wait_is_over (const ControlWait *wait)
{
  const VirtualPort *port = wait->port;
  const VirtualDevice *device = port->device;

  if (g_str_equal (wait->state, "present"))
    return device != NULL;
  if (g_str_equal (wait->state, "absent"))
    return device == NULL;
  if (g_str_equal (wait->state, "open"))
    return device != NULL && device->files->len > 0;
  if (g_str_equal (wait->state, "closed"))
    return device == NULL || device->files->len == 0;
  if (g_str_equal (wait->state, "faultless"))
    return port->faults->len == 0;
  if (g_str_has_prefix (wait->state, "blocks:"))
    return port->stats.n_blocks >= g_ascii_strtoull (wait->state + strlen ("blocks:"), NULL, 10);

  return device != NULL && g_str_equal (wait->state, board_get_mode (port->board));
}

void
control_wait_clear (ControlWait *wait)
{
  wait->port = NULL;
  g_clear_pointer (&wait->state, g_free);
}

/* control-verbs.c: what can be done to the virtual bus while it runs, in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "control-verbs.h"

#include "bus-holder.h"
#include "control-command.h"
#include "usbfs-file.h"

#include <string.h>

#define DFU_INTERFACE 2

static gboolean
parse_switch (const char *text, gboolean *is_on, GError **error)
{
  *is_on = g_strcmp0 (text, "on") == 0;

  return *is_on || g_strcmp0 (text, "off") == 0 ||
         control_fail (error, "“%s” is not on or off", text);
}

static gboolean
list_ports (ControlCommand *self, GError **error)
{
  g_autoptr (GList) ports = g_hash_table_get_values (self->context->bus->ports);

  for (GList *item = ports; item != NULL; item = item->next) {
    VirtualPort *port = item->data;

    if (port->board == NULL || g_str_equal (board_get_kind (port->board), "hub"))
      continue;
    g_string_append_printf (self->answer, "%s%s=%s:%u", self->answer->len > 0 ? " " : "",
                            port->path,
                            !port->is_plugged                 ? "unplugged"
                            : !virtual_port_is_present (port) ? "absent"
                                                              : board_get_mode (port->board),
                            port->device != NULL ? port->device->sysfs.address : 0);
  }

  return TRUE;
}

static gboolean
plug (ControlCommand *self, GError **error)
{
  const char *text = self->arguments[0];
  VirtualPort *port;

  if (text == NULL)
    return control_fail (error, "Plug in what?");
  if (strchr (text, '@') != NULL)
    return control_plug (self->context, text, error);

  port = virtual_bus_get_port (self->context->bus, text);
  if (port == NULL || port->board == NULL)
    return control_fail (error, "There never was a board at %s", text);
  if (port->is_plugged)
    return control_fail (error, "There is a board at %s already", text);

  return virtual_port_plug (port, error);
}

static gboolean
unplug (ControlCommand *self, GError **error)
{
  if (g_str_has_prefix (self->port->path, "usb"))
    return control_fail (error, "A root hub cannot be unplugged");

  virtual_port_unplug (self->port);

  return TRUE;
}

static gboolean
press_reset (ControlCommand *self, GError **error)
{
  if (!self->port->is_plugged)
    return control_fail (error, "The board at %s is not plugged in", self->port->path);

  virtual_port_press_reset (self->port);

  return TRUE;
}

static gboolean
hold_boot (ControlCommand *self, GError **error)
{
  return parse_switch (self->arguments[0], &self->port->board->boot_held, error);
}

static gboolean
slow_return (ControlCommand *self, GError **error)
{
  guint64 delay_ms;

  if (!control_parse_number (self->arguments[0], G_MAXUINT32, &delay_ms, error))
    return FALSE;

  self->port->return_delay_us = delay_ms * 1000;

  return TRUE;
}

static gboolean
slow_transfers (ControlCommand *self, GError **error)
{
  return control_parse_number (self->arguments[0], G_MAXUINT32, &self->port->transfer_us, error);
}

static gboolean
deny_access (ControlCommand *self, GError **error)
{
  virtual_port_set_node_mode (self->port, 0600);

  return TRUE;
}

static gboolean
allow_access (ControlCommand *self, GError **error)
{
  virtual_port_set_node_mode (self->port, 0666);

  return TRUE;
}

static gboolean
hold_interface (ControlCommand *self, GError **error)
{
  guint64 interface = DFU_INTERFACE;

  if (self->arguments[0] != NULL &&
      !control_parse_number (self->arguments[0], VIRTUAL_BUS_MAX_INTERFACES - 1, &interface, error))
    return FALSE;

  if (!bus_holder_take (self->port, interface, error))
    return FALSE;

  g_string_append_printf (self->answer, "%d", (int) self->port->holder);

  return TRUE;
}

static gboolean
release_interface (ControlCommand *self, GError **error)
{
  bus_holder_release (self->port);

  return TRUE;
}

static gboolean
save_flash (ControlCommand *self, GError **error)
{
  NorFlash *flash = board_get_flash (self->port->board);

  if (flash == NULL)
    return control_fail (error, "The board at %s has no flash", self->port->path);
  if (self->arguments[0] == NULL)
    return control_fail (error, "Save the flash of %s to which file?", self->port->path);

  return nor_flash_save (flash, self->arguments[0], error);
}

static gboolean
is_state (const char *text)
{
  static const char *const states[] = {
    "present", "absent", "open", "closed", "faultless", "runtime", "dfu", "application", NULL,
  };

  return g_strv_contains (states, text) || g_str_has_prefix (text, "blocks:");
}

static gboolean
wait_for (ControlCommand *self, GError **error)
{
  if (self->arguments[0] == NULL || !is_state (self->arguments[0]))
    return control_fail (error, "Wait until %s is what?", self->port->path);

  self->wait->port = self->port;
  self->wait->state = g_strdup (self->arguments[0]);

  return TRUE;
}

static const struct {
  const char *name;
  gboolean has_port;
  gboolean (*run) (ControlCommand *self, GError **error);
} verbs[] = {
  { "list", FALSE, list_ports },
  { "plug", FALSE, plug },
  { "unplug", TRUE, unplug },
  { "press-reset", TRUE, press_reset },
  { "hold-boot", TRUE, hold_boot },
  { "stall-at", TRUE, control_stall_at },
  { "drop-at", TRUE, control_drop_at },
  { "hang-at", TRUE, control_hang_at },
  { "error-at", TRUE, control_error_at },
  { "garbage-at", TRUE, control_garbage_at },
  { "short-at", TRUE, control_short_at },
  { "stall-at-block", TRUE, control_stall_at_block },
  { "drop-at-block", TRUE, control_drop_at_block },
  { "hang-at-block", TRUE, control_hang_at_block },
  { "error-at-block", TRUE, control_error_at_block },
  { "corrupt-at-block", TRUE, control_corrupt_at_block },
  { "clear-faults", TRUE, control_clear_faults },
  { "slow-return", TRUE, slow_return },
  { "slow-transfers", TRUE, slow_transfers },
  { "deny-access", TRUE, deny_access },
  { "allow-access", TRUE, allow_access },
  { "hold-interface", TRUE, hold_interface },
  { "release-interface", TRUE, release_interface },
  { "save-flash", TRUE, save_flash },
  { "stats", TRUE, control_print_stats },
  { "reset-stats", TRUE, control_reset_stats },
  { "wait-for", TRUE, wait_for },
};

static gboolean
run_words (ControlCommand *self, char **words, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++) {
    if (g_strcmp0 (words[0], verbs[i].name) != 0)
      continue;

    self->arguments = words + 1;
    if (verbs[i].has_port) {
      if (words[1] == NULL)
        return control_fail (error, "“%s” needs a port", words[0]);
      self->port = virtual_bus_get_port (self->context->bus, words[1]);
      if (self->port == NULL || self->port->board == NULL)
        return control_fail (error, "There never was a board at %s", words[1]);
      self->arguments = words + 2;
    }

    return verbs[i].run (self, error);
  }

  return control_fail (error, "There is no verb “%s”", words[0] != NULL ? words[0] : "");
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
  ControlCommand command = { .context = context, .answer = answer, .wait = wait };

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
  VirtualPort *port = wait->port;
  const VirtualDevice *device = port->device;

  if (g_str_equal (wait->state, "present"))
    return virtual_port_is_present (port);
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

  return virtual_port_is_present (port) && g_str_equal (wait->state, board_get_mode (port->board));
}

void
control_wait_clear (ControlWait *wait)
{
  wait->port = NULL;
  g_clear_pointer (&wait->state, g_free);
}

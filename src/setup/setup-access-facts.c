/* setup-access-facts.c: what decides about access, gathered (Linux)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-access.h"

#include <stdlib.h>
#include <unistd.h>

static gboolean
is_program (const char *root, const char *path)
{
  g_autofree char *full = g_strconcat (root, path, NULL);

  return g_file_test (full, G_FILE_TEST_IS_EXECUTABLE);
}

static char *
find_in_path (const char *root, const char *name)
{
  g_auto (GStrv) folders = g_strsplit (g_getenv ("PATH") != NULL ? g_getenv ("PATH") : "", ":", -1);

  for (guint i = 0; folders[i] != NULL; i++) {
    g_autofree char *path = g_build_filename (folders[i], name, NULL);

    if (g_path_is_absolute (path) && is_program (root, path))
      return g_steal_pointer (&path);
  }

  return NULL;
}

/* This program may be it, and need not be on the path. */
static char *
find_printer (const char *root)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);

  if (self != NULL && g_str_has_suffix (self, "/bootlace-cli"))
    return g_steal_pointer (&self);

  return find_in_path (root, "bootlace-cli");
}

static void
look_around (SetupAccessFacts *self, const char *root)
{
  g_autofree char *sandbox = g_strconcat (root, "/.flatpak-info", NULL);
  g_autofree char *pkexec = find_in_path (root, "pkexec");

  self->sandboxed = g_file_test (sandbox, G_FILE_TEST_EXISTS);
  self->has_helper = is_program (root, SETUP_HELPER_PATH);
  self->has_polkit = pkexec != NULL;
  self->printer = find_printer (root);
}

/**
 * setup_access_gather_boardless:
 * @self: (out caller-allocates): the facts
 * @root: what every path begins with
 *
 * Gathers what there is to know of the computer without a board. Blocks on files.
 */
void
setup_access_gather_boardless (SetupAccessFacts *self, const char *root)
{
  *self = (SetupAccessFacts){ .connected = FALSE };

  look_around (self, root);
  setup_rule_search (&self->rule, root, SETUP_RULE_VENDOR, SETUP_RULE_PRODUCT);
  setup_person_look (&self->person, root, getuid (), g_get_user_name (), NULL);
}

static gboolean
is_known (UsbDevice *device)
{
  char *text = setup_rule_text_new (0);
  const gboolean known =
    text != NULL && setup_rule_text_covers (text, usb_device_get_vendor_id (device),
                                            usb_device_get_product_id (device));

  free (text);

  return known;
}

static void
look_at_device (SetupAccessFacts *self, const SetupSituation *situation)
{
  UsbDevice *device = situation->subject;

  self->accessible = usb_device_is_accessible (device);
  self->known = is_known (device);

  setup_rule_search (&self->rule, situation->root, usb_device_get_vendor_id (device),
                     usb_device_get_product_id (device));
  setup_node_look (&self->node, situation->root, usb_device_get_bus_number (device),
                   usb_device_get_address (device), getuid ());
  setup_person_look (&self->person, situation->root, getuid (), g_get_user_name (),
                     self->node.seat);
}

/**
 * setup_access_gather:
 * @self: (out caller-allocates): the facts
 * @situation: what is known
 *
 * Gathers the facts. Blocks on files.
 */
void
setup_access_gather (SetupAccessFacts *self, const SetupSituation *situation)
{
  *self = (SetupAccessFacts){ .connected = setup_situation_has_bootloader (situation) };

  if (!self->connected)
    return;

  look_around (self, situation->root);
  look_at_device (self, situation);
}

/**
 * setup_access_answer:
 * @situation: what is known
 *
 * Gathers the facts and decides. Worker thread: it may block on files.
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_access_answer (const SetupSituation *situation)
{
  g_auto (SetupAccessFacts) facts = { 0 };

  setup_access_gather (&facts, situation);

  return setup_access_decide (&facts);
}

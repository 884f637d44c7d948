/* setup-node.c: a device's node, and what udev noted about it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-node.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/xattr.h>

/* Linux, Documentation/admin-guide/devices.txt: 189 char, 128 devices for each bus. */
#define USB_MAJOR 189
#define DEVICES_PER_BUS 128

/* linux/posix_acl_xattr.h: a version, then entries of tag, permissions and id, little-endian. */
#define LIST_ATTRIBUTE "system.posix_acl_access"
#define LIST_HEADER_LENGTH 4
#define LIST_ENTRY_LENGTH 8
#define LIST_VERSION 2
#define LIST_TAG_USER 0x02
#define LIST_READ_WRITE 06

static guint
read_number (const guint8 *data, guint n_bytes)
{
  guint number = 0;

  for (guint i = n_bytes; i > 0; i--)
    number = number << 8 | data[i - 1];

  return number;
}

/**
 * setup_node_access_list_names:
 * @data: an access list as the kernel hands it out
 * @length: how long it is, in bytes
 * @person: a user
 *
 * Returns: whether it lets @person, by name, read and write
 */
gboolean
setup_node_access_list_names (const guint8 *data, gsize length, guint person)
{
  if (length < LIST_HEADER_LENGTH || read_number (data, 4) != LIST_VERSION)
    return FALSE;

  for (gsize i = LIST_HEADER_LENGTH; i + LIST_ENTRY_LENGTH <= length; i += LIST_ENTRY_LENGTH)
    if (read_number (data + i, 2) == LIST_TAG_USER && read_number (data + i + 4, 4) == person)
      return (read_number (data + i + 2, 2) & LIST_READ_WRITE) == LIST_READ_WRITE;

  return FALSE;
}

static gboolean
find_in_access_list (const char *path, guint person)
{
  guint8 data[1024];
  const gssize length = getxattr (path, LIST_ATTRIBUTE, data, sizeof data);

  return length > 0 && setup_node_access_list_names (data, (gsize) length, person);
}

static void
look_at_node (SetupNodeFacts *self, const char *root, guint person)
{
  g_autofree char *full = g_strconcat (root, self->path, NULL);
  struct stat info;

  if (stat (full, &info) != 0)
    return;

  self->mode = info.st_mode & 0777;
  self->owner = info.st_uid;
  self->group = info.st_gid;
  self->is_listed = find_in_access_list (full, person);
}

/* One letter and a colon before each: "G" is a tag that the device ever had, "Q" one that it has
 * (since udev 247, which says so by "V:1"), "E" a property. */
static void
look_at_record (SetupNodeFacts *self, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  const gboolean knows_current = g_strv_contains ((const char *const *) lines, "V:1");

  self->tagged =
    g_strv_contains ((const char *const *) lines, knows_current ? "Q:uaccess" : "G:uaccess");

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "E:ID_SEAT=") && self->seat == NULL)
      self->seat = g_strdup (strchr (lines[i], '=') + 1);
}

static void
look_at_udev (SetupNodeFacts *self, const char *root, guint minor)
{
  g_autofree char *control = g_strconcat (root, "/run/udev/control", NULL);
  g_autofree char *record = g_strdup_printf ("%s/run/udev/data/c%u:%u", root, USB_MAJOR, minor);
  g_autofree char *text = NULL;

  self->udev_runs = g_file_test (control, G_FILE_TEST_EXISTS);
  if (g_file_get_contents (record, &text, NULL, NULL))
    look_at_record (self, text);
}

/**
 * setup_node_facts_clear:
 * @self: facts
 *
 * Frees what @self holds.
 */
void
setup_node_facts_clear (SetupNodeFacts *self)
{
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->seat, g_free);
}

/**
 * setup_node_look:
 * @self: (out caller-allocates): what is seen
 * @root: what every path begins with
 * @bus_number: the number of the bus, from 1
 * @address: the address on it, from 1
 * @person: the user that wants to use it
 *
 * Looks at the node of a device. Blocks on files.
 */
void
setup_node_look (SetupNodeFacts *self,
                 const char *root,
                 guint bus_number,
                 guint address,
                 guint person)
{
  *self =
    (SetupNodeFacts){ .path = g_strdup_printf ("/dev/bus/usb/%03u/%03u", bus_number, address) };

  look_at_node (self, root, person);
  look_at_udev (self, root, (bus_number - 1) * DEVICES_PER_BUS + address - 1);
}

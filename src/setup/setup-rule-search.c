/* setup-rule-search.c: which of udev's rules are about a device, our own and others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-rule-search.h"

#include "setup-udev-walk.h"

static const char *const folders[] = { SETUP_RULE_FOLDERS };

typedef struct {
  SetupRuleFacts *facts;
  const char *root;
  guint16 vendor;
  guint16 product;
} Search;

/* From names to paths below the root, which the tree owns both. */
static void
list_folder (GTree *files, const char *root, const char *folder)
{
  g_autofree char *path = g_strconcat (root, folder, NULL);
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    if (g_str_has_suffix (name, ".rules") && g_tree_lookup (files, name) == NULL)
      g_tree_insert (files, g_strdup (name), g_build_filename (folder, name, NULL));
}

static char *
read_file (const char *root, const char *path)
{
  g_autofree char *full = g_strconcat (root, path, NULL);
  char *text = NULL;

  g_file_get_contents (full, &text, NULL, NULL);

  return text;
}

static SetupRuleState
compare_version (guint version)
{
  if (version == 0)
    return SETUP_RULE_STATE_FOREIGN;
  if (version < SETUP_RULE_VERSION)
    return SETUP_RULE_STATE_OLDER;

  return version == SETUP_RULE_VERSION ? SETUP_RULE_STATE_SAME : SETUP_RULE_STATE_NEWER;
}

/* A link to /dev/null is how udev(7) lets administrators switch off a file; it reads as empty, or
 * below another root not at all. */
static void
look_at_ours (Search *self, const char *path, const char *text)
{
  SetupRuleFacts *facts = self->facts;
  g_autofree char *full = g_strconcat (self->root, path, NULL);
  g_autofree char *target = g_file_read_link (full, NULL);

  facts->path = g_strdup (path);
  if (g_strcmp0 (target, "/dev/null") == 0 || (text != NULL && *text == '\0')) {
    facts->state = SETUP_RULE_STATE_MASKED;
    return;
  }

  facts->state =
    text != NULL ? compare_version (setup_rule_text_get_version (text)) : SETUP_RULE_STATE_FOREIGN;
  if (facts->state == SETUP_RULE_STATE_FOREIGN)
    return;

  facts->covers_all = setup_rule_text_covers_all (text);
  facts->covers_device = setup_rule_text_covers (text, self->vendor, self->product);
  facts->for_group = setup_rule_text_is_for_group (text);
}

typedef struct {
  Search *search;
  const char *name;
  const char *path;
} OtherFile;

static void
note_line (const SetupUdevLine *line, gpointer user_data)
{
  OtherFile *file = user_data;
  SetupRuleFacts *facts = file->search->facts;
  const gboolean is_later = g_strcmp0 (file->name, SETUP_RULE_NAME) > 0;
  const gboolean is_for_it = line->names_vendor || line->names_usb || !line->uncertain;

  if (line->takes_access && is_later && is_for_it && facts->undone_by == NULL)
    facts->undone_by = g_strdup (file->path);

  if (!line->names_vendor || (!line->adds_access && line->mode == 0 && line->group == NULL))
    return;

  if (facts->other_path == NULL)
    facts->other_path = g_strdup (file->path);
  if (g_str_equal (facts->other_path, file->path))
    facts->other_is_open |= (line->mode & 0006) == 0006;
}

static void
look_at_other (Search *self, const char *name, const char *path, const char *text)
{
  OtherFile file = { self, name, path };

  setup_udev_walk (text, self->vendor, self->product, note_line, &file);
}

static gboolean
look_at_file (gpointer name, gpointer path, gpointer user_data)
{
  Search *self = user_data;
  g_autofree char *text = read_file (self->root, path);

  if (g_str_equal (name, SETUP_RULE_NAME))
    look_at_ours (self, path, text);
  else if (text != NULL)
    look_at_other (self, name, path, text);

  return FALSE;
}

/**
 * setup_rule_facts_clear:
 * @self: facts
 *
 * Frees what @self holds.
 */
void
setup_rule_facts_clear (SetupRuleFacts *self)
{
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->undone_by, g_free);
  g_clear_pointer (&self->other_path, g_free);
}

static int
compare_names (gconstpointer name, gconstpointer other, gpointer user_data)
{
  return g_strcmp0 (name, other);
}

/**
 * setup_rule_search:
 * @self: (out caller-allocates): what is found
 * @root: what every path begins with
 * @vendor: idVendor of the device
 * @product: idProduct of the device
 *
 * Reads all of udev's rules. Blocks on files.
 */
void
setup_rule_search (SetupRuleFacts *self, const char *root, guint16 vendor, guint16 product)
{
  g_autoptr (GTree) files = g_tree_new_full (compare_names, NULL, g_free, g_free);
  Search search = { self, root, vendor, product };

  *self = (SetupRuleFacts){ SETUP_RULE_STATE_ABSENT };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    list_folder (files, root, folders[i]);
  g_tree_foreach (files, look_at_file, &search);
}

/* test-setup-rule-search.c: which of udev's rules are about a device
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-rule-search.h"

#include <stdlib.h>

#include "setup-rule-text.h"
#include "test-tree.h"

#define ETC "/etc/udev/rules.d/"
#define RUN "/run/udev/rules.d/"
#define USR "/usr/lib/udev/rules.d/"
#define OURS "70-bootlace.rules"

#define ESPRESSIF                                                                                  \
  "SUBSYSTEMS==\"usb\", ATTRS{idVendor}==\"303a\", ATTRS{idProduct}==\"00??\", "                   \
  "GROUP=\"plugdev\", MODE=\"0666\"\n"
#define TAKES "SUBSYSTEM==\"usb\", TAG-=\"uaccess\"\n"

/* @text is a rule's text, or one of these. */
#define WRITTEN "written"
#define WRITTEN_FOR_ALL "written for all"
#define WRITTEN_FOR_GROUP "written for the group"
#define LINK "link"

typedef struct {
  const char *name;
  struct {
    const char *path;
    const char *text;
  } files[3];
  SetupRuleFacts expected;
} Case;

#define SAME(...)                                                                                  \
  {                                                                                                \
    SETUP_RULE_STATE_SAME, (char *) ETC OURS, .covers_device = TRUE, __VA_ARGS__                   \
  }

static const Case cases[] = {
  { "nothing", { { NULL } }, { SETUP_RULE_STATE_ABSENT } },
  { "same", { { ETC OURS, WRITTEN } }, SAME (.covers_all = FALSE) },
  { "for-all", { { ETC OURS, WRITTEN_FOR_ALL } }, SAME (.covers_all = TRUE) },
  { "for-group", { { ETC OURS, WRITTEN_FOR_GROUP } }, SAME (.for_group = TRUE) },
  { "packaged",
    { { USR OURS, WRITTEN } },
    { SETUP_RULE_STATE_SAME, (char *) USR OURS, .covers_device = TRUE } },
  { "version-that-is-none",
    { { ETC OURS, "# Bootlace rule 0001\n" } },
    { SETUP_RULE_STATE_FOREIGN, (char *) ETC OURS } },
  { "newer-without-the-board",
    { { ETC OURS, "# Bootlace rule 9999\n" } },
    { SETUP_RULE_STATE_NEWER, (char *) ETC OURS } },
  { "not-ours", { { ETC OURS, "# mine\n" } }, { SETUP_RULE_STATE_FOREIGN, (char *) ETC OURS } },
  { "link-to-null", { { ETC OURS, LINK } }, { SETUP_RULE_STATE_MASKED, (char *) ETC OURS } },
  { "empty", { { ETC OURS, "" } }, { SETUP_RULE_STATE_MASKED, (char *) ETC OURS } },
  { "package-switched-off",
    { { USR OURS, WRITTEN }, { ETC OURS, LINK } },
    { SETUP_RULE_STATE_MASKED, (char *) ETC OURS } },
  { "run-over-package",
    { { USR OURS, WRITTEN }, { RUN OURS, "# mine\n" } },
    { SETUP_RULE_STATE_FOREIGN, (char *) RUN OURS } },
  { "etc-over-run", { { ETC OURS, WRITTEN }, { RUN OURS, LINK } }, SAME (.covers_all = FALSE) },
  { "undone",
    { { ETC OURS, WRITTEN }, { ETC "99-strict.rules", TAKES } },
    SAME (.undone_by = (char *) ETC "99-strict.rules") },
  { "taken-before",
    { { ETC OURS, WRITTEN }, { ETC "10-strict.rules", TAKES } },
    SAME (.covers_all = FALSE) },
  { "taken-from-another",
    { { ETC OURS, WRITTEN },
      { ETC "99-strict.rules", "ATTR{idVendor}==\"0483\", TAG-=\"uaccess\"\n" } },
    SAME (.covers_all = FALSE) },
  { "undone-and-switched-off",
    { { ETC OURS, WRITTEN }, { USR "99-strict.rules", TAKES }, { RUN "99-strict.rules", "" } },
    SAME (.covers_all = FALSE) },
  { "espressif",
    { { ETC "40-dfuse.rules", ESPRESSIF } },
    { SETUP_RULE_STATE_ABSENT, .other_path = (char *) ETC "40-dfuse.rules",
      .other_is_open = TRUE } },
  { "espressif-and-ours",
    { { ETC OURS, WRITTEN }, { ETC "40-dfuse.rules", ESPRESSIF } },
    SAME (.other_path = (char *) ETC "40-dfuse.rules", .other_is_open = TRUE) },
  { "on-two-lines",
    { { USR "60-esp.rules", "# Boards\nATTR{idVendor}==\"303a\", \\\n  MODE=\"0660\"\n" } },
    { SETUP_RULE_STATE_ABSENT, .other_path = (char *) USR "60-esp.rules" } },
  { "of-another-device",
    { { USR "60-dfu-util.rules", "ATTRS{idVendor}==\"0483\", MODE=\"0666\"\n" } },
    { SETUP_RULE_STATE_ABSENT } },
  { "in-a-block-of-another",
    { { USR "60-probe.rules", "SUBSYSTEM!=\"usb\", GOTO=\"end\"\n"
                              "ATTR{idVendor}!=\"0483\", GOTO=\"end\"\n"
                              "ATTR{idProduct}==\"0002\", MODE=\"0666\"\n"
                              "LABEL=\"end\"\n" } },
    { SETUP_RULE_STATE_ABSENT } },
  { "in-a-block-of-its-own",
    { { USR "60-esp.rules", "SUBSYSTEM!=\"usb\", GOTO=\"end\"\n"
                            "ATTR{idVendor}!=\"303a\", GOTO=\"end\"\n"
                            "MODE=\"0666\"\n"
                            "LABEL=\"end\"\n" } },
    { SETUP_RULE_STATE_ABSENT, .other_path = (char *) USR "60-esp.rules", .other_is_open = TRUE } },
  { "undone-for-all",
    { { ETC OURS, WRITTEN },
      { ETC "99-strict.rules", "SUBSYSTEM!=\"usb\", GOTO=\"end\"\n"
                               "TAG-=\"uaccess\"\n"
                               "LABEL=\"end\"\n" } },
    SAME (.undone_by = (char *) ETC "99-strict.rules") },
  { "undone-for-disks",
    { { ETC OURS, WRITTEN },
      { ETC "99-strict.rules", "SUBSYSTEM!=\"block\", GOTO=\"end\"\n"
                               "TAG-=\"uaccess\"\n"
                               "LABEL=\"end\"\n" } },
    SAME (.covers_all = FALSE) },
  { "undone-for-some",
    { { ETC OURS, WRITTEN },
      { ETC "99-strict.rules", "ENV{ID_INPUT}!=\"1\", GOTO=\"end\"\n"
                               "TAG-=\"uaccess\"\n"
                               "LABEL=\"end\"\n" } },
    SAME (.covers_all = FALSE) },
  { "not-a-rule", { { ETC "40-dfuse.rules.old", ESPRESSIF } }, { SETUP_RULE_STATE_ABSENT } },
  { "no-utf-8", { { ETC "40-dfuse.rules", "\xff" ESPRESSIF } }, { SETUP_RULE_STATE_ABSENT } },
};

static char *
make_text (const char *text)
{
  guint flags = 0;
  char *written = NULL;
  char *copy = NULL;

  if (!g_str_has_prefix (text, WRITTEN))
    return g_strdup (text);

  if (g_str_equal (text, WRITTEN_FOR_ALL))
    flags = SETUP_RULE_ALL_DEVICES;
  if (g_str_equal (text, WRITTEN_FOR_GROUP))
    flags = SETUP_RULE_GROUP;

  written = setup_rule_text_new (flags);
  copy = g_strdup (written);
  free (written);

  return copy;
}

static void
make_file (const char *root, const char *path, const char *text)
{
  g_autofree char *content = make_text (text);

  if (g_str_equal (text, LINK))
    test_tree_link (root, path, "/dev/null");
  else
    test_tree_write (root, path, content);
}

static void
test_search (gconstpointer data)
{
  const Case *c = data;
  char *root = test_tree_new ();
  g_auto (SetupRuleFacts) facts = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (c->files) && c->files[i].path != NULL; i++)
    make_file (root, c->files[i].path, c->files[i].text);

  setup_rule_search (&facts, root, 0x303a, 0x0002);

  g_assert_cmpint (facts.state, ==, c->expected.state);
  g_assert_cmpstr (facts.path, ==, c->expected.path);
  g_assert_cmpint (facts.covers_all, ==, c->expected.covers_all);
  g_assert_cmpint (facts.covers_device, ==, c->expected.covers_device);
  g_assert_cmpint (facts.for_group, ==, c->expected.for_group);
  g_assert_cmpstr (facts.undone_by, ==, c->expected.undone_by);
  g_assert_cmpstr (facts.other_path, ==, c->expected.other_path);
  g_assert_cmpint (facts.other_is_open, ==, c->expected.other_is_open);

  test_tree_free (root);
}

/* A board that no version has known. */
static void
test_unknown_board (void)
{
  char *root = test_tree_new ();
  g_auto (SetupRuleFacts) facts = { 0 };

  make_file (root, ETC OURS, WRITTEN);
  setup_rule_search (&facts, root, 0x1209, 0x0001);

  g_assert_cmpint (facts.state, ==, SETUP_RULE_STATE_SAME);
  g_assert_false (facts.covers_device);

  test_tree_free (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/setup/rule-search/%s", cases[i].name);

    g_test_add_data_func (path, &cases[i], test_search);
  }
  g_test_add_func ("/setup/rule-search/unknown-board", test_unknown_board);

  return g_test_run ();
}

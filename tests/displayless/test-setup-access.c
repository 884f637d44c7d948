/* test-setup-access.c: every reason for which a board can be used, or cannot
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-access.h"

#include "setup-helper.h"
#include "test-verdict.h"

#define STATE(name) SETUP_STATE_##name
#define ACTION(name) SETUP_ACTION_##name
#define CAUSE(name) SETUP_ACCESS_CAUSE_##name

/* What is as it should be: a board that udev knows, whose node is there; a person who sits at the
 * computer; all that a click needs. */
#define UNKNOWN .connected = TRUE, .has_helper = TRUE, .has_polkit = TRUE
#define TOOLS UNKNOWN, .known = TRUE
#define NODE_AND(...) .node = { (char *) "/dev/bus/usb/001/004", .udev_runs = TRUE, __VA_ARGS__ }
#define NODE NODE_AND (0)
#define SEATED .person = { 1000, (char *) "ada", .logind = TRUE, .seated = TRUE }
#define NO_LOGIND(...) .person = { 1000, (char *) "ada", .group = 46, __VA_ARGS__ }
#define PATH (char *) "/etc/udev/rules.d/70-bootlace.rules"
#define RULE(name, ...) .rule = { SETUP_RULE_STATE_##name, PATH, __VA_ARGS__ }
#define GOOD_RULE(...) RULE (SAME, .covers_device = TRUE, __VA_ARGS__)
#define OTHER .other_path = (char *) "/etc/udev/rules.d/40-dfuse.rules"

typedef struct {
  const char *name;
  SetupAccessFacts facts;
  SetupAccessCause cause;
  SetupState state;
  SetupAction action;
  const char *words;
  const char *command;
} Case;

#define MAKE_FOLDER "sudo mkdir -p /etc/udev/rules.d && "
#define HELPER "sudo " SETUP_HELPER_PATH " "
#define INSTALL HELPER SETUP_HELPER_VERB_INSTALL
#define INSTALL_ALL HELPER SETUP_HELPER_VERB_INSTALL_ALL
#define REMOVE HELPER SETUP_HELPER_VERB_REMOVE
#define MOVE "sudo mv /etc/udev/rules.d/70-bootlace.rules /etc/udev/rules.d/70-bootlace.rules.old"

static const Case cases[] = {
  { "no-board", { 0 }, CAUSE (NO_BOARD), STATE (SKIPPED), ACTION (NONE), "bootloader", NULL },
  { "open",
    { TOOLS, .accessible = TRUE, NODE, SEATED, GOOD_RULE () },
    CAUSE (OPEN),
    STATE (GOOD),
    ACTION (NONE),
    "You may use",
    NULL },
  { "open-without-any-rule",
    { TOOLS, .accessible = TRUE },
    CAUSE (OPEN),
    STATE (GOOD),
    ACTION (NONE),
    "You may use",
    NULL },
  { "open-by-older",
    { TOOLS, .accessible = TRUE, NODE, SEATED, RULE (OLDER) },
    CAUSE (OPEN_BY_OLDER),
    STATE (GOOD),
    ACTION (RENEW_RULE),
    "older",
    INSTALL },
  { "open-to-all",
    { TOOLS, .accessible = TRUE, NODE, SEATED,
      .rule = { SETUP_RULE_STATE_ABSENT, OTHER, .other_is_open = TRUE } },
    CAUSE (OPEN_TO_ALL),
    STATE (GOOD),
    ACTION (NONE),
    "40-dfuse.rules lets everybody",
    NULL },
  { "open-to-all-beside-ours",
    { TOOLS, .accessible = TRUE, NODE, SEATED, GOOD_RULE (OTHER, .other_is_open = TRUE) },
    CAUSE (OPEN_TO_ALL),
    STATE (GOOD),
    ACTION (NONE),
    "40-dfuse.rules lets everybody",
    NULL },
  { "open-by-another",
    { TOOLS, .accessible = TRUE, NODE, SEATED, .rule = { SETUP_RULE_STATE_ABSENT, OTHER } },
    CAUSE (OPEN),
    STATE (GOOD),
    ACTION (NONE),
    "You may use",
    NULL },
  { "sandbox",
    { TOOLS, NODE, SEATED, .sandboxed = TRUE },
    CAUSE (SANDBOX),
    STATE (BAD),
    ACTION (COPY_COMMAND),
    "sandbox",
    MAKE_FOLDER "flatpak run --command=bootlace-cli dev.bootlace.Bootlace rule | sudo tee " },
  { "sandbox-unknown",
    { UNKNOWN, NODE, SEATED, .sandboxed = TRUE },
    CAUSE (SANDBOX_UNKNOWN),
    STATE (BAD),
    ACTION (COPY_COMMAND),
    "any such device",
    MAKE_FOLDER "flatpak run --command=bootlace-cli dev.bootlace.Bootlace rule --all | sudo tee " },
  { "no-udev",
    { TOOLS, .node = { (char *) "/dev/bus/usb/001/004" }, SEATED },
    CAUSE (NO_UDEV),
    STATE (BAD),
    ACTION (NONE),
    "No udev",
    NULL },
  { "remote",
    { TOOLS, NODE, .person = { 1000, .logind = TRUE } },
    CAUSE (NOT_SEATED),
    STATE (BAD),
    ACTION (NONE),
    "session",
    NULL },
  { "absent",
    { TOOLS, NODE, SEATED },
    CAUSE (RULE_ABSENT),
    STATE (BAD),
    ACTION (INSTALL_RULE),
    "can install",
    INSTALL },
  { "absent-and-another",
    { TOOLS, NODE, SEATED, .rule = { SETUP_RULE_STATE_ABSENT, OTHER } },
    CAUSE (RULE_ABSENT),
    STATE (BAD),
    ACTION (INSTALL_RULE),
    "40-dfuse.rules",
    INSTALL },
  { "absent-without-polkit",
    { .connected = TRUE, .known = TRUE, .has_helper = TRUE, NODE, SEATED },
    CAUSE (RULE_ABSENT),
    STATE (BAD),
    ACTION (COPY_COMMAND),
    "command in a terminal",
    INSTALL },
  { "absent-without-helper",
    { .connected = TRUE, .known = TRUE, .has_polkit = TRUE, NODE, SEATED },
    CAUSE (RULE_ABSENT),
    STATE (BAD),
    ACTION (COPY_COMMAND),
    "command in a terminal",
    MAKE_FOLDER "sudo tee /etc/udev/rules.d/70-bootlace.rules " },
  { "absent-not-installed",
    { .connected = TRUE,
      .known = TRUE,
      NODE,
      SEATED,
      .printer = (char *) "/my build/bootlace-cli" },
    CAUSE (RULE_ABSENT),
    STATE (BAD),
    ACTION (COPY_COMMAND),
    "command in a terminal",
    MAKE_FOLDER "'/my build/bootlace-cli' rule | sudo tee /etc/udev/rules.d/70-bootlace.rules " },
  { "absent-not-installed-without-logind",
    { .connected = TRUE, .known = TRUE, NODE, NO_LOGIND (0), .printer = (char *) "/bootlace-cli" },
    CAUSE (RULE_ABSENT),
    STATE (BAD),
    ACTION (COPY_COMMAND),
    "command in a terminal",
    MAKE_FOLDER "/bootlace-cli rule --group | sudo tee " },
  { "absent-without-logind",
    { TOOLS, NODE, NO_LOGIND () },
    CAUSE (RULE_ABSENT),
    STATE (BAD),
    ACTION (INSTALL_RULE),
    "can install",
    INSTALL },
  { "older",
    { TOOLS, NODE, SEATED, RULE (OLDER, .covers_device = TRUE) },
    CAUSE (RULE_OLDER),
    STATE (BAD),
    ACTION (RENEW_RULE),
    "older",
    INSTALL },
  { "older-for-all",
    { TOOLS, NODE, SEATED, RULE (OLDER, .covers_all = TRUE) },
    CAUSE (RULE_OLDER),
    STATE (BAD),
    ACTION (RENEW_RULE),
    "older",
    INSTALL_ALL },
  { "older-and-unknown",
    { UNKNOWN, NODE, SEATED, RULE (OLDER) },
    CAUSE (NOT_COVERED),
    STATE (BAD),
    ACTION (INSTALL_RULE_FOR_ALL),
    "any such device",
    INSTALL_ALL },
  { "older-for-all-and-unknown",
    { UNKNOWN, NODE, SEATED, RULE (OLDER, .covers_all = TRUE) },
    CAUSE (RULE_OLDER),
    STATE (BAD),
    ACTION (RENEW_RULE),
    "older",
    INSTALL_ALL },
  { "absent-and-unknown",
    { UNKNOWN, NODE, SEATED },
    CAUSE (RULE_ABSENT_UNKNOWN),
    STATE (BAD),
    ACTION (INSTALL_RULE_FOR_ALL),
    "any such device",
    INSTALL_ALL },
  { "absent-and-unknown-not-installed",
    { .connected = TRUE, NODE, SEATED, .printer = (char *) "/bootlace-cli" },
    CAUSE (RULE_ABSENT_UNKNOWN),
    STATE (BAD),
    ACTION (COPY_COMMAND),
    "any such device",
    MAKE_FOLDER "/bootlace-cli rule --all | sudo tee " },
  { "foreign",
    { TOOLS, NODE, SEATED, RULE (FOREIGN) },
    CAUSE (RULE_FOREIGN),
    STATE (BAD),
    ACTION (COPY_COMMAND),
    "leaves the file /etc",
    MOVE },
  { "masked",
    { TOOLS, NODE, SEATED, RULE (MASKED) },
    CAUSE (RULE_MASKED),
    STATE (BAD),
    ACTION (COPY_COMMAND),
    "switched off",
    MOVE },
  { "not-covered",
    { TOOLS, NODE, SEATED, RULE (SAME) },
    CAUSE (NOT_COVERED),
    STATE (BAD),
    ACTION (INSTALL_RULE_FOR_ALL),
    "any such device",
    INSTALL_ALL },
  { "not-covered-by-newer",
    { TOOLS, NODE, SEATED, RULE (NEWER) },
    CAUSE (RULE_NEWER),
    STATE (BAD),
    ACTION (NONE),
    "left alone",
    NULL },
  { "newer-without-group",
    { TOOLS, NODE, NO_LOGIND (.group_exists = TRUE), RULE (NEWER, .covers_all = TRUE) },
    CAUSE (RULE_NEWER),
    STATE (BAD),
    ACTION (NONE),
    "left alone",
    NULL },
  { "newer-and-group-missing",
    { TOOLS, NODE, NO_LOGIND (), RULE (NEWER, .covers_all = TRUE, .for_group = TRUE) },
    CAUSE (GROUP_MISSING),
    STATE (BAD),
    ACTION (COPY_COMMAND),
    "does not exist",
    "sudo groupadd --system plugdev && sudo usermod -aG plugdev ada && sudo udevadm" },
  { "undone",
    { TOOLS, NODE, SEATED, GOOD_RULE (.undone_by = (char *) "/etc/udev/rules.d/99-a.rules") },
    CAUSE (UNDONE),
    STATE (BAD),
    ACTION (NONE),
    "99-a.rules is read after",
    NULL },
  { "not-applied",
    { TOOLS, NODE, SEATED, GOOD_RULE () },
    CAUSE (NOT_APPLIED),
    STATE (BAD),
    ACTION (APPLY_RULE),
    "not reached",
    "sudo udevadm control" },
  { "not-applied-for-all",
    { TOOLS, NODE, SEATED, RULE (SAME, .covers_all = TRUE) },
    CAUSE (NOT_APPLIED),
    STATE (BAD),
    ACTION (APPLY_RULE),
    "not reached",
    "sudo udevadm control" },
  { "not-applied-by-newer",
    { TOOLS, NODE, SEATED, RULE (NEWER, .covers_device = TRUE) },
    CAUSE (NOT_APPLIED),
    STATE (BAD),
    ACTION (COPY_COMMAND),
    "not reached",
    "sudo udevadm" },
  { "listed-without-tag",
    { TOOLS, NODE_AND (.is_listed = TRUE, .mode = 0600), SEATED, GOOD_RULE () },
    CAUSE (NOT_APPLIED),
    STATE (BAD),
    ACTION (APPLY_RULE),
    "not reached",
    "sudo udevadm" },
  { "tagged-for-somebody-else",
    { TOOLS, NODE_AND (.tagged = TRUE), SEATED, GOOD_RULE () },
    CAUSE (NOT_APPLIED),
    STATE (BAD),
    ACTION (APPLY_RULE),
    "not reached",
    "sudo udevadm" },
  { "unexplained",
    { TOOLS, NODE_AND (.tagged = TRUE, .is_listed = TRUE, .mode = 0600), SEATED, GOOD_RULE () },
    CAUSE (UNEXPLAINED),
    STATE (BAD),
    ACTION (CHECK_AGAIN),
    "permissions 0600",
    NULL },
  { "group-missing",
    { TOOLS, NODE, NO_LOGIND (), GOOD_RULE () },
    CAUSE (GROUP_MISSING),
    STATE (BAD),
    ACTION (COPY_COMMAND),
    "does not exist",
    "sudo groupadd --system plugdev && sudo usermod -aG plugdev ada && " INSTALL },
  { "rule-without-group",
    { TOOLS, NODE, NO_LOGIND (.group_exists = TRUE), GOOD_RULE () },
    CAUSE (RULE_WITHOUT_GROUP),
    STATE (BAD),
    ACTION (RENEW_RULE),
    "plugdev",
    INSTALL },
  { "not-in-group",
    { TOOLS, NODE, NO_LOGIND (.group_exists = TRUE), GOOD_RULE (.for_group = TRUE) },
    CAUSE (NOT_IN_GROUP),
    STATE (BAD),
    ACTION (COPY_COMMAND),
    "adds you",
    "sudo usermod -aG plugdev ada" },
  { "group-later",
    { TOOLS, NODE, NO_LOGIND (.group_exists = TRUE, .listed_in_group = TRUE),
      GOOD_RULE (.for_group = TRUE) },
    CAUSE (GROUP_LATER),
    STATE (BAD),
    ACTION (NONE),
    "next login",
    NULL },
  { "group-not-applied",
    { TOOLS, NODE, NO_LOGIND (.group_exists = TRUE, .in_group = TRUE),
      GOOD_RULE (.for_group = TRUE) },
    CAUSE (NOT_APPLIED),
    STATE (BAD),
    ACTION (APPLY_RULE),
    "not reached",
    "sudo udevadm" },
  { "group-unexplained",
    { TOOLS, NODE_AND (.group = 46, .mode = 0640),
      NO_LOGIND (.group_exists = TRUE, .in_group = TRUE), GOOD_RULE (.for_group = TRUE) },
    CAUSE (UNEXPLAINED),
    STATE (BAD),
    ACTION (CHECK_AGAIN),
    "group 46",
    NULL },
};

/* A command that prints the rule is known by how it begins; one that calls the helper, which has
 * verbs that begin alike, by all of it. */
static gboolean
is_command (const char *command, const char *expected)
{
  return g_str_has_prefix (expected, HELPER) ? g_str_equal (command, expected)
                                             : g_str_has_prefix (command, expected);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (SetupVerdict) verdict = setup_access_decide (&c->facts);

  g_assert_cmpint (setup_access_find_cause (&c->facts), ==, c->cause);
  test_assert_verdict (verdict, c->state, c->action, c->words, c->command);
  g_assert_true (c->command == NULL || is_command (verdict->command, c->command));
}

typedef struct {
  const char *name;
  SetupAccessFacts facts;
  gboolean can_install;
  const char *wide;   /* what the command begins with, or NULL for none */
  const char *remove; /* the same */
} Choice;

#define FLATPAK_ALL                                                                                \
  "flatpak run --command=bootlace-cli dev.bootlace.Bootlace rule --all | sudo tee "
#define SAFE_REMOVE "grep -q '^# Bootlace rule ' /etc/udev/rules.d/70-bootlace.rules && sudo rm /"

/* A sandbox has a helper of its own, which is of no use, and does not see whether there is a rule.
 * Elsewhere what can be taken away is ours, of whatever age, and in the folder for that. */
static const Choice choices[] = {
  { "desktop", { TOOLS, SEATED }, TRUE, INSTALL_ALL, NULL },
  { "desktop-with-ours", { TOOLS, SEATED, RULE (SAME) }, TRUE, INSTALL_ALL, REMOVE },
  { "packaged",
    { TOOLS, SEATED,
      .rule = { SETUP_RULE_STATE_SAME, (char *) "/usr/lib/udev/rules.d/70-bootlace.rules" } },
    TRUE,
    INSTALL_ALL,
    NULL },
  { "sandbox", { TOOLS, .sandboxed = TRUE }, FALSE, MAKE_FOLDER FLATPAK_ALL, SAFE_REMOVE },
  { "without-polkit", { .has_helper = TRUE, SEATED }, FALSE, INSTALL_ALL, NULL },
  { "without-polkit-with-ours",
    { .has_helper = TRUE, SEATED, RULE (SAME) },
    FALSE,
    INSTALL_ALL,
    REMOVE },
  { "without-helper",
    { .has_polkit = TRUE, .printer = (char *) "/bootlace-cli", SEATED },
    FALSE,
    MAKE_FOLDER "/bootlace-cli rule --all | sudo tee ",
    NULL },
  { "without-logind",
    { .printer = (char *) "/bootlace-cli", NO_LOGIND () },
    FALSE,
    MAKE_FOLDER "/bootlace-cli rule --all --group | sudo tee ",
    NULL },
  { "older", { SEATED, RULE (OLDER) }, FALSE, MAKE_FOLDER, SAFE_REMOVE },
  { "newer", { SEATED, RULE (NEWER) }, FALSE, NULL, SAFE_REMOVE },
  { "foreign", { SEATED, RULE (FOREIGN) }, FALSE, NULL, NULL },
  { "masked", { SEATED, RULE (MASKED) }, FALSE, NULL, NULL },
};

static void
test_choice (gconstpointer data)
{
  const Choice *c = data;
  g_autofree char *wide = setup_access_dup_wide_command (&c->facts);
  g_autofree char *remove = setup_access_dup_remove_command (&c->facts);

  g_assert_cmpint (setup_access_can_install (&c->facts), ==, c->can_install);
  g_assert_cmpint (wide != NULL, ==, c->wide != NULL);
  g_assert_true (wide == NULL || is_command (wide, c->wide));
  g_assert_cmpint (remove != NULL, ==, c->remove != NULL);
  g_assert_true (remove == NULL || is_command (remove, c->remove));
}

static void
test_all_causes (void)
{
  for (int cause = 0; cause <= SETUP_ACCESS_CAUSE_UNEXPLAINED; cause++) {
    gboolean found = FALSE;

    for (gsize i = 0; i < G_N_ELEMENTS (cases) && !found; i++)
      found = (int) cases[i].cause == cause;
    g_assert_true (found);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/setup/access/%s", cases[i].name);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++) {
    g_autofree char *path = g_strdup_printf ("/setup/access/choices/%s", choices[i].name);

    g_test_add_data_func (path, &choices[i], test_choice);
  }
  g_test_add_func ("/setup/access/all-causes", test_all_causes);

  return g_test_run ();
}

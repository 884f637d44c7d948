/* test-window-setup.c: the setup assistant's window, from "No access" to Ready
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include "virtual-bus-client.h"

#include "bootlace-boot-guide.h"
#include "bootlace-check-row.h"
#include "bootlace-command-text.h"
#include "bootlace-fold.h"
#include "bootlace-rule-guide.h"
#include "bootlace-setup-look.h"
#include "bootlace-setup-window.h"
#include "bootlace-setup-work.h"
#include "setup-sign.h"

#include <string.h>

#define BOARD "esp32s2@1-10"
#define ACCESS "May you use it?"

static GtkWidget *
find_setup (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  GtkWidget *setup = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++) {
    g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

    if (!BOOTLACE_IS_SETUP_WINDOW (toplevel))
      continue;
    g_assert_null (setup);
    setup = toplevel;
  }

  return setup;
}

static gboolean
has_no_setup (gpointer data)
{
  return find_setup () == NULL;
}

static GtkWidget *
open_setup (WindowFixture *self)
{
  window_fixture_activate (self, "win.setup");

  return find_setup ();
}

static void
click (GtkWidget *widget, const char *label)
{
  GtkWidget *button = window_fixture_find_button (widget, label);

  if (button == NULL)
    g_error ("There is no button “%s”", label);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* The question with an id. */
static GtkWidget *
find_row (GtkWidget *widget, const char *id)
{
  if (BOOTLACE_IS_CHECK_ROW (widget) &&
      g_str_equal (setup_check_get_id (bootlace_check_row_get_check (BOOTLACE_CHECK_ROW (widget))),
                   id))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_row (child, id);

    if (found != NULL)
      return found;
  }

  return NULL;
}

static GtkWidget *
find_action_button (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
      gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)) != NULL)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_action_button (child);

    if (found != NULL)
      return found;
  }

  return NULL;
}

static gboolean
has_action_button (gpointer data)
{
  return find_action_button (data) != NULL;
}

static gboolean
is_open (GtkWidget *row)
{
  return bootlace_fold_is_open (BOOTLACE_FOLD (window_fixture_find (row, BOOTLACE_TYPE_FOLD)));
}

static void
test_no_board (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *setup;

  window_fixture_wait_for_text (GTK_WIDGET (self->window), "The assistant finds out why");
  click (GTK_WIDGET (self->window), "Open Setup Assistant");
  setup = find_setup ();
  window_fixture_wait_for_text (setup, "It is your turn");
  window_fixture_wait_for_text (setup, "No board is connected.");
  g_assert_true (is_open (find_row (setup, "board")));
  g_assert_null (window_fixture_find_button (setup, "Back to Flashing"));

  /* One window is enough. */
  g_assert_true (open_setup (self) == setup);
}

/* GTK before 4.14 tells by the description; later ones do not let themselves be overheard. */
static gboolean
is_told_ready (gpointer data)
{
#if GTK_CHECK_VERSION(4, 14, 0)
  return TRUE;
#else
  g_autofree char *wrong =
    gtk_test_accessible_check_property (data, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                        "Ready. Nothing stands between you and your board. Go back "
                                        "and flash it.");

  return wrong == NULL;
#endif
}

static void
test_no_access (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *row, *setup, *access;

  virtual_bus_tell ("plug " BOARD);
  virtual_bus_tell ("deny-access 1-10");
  row = window_fixture_wait_for_row (self, "1-10");
  window_fixture_wait_for_text (row, "No access");
  click (row, "Fix…");

  setup = find_setup ();
  g_assert_nonnull (setup);
  window_fixture_wait_for_text (setup, "1 thing is in the way");
  access = find_row (setup, "access");
  window_fixture_wait_for_text (access, "In the way");
  g_assert_true (is_open (access));
  g_assert_false (is_open (find_row (setup, "board")));
  gtk_test_accessible_assert_role (gtk_widget_get_first_child (
                                     window_fixture_find (access, BOOTLACE_TYPE_FOLD)),
                                   GTK_ACCESSIBLE_ROLE_BUTTON);

  g_assert_true (gtk_widget_activate_action (setup, "setup.copy-command", "s", "lsusb"));
  window_fixture_wait_for_text (setup, "Copied. Paste it into a terminal");

  virtual_bus_tell ("allow-access 1-10");
  window_fixture_wait_for_text (setup, "Ready");
  window_fixture_wait_for_text (access, "Good");
  window_fixture_wait_for_no_text (setup, "Copied.");
  g_assert_false (is_open (access));
  g_assert_null (window_fixture_find_button (row, "Fix…"));
  window_fixture_wait (is_told_ready, setup, "somebody to be told");

  click (setup, "Back to Flashing");
  window_fixture_wait (has_no_setup, NULL, "the assistant to go");

  virtual_bus_tell ("unplug 1-10");
}

static gboolean
has_focus (gpointer data)
{
  return gtk_window_get_focus (data) != NULL;
}

/* Whoever pressed a button that has gone must not have to begin at the top of the window. */
static void
test_focus_stays (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *setup = open_setup (self);
  GtkWidget *row = find_row (setup, "board");
  GtkWidget *button;

  window_fixture_wait (has_action_button, row, "something to press");
  button = find_action_button (row);
  g_assert_true (gtk_widget_grab_focus (button));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (setup)) == button);

  virtual_bus_tell ("plug " BOARD);
  window_fixture_wait_for_text (setup, "Ready");
  window_fixture_wait (has_focus, setup, "the focus");
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (setup)), row));

  virtual_bus_tell ("unplug 1-10");
}

static GtkWidget *
find_fold (GtkWidget *widget, const char *label)
{
  g_autofree char *own = NULL;

  if (BOOTLACE_IS_FOLD (widget)) {
    g_object_get (widget, "label", &own, NULL);
    if (g_strcmp0 (own, label) == 0)
      return widget;
  }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_fold (child, label);

    if (found != NULL)
      return found;
  }

  return NULL;
}

/* What was pressed is insensitive while it is done. */
static void
test_focus_survives_work (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *setup = open_setup (self);
  GtkWidget *fold = find_fold (setup, "Access rule");
  GtkWidget *button;

  window_fixture_wait_for_text (setup, "It is your turn");
  bootlace_fold_set_open (BOOTLACE_FOLD (fold), TRUE);
  window_fixture_wait_for_text (fold, "Save Rule…");
  button = window_fixture_find_button (fold, "Save Rule…");
  g_assert_true (gtk_widget_grab_focus (button));

  gtk_widget_action_set_enabled (setup, "setup.save-rule", FALSE);
  g_assert_false (gtk_widget_is_sensitive (button));
  window_fixture_wait (has_focus, setup, "the focus");
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (setup)), fold));
}

static void
assert_copied (GtkWidget *setup, const char *text)
{
  GdkContentProvider *content = gdk_clipboard_get_content (gtk_widget_get_clipboard (setup));
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (content, &value, NULL));
  g_assert_cmpstr (g_value_get_string (&value), ==, text);
}

static void
test_copy (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *setup = open_setup (self);

  g_assert_true (gtk_widget_activate_action (setup, "setup.copy-command", "s", "lsusb"));
  window_fixture_wait_for_text (setup, "Copied. Paste it into a terminal");
  assert_copied (setup, "lsusb");

  g_assert_true (gtk_widget_activate_action (setup, "setup.hide-message", NULL));
  window_fixture_wait_for_no_text (setup, "Copied.");
}

/* What no check can see is there to be read about, in the words of the table. */
static void
test_pages (void)
{
  static const struct {
    const char *fold;
    SetupSign sign;
  } pages[] = {
    { "Bootloader mode", SETUP_SIGN_STAYS_AFTER_RESET },
    { "Cable and wiring", SETUP_SIGN_CHARGE_ONLY_CABLE },
    { "When DFU cannot work", SETUP_SIGN_OLD_ESP32_S3 },
    { "Messages of dfu-util", SETUP_SIGN_DFU_UTIL_MISSING },
  };
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *setup = open_setup (self);

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    const SetupSymptom *symptom = setup_sign_get_symptom (pages[i].sign);

    bootlace_fold_set_open (BOOTLACE_FOLD (find_fold (setup, pages[i].fold)), TRUE);
    window_fixture_wait_for_text (setup, symptom->summary);
    window_fixture_wait_for_text (setup, symptom->cause);
    window_fixture_wait_for_text (setup, symptom->advice);
  }
}

static gboolean
is_active (gpointer data)
{
  return gtk_window_is_active (GTK_WINDOW (data));
}

/* Once nothing makes it look around any more. */
static GtkWidget *
open_rule_guide (GtkWidget *setup)
{
  window_fixture_wait (is_active, setup, "the window to have the focus");
  bootlace_fold_set_open (BOOTLACE_FOLD (find_fold (setup, "Access rule")), TRUE);
  window_fixture_wait_for_text (setup, "The file, for somebody else to install.");

  return window_fixture_find (setup, BOOTLACE_TYPE_RULE_GUIDE);
}

#define OURS .rule = { SETUP_RULE_STATE_OLDER, (char *) "/etc/udev/rules.d/70-bootlace.rules" }

/* Where a click can do it, it is asked to; the command is there all the same. */
static void
test_rule_by_click (void)
{
  static const SetupAccessFacts facts = { .has_helper = TRUE, .has_polkit = TRUE, OURS };
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *guide = open_rule_guide (open_setup (self));

  bootlace_rule_guide_set_facts (BOOTLACE_RULE_GUIDE (guide), &facts);
  window_fixture_wait_for_text (guide, "a helper writes that one file");
  window_fixture_wait_for_text (guide, "/bootlace-setup-helper install-all");
  window_fixture_wait_for_text (guide, "/bootlace-setup-helper remove");
  window_fixture_wait_for_no_text (guide, "Here only a command");
  g_assert_nonnull (window_fixture_find_button (guide, "Allow All DFU Devices…"));
  g_assert_nonnull (window_fixture_find_button (guide, "Remove Rule…"));
  g_assert_null (window_fixture_find_button (guide, "Copy Command"));
}

/* What is not there cannot be taken away. */
static void
test_rule_not_there (void)
{
  static const SetupAccessFacts facts = { .has_helper = TRUE, .has_polkit = TRUE };
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *guide = open_rule_guide (open_setup (self));

  bootlace_rule_guide_set_facts (BOOTLACE_RULE_GUIDE (guide), &facts);
  window_fixture_wait_for_no_text (guide, "Take the file away again.");
  g_assert_nonnull (window_fixture_find_button (guide, "Allow All DFU Devices…"));
  g_assert_null (window_fixture_find_button (guide, "Remove Rule…"));
}

/* What a click installed can be taken away at once, and so can what a command did meanwhile. */
static void
test_rule_follows (gconstpointer data)
{
  const char *property = data;
  const gboolean edge = g_str_equal (property, "active");
  static const SetupAccessFacts with_ours = { OURS };
  static const SetupAccessFacts without = { 0 };
  g_auto (SetupAccessFacts) here = { 0 };
  g_autofree char *remove = NULL;
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *guide = open_rule_guide (open_setup (self));

  setup_access_gather_boardless (&here, "");
  remove = setup_access_dup_remove_command (&here);

  bootlace_rule_guide_set_facts (BOOTLACE_RULE_GUIDE (guide),
                                 remove != NULL ? &without : &with_ours);
  g_object_set (guide, property, !edge, NULL);
  g_object_set (guide, property, edge, NULL);
  if (remove != NULL)
    window_fixture_wait_for_text (guide, remove);
  else
    window_fixture_wait_for_no_text (guide, "Take the file away again.");
}

/* Where it cannot, no button pretends to. */
static void
test_rule_by_command (void)
{
  static const SetupAccessFacts facts = { .sandboxed = TRUE, .has_helper = TRUE };
  g_autofree char *wide = setup_access_dup_wide_command (&facts);
  g_autofree char *remove = setup_access_dup_remove_command (&facts);
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *setup = open_setup (self);
  GtkWidget *guide = open_rule_guide (setup);

  bootlace_rule_guide_set_facts (BOOTLACE_RULE_GUIDE (guide), &facts);
  window_fixture_wait_for_text (guide, "Here only a command in a terminal");
  window_fixture_wait_for_no_text (guide, "a helper writes that one file");
  window_fixture_wait_for_text (guide, wide);
  window_fixture_wait_for_text (guide, remove);
  g_assert_null (window_fixture_find_button (guide, "Allow All DFU Devices…"));
  g_assert_null (window_fixture_find_button (guide, "Remove Rule…"));

  click (guide, "Copy Command");
  assert_copied (setup, wide);
  g_assert_true (gtk_widget_activate_action (guide, "rule.copy-remove", NULL));
  assert_copied (setup, remove);
}

/* A rule that is to be left alone is not written over, and no button says that it would be. */
static void
test_rule_of_somebody_else (void)
{
  static const SetupAccessFacts facts = { .has_helper = TRUE,
                                          .has_polkit = TRUE,
                                          .rule.state = SETUP_RULE_STATE_FOREIGN };
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *guide = open_rule_guide (open_setup (self));

  bootlace_rule_guide_set_facts (BOOTLACE_RULE_GUIDE (guide), &facts);
  window_fixture_wait_for_no_text (guide, "every device that speaks DFU");
  window_fixture_wait_for_no_text (guide, "Take the file away again.");
}

static BootlaceSetupWork *
get_work (GtkWidget *setup)
{
  BootlaceSetupWork *work = NULL;

  g_object_get (setup, "work", &work, NULL);
  g_object_unref (work);

  return work;
}

static void
test_save_rule (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *setup = open_setup (self);
  g_autoptr (GFile) file = window_fixture_get_file ("70-bootlace.rules");
  g_autoptr (GFile) nowhere = window_fixture_get_file ("missing/70-bootlace.rules");
  g_autofree char *text = NULL;

  bootlace_setup_work_save_rule_as (get_work (setup), nowhere);
  window_fixture_wait_for_text (setup, "The folder for this file does not exist.");

  bootlace_setup_work_save_rule_as (get_work (setup), file);
  window_fixture_wait_for_text (setup, "The rule is saved.");
  g_assert_true (g_file_load_contents (file, NULL, &text, NULL, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "# Bootlace rule "));
}

/* The question goes with the window that asks it. */
static void
test_close_while_asking (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *setup = open_setup (self);

  g_assert_true (gtk_widget_activate_action (setup, "setup.save-rule", NULL));
  g_assert_true (gtk_widget_activate_action (setup, "setup.save-rule", NULL));
  gtk_window_close (GTK_WINDOW (setup));
  window_fixture_wait (has_no_setup, NULL, "the assistant to go");
}

/* Wherever a line ends, it does not end between an option's dashes and its name. */
static void
test_command_lines (void)
{
  static const char command[] = "flatpak override --user --device=all x && sudo tee /etc/udev/a-b";
  g_autoptr (GtkWidget) label = g_object_ref_sink (gtk_label_new (NULL));
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (label, command);
  g_autoptr (PangoAttrList) attributes = bootlace_command_text_new_attributes (command);

  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);

  for (int width = 120; width < 600; width += 4) {
    pango_layout_set_width (layout, width * PANGO_SCALE);

    for (GSList *line = pango_layout_get_lines_readonly (layout); line != NULL; line = line->next) {
      const int start = ((PangoLayoutLine *) line->data)->start_index;

      g_assert_true (start < 2 || command[start - 1] != '-' || command[start - 2] != '-');
      g_assert_true (start < 2 || command[start - 1] != '/' || command[start - 2] != ' ');
    }
  }
}

static void
test_bootloader_is_noticed (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *setup, *guide;

  virtual_bus_tell ("plug " BOARD ",mode=app");
  setup = open_setup (self);
  window_fixture_wait_for_text (setup, "It is your turn");
  g_assert_true (gtk_widget_activate_action (setup, "setup.show-bootloader", NULL));
  guide = window_fixture_find (setup, BOOTLACE_TYPE_BOOT_GUIDE);
  window_fixture_wait_for_text (guide, "1. Hold BOOT");

  virtual_bus_tell ("unplug 1-10");
  window_fixture_wait_for_text (guide, "RESET was noticed. Now let go of BOOT.");
  virtual_bus_tell ("plug " BOARD);
  window_fixture_wait_for_text (guide, "It worked");
  window_fixture_wait_for_text (setup, "Ready");

  virtual_bus_tell ("unplug 1-10");
}

/* Something as high as that, from its top, as far as there is room. */
static gboolean
is_in_view (gpointer data)
{
  GtkWidget *window = gtk_widget_get_ancestor (data, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (data, window, &bounds) || bounds.size.height < 100)
    return FALSE;

  return bounds.origin.y >= 0 &&
         (bounds.origin.y + bounds.size.height <= gtk_widget_get_height (window) ||
          bounds.origin.y < 24);
}

/* A click says “Show”, and what it shows is below the end of the window. */
static void
test_what_is_shown_is_in_view (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  GtkWidget *setup = open_setup (self);
  GtkWidget *guide;

  window_fixture_wait_for_text (setup, "It is your turn");
  g_assert_true (gtk_widget_activate_action (setup, "setup.show-bootloader", NULL));
  guide = window_fixture_find (setup, BOOTLACE_TYPE_BOOT_GUIDE);
  window_fixture_wait (is_in_view, gtk_widget_get_ancestor (guide, BOOTLACE_TYPE_FOLD),
                       "the steps to be in view");
}

static void
test_looks (void)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  for (guint state = 0; state <= SETUP_STATE_SKIPPED; state++) {
    g_assert_true (gtk_icon_theme_has_icon (theme, bootlace_setup_state_get_icon (state)));
    g_assert_cmpstr (bootlace_setup_state_get_word (state), !=, "");
  }

  /* What an answer may offer has a button; nothing asks for a rule to be taken away. */
  for (guint action = SETUP_ACTION_CHECK_AGAIN; action <= SETUP_ACTION_SHOW_LIMITS; action++)
    g_assert_true (bootlace_setup_action_get_name (action) != NULL ||
                   action == SETUP_ACTION_REMOVE_RULE);

  for (guint action = 0; action <= SETUP_ACTION_SHOW_LIMITS; action++)
    g_assert_true ((bootlace_setup_action_get_label (action) == NULL) ==
                   (bootlace_setup_action_get_name (action) == NULL));
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  /* Each frame is a drawing that nobody sees, and a slow one where a sanitizer watches. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/window-setup/no-board", test_no_board);
  g_test_add_func ("/window-setup/no-access", test_no_access);
  g_test_add_func ("/window-setup/focus-stays", test_focus_stays);
  g_test_add_func ("/window-setup/focus-survives-work", test_focus_survives_work);
  g_test_add_func ("/window-setup/copy", test_copy);
  g_test_add_func ("/window-setup/pages", test_pages);
  g_test_add_func ("/window-setup/rule-by-click", test_rule_by_click);
  g_test_add_func ("/window-setup/rule-not-there", test_rule_not_there);
  g_test_add_data_func ("/window-setup/rule-follows/click", "busy", test_rule_follows);
  g_test_add_data_func ("/window-setup/rule-follows/command", "active", test_rule_follows);
  g_test_add_func ("/window-setup/rule-by-command", test_rule_by_command);
  g_test_add_func ("/window-setup/rule-of-somebody-else", test_rule_of_somebody_else);
  g_test_add_func ("/window-setup/save-rule", test_save_rule);
  g_test_add_func ("/window-setup/close-while-asking", test_close_while_asking);
  g_test_add_func ("/window-setup/bootloader-is-noticed", test_bootloader_is_noticed);
  g_test_add_func ("/window-setup/what-is-shown-is-in-view", test_what_is_shown_is_in_view);
  g_test_add_func ("/window-setup/command-lines", test_command_lines);
  g_test_add_func ("/window-setup/looks", test_looks);

  return g_test_run ();
}

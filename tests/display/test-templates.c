/* test-templates.c: every .ui file makes a widget, without a warning
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include "bootlace-banner.h"
#include "bootlace-board-menu.h"
#include "bootlace-board-row.h"
#include "bootlace-boards-panel.h"
#include "bootlace-boot-guide.h"
#include "bootlace-bottom-bar.h"
#include "bootlace-driver-guide.h"
#include "bootlace-findings-view.h"
#include "bootlace-firmware-details.h"
#include "bootlace-firmware-panel.h"
#include "bootlace-fold.h"
#include "bootlace-guide.h"
#include "bootlace-question.h"
#include "bootlace-recent-button.h"
#include "bootlace-report-view.h"
#include "bootlace-rule-guide.h"
#include "bootlace-step.h"

#include <string.h>

#define RESOURCES "/dev/bootlace/Bootlace"

static const struct {
  const char *file;
  GType (*get_type) (void);
} templates[] = {
  { "bootlace-banner.ui", bootlace_banner_get_type },
  { "bootlace-board-menu.ui", bootlace_board_menu_get_type },
  { "bootlace-boards-panel.ui", bootlace_boards_panel_get_type },
  { "bootlace-boot-guide.ui", bootlace_boot_guide_get_type },
  { "bootlace-bottom-bar.ui", bootlace_bottom_bar_get_type },
  { "bootlace-driver-guide.ui", bootlace_driver_guide_get_type },
  { "bootlace-findings-view.ui", bootlace_findings_view_get_type },
  { "bootlace-firmware-details.ui", bootlace_firmware_details_get_type },
  { "bootlace-firmware-panel.ui", bootlace_firmware_panel_get_type },
  { "bootlace-fold.ui", bootlace_fold_get_type },
  { "bootlace-recent-button.ui", bootlace_recent_button_get_type },
  { "bootlace-report-view.ui", bootlace_report_view_get_type },
  { "bootlace-rule-guide.ui", bootlace_rule_guide_get_type },
  { "bootlace-step.ui", bootlace_step_get_type },
};

/* Of the guides that do not change. */
static const char *const pages[] = { "dfu-util", "limits", "wiring" };

static void
test_template (gconstpointer data)
{
  GType (*get_type) (void) = data;
  GtkWidget *widget = g_object_ref_sink (g_object_new (get_type (), NULL));

  g_assert_nonnull (gtk_widget_get_first_child (widget));
  g_assert_finalize_object (widget);
}

static void
test_question (void)
{
  GtkWidget *parent = gtk_window_new ();
  GtkWidget *question =
    bootlace_question_new (GTK_WINDOW (parent), "Stop?", "It is in the middle.", "Stop", "Go on");

  gtk_window_present (GTK_WINDOW (question));
  window_fixture_wait_for_text (question, "Stop?");
  window_fixture_wait_for_text (question, "It is in the middle.");
  window_fixture_wait_for_text (question, "Go on");

  g_object_add_weak_pointer (G_OBJECT (question), (gpointer *) &question);
  gtk_window_destroy (GTK_WINDOW (parent));
  g_assert_null (question);
}

/* Windows and rows are made by other tests; the shortcuts by nobody else. */
static void
test_shortcuts (void)
{
  g_autoptr (GtkBuilder) builder =
    gtk_builder_new_from_resource (RESOURCES "/bootlace-shortcuts.ui");
  GObject *shortcuts = gtk_builder_get_object (builder, "shortcuts");

  g_assert_true (GTK_IS_SHORTCUTS_WINDOW (shortcuts));
  gtk_window_destroy (GTK_WINDOW (shortcuts));
}

static gboolean
is_page (const char *file, const char *page)
{
  g_autofree char *name = g_strdup_printf ("bootlace-guide-%s.ui", page);

  return g_str_equal (file, name);
}

static void
test_guides (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    GtkWidget *guide =
      g_object_ref_sink (g_object_new (BOOTLACE_TYPE_GUIDE, "page", pages[i], NULL));

    g_assert_nonnull (gtk_widget_get_first_child (guide));
    g_assert_finalize_object (guide);
  }
}

/* A template that somebody adds must be tried here or in a test of its own. */
static void
test_all_known (void)
{
  static const char *const elsewhere[] = {
    "bootlace-board-row.ui",    "bootlace-bystander-row.ui",
    "bootlace-check-row.ui",    "bootlace-preferences.ui",
    "bootlace-question.ui",     "bootlace-raw-dialog.ui",
    "bootlace-setup-window.ui", "bootlace-shortcuts.ui",
    "bootlace-window.ui",       NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names =
    g_resources_enumerate_children (RESOURCES, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  g_assert_no_error (error);

  for (guint i = 0; names[i] != NULL; i++) {
    gboolean known = !g_str_has_suffix (names[i], ".ui") || g_strv_contains (elsewhere, names[i]);

    for (guint j = 0; j < G_N_ELEMENTS (pages); j++)
      known |= is_page (names[i], pages[j]);

    for (guint j = 0; j < G_N_ELEMENTS (templates); j++)
      known |= strcmp (names[i], templates[j].file) == 0;
    if (!known)
      g_error ("%s is not tried by any test", names[i]);
  }
}

static void
test_icons (void)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  for (guint state = 0; state <= BOOTLACE_BOARD_CANCELLED; state++) {
    g_assert_true (gtk_icon_theme_has_icon (theme, bootlace_board_state_get_icon (state)));
    g_assert_cmpstr (bootlace_board_state_get_label (state), !=, "");
  }
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (templates); i++) {
    g_autofree char *path = g_strconcat ("/templates/", templates[i].file, NULL);

    g_test_add_data_func (path, templates[i].get_type, test_template);
  }
  g_test_add_func ("/templates/question", test_question);
  g_test_add_func ("/templates/guides", test_guides);
  g_test_add_func ("/templates/shortcuts", test_shortcuts);
  g_test_add_func ("/templates/all-known", test_all_known);
  g_test_add_func ("/templates/icons", test_icons);

  return g_test_run ();
}

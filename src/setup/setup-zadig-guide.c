/* setup-zadig-guide.c: three clicks in Zadig's window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Zadig speaks English only, so what it shows is quoted as it is.
 */

#include "config.h"

#include "setup-zadig-guide.h"

#include <glib/gi18n.h>

static void
free_step (gpointer data)
{
  SetupZadigStep *self = data;

  g_free (self->title);
  g_free (self->text);
  g_free (self);
}

static void
add_step (GPtrArray *steps, SetupZadigPart part, const char *title, char *text)
{
  SetupZadigStep *step = g_new0 (SetupZadigStep, 1);

  step->part = part;
  step->title = g_strdup (title);
  step->text = text;
  g_ptr_array_add (steps, step);
}

static char *
dup_list_text (const SetupZadigTarget *target)
{
  if (target->replaces)
    return g_strdup_printf (_ ("Choose “%s” in the list at the top. If it is not there, tick "
                               "“List All Devices” in the menu “Options” first."),
                            target->name);

  return g_strdup_printf (_ ("Choose “%s” in the list at the top; it may be chosen already."),
                          target->name);
}

/**
 * setup_zadig_list_steps:
 * @target: what needs WinUSB
 *
 * Returns: (transfer full) (element-type SetupZadigStep): what to do, in the order of Zadig's
 * window
 */
GPtrArray *
setup_zadig_list_steps (const SetupZadigTarget *target)
{
  GPtrArray *steps = NULL;
  g_autofree char *id = NULL;

  g_return_val_if_fail (target != NULL, NULL);

  steps = g_ptr_array_new_with_free_func (free_step);
  id = setup_zadig_target_dup_id (target);

  add_step (steps, SETUP_ZADIG_PART_LIST,
            target->interface == SETUP_DRIVER_NO_INTERFACE ? _ ("Choose the board")
                                                           : _ ("Choose the interface"),
            dup_list_text (target));
  add_step (steps, SETUP_ZADIG_PART_DRIVER, _ ("Choose WinUSB"),
            g_strdup_printf (_ ("See that “WinUSB” stands to the right of the green arrow, and "
                                "that the fields beside “USB ID” read “%s”."),
                             id));
  add_step (steps, SETUP_ZADIG_PART_BUTTON, _ ("Install it"),
            g_strdup_printf (_ ("Click “%s” and wait until Zadig has finished. That may take some "
                                "minutes."),
                             target->replaces ? "Replace Driver" : "Install Driver"));

  return steps;
}

/**
 * setup_zadig_list_warnings:
 * @target: what needs WinUSB
 *
 * Returns: (transfer full): what not to do, a sentence or two each, translated
 */
char **
setup_zadig_list_warnings (const SetupZadigTarget *target)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (target != NULL, NULL);

  g_strv_builder_add (builder, _ ("Keep the board in its bootloader until Zadig has finished."));
  if (target->interface != SETUP_DRIVER_NO_INTERFACE)
    g_strv_builder_add (builder, _ ("Leave the board’s other interfaces alone: they have the right "
                                    "driver, and Interface 0 is its serial port."));
  g_strv_builder_add (builder, _ ("Do not install a driver through Device Manager: flashing may "
                                  "not work with it."));

  return g_strv_builder_end (builder);
}

/**
 * setup_zadig_dup_remedy:
 * @target: what needs WinUSB
 * @folder: where its preset was saved
 *
 * Returns: (transfer full): what helps when Zadig does not list it, translated
 */
char *
setup_zadig_dup_remedy (const SetupZadigTarget *target, const char *folder)
{
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (target != NULL, NULL);
  g_return_val_if_fail (folder != NULL, NULL);

  name = setup_zadig_target_build_preset_name (target);
  path = g_build_filename (folder, name, NULL);

  return g_strdup_printf (_ ("If the list does not show it, choose “Load Preset Device…” in the "
                             "menu "
                             "“Device” and open %s: that fills in exactly this board. When Zadig "
                             "asks whether to refresh, answer No."),
                          path);
}

/**
 * setup_zadig_dup_origin:
 * @path: (nullable): where Zadig is, or %NULL when it was not found
 *
 * Returns: (transfer full): which Zadig is meant, and where one comes from, translated
 */
char *
setup_zadig_dup_origin (const char *path)
{
  if (path != NULL)
    return g_strdup_printf (_ ("Zadig was found: %s. Windows asks for your permission before it "
                               "starts."),
                            path);

  return g_strdup_printf (_ ("Zadig, a free program that installs USB drivers, was not found on "
                             "this computer. Download it from %s, and it is found by itself."),
                          SETUP_ZADIG_HOME);
}

/* test-setup-limits.c: whether a chip lets itself be written, by what it does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-error.h"
#include "firmware-error.h"
#include "setup-limits.h"
#include "test-verdict.h"
#include "usb-error.h"

typedef struct {
  const char *name;
  SetupLimitsFacts facts;
  GQuark (*get_domain) (void);
  int code;
  SetupState state;
  SetupAction action;
  const char *words;
} Case;

#define NO_ERROR NULL, 0
#define ROM(mode)                                                                                  \
  {                                                                                                \
    TRUE, DFU_MODE_##mode, SETUP_BOARD_KIND_ROM                                                    \
  }
#define STRANGER                                                                                   \
  {                                                                                                \
    TRUE, DFU_MODE_DFU, SETUP_BOARD_KIND_UNKNOWN                                                   \
  }

static const Case cases[] = {
  { "nothing",
    { 0 },
    NO_ERROR,
    SETUP_STATE_SKIPPED,
    SETUP_ACTION_SHOW_LIMITS,
    "Use its serial port" },
  { "run-time", ROM (RUNTIME), NO_ERROR, SETUP_STATE_SKIPPED, SETUP_ACTION_NONE, "once" },
  { "dfu-mode", ROM (DFU), NO_ERROR, SETUP_STATE_GOOD, SETUP_ACTION_NONE, "offers DFU" },
  { "not-returned", ROM (RUNTIME), dfu_error_quark, DFU_ERROR_NOT_RETURNED, SETUP_STATE_DOUBTFUL,
    SETUP_ACTION_SHOW_LIMITS, "Secure Download Mode" },
  { "refused-by-rom", ROM (DFU), dfu_error_quark, DFU_ERROR_DEVICE, SETUP_STATE_DOUBTFUL,
    SETUP_ACTION_SHOW_LIMITS, "reported an error" },
  { "refused-by-another", STRANGER, dfu_error_quark, DFU_ERROR_DEVICE, SETUP_STATE_GOOD,
    SETUP_ACTION_NONE, "offers DFU" },
  { "chip-without-dfu",
    { 0 },
    firmware_error_quark,
    FIRMWARE_ERROR_NO_LOADER,
    SETUP_STATE_BAD,
    SETUP_ACTION_SHOW_LIMITS,
    "idf.py flash" },
  { "unplugged", ROM (DFU), usb_error_quark, USB_ERROR_GONE, SETUP_STATE_GOOD, SETUP_ACTION_NONE,
    "offers DFU" },
};

static void
test_decides (gconstpointer user_data)
{
  const Case *row = user_data;
  SetupLimitsFacts facts = row->facts;
  g_autoptr (GError) error = NULL;
  g_autoptr (SetupVerdict) verdict = NULL;

  if (row->get_domain != NULL)
    error = g_error_new_literal (row->get_domain (), row->code, "It failed");
  facts.error = error;

  verdict = setup_limits_decide (&facts);
  test_assert_verdict (verdict, row->state, row->action, row->words, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/setup/limits/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_decides);
  }

  return g_test_run ();
}

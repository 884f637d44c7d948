/* test-dfu-status.c: six bytes become a decision
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-error.h"
#include "dfu-status.h"

typedef struct {
  const char *name;
  guint8 data[DFU_STATUS_LENGTH];
  const char *text;
  int error; /* DfuError, or -1 for none */
} Case;

static const Case cases[] = {
  { "rom-idle", { 0, 0, 1, 0, 2, 0 }, "state dfuIDLE, status OK", -1 },
  { "rom-taking", { 0, 0, 1, 0, 5, 0 }, "state dfuDNLOAD-IDLE, status OK", -1 },
  { "md5-differs",
    { 0x0a, 0, 1, 0, 10, 0 },
    "state dfuERROR, status errFIRMWARE",
    DFU_ERROR_CORRUPT },
  { "verify", { 0x07, 0, 0, 0, 10, 0 }, "state dfuERROR, status errVERIFY", DFU_ERROR_CORRUPT },
  { "target", { 0x01, 0, 1, 0, 10, 0 }, "state dfuERROR, status errTARGET", DFU_ERROR_REFUSED },
  { "file", { 0x02, 0, 1, 0, 10, 0 }, "state dfuERROR, status errFILE", DFU_ERROR_REFUSED },
  { "address", { 0x08, 0, 1, 0, 10, 0 }, "state dfuERROR, status errADDRESS", DFU_ERROR_REFUSED },
  { "unknown", { 0x0e, 0, 1, 0, 10, 0 }, "state dfuERROR, status errUNKNOWN", DFU_ERROR_DEVICE },
  { "no-reason", { 0, 0, 0, 0, 10, 0 }, "state dfuERROR, status OK", DFU_ERROR_DEVICE },
  { "error-in-idle",
    { 0x0f, 0, 0, 0, 2, 0 },
    "state dfuIDLE, status errSTALLEDPKT",
    DFU_ERROR_DEVICE },
  { "made-up-status",
    { 0x42, 0, 0, 0, 10, 0 },
    "state dfuERROR, status unknown",
    DFU_ERROR_DEVICE },
};

static void
test_case (gconstpointer user_data)
{
  const Case *c = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  DfuStatus status;

  g_assert_true (dfu_status_parse (&status, c->data, sizeof c->data, &error));
  g_assert_no_error (error);

  text = dfu_status_to_string (&status);
  g_assert_cmpstr (text, ==, c->text);

  g_assert_cmpint (dfu_status_check (&status, &error), ==, c->error < 0);
  if (c->error < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, DFU_ERROR, c->error);
}

static void
test_poll_timeout (void)
{
  const guint8 data[] = { 0, 0x12, 0x34, 0x56, 4, 0 };
  DfuStatus status;

  g_assert_true (dfu_status_parse (&status, data, sizeof data, NULL));
  g_assert_cmpuint (status.poll_timeout, ==, 0x563412);
}

static void
test_short (void)
{
  const guint8 data[DFU_STATUS_LENGTH] = { 0 };

  for (gsize length = 0; length < sizeof data; length++) {
    g_autofree guint8 *exact = g_memdup2 (data, MAX (length, 1));
    g_autoptr (GError) error = NULL;
    DfuStatus status;

    g_assert_false (dfu_status_parse (&status, exact, length, &error));
    g_assert_error (error, DFU_ERROR, DFU_ERROR_PROTOCOL);
  }
}

static void
test_made_up_state (void)
{
  const guint8 data[] = { 0, 0, 0, 0, 11, 0 };
  g_autoptr (GError) error = NULL;
  DfuStatus status;

  g_assert_false (dfu_status_parse (&status, data, sizeof data, &error));
  g_assert_error (error, DFU_ERROR, DFU_ERROR_PROTOCOL);
}

/* Every status of the specification has words of its own. */
static void
test_words (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint8 code = 1; code <= DFU_STATUS_ERR_STALLEDPKT; code++) {
    const DfuStatus status = { code, DFU_STATE_ERROR, 0 };
    g_autoptr (GError) error = NULL;

    g_assert_false (dfu_status_check (&status, &error));
    g_assert_null (strstr (error->message, "does not know"));
    g_assert_true (g_hash_table_add (seen, g_strdup (error->message)));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/dfu/status/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/dfu/status/poll-timeout", test_poll_timeout);
  g_test_add_func ("/dfu/status/short", test_short);
  g_test_add_func ("/dfu/status/made-up-state", test_made_up_state);
  g_test_add_func ("/dfu/status/words", test_words);

  return g_test_run ();
}

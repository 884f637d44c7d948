/* test-setup-inquiry.c: the setup assistant's questions are asked when it is worth it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bus-fixture.h"
#include "setup-inquiry.h"
#include "setup-question.h"
#include "test-tree.h"

typedef struct {
  char *root;
  UsbBus *bus;
  SetupInquiry *inquiry;
  GPtrArray *verdicts; /* NULL until there are answers */
  guint n_answers;
} Fixture;

static void
answered_cb (Fixture *fixture, GPtrArray *verdicts)
{
  g_clear_pointer (&fixture->verdicts, g_ptr_array_unref);
  fixture->verdicts = g_ptr_array_ref (verdicts);
  fixture->n_answers++;
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->root = test_tree_new ();
  test_tree_make_folder (fixture->root, "/dev/bus/usb");
  fixture->bus = bus_fixture_new_bus (FALSE);
  fixture->inquiry = setup_inquiry_new (fixture->bus, fixture->root);
  g_signal_connect_swapped (fixture->inquiry, "answered", G_CALLBACK (answered_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_assert_finalize_object (fixture->inquiry);
  g_assert_finalize_object (fixture->bus);
  g_clear_pointer (&fixture->verdicts, g_ptr_array_unref);
  test_tree_free (fixture->root);
  bus_fixture_clear ();
}

static SetupState
get_state (Fixture *fixture, const char *id)
{
  const SetupQuestion *question = NULL;

  for (guint i = 0; (question = setup_question_get (i)) != NULL; i++)
    if (fixture->verdicts != NULL && g_str_equal (question->id, id))
      return ((const SetupVerdict *) fixture->verdicts->pdata[i])->state;

  return SETUP_STATE_CHECKING;
}

static void
wait_for (Fixture *fixture, const char *id, SetupState state)
{
  while (get_state (fixture, id) != state)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
will_look (Fixture *fixture)
{
  return g_main_context_find_source_by_user_data (NULL, fixture->inquiry) != NULL;
}

/* It does not wake the computer up for nothing. */
static void
test_quiet (Fixture *fixture, gconstpointer user_data)
{
  wait_for (fixture, "board", SETUP_STATE_WAITING);
  g_assert_false (will_look (fixture));

  bus_fixture_plug ("esp32s2@1-2,mode=app");
  wait_for (fixture, "bootloader", SETUP_STATE_WAITING);
  g_assert_false (will_look (fixture));

  /* It may be taken by another program, or be somebody else's turn. */
  bus_fixture_plug ("esp32s2@1-1,mode=dfu");
  wait_for (fixture, "holder", SETUP_STATE_GOOD);
  g_assert_true (will_look (fixture));

  bus_fixture_clear ();
  wait_for (fixture, "board", SETUP_STATE_WAITING);
  g_assert_false (will_look (fixture));
}

static void
test_asked_at_once (Fixture *fixture, gconstpointer user_data)
{
  setup_inquiry_ask (fixture->inquiry);
  setup_inquiry_ask (fixture->inquiry);
  wait_for (fixture, "board", SETUP_STATE_WAITING);
  g_assert_cmpuint (fixture->n_answers, ==, 1);
}

/* Answers to what was asked before would be about another board. */
static void
test_outdated (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (SetupSituation) situation = NULL;

  bus_fixture_plug ("esp32s2@1-1,mode=dfu");
  wait_for (fixture, "bootloader", SETUP_STATE_GOOD);

  /* The round of questions has begun when its turn in the main loop is over. */
  setup_inquiry_ask (fixture->inquiry);
  g_main_context_iteration (NULL, TRUE);
  fixture->n_answers = 0;
  setup_inquiry_set_subject (fixture->inquiry, "1-7", NULL);
  while (fixture->n_answers == 0)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpint (get_state (fixture, "bootloader"), !=, SETUP_STATE_GOOD);
  g_assert_cmpstr (setup_inquiry_get_subject (fixture->inquiry), ==, "1-7");
  situation = setup_inquiry_new_situation (fixture->inquiry);
  g_assert_null (situation->subject);
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/setup/inquiry/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

/* That the folder for devices is there says nothing where libusb did not start. */
static void
test_without_a_bus (Fixture *fixture, gconstpointer user_data)
{
  g_assert_finalize_object (fixture->inquiry);
  fixture->inquiry = setup_inquiry_new (NULL, fixture->root);
  g_signal_connect_swapped (fixture->inquiry, "answered", G_CALLBACK (answered_cb), fixture);
  setup_inquiry_ask (fixture->inquiry);

  while (fixture->verdicts == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (get_state (fixture, "usb"), ==, SETUP_STATE_BAD);
  g_assert_cmpint (get_state (fixture, "board"), ==, SETUP_STATE_SKIPPED);
}

int
main (int argc, char **argv)
{
  virtual_bus_run_on (argv, (const char *const[]){ "--instant", NULL });
  g_test_init (&argc, &argv, NULL);

  add ("quiet", test_quiet);
  add ("asked-at-once", test_asked_at_once);
  add ("outdated", test_outdated);
  add ("without-a-bus", test_without_a_bus);

  return g_test_run ();
}

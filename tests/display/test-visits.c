/* test-visits.c: who was plugged in, and who only restarted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bootlace-visits.h"

#define START (60 * G_TIME_SPAN_SECOND)
#define AWAY (BOOTLACE_VISITS_AWAY * G_TIME_SPAN_MILLISECOND)
#define PORT "1-10"
#define OTHER "1-1"

static void
look (BootlaceVisits *visits, const char *port, gint64 after)
{
  g_autoptr (GPtrArray) ports = g_ptr_array_new ();

  if (port != NULL)
    g_ptr_array_add (ports, (gpointer) port);
  bootlace_visits_look (visits, ports, START + after);
}

static BootlaceVisits *
create_settled (void)
{
  BootlaceVisits *visits = bootlace_visits_new ();

  look (visits, PORT, 0);
  g_assert_false (bootlace_visits_is_settled (visits, PORT));
  bootlace_visits_settle (visits, PORT);
  g_assert_true (bootlace_visits_is_settled (visits, PORT));

  return visits;
}

static void
test_restarted (void)
{
  g_autoptr (BootlaceVisits) visits = create_settled ();

  for (int i = 0; i < 3; i++) {
    look (visits, NULL, i * AWAY);
    look (visits, PORT, (i + 1) * AWAY - 1);
    g_assert_true (bootlace_visits_is_settled (visits, PORT));
  }
}

static void
test_plugged_in (void)
{
  g_autoptr (BootlaceVisits) visits = create_settled ();

  look (visits, NULL, 1);
  look (visits, OTHER, 2);
  g_assert_true (bootlace_visits_is_settled (visits, PORT));
  look (visits, PORT, 1 + AWAY);
  g_assert_false (bootlace_visits_is_settled (visits, PORT));
}

/* What is there is not looked at all the time. */
static void
test_stayed_long (void)
{
  g_autoptr (BootlaceVisits) visits = create_settled ();

  look (visits, PORT, 10 * AWAY);
  look (visits, NULL, 20 * AWAY);
  look (visits, PORT, 20 * AWAY + 1);
  g_assert_true (bootlace_visits_is_settled (visits, PORT));
}

static void
test_expected (void)
{
  g_autoptr (BootlaceVisits) visits = create_settled ();

  look (visits, NULL, 1);
  bootlace_visits_expect (visits, PORT);
  look (visits, PORT, 5 * AWAY);
  g_assert_true (bootlace_visits_is_settled (visits, PORT));

  look (visits, NULL, 6 * AWAY);
  look (visits, PORT, 7 * AWAY);
  g_assert_false (bootlace_visits_is_settled (visits, PORT));
}

/* Somebody begins to look while a board is away. */
static void
test_settled_while_away (void)
{
  g_autoptr (BootlaceVisits) visits = bootlace_visits_new ();

  bootlace_visits_settle (visits, PORT);
  look (visits, NULL, 0);
  look (visits, PORT, AWAY - 1);
  g_assert_true (bootlace_visits_is_settled (visits, PORT));
  look (visits, NULL, AWAY);
  look (visits, PORT, 2 * AWAY);
  g_assert_false (bootlace_visits_is_settled (visits, PORT));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/visits/restarted", test_restarted);
  g_test_add_func ("/visits/plugged-in", test_plugged_in);
  g_test_add_func ("/visits/stayed-long", test_stayed_long);
  g_test_add_func ("/visits/expected", test_expected);
  g_test_add_func ("/visits/settled-while-away", test_settled_while_away);

  return g_test_run ();
}

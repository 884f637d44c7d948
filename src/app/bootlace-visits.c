/* bootlace-visits.c: who stays at the USB ports, and for whom all is done
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-visits.h"

typedef struct {
  gint64 left;       /* when its port became empty, in microseconds; 0: somebody is there */
  gboolean expected; /* will be back, however long it takes */
  gboolean settled;
} Visit;

struct _BootlaceVisits {
  GHashTable *visits; /* of Visit, by port path */
};

static Visit *
get_visit (BootlaceVisits *self, const char *port)
{
  Visit *visit = g_hash_table_lookup (self->visits, port);

  if (visit == NULL) {
    visit = g_new0 (Visit, 1);
    g_hash_table_insert (self->visits, g_strdup (port), visit);
  }

  return visit;
}

static void
note_leavers (BootlaceVisits *self, GPtrArray *ports, gint64 now)
{
  GHashTableIter iter;
  gpointer port, value;

  g_hash_table_iter_init (&iter, self->visits);
  while (g_hash_table_iter_next (&iter, &port, &value)) {
    Visit *visit = value;

    if (visit->left == 0 && !g_ptr_array_find_with_equal_func (ports, port, g_str_equal, NULL))
      visit->left = now;
  }
}

static void
note_comer (BootlaceVisits *self, const char *port, gint64 now)
{
  Visit *visit = get_visit (self, port);

  if (visit->left == 0)
    return;

  if (!visit->expected && now - visit->left >= BOOTLACE_VISITS_AWAY * G_TIME_SPAN_MILLISECOND)
    visit->settled = FALSE;
  visit->expected = FALSE;
  visit->left = 0;
}

/**
 * bootlace_visits_look:
 * @self: visits
 * @ports: (element-type utf8): the paths of the ports where something is now, whatever it is
 * @now: the time that never goes back, in microseconds
 *
 * To be called when something has come or gone.
 */
void
bootlace_visits_look (BootlaceVisits *self, GPtrArray *ports, gint64 now)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (ports != NULL);
  g_return_if_fail (now > 0);

  note_leavers (self, ports, now);
  for (guint i = 0; i < ports->len; i++)
    note_comer (self, ports->pdata[i], now);
}

/**
 * bootlace_visits_expect:
 * @self: visits
 * @port: the path of a port
 *
 * Takes whatever comes to @port next for the one that was there.
 */
void
bootlace_visits_expect (BootlaceVisits *self, const char *port)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (port != NULL);

  get_visit (self, port)->expected = TRUE;
}

/**
 * bootlace_visits_settle:
 * @self: visits
 * @port: the path of a port
 *
 * Nothing more is to be done for who is at @port, or left it just now.
 */
void
bootlace_visits_settle (BootlaceVisits *self, const char *port)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (port != NULL);

  get_visit (self, port)->settled = TRUE;
}

/**
 * bootlace_visits_is_settled:
 * @self: visits
 * @port: the path of a port
 *
 * Returns: whether bootlace_visits_settle() was called since who is there was plugged in
 */
gboolean
bootlace_visits_is_settled (BootlaceVisits *self, const char *port)
{
  const Visit *visit;

  g_return_val_if_fail (self != NULL, TRUE);
  g_return_val_if_fail (port != NULL, TRUE);

  visit = g_hash_table_lookup (self->visits, port);

  return visit != NULL && visit->settled;
}

/**
 * bootlace_visits_free:
 * @self: visits
 */
void
bootlace_visits_free (BootlaceVisits *self)
{
  g_hash_table_unref (self->visits);
  g_free (self);
}

/**
 * bootlace_visits_new:
 *
 * Returns: (transfer full): visits, of nobody yet
 */
BootlaceVisits *
bootlace_visits_new (void)
{
  BootlaceVisits *self = g_new0 (BootlaceVisits, 1);

  self->visits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

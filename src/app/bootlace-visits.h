/* bootlace-visits.h: who stays at the USB ports, and for whom all is done
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long a port must be empty until what comes to it counts as plugged in, in milliseconds. A
 * board that restarts, or changes to its bootloader, is back sooner. */
#define BOOTLACE_VISITS_AWAY 1500

/**
 * BootlaceVisits:
 *
 * Boards are told apart by their port and the time: a visit begins when something is plugged in,
 * and ends when it is pulled, not when the board on the cable restarts as another device.
 */
typedef struct _BootlaceVisits BootlaceVisits;

BootlaceVisits *bootlace_visits_new (void);
void bootlace_visits_free (BootlaceVisits *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BootlaceVisits, bootlace_visits_free)

void bootlace_visits_look (BootlaceVisits *self, GPtrArray *ports, gint64 now);
void bootlace_visits_expect (BootlaceVisits *self, const char *port);
void bootlace_visits_settle (BootlaceVisits *self, const char *port);
gboolean bootlace_visits_is_settled (BootlaceVisits *self, const char *port);

G_END_DECLS

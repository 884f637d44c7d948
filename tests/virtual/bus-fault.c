/* bus-fault.c: what is to go wrong, and at which moment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bus-fault.h"

#include <string.h>

#include "board-descriptors.h"

static const struct {
  const char *name;
  BusMoment moment;
  gboolean has_block;
} moments[] = {
  { "detach", BUS_MOMENT_DETACH, FALSE }, { "return", BUS_MOMENT_RETURN, FALSE },
  { "block", BUS_MOMENT_BLOCK, TRUE },    { "manifest", BUS_MOMENT_MANIFEST, FALSE },
  { "status", BUS_MOMENT_STATUS, FALSE }, { "clear-status", BUS_MOMENT_CLEAR_STATUS, FALSE },
  { "state", BUS_MOMENT_STATE, FALSE },   { "abort", BUS_MOMENT_ABORT, FALSE },
  { "upload", BUS_MOMENT_UPLOAD, TRUE },  { "set-interface", BUS_MOMENT_SET_INTERFACE, FALSE },
  { "string", BUS_MOMENT_STRING, FALSE },
};

static gboolean
parse_number (const char *text, guint *number)
{
  guint64 value = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT16, &value, NULL))
    return FALSE;

  *number = value;
  return TRUE;
}

gboolean
bus_moment_parse (const char *text, BusFault *fault)
{
  g_auto (GStrv) halves = g_strsplit (text, "+", 2);
  g_auto (GStrv) parts = g_strsplit (halves[0] != NULL ? halves[0] : "", ":", 2);

  fault->block = 0;
  fault->skip = 0;
  if (halves[0] != NULL && halves[1] != NULL && !parse_number (halves[1], &fault->skip))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++) {
    if (g_strcmp0 (parts[0], moments[i].name) != 0)
      continue;

    fault->moment = moments[i].moment;
    return moments[i].has_block == (parts[1] != NULL) &&
           (parts[1] == NULL || parse_number (parts[1], &fault->block));
  }

  return FALSE;
}

/* USB 2.0 section 9.4 */
static BusMoment
get_standard_moment (const BoardSetup *setup)
{
  if (setup->request_type == 0x01 && setup->request == BOARD_REQUEST_SET_INTERFACE)
    return BUS_MOMENT_SET_INTERFACE;

  if (setup->request_type == 0x80 && setup->request == BOARD_REQUEST_GET_DESCRIPTOR &&
      setup->value >> 8 == 3)
    return BUS_MOMENT_STRING;

  return BUS_MOMENT_OTHER;
}

BusMoment
bus_moment_of_setup (const BoardSetup *setup, guint *block)
{
  /* bRequest of DFU 1.1, from DETACH on */
  static const BusMoment of_request[] = {
    BUS_MOMENT_DETACH,       BUS_MOMENT_BLOCK, BUS_MOMENT_UPLOAD, BUS_MOMENT_STATUS,
    BUS_MOMENT_CLEAR_STATUS, BUS_MOMENT_STATE, BUS_MOMENT_ABORT,
  };

  *block = 0;
  if (setup->request_type != 0x21 && setup->request_type != 0xa1)
    return get_standard_moment (setup);
  if (setup->request >= G_N_ELEMENTS (of_request))
    return BUS_MOMENT_OTHER;
  if (of_request[setup->request] == BUS_MOMENT_BLOCK && setup->length == 0)
    return BUS_MOMENT_MANIFEST;

  if (of_request[setup->request] == BUS_MOMENT_BLOCK ||
      of_request[setup->request] == BUS_MOMENT_UPLOAD)
    *block = setup->value;

  return of_request[setup->request];
}

gboolean
bus_faults_take (GArray *faults, BusMoment moment, guint block, BusFault *fault)
{
  for (guint i = 0; i < faults->len; i++) {
    BusFault *candidate = &g_array_index (faults, BusFault, i);

    if (candidate->moment != moment || candidate->block != block)
      continue;

    if (candidate->skip > 0) {
      candidate->skip--;
      continue;
    }

    *fault = *candidate;
    g_array_remove_index (faults, i);
    return TRUE;
  }

  return FALSE;
}

/* setup-board-id.c: which board this is, by its USB ids
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-board-id.h"

#include <glib/gi18n.h>

G_DEFINE_ENUM_TYPE (SetupBoardKind,
                    setup_board_kind,
                    G_DEFINE_ENUM_VALUE (SETUP_BOARD_KIND_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (SETUP_BOARD_KIND_ROM, "rom"),
                    G_DEFINE_ENUM_VALUE (SETUP_BOARD_KIND_APPLICATION, "application"),
                    G_DEFINE_ENUM_VALUE (SETUP_BOARD_KIND_SERIAL_BRIDGE, "serial-bridge"),
                    G_DEFINE_ENUM_VALUE (SETUP_BOARD_KIND_SERIAL_JTAG, "serial-jtag"),
                    G_DEFINE_ENUM_VALUE (SETUP_BOARD_KIND_DEBUG_PROBE, "debug-probe"),
                    G_DEFINE_ENUM_VALUE (SETUP_BOARD_KIND_UF2, "uf2"),
                    G_DEFINE_ENUM_VALUE (SETUP_BOARD_KIND_UF2_ONLY, "uf2-only"),
                    G_DEFINE_ENUM_VALUE (SETUP_BOARD_KIND_DFU, "dfu"),
                    G_DEFINE_ENUM_VALUE (SETUP_BOARD_KIND_FOREIGN, "foreign"))

/**
 * setup_board_id_find:
 * @vendor: idVendor
 * @product: idProduct
 *
 * Looks ids up. Espressif's applications may have the ROM's ids: only the interfaces and bcdDevice
 * tell what of it runs.
 *
 * Returns: (transfer none) (nullable): what is known about them
 */
const SetupBoardId *
setup_board_id_find (guint16 vendor, guint16 product)
{
  const SetupBoardId *row = NULL;

  for (gsize i = 0; (row = setup_board_table_get (i)) != NULL; i++) {
    if (row->vendor == vendor && product >= row->first && product <= row->last)
      return row;
  }

  return NULL;
}

/**
 * setup_board_id_get_title:
 * @self: what is known about ids
 *
 * Returns: (transfer none): what people call such a device, translated where it is more than a name
 */
const char *
setup_board_id_get_title (const SetupBoardId *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return _ (self->name);
}

/**
 * setup_board_kind_is_beside:
 * @kind: what a device is
 *
 * Returns: whether it is beside the chip, which may have another socket
 */
gboolean
setup_board_kind_is_beside (SetupBoardKind kind)
{
  return kind == SETUP_BOARD_KIND_SERIAL_BRIDGE || kind == SETUP_BOARD_KIND_DEBUG_PROBE;
}

/**
 * setup_board_kind_get_label:
 * @kind: what a device is
 *
 * Returns: (transfer none) (nullable): that in a word or two, as a state, translated; %NULL where
 *   it can be flashed over DFU, or is not known
 */
const char *
setup_board_kind_get_label (SetupBoardKind kind)
{
  switch (kind) {
  case SETUP_BOARD_KIND_APPLICATION:
    /* Translators: the state of a board, which is not in its bootloader */
    return _ ("Running its application");
  case SETUP_BOARD_KIND_SERIAL_BRIDGE:
    /* Translators: the state of a board that is plugged in at its other USB socket */
    return _ ("Wrong socket");
  case SETUP_BOARD_KIND_SERIAL_JTAG:
    /* Translators: the state of a board that can be flashed over its serial port only */
    return _ ("Serial port only");
  case SETUP_BOARD_KIND_DEBUG_PROBE:
    /* Translators: the state of a device that programs chips over other wires than USB */
    return _ ("Debug probe");
  case SETUP_BOARD_KIND_UF2:
  case SETUP_BOARD_KIND_UF2_ONLY:
    /* Translators: the state of a board whose bootloader looks like a USB drive for UF2 files */
    return _ ("UF2 drive");
  case SETUP_BOARD_KIND_FOREIGN:
    /* Translators: the state of a board whose bootloader speaks something else than DFU */
    return _ ("Other protocol");
  case SETUP_BOARD_KIND_UNKNOWN:
  case SETUP_BOARD_KIND_ROM:
  case SETUP_BOARD_KIND_DFU:
    break;
  }

  return NULL;
}

/**
 * setup_board_kind_find_sign:
 * @kind: what a device is
 * @sign: (out): what to tell somebody who wants to flash it over DFU
 *
 * Returns: whether there is something to tell
 */
gboolean
setup_board_kind_find_sign (SetupBoardKind kind, SetupSign *sign)
{
  switch (kind) {
  case SETUP_BOARD_KIND_APPLICATION:
    *sign = SETUP_SIGN_APPLICATION;
    return TRUE;
  case SETUP_BOARD_KIND_SERIAL_BRIDGE:
    *sign = SETUP_SIGN_SERIAL_SOCKET;
    return TRUE;
  case SETUP_BOARD_KIND_SERIAL_JTAG:
    *sign = SETUP_SIGN_SERIAL_JTAG;
    return TRUE;
  case SETUP_BOARD_KIND_DEBUG_PROBE:
    *sign = SETUP_SIGN_DEBUG_PROBE;
    return TRUE;
  case SETUP_BOARD_KIND_UF2:
    *sign = SETUP_SIGN_UF2_DRIVE;
    return TRUE;
  case SETUP_BOARD_KIND_UF2_ONLY:
    *sign = SETUP_SIGN_UF2_ONLY;
    return TRUE;
  case SETUP_BOARD_KIND_FOREIGN:
    *sign = SETUP_SIGN_OTHER_PROTOCOL;
    return TRUE;
  case SETUP_BOARD_KIND_UNKNOWN:
  case SETUP_BOARD_KIND_ROM:
  case SETUP_BOARD_KIND_DFU:
    break;
  }

  return FALSE;
}

/**
 * setup_board_kind_dup_hint:
 * @kind: what a device is
 *
 * Says the one thing that helps somebody who wants to flash it over DFU.
 *
 * Returns: (transfer full) (nullable): some sentences, translated; %NULL where nothing is needed
 */
char *
setup_board_kind_dup_hint (SetupBoardKind kind)
{
  SetupSign sign;

  return setup_board_kind_find_sign (kind, &sign) ? setup_sign_dup_hint (sign) : NULL;
}

/* dfu-choice.h: which interface and which memory of a device are meant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dfu-session.h"

G_BEGIN_DECLS

#define DFU_CHOICE_ANY (-1)

/**
 * DfuChoice:
 * @interface: bInterfaceNumber, or %DFU_CHOICE_ANY for the only one that speaks DFU
 * @alternate: bAlternateSetting, or %DFU_CHOICE_ANY for the only one
 * @alternate_name: (nullable): the name of the alternate setting, instead of its number
 * @takes_any: whether any of several interfaces and memories will do where none is named, because
 *   none is touched; what a DfuSe device is sent says itself to which memory it goes
 * @vendor: idVendor that it must have in DFU mode, or %DFU_CHOICE_ANY
 * @product: the same of idProduct
 * @serial: (nullable): the serial number that it must have in DFU mode
 *
 * What is meant of a device in DFU mode.
 */
typedef struct {
  int interface;
  int alternate;
  char *alternate_name;
  gboolean takes_any;
  int vendor;
  int product;
  char *serial;
} DfuChoice;

void dfu_choice_init (DfuChoice *self);
void dfu_choice_clear (DfuChoice *self);
void dfu_choice_copy (DfuChoice *self, const DfuChoice *other);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DfuChoice, dfu_choice_clear)

gboolean dfu_choice_is_needed (const DfuInterface *interface);
gboolean dfu_choice_names_memory (const DfuChoice *self);
gboolean dfu_choice_check_returned (const DfuChoice *self, UsbDevice *device, GError **error);
gboolean dfu_choice_apply (const DfuChoice *self,
                           UsbDevice *device,
                           DfuSession *session,
                           DfuInterface *interface,
                           GCancellable *cancellable,
                           GError **error);

G_END_DECLS

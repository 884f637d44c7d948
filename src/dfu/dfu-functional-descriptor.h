/* dfu-functional-descriptor.h: what a DFU interface can do, DFU 1.1 table 4.2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* bcdDFUVersion */
#define DFU_VERSION_1_1 0x0110

/* The same, of ST's DfuSe dialect */
#define DFU_VERSION_DFUSE 0x011a

#define DFU_FUNCTIONAL_DESCRIPTOR_TYPE 0x21

/**
 * DfuFunctionalDescriptor:
 * @can_download: bitCanDnload
 * @can_upload: bitCanUpload
 * @manifestation_tolerant: bitManifestationTolerant, answers requests after manifestation
 * @will_detach: bitWillDetach, leaves the bus by itself after DETACH
 * @detach_timeout: wDetachTimeOut, in milliseconds
 * @transfer_size: wTransferSize, in bytes a request
 * @version: bcdDFUVersion; 0x0100 where the short descriptor of DFU 1.0 leaves it out
 */
typedef struct {
  gboolean can_download;
  gboolean can_upload;
  gboolean manifestation_tolerant;
  gboolean will_detach;
  guint16 detach_timeout;
  guint16 transfer_size;
  guint16 version;
} DfuFunctionalDescriptor;

gboolean dfu_functional_descriptor_parse (DfuFunctionalDescriptor *self,
                                          const guint8 *data,
                                          gsize length,
                                          GError **error);

G_END_DECLS

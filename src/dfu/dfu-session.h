/* dfu-session.h: requests to a device and its DFU interface, DFU 1.1 table 3.2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "dfu-interface.h"
#include "dfu-status.h"
#include "usb-pipe.h"

G_BEGIN_DECLS

/**
 * DfuSession:
 *
 * An open device, and its DFU interface once that is claimed. Each request is one function that
 * blocks until the device answered or the time-out passed; blocks and questions can also be queued
 * and waited for later. One thread at a time.
 */
#define DFU_TYPE_SESSION (dfu_session_get_type ())
G_DECLARE_FINAL_TYPE (DfuSession, dfu_session, DFU, SESSION, GObject)

DfuSession *dfu_session_new (UsbPipe *pipe, guint timeout);
gboolean dfu_session_claim (DfuSession *self, const DfuInterface *interface, GError **error);

void dfu_session_set_grace (DfuSession *self, GCancellable *cancellable, guint grace);
void dfu_session_set_must_answer (DfuSession *self, gboolean must_answer);
gboolean dfu_session_was_given_up (DfuSession *self);

gboolean dfu_session_detach (DfuSession *self, GError **error);
gboolean dfu_session_get_status (DfuSession *self, DfuStatus *status, GError **error);
gboolean
dfu_session_get_status_within (DfuSession *self, guint timeout, DfuStatus *status, GError **error);
gboolean dfu_session_clear_status (DfuSession *self, GError **error);
gboolean dfu_session_abort (DfuSession *self, GError **error);
gssize dfu_session_upload (DfuSession *self,
                           guint16 block_number,
                           guint8 *data,
                           guint16 length,
                           GError **error);
gboolean dfu_session_download (DfuSession *self,
                               guint16 block_number,
                               const guint8 *data,
                               guint16 length,
                               guint timeout,
                               DfuStatus *status,
                               GError **error);

/* Several requests at a time, and what became of each. */
gboolean dfu_session_submit_download (DfuSession *self,
                                      UsbTransfer *transfer,
                                      guint16 block_number,
                                      const guint8 *data,
                                      guint16 length,
                                      guint timeout,
                                      GError **error);
gboolean dfu_session_submit_get_status (DfuSession *self,
                                        UsbTransfer *transfer,
                                        guint8 *data,
                                        guint timeout,
                                        GError **error);
gboolean dfu_session_submit_upload (DfuSession *self,
                                    UsbTransfer *transfer,
                                    guint16 block_number,
                                    guint8 *data,
                                    guint16 length,
                                    guint timeout,
                                    GError **error);
UsbTransfer *dfu_session_reap (DfuSession *self);
gboolean dfu_session_check_download (UsbTransfer *transfer, GError **error);
gboolean dfu_session_check_get_status (UsbTransfer *transfer, DfuStatus *status, GError **error);

gboolean dfu_session_set_alternate (DfuSession *self, guint8 alternate, GError **error);
char *dfu_session_read_string (DfuSession *self, guint8 index, GError **error);
gboolean dfu_session_reset (DfuSession *self, GError **error);
gboolean dfu_session_make_idle (DfuSession *self, GCancellable *cancellable, GError **error);

G_END_DECLS

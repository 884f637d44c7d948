/* setup-zadig.h: what Zadig is told, and how it is found and started
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "setup-driver.h"

G_BEGIN_DECLS

/* Where Zadig comes from. */
#define SETUP_ZADIG_HOME "https://zadig.akeo.ie/"

/**
 * SetupZadigTarget:
 * @vendor: idVendor
 * @product: idProduct
 * @interface: bInterfaceNumber, or %SETUP_DRIVER_NO_INTERFACE for a device without several
 * @name: what Zadig shows in its list
 * @replaces: whether it has a driver already: Zadig lists it only among all devices
 *
 * The one thing that Zadig is to install WinUSB for.
 */
typedef struct {
  guint16 vendor;
  guint16 product;
  int interface;
  char *name;
  gboolean replaces;
} SetupZadigTarget;

void setup_zadig_target_init (SetupZadigTarget *self, const SetupDriverNode *node);
void setup_zadig_target_init_example (SetupZadigTarget *self);
void setup_zadig_target_init_for (SetupZadigTarget *self, UsbDevice *subject);
void setup_zadig_target_clear (SetupZadigTarget *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SetupZadigTarget, setup_zadig_target_clear)

char *setup_zadig_target_dup_id (const SetupZadigTarget *self);
char *setup_zadig_target_build_options (const SetupZadigTarget *self);
char *setup_zadig_target_build_preset (const SetupZadigTarget *self);
char *setup_zadig_target_build_preset_name (const SetupZadigTarget *self);
gboolean setup_zadig_target_save (const SetupZadigTarget *self, const char *folder, GError **error);

char *setup_zadig_build_folder (void);
gboolean setup_zadig_start (const char *path, const char *folder, GError **error);
gboolean setup_zadig_open (const SetupZadigTarget *target, GError **error);

G_END_DECLS

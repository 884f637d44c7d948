/* setup-driver-windows.c: asks Windows which driver serves what
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What does not work is read from the property DEVPKEY_Device_ProblemCode, which has been there
 * since Windows Vista, and not with CM_Get_DevNode_Status(), of which Wine has only the name.
 */

#include "config.h"

#include "setup-driver.h"

#include <gio/gio.h>

#define WIN32_LEAN_AND_MEAN
#include <windows.h>
/* After windows.h, which they need. */
#include <initguid.h>
#include <devpkey.h>
#include <setupapi.h>

/* The longest instance id, in characters: cfgmgr32.h, MAX_DEVICE_ID_LEN. */
#define MAX_INSTANCE_ID 200

typedef HDEVINFO Devices;

static void
close_devices (Devices *self)
{
  if (*self != INVALID_HANDLE_VALUE)
    SetupDiDestroyDeviceInfoList (*self);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Devices, close_devices)

static char *
make_utf8 (const wchar_t *text)
{
  return g_utf16_to_utf8 ((const gunichar2 *) text, -1, NULL, NULL, NULL);
}

/* Returns the bytes of a registry property and two zero characters behind them, or NULL where there
 * is none: the end of a text in the registry is anybody's promise. */
static wchar_t *
read_property (HDEVINFO devices, SP_DEVINFO_DATA *device, DWORD property)
{
  g_autofree wchar_t *text = NULL;
  DWORD length = 0;
  DWORD type = 0;

  SetupDiGetDeviceRegistryPropertyW (devices, device, property, NULL, NULL, 0, &length);
  if (length == 0)
    return NULL;

  text = g_malloc0 (length + 2 * sizeof *text);
  if (!SetupDiGetDeviceRegistryPropertyW (devices, device, property, &type, (BYTE *) text, length,
                                          NULL) ||
      (type != REG_SZ && type != REG_MULTI_SZ))
    return NULL;

  return g_steal_pointer (&text);
}

static char *
dup_text (HDEVINFO devices, SP_DEVINFO_DATA *device, DWORD property)
{
  g_autofree wchar_t *text = read_property (devices, device, property);

  return text != NULL && *text != L'\0' ? make_utf8 (text) : NULL;
}

static guint
read_problem (HDEVINFO devices, SP_DEVINFO_DATA *device)
{
  DEVPROPTYPE type = DEVPROP_TYPE_EMPTY;
  guint32 problem = 0;

  if (!SetupDiGetDevicePropertyW (devices, device, &DEVPKEY_Device_ProblemCode, &type,
                                  (BYTE *) &problem, sizeof problem, NULL, 0) ||
      type != DEVPROP_TYPE_UINT32)
    return 0;

  return problem;
}

static void
note_compatible_ids (SetupDriverNode *node, HDEVINFO devices, SP_DEVINFO_DATA *device)
{
  g_autofree wchar_t *ids = read_property (devices, device, SPDRP_COMPATIBLEIDS);

  for (const wchar_t *id = ids; id != NULL && *id != L'\0'; id += wcslen (id) + 1) {
    g_autofree char *text = make_utf8 (id);

    if (text != NULL)
      setup_driver_node_note_compatible_id (node, text);
  }
}

static SetupDriverNode *
read_node (HDEVINFO devices, SP_DEVINFO_DATA *device)
{
  wchar_t wide_id[MAX_INSTANCE_ID + 1] = { 0 };
  g_autofree char *instance_id = NULL;
  SetupDriverNode *node = NULL;

  if (!SetupDiGetDeviceInstanceIdW (devices, device, wide_id, MAX_INSTANCE_ID, NULL))
    return NULL;

  instance_id = make_utf8 (wide_id);
  node = instance_id != NULL ? setup_driver_node_new (instance_id) : NULL;
  if (node == NULL)
    return NULL;

  node->name = dup_text (devices, device, SPDRP_FRIENDLYNAME);
  if (node->name == NULL)
    node->name = dup_text (devices, device, SPDRP_DEVICEDESC);
  node->service = dup_text (devices, device, SPDRP_SERVICE);
  node->problem = read_problem (devices, device);
  note_compatible_ids (node, devices, device);

  return node;
}

/**
 * setup_driver_gather:
 * @self: empty facts
 * @subject: (nullable): the device that is asked about
 * @error: return location for an error
 *
 * Lists what is connected. Blocks for some milliseconds. Any thread. Windows only.
 *
 * Returns: whether Windows answered; without an answer there are no nodes
 */
gboolean
setup_driver_gather (SetupDriverFacts *self, UsbDevice *subject, GError **error)
{
  g_auto (Devices) devices = NULL;
  SP_DEVINFO_DATA device = { .cbSize = sizeof device };

  g_return_val_if_fail (self != NULL, FALSE);

  self->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) setup_driver_node_free);
  self->vendor = subject != NULL ? usb_device_get_vendor_id (subject) : 0;
  self->product = subject != NULL ? usb_device_get_product_id (subject) : 0;

  devices = SetupDiGetClassDevsW (NULL, L"USB", NULL, DIGCF_ALLCLASSES | DIGCF_PRESENT);
  if (devices == INVALID_HANDLE_VALUE) {
    g_autofree char *reason = g_win32_error_message ((int) GetLastError ());

    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Listing devices: %s", reason);
    return FALSE;
  }

  for (DWORD i = 0; SetupDiEnumDeviceInfo (devices, i, &device); i++) {
    SetupDriverNode *node = read_node (devices, &device);

    if (node != NULL)
      g_ptr_array_add (self->nodes, node);
  }

  return TRUE;
}

/**
 * setup_driver_answer:
 * @situation: what is known
 *
 * Gathers the facts and decides. Worker thread: it may block on files. Windows only.
 *
 * Returns: (transfer full): the answer
 */
SetupVerdict *
setup_driver_answer (const SetupSituation *situation)
{
  g_auto (SetupDriverFacts) facts = { 0 };
  g_autoptr (GError) error = NULL;

  if (!setup_driver_gather (&facts, situation->subject, &error))
    g_info ("%s", error->message);

  return setup_driver_decide (&facts);
}

/* dfu-device.c: a board that speaks DFU, through all its re-enumerations
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-device.h"

#include "dfu-compatibility.h"
#include "dfu-dfuse-plan.h"
#include "dfu-quirks.h"
#include "firmware-esp-archive.h"

struct _DfuDevice {
  GObject parent_instance;

  char *port_path;
  UsbDevice *usb_device; /* the present stay on the bus, or the last one */
  UsbDevice *program;    /* (nullable): the stay before, when that was in run-time mode */
  DfuInterface interface;
  gboolean present;
  guint n_holds;
};

enum {
  PROP_PORT_PATH = 1,
  PROP_NAME,
  PROP_PRESENT,
  PROP_ACCESSIBLE,
  PROP_MODE,
  PROP_USB_DEVICE,
  PROP_HELD,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DfuDevice, dfu_device, G_TYPE_OBJECT)

static void
accessible_cb (DfuDevice *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCESSIBLE]);
}

static void
set_present (DfuDevice *self, gboolean present)
{
  if (self->present == present)
    return;

  self->present = present;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRESENT]);
}

static void
clear_usb_device (DfuDevice *self)
{
  if (self->usb_device != NULL)
    g_signal_handlers_disconnect_by_func (self->usb_device, accessible_cb, self);
  g_clear_object (&self->usb_device);
}

/* What comes to the port of a board that has left may be another. */
static gboolean
is_program_of (UsbDevice *before, const DfuInterface *interface, UsbDevice *usb_device)
{
  DfuInterface old;

  return interface->mode == DFU_MODE_DFU && dfu_interface_find (&old, before) &&
         old.mode == DFU_MODE_RUNTIME &&
         usb_device_get_vendor_id (before) == usb_device_get_vendor_id (usb_device) &&
         g_strcmp0 (usb_device_get_serial (before), usb_device_get_serial (usb_device)) == 0;
}

static void
set_program (DfuDevice *self, UsbDevice *usb_device)
{
  g_autoptr (UsbDevice) program = NULL;

  if (self->usb_device != NULL && is_program_of (self->usb_device, &self->interface, usb_device))
    program = g_object_ref (self->usb_device);

  g_set_object (&self->program, program);
}

static void
set_usb_device (DfuDevice *self, UsbDevice *usb_device)
{
  set_program (self, usb_device);
  clear_usb_device (self);
  self->usb_device = g_object_ref (usb_device);
  g_signal_connect_object (usb_device, "notify::accessible", G_CALLBACK (accessible_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * dfu_device_arrive:
 * @self: a board
 * @usb_device: its new stay on the bus, at the same port and with a DFU interface
 *
 * For the device list: the board is (again) on the bus.
 */
void
dfu_device_arrive (DfuDevice *self, UsbDevice *usb_device)
{
  g_return_if_fail (DFU_IS_DEVICE (self));
  g_return_if_fail (USB_IS_DEVICE (usb_device));
  g_return_if_fail (g_str_equal (usb_device_get_port_path (usb_device), self->port_path));

  if (!dfu_interface_find (&self->interface, usb_device))
    g_return_if_reached ();

  g_object_freeze_notify (G_OBJECT (self));
  set_usb_device (self, usb_device);
  set_present (self, TRUE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_USB_DEVICE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCESSIBLE]);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * dfu_device_leave:
 * @self: a board
 *
 * For the device list: the board left the bus, perhaps for a moment.
 */
void
dfu_device_leave (DfuDevice *self)
{
  g_return_if_fail (DFU_IS_DEVICE (self));

  set_present (self, FALSE);
}

/**
 * dfu_device_hold:
 * @self: a board
 *
 * Keeps the board in its list even when it leaves the bus, until dfu_device_release(): somebody
 * has something to say about it.
 */
void
dfu_device_hold (DfuDevice *self)
{
  g_return_if_fail (DFU_IS_DEVICE (self));

  if (self->n_holds++ == 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HELD]);
}

/**
 * dfu_device_release:
 * @self: a board that is held
 *
 * Takes back one dfu_device_hold().
 */
void
dfu_device_release (DfuDevice *self)
{
  g_return_if_fail (DFU_IS_DEVICE (self));
  g_return_if_fail (self->n_holds > 0);

  if (--self->n_holds == 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HELD]);
}

/**
 * dfu_device_is_held:
 * @self: a board
 *
 * Returns: whether somebody holds it
 */
gboolean
dfu_device_is_held (DfuDevice *self)
{
  g_return_val_if_fail (DFU_IS_DEVICE (self), FALSE);

  return self->n_holds > 0;
}

/**
 * dfu_device_takes_application:
 * @self: a board
 *
 * Returns: whether the board is given an application alone, and leaves the rest of its flash as it
 *   is
 */
gboolean
dfu_device_takes_application (DfuDevice *self)
{
  g_return_val_if_fail (DFU_IS_DEVICE (self), FALSE);

  return (dfu_quirks_find_device (self->usb_device) & DFU_QUIRK_ESP_APPLICATION) != 0;
}

/**
 * dfu_device_dup_serial:
 * @self: a board
 *
 * Returns: (transfer full) (nullable): its serial number, with the letters that a GD32 sends in
 *   the place of characters of two bytes
 */
char *
dfu_device_dup_serial (DfuDevice *self)
{
  g_return_val_if_fail (DFU_IS_DEVICE (self), NULL);

  return dfu_quirks_dup_serial (self->usb_device);
}

/**
 * dfu_device_accepts:
 * @self: a board
 * @image: an image
 * @error: return location for the reason why not, in %DFU_ERROR
 *
 * A board that is in DFU mode, and was seen to come from run-time mode, is still the board that an
 * image with the ids of that names: somebody tries again.
 *
 * Returns: whether @image may be sent to the board; see dfu_check_reconfigured()
 */
gboolean
dfu_device_accepts (DfuDevice *self, FirmwareImage *image, GError **error)
{
  g_return_val_if_fail (DFU_IS_DEVICE (self), FALSE);

  return dfu_check_reconfigured (self->program, self->usb_device, image, error);
}

/**
 * dfu_device_accepts_at:
 * @self: a board in DFU mode
 * @image: an image that it accepts, see dfu_device_accepts()
 * @alternates: (element-type DfuAlternate): what the board has, with the names that were read
 * @chosen: which of these is meant; of a board that speaks DfuSe, any of the interface
 * @error: return location for a %DFU_ERROR_NO_SUCH_PLACE
 *
 * Decides what an upgrade decides before it erases anything, and asks the board nothing. A board
 * that speaks plain DFU does not say how large its memories are.
 *
 * Returns: whether the chosen memory has a place for all of @image, as far as that is known
 */
gboolean
dfu_device_accepts_at (DfuDevice *self,
                       FirmwareImage *image,
                       GPtrArray *alternates,
                       const DfuAlternate *chosen,
                       GError **error)
{
  g_autoptr (DfuMemories) memories = NULL;

  g_return_val_if_fail (DFU_IS_DEVICE (self), FALSE);
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (image), FALSE);
  g_return_val_if_fail (chosen != NULL, FALSE);

  if (!dfu_interface_takes_addresses (&self->interface))
    return TRUE;

  memories = dfu_memories_new_from_names (self->usb_device, alternates, chosen->interface);
  return memories == NULL || dfu_dfuse_plan_check (firmware_image_get_segments (image),
                                                   DFU_DFUSE_PLAN_AS_FILED, memories, error);
}

/**
 * dfu_device_get_port_path:
 * @self: a board
 *
 * Returns: where it is plugged in, "1-2.3": bus 1, port 2, port 3 of the hub there
 */
const char *
dfu_device_get_port_path (DfuDevice *self)
{
  g_return_val_if_fail (DFU_IS_DEVICE (self), NULL);

  return self->port_path;
}

/**
 * dfu_device_get_name:
 * @self: a board
 *
 * Returns: (nullable): what it calls itself, or the chip that its ids stand for
 */
const char *
dfu_device_get_name (DfuDevice *self)
{
  const char *name;

  g_return_val_if_fail (DFU_IS_DEVICE (self), NULL);

  name = usb_device_get_product (self->usb_device);
  if (name == NULL && usb_device_get_vendor_id (self->usb_device) == FIRMWARE_ESP_VENDOR)
    name = firmware_esp_chip_name (usb_device_get_product_id (self->usb_device));

  return name;
}

/**
 * dfu_device_is_present:
 * @self: a board
 *
 * Returns: whether it is on the bus now
 */
gboolean
dfu_device_is_present (DfuDevice *self)
{
  g_return_val_if_fail (DFU_IS_DEVICE (self), FALSE);

  return self->present;
}

/**
 * dfu_device_is_accessible:
 * @self: a board
 *
 * Returns: whether this person may open it
 */
gboolean
dfu_device_is_accessible (DfuDevice *self)
{
  g_return_val_if_fail (DFU_IS_DEVICE (self), FALSE);

  return usb_device_is_accessible (self->usb_device);
}

/**
 * dfu_device_get_mode:
 * @self: a board
 *
 * Returns: the mode it is in, or was in when it left
 */
DfuMode
dfu_device_get_mode (DfuDevice *self)
{
  g_return_val_if_fail (DFU_IS_DEVICE (self), DFU_MODE_RUNTIME);

  return self->interface.mode;
}

/**
 * dfu_device_tell_program:
 * @self: a board
 * @vendor: the idVendor that it has in run-time mode
 * @product: the same of idProduct
 *
 * Tells of a board that is in DFU mode what nobody has seen: which board an image for it may name.
 */
void
dfu_device_tell_program (DfuDevice *self, guint16 vendor, guint16 product)
{
  g_auto (UsbIdentity) identity = { .vendor_id = vendor, .product_id = product };

  g_return_if_fail (DFU_IS_DEVICE (self));

  if (self->program != NULL || self->interface.mode != DFU_MODE_DFU)
    return;

  identity.port_path = g_strdup (dfu_device_get_port_path (self));
  identity.serial = g_strdup (usb_device_get_serial (self->usb_device));
  self->program = usb_device_new (&identity);
}

/**
 * dfu_device_get_program:
 * @self: a board
 *
 * Returns: (transfer none) (nullable): in DFU mode, its stay in run-time mode just before, if any
 */
UsbDevice *
dfu_device_get_program (DfuDevice *self)
{
  g_return_val_if_fail (DFU_IS_DEVICE (self), NULL);

  return self->program;
}

/**
 * dfu_device_get_usb_device:
 * @self: a board
 *
 * Returns: (transfer none): its present stay on the bus, or the last one
 */
UsbDevice *
dfu_device_get_usb_device (DfuDevice *self)
{
  g_return_val_if_fail (DFU_IS_DEVICE (self), NULL);

  return self->usb_device;
}

/**
 * dfu_device_get_interface:
 * @self: a board
 *
 * Returns: (transfer none): its DFU interface in the present mode
 */
const DfuInterface *
dfu_device_get_interface (DfuDevice *self)
{
  g_return_val_if_fail (DFU_IS_DEVICE (self), NULL);

  return &self->interface;
}

static void
dfu_device_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  DfuDevice *self = DFU_DEVICE (object);

  switch (property_id) {
  case PROP_PORT_PATH:
    g_value_set_string (value, self->port_path);
    break;
  case PROP_NAME:
    g_value_set_string (value, dfu_device_get_name (self));
    break;
  case PROP_PRESENT:
    g_value_set_boolean (value, self->present);
    break;
  case PROP_ACCESSIBLE:
    g_value_set_boolean (value, dfu_device_is_accessible (self));
    break;
  case PROP_MODE:
    g_value_set_enum (value, self->interface.mode);
    break;
  case PROP_USB_DEVICE:
    g_value_set_object (value, self->usb_device);
    break;
  case PROP_HELD:
    g_value_set_boolean (value, dfu_device_is_held (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dfu_device_dispose (GObject *object)
{
  clear_usb_device (DFU_DEVICE (object));
  g_clear_object (&DFU_DEVICE (object)->program);

  G_OBJECT_CLASS (dfu_device_parent_class)->dispose (object);
}

static void
dfu_device_finalize (GObject *object)
{
  g_free (DFU_DEVICE (object)->port_path);

  G_OBJECT_CLASS (dfu_device_parent_class)->finalize (object);
}

static void
dfu_device_class_init (DfuDeviceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = dfu_device_get_property;
  object_class->dispose = dfu_device_dispose;
  object_class->finalize = dfu_device_finalize;

  properties[PROP_PORT_PATH] = g_param_spec_string ("port-path", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_PRESENT] = g_param_spec_boolean ("present", NULL, NULL, FALSE, flags);
  properties[PROP_ACCESSIBLE] = g_param_spec_boolean ("accessible", NULL, NULL, FALSE, flags);
  properties[PROP_MODE] =
    g_param_spec_enum ("mode", NULL, NULL, DFU_TYPE_MODE, DFU_MODE_RUNTIME, flags);
  properties[PROP_USB_DEVICE] =
    g_param_spec_object ("usb-device", NULL, NULL, USB_TYPE_DEVICE, flags);
  properties[PROP_HELD] = g_param_spec_boolean ("held", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dfu_device_init (DfuDevice *self)
{
  self->interface.mode = DFU_MODE_RUNTIME;
}

/**
 * dfu_device_new:
 * @usb_device: a USB device with a DFU interface
 *
 * Returns: (transfer full): a board that is present
 */
DfuDevice *
dfu_device_new (UsbDevice *usb_device)
{
  DfuDevice *self;

  g_return_val_if_fail (USB_IS_DEVICE (usb_device), NULL);

  self = g_object_new (DFU_TYPE_DEVICE, NULL);
  self->port_path = g_strdup (usb_device_get_port_path (usb_device));
  dfu_device_arrive (self, usb_device);

  return self;
}

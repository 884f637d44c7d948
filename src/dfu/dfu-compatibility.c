/* dfu-compatibility.c: whether an image and a device belong together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-compatibility.h"

#include "dfu-application.h"
#include "dfu-error.h"
#include "dfu-interface.h"
#include "dfu-loader-chips.h"
#include "dfu-quirks.h"
#include "firmware-esp-archive.h"
#include "firmware-esp-chip.h"
#include "firmware-format.h"
#include "firmware-uf2-family.h"

static const char *
name_device (UsbDevice *device)
{
  const char *name = NULL;

  if (usb_device_get_vendor_id (device) == FIRMWARE_ESP_VENDOR)
    name = firmware_esp_chip_name (usb_device_get_product_id (device));
  if (name == NULL)
    name = usb_device_get_product (device);

  return name != NULL ? name : "another device";
}

static void
set_wrong_device (GError **error, UsbDevice *device, FirmwareImage *image)
{
  const FirmwareDfuSuffix *suffix = firmware_image_get_suffix (image);
  const char *chip = firmware_image_get_chip (image);

  g_set_error (error, DFU_ERROR, DFU_ERROR_WRONG_DEVICE,
               "The image is for %s [%04x:%04x], the device is %s [%04x:%04x]",
               chip != NULL ? chip : "the device", suffix->vendor, suffix->product,
               name_device (device), usb_device_get_vendor_id (device),
               usb_device_get_product_id (device));
}

/* A UF2 file names a family of chips instead of a device; one that nobody has listed tells nothing.
 */
static gboolean
check_family (UsbDevice *device, FirmwareImage *image, GError **error)
{
  const char *chip = firmware_image_get_chip (image);

  if (firmware_image_get_suffix (image) != NULL || chip == NULL ||
      !firmware_uf2_family_is_name (chip) ||
      dfu_loader_chips_accept (usb_device_get_vendor_id (device),
                               usb_device_get_product_id (device), chip))
    return TRUE;

  g_set_error (error, DFU_ERROR, DFU_ERROR_WRONG_DEVICE,
               "The image is for %s, the device is %s [%04x:%04x]", chip, name_device (device),
               usb_device_get_vendor_id (device), usb_device_get_product_id (device));
  return FALSE;
}

/* What names no device is for check_kind() to judge. */
static gboolean
matches (UsbDevice *device, FirmwareImage *image)
{
  const FirmwareDfuSuffix *suffix = firmware_image_get_suffix (image);

  return suffix == NULL || firmware_dfu_suffix_matches (suffix, usb_device_get_vendor_id (device),
                                                        usb_device_get_product_id (device));
}

/* Most devices have another idProduct in DFU mode, and a suffix may name either. In run-time mode
 * only half of that can be checked; dfu_check_reconfigured() does the other. The ids of an ESP ROM
 * do not change. */
static gboolean
may_match_in_dfu_mode (UsbDevice *device, const DfuInterface *interface, FirmwareImage *image)
{
  const FirmwareDfuSuffix *suffix = firmware_image_get_suffix (image);

  return interface->mode == DFU_MODE_RUNTIME && suffix != NULL &&
         suffix->vendor == usb_device_get_vendor_id (device) &&
         (dfu_quirks_find_device (device) & DFU_QUIRK_ESP_ARCHIVE) == 0;
}

static gboolean
check_interface (UsbDevice *device, DfuInterface *interface, GError **error)
{
  if (!dfu_interface_find (interface, device)) {
    g_set_error_literal (error, DFU_ERROR, DFU_ERROR_NOT_SUPPORTED,
                         "The device has no DFU interface");
    return FALSE;
  }

  if (!interface->descriptor.can_download) {
    g_set_error_literal (error, DFU_ERROR, DFU_ERROR_NOT_SUPPORTED,
                         "The device takes no downloads (bitCanDnload)");
    return FALSE;
  }

  return TRUE;
}

/* An ESP ROM would write other bytes over address 0 of its flash and report success; what has
 * addresses and is no archive was made for something else. */
static gboolean
check_archive (FirmwareImage *image, GError **error)
{
  if (firmware_image_get_format (image) == &firmware_format_esp_archive)
    return TRUE;

  if (firmware_image_get_payload (image) == NULL)
    g_set_error_literal (error, DFU_ERROR, DFU_ERROR_WRONG_DEVICE,
                         "The image holds no firmware of an ESP chip");
  else
    g_set_error_literal (error, DFU_ERROR, DFU_ERROR_UNSAFE_IMAGE,
                         "The image is not an ESP archive; the device would write it over the "
                         "start of its flash and report success");
  return FALSE;
}

/* A DfuSe device must be told where each byte goes; that it has memory there is seen once it is
 * open, and before anything is erased. So an image need not name the device. */
static gboolean
check_addressed (FirmwareImage *image, GError **error)
{
  const char *chip = firmware_image_get_chip (image);

  if (chip != NULL && firmware_esp_chip_find_by_name (chip) != NULL) {
    g_set_error (error, DFU_ERROR, DFU_ERROR_WRONG_DEVICE,
                 "The image is for %s, which does not speak DfuSe", chip);
    return FALSE;
  }

  if (firmware_image_get_payload (image) == NULL)
    return TRUE;

  g_set_error_literal (error, DFU_ERROR, DFU_ERROR_NO_ADDRESS,
                       "The image does not say where its bytes go, as DfuSe needs to know");
  return FALSE;
}

/* A program that takes its successor gets nothing but that; what else its chip may be given is for
 * the ROM. */
static gboolean
check_application (UsbDevice *device, FirmwareImage *image, GError **error)
{
  const FirmwareEspChip *chip =
    firmware_esp_chip_find_by_product (firmware_image_get_suffix (image)->product);
  GBytes *application = dfu_application_find (image);

  if (!dfu_application_is_for (chip)) {
    set_wrong_device (error, device, image);
    return FALSE;
  }

  if (application != NULL)
    return dfu_application_check (application, error);

  g_set_error_literal (error, DFU_ERROR, DFU_ERROR_NOT_ALONE,
                       "The device takes an application alone, and the image is made for its ROM");
  return FALSE;
}

static gboolean
is_for_successor (UsbDevice *device, FirmwareImage *image)
{
  const FirmwareDfuSuffix *suffix = firmware_image_get_suffix (image);

  return (dfu_quirks_find_device (device) & DFU_QUIRK_ESP_APPLICATION) != 0 && suffix != NULL &&
         suffix->vendor == FIRMWARE_ESP_VENDOR;
}

/* Many programs of DfuSe devices speak plain DFU, just enough for DETACH. Where the image names the
 * maker of the device, what comes back can be judged; what names nobody would have any device with
 * a run-time interface leave its program. */
static gboolean
may_speak_dfuse_later (UsbDevice *device, const DfuInterface *interface, FirmwareImage *image)
{
  const FirmwareDfuSuffix *suffix = firmware_image_get_suffix (image);

  return interface->mode == DFU_MODE_RUNTIME && suffix != NULL &&
         suffix->vendor == usb_device_get_vendor_id (device) &&
         (dfu_quirks_find_device (device) &
          (DFU_QUIRK_IS_LOADER | DFU_QUIRK_PROGRAM | DFU_QUIRK_PLAIN)) == 0;
}

/* What the image is made of must be what the device takes. */
static gboolean
check_kind (UsbDevice *device, const DfuInterface *interface, FirmwareImage *image, GError **error)
{
  if ((dfu_quirks_find_device (device) & DFU_QUIRK_ESP_ARCHIVE) != 0)
    return check_archive (image, error);
  if (dfu_interface_takes_addresses (interface))
    return check_addressed (image, error);

  if (firmware_image_get_payload (image) == NULL) {
    if (may_speak_dfuse_later (device, interface, image))
      return TRUE;

    g_set_error_literal (error, DFU_ERROR, DFU_ERROR_ADDRESSED_IMAGE,
                         "The image gives each of its bytes an address, which plain DFU cannot "
                         "carry");
    return FALSE;
  }

  if (firmware_image_get_suffix (image) == NULL) {
    g_set_error_literal (error, DFU_ERROR, DFU_ERROR_WRONG_DEVICE,
                         "The image does not say which device it is for");
    return FALSE;
  }

  return (dfu_quirks_find_device (device) & DFU_QUIRK_ESP_APPLICATION) == 0 ||
         dfu_application_check (firmware_image_get_payload (image), error);
}

/* Consent may outweigh a warning; nothing outweighs an error. */
static gboolean
check_findings (FirmwareImage *image, GError **error)
{
  g_autoptr (FirmwareFinding) heaviest =
    g_list_model_get_item (firmware_image_get_findings (image), 0);
  g_autoptr (GEnumClass) kinds = NULL;
  const char *part = NULL;
  const char *kind = NULL;

  if (heaviest == NULL || firmware_finding_get_severity (heaviest) != FIRMWARE_SEVERITY_ERROR)
    return TRUE;

  kinds = g_type_class_ref (FIRMWARE_TYPE_FINDING_KIND);
  kind = g_enum_get_value (kinds, (int) firmware_finding_get_kind (heaviest))->value_nick;
  part = firmware_finding_get_part (heaviest);
  g_set_error (error, DFU_ERROR, DFU_ERROR_UNFIT_IMAGE,
               "The image would keep the device from starting: %s (%s)", kind,
               part != NULL ? part : "the whole image");
  return FALSE;
}

/**
 * dfu_check_compatibility:
 * @device: a device
 * @image: an image
 * @error: return location for %DFU_ERROR_WRONG_DEVICE, %DFU_ERROR_ADDRESSED_IMAGE,
 *   %DFU_ERROR_NO_ADDRESS, %DFU_ERROR_NOT_ALONE, %DFU_ERROR_UNSAFE_IMAGE, %DFU_ERROR_UNFIT_IMAGE or
 *   %DFU_ERROR_NOT_SUPPORTED
 *
 * Decides from what is known without asking the device whether @image may be sent to it. Any
 * thread.
 *
 * A file for another device is that before it is anything else. An ESP ROM gets nothing but an ESP
 * archive: it would write other bytes over address 0 of its flash and report success. Nobody gets
 * an image with a finding that is an error; whether a warning was consented to is a matter of the
 * caller.
 *
 * Returns: whether it may
 */
gboolean
dfu_check_compatibility (UsbDevice *device, FirmwareImage *image, GError **error)
{
  DfuInterface interface;

  g_return_val_if_fail (USB_IS_DEVICE (device), FALSE);
  g_return_val_if_fail (FIRMWARE_IS_IMAGE (image), FALSE);

  if (!check_interface (device, &interface, error))
    return FALSE;

  if (is_for_successor (device, image))
    return check_application (device, image, error) && check_findings (image, error);

  if (!matches (device, image) && !may_match_in_dfu_mode (device, &interface, image)) {
    set_wrong_device (error, device, image);
    return FALSE;
  }

  return check_family (device, image, error) && check_kind (device, &interface, image, error) &&
         check_findings (image, error);
}

/**
 * dfu_check_reconfigured:
 * @before: (nullable): a device in run-time mode, which passed dfu_check_compatibility()
 * @device: the same device now
 * @image: an image
 * @error: return location for an error, as dfu_check_compatibility() has them
 *
 * Decides again, now that all ids of the device are known. It is enough when the image names
 * either; but the ids of an ESP ROM do not change, so where one is on either side, the device as it
 * is now must be the one that is named: somebody may have plugged in another. And it may speak
 * another dialect of DFU than before. Without @before it is dfu_check_compatibility(). Any thread.
 *
 * Returns: whether @image may be sent to @device
 */
gboolean
dfu_check_reconfigured (UsbDevice *before, UsbDevice *device, FirmwareImage *image, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  DfuInterface interface;

  g_return_val_if_fail (before == NULL || USB_IS_DEVICE (before), FALSE);

  if (dfu_check_compatibility (device, image, &local_error))
    return TRUE;

  if (before != NULL && g_error_matches (local_error, DFU_ERROR, DFU_ERROR_WRONG_DEVICE) &&
      ((dfu_quirks_find_device (before) | dfu_quirks_find_device (device)) &
       DFU_QUIRK_ESP_ARCHIVE) == 0 &&
      firmware_image_get_suffix (image) != NULL && matches (before, image))
    return check_interface (device, &interface, error) &&
           check_kind (device, &interface, image, error) && check_findings (image, error);

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* cli-list.c: bootlace-cli list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "cli-command.h"
#include "cli-devices.h"
#include "cli-json.h"
#include "cli-print.h"
#include "dfu-alternates.h"
#include "dfu-device.h"
#include "setup-bystander-list.h"

static const char *
name_or (const char *name, const char *otherwise)
{
  return name != NULL ? name : otherwise;
}

static void
print_id (UsbDevice *device)
{
  cli_print_field (_ ("Id"), "[%04x:%04x] ver %04x", usb_device_get_vendor_id (device),
                   usb_device_get_product_id (device), usb_device_get_release (device));
}

static GPtrArray *
list_memories (UsbDevice *device, const DfuInterface *dfu)
{
  GPtrArray *alternates = dfu_alternates_list_all (dfu, device);

  dfu_alternates_ask (alternates, device, NULL);

  return alternates;
}

static void
print_memory (const DfuAlternate *alternate, gboolean names_interface)
{
  const char *name = name_or (alternate->name, _ ("unnamed"));

  if (names_interface)
    cli_print_field (_ ("Memory"), "intf %u, alt %u, %s", alternate->interface, alternate->number,
                     name);
  else
    cli_print_field (_ ("Memory"), "alt %u, %s", alternate->number, name);
}

static void
print_memories (UsbDevice *device, const DfuInterface *dfu)
{
  g_autoptr (GPtrArray) alternates = list_memories (device, dfu);

  for (guint i = 0; i < alternates->len; i++)
    print_memory (g_ptr_array_index (alternates, i), dfu->n_interfaces > 1);
}

static void
print_device (DfuDevice *device)
{
  UsbDevice *usb_device = dfu_device_get_usb_device (device);
  const DfuInterface *dfu = dfu_device_get_interface (device);
  g_autofree char *serial = dfu_device_dup_serial (device);

  cli_print_board (dfu_device_get_name (device), dfu_device_get_port_path (device));
  cli_print_field (_ ("Mode"), "%s", dfu_enum_nick (DFU_TYPE_MODE, dfu->mode));
  print_id (usb_device);
  cli_print_field (_ ("Device"), "devnum %u, cfg %u, intf %u", usb_device_get_address (usb_device),
                   usb_device_get_configuration (usb_device)->value, dfu->number);
  print_memories (usb_device, dfu);
  cli_print_field (_ ("Serial"), "%s", name_or (serial, _ ("none")));
  cli_print_field (_ ("Access"), "%s",
                   dfu_device_is_accessible (device)
                     ? _ ("yes")
                     : _ ("no: your account may not use this board yet"));
}

static void
print_bystander (SetupBystander *bystander)
{
  cli_print_board (setup_bystander_get_title (bystander),
                   setup_bystander_get_port_path (bystander));
  cli_print_field (_ ("State"), "%s", setup_bystander_get_label (bystander));
  print_id (setup_bystander_get_device (bystander));
  cli_print_field (_ ("Hint"), "%s", setup_bystander_get_hint (bystander));
}

static void
add_memories (JsonBuilder *builder, UsbDevice *device, const DfuInterface *dfu)
{
  g_autoptr (GPtrArray) alternates = list_memories (device, dfu);

  json_builder_set_member_name (builder, "alternates");
  json_builder_begin_array (builder);
  for (guint i = 0; i < alternates->len; i++) {
    const DfuAlternate *alternate = g_ptr_array_index (alternates, i);

    json_builder_begin_object (builder);
    cli_json_add_int (builder, "interface", alternate->interface);
    cli_json_add_int (builder, "number", alternate->number);
    cli_json_add_string (builder, "name", alternate->name);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

/* What every device has, whether it speaks DFU or not. */
static void
add_identity (JsonBuilder *builder, UsbDevice *device)
{
  cli_json_add_int (builder, "vendor", usb_device_get_vendor_id (device));
  cli_json_add_int (builder, "product", usb_device_get_product_id (device));
  cli_json_add_int (builder, "version", usb_device_get_release (device));
  cli_json_add_int (builder, "devnum", usb_device_get_address (device));
  cli_json_add_int (builder, "configuration", usb_device_get_configuration (device)->value);
}

static void
add_device (JsonBuilder *builder, DfuDevice *device, gboolean all)
{
  UsbDevice *usb_device = dfu_device_get_usb_device (device);
  const DfuInterface *dfu = dfu_device_get_interface (device);
  g_autofree char *serial = dfu_device_dup_serial (device);

  json_builder_begin_object (builder);
  cli_json_add_string (builder, "name", dfu_device_get_name (device));
  cli_json_add_string (builder, "path", dfu_device_get_port_path (device));
  cli_json_add_string (builder, "mode", dfu->mode == DFU_MODE_DFU ? "dfu" : "runtime");
  add_identity (builder, usb_device);
  cli_json_add_int (builder, "interface", dfu->number);
  add_memories (builder, usb_device, dfu);
  cli_json_add_string (builder, "serial", serial);
  cli_json_add_boolean (builder, "accessible", dfu_device_is_accessible (device));
  if (all) {
    cli_json_add_string (builder, "kind", "dfu");
    cli_json_add_null (builder, "hint");
  }
  json_builder_end_object (builder);
}

static void
add_bystander (JsonBuilder *builder, SetupBystander *bystander)
{
  UsbDevice *usb_device = setup_bystander_get_device (bystander);
  const int kind = (int) setup_bystander_get_kind (bystander);

  json_builder_begin_object (builder);
  cli_json_add_string (builder, "name", setup_bystander_get_name (bystander));
  cli_json_add_string (builder, "path", setup_bystander_get_port_path (bystander));
  cli_json_add_null (builder, "mode");
  add_identity (builder, usb_device);
  cli_json_add_null (builder, "interface");
  json_builder_set_member_name (builder, "alternates");
  json_builder_begin_array (builder);
  json_builder_end_array (builder);
  cli_json_add_string (builder, "serial", usb_device_get_serial (usb_device));
  cli_json_add_boolean (builder, "accessible", usb_device_is_accessible (usb_device));
  cli_json_add_string (builder, "kind", dfu_enum_nick (SETUP_TYPE_BOARD_KIND, kind));
  cli_json_add_string (builder, "hint", setup_bystander_get_hint (bystander));
  json_builder_end_object (builder);
}

static void
print_as_json (GListModel *devices, GListModel *bystanders)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (devices); i++) {
    g_autoptr (DfuDevice) device = g_list_model_get_item (devices, i);

    add_device (builder, device, bystanders != NULL);
  }
  for (guint i = 0; bystanders != NULL && i < g_list_model_get_n_items (bystanders); i++) {
    g_autoptr (SetupBystander) bystander = g_list_model_get_item (bystanders, i);

    add_bystander (builder, bystander);
  }
  json_builder_end_array (builder);

  cli_json_print (builder);
}

static void
print_as_text (GListModel *devices, GListModel *bystanders)
{
  gboolean first = TRUE;

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++) {
    g_autoptr (DfuDevice) device = g_list_model_get_item (devices, i);

    g_print ("%s", first ? "" : "\n");
    print_device (device);
    first = FALSE;
  }

  for (guint i = 0; bystanders != NULL && i < g_list_model_get_n_items (bystanders); i++) {
    g_autoptr (SetupBystander) bystander = g_list_model_get_item (bystanders, i);

    g_print ("%s", first ? "" : "\n");
    print_bystander (bystander);
    first = FALSE;
  }
}

/* Where no board is found, what there is instead is the answer. */
static void
tell_none (DfuDeviceList *devices)
{
  g_autoptr (SetupBystanderList) bystanders = setup_bystander_list_new (devices);
  GListModel *model = G_LIST_MODEL (bystanders);

  cli_devices_print_none ();
  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (SetupBystander) bystander = g_list_model_get_item (model, i);

    g_printerr (_ ("%s on USB port %s"), setup_bystander_get_title (bystander),
                setup_bystander_get_port_path (bystander));
    g_printerr (": %s\n", setup_bystander_get_hint (bystander));
  }
}

static CliExit
list (DfuDeviceList *devices, gboolean all, gboolean json)
{
  g_autoptr (SetupBystanderList) bystanders = all ? setup_bystander_list_new (devices) : NULL;
  GListModel *model = G_LIST_MODEL (devices);

  if (json)
    print_as_json (model, (GListModel *) bystanders);
  else
    print_as_text (model, (GListModel *) bystanders);

  if (g_list_model_get_n_items (model) > 0)
    return CLI_EXIT_SUCCESS;

  if (all && !json)
    cli_devices_print_none ();
  else if (!json)
    tell_none (devices);
  return CLI_EXIT_NO_DEVICE;
}

static CliExit
run (int argc, char **argv)
{
  gboolean all = FALSE;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "all", 'a', 0, G_OPTION_ARG_NONE, &all,
      N_ ("List boards that do not speak DFU as they are, too"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    { 0 },
  };
  g_autoptr (DfuDeviceList) devices = NULL;
  CliExit status = CLI_EXIT_SUCCESS;

  if (!cli_parse_options (&cli_command_list, entries, &argc, &argv) ||
      !cli_takes_no_arguments (&cli_command_list, argc))
    return CLI_EXIT_USAGE;

  devices = cli_devices_new_still (&status);

  return devices != NULL ? list (devices, all, json) : status;
}

const CliCommand cli_command_list = {
  .name = "list",
  .arguments = "[--all] [--json]",
  .summary = N_ ("list the boards that speak DFU"),
  .prints = TRUE,
  .run = run,
};

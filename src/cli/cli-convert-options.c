/* cli-convert-options.c: what bootlace-cli convert is told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-convert-options.h"

#include <glib/gi18n.h>

#include "cli-command.h"
#include "cli-ids.h"
#include "cli-number.h"
#include "cli-save.h"
#include "firmware-format.h"
#include "firmware-text.h"

/* What a name ends in; .dfu and .bin are more than one thing, see find_output(). */
static const struct {
  const char *extension;
  FirmwareOutput output;
} extensions[] = {
  { ".dfu", FIRMWARE_OUTPUT_DFU },  { ".dfuse", FIRMWARE_OUTPUT_DFUSE },
  { ".bin", FIRMWARE_OUTPUT_BIN },  { ".hex", FIRMWARE_OUTPUT_HEX },
  { ".ihex", FIRMWARE_OUTPUT_HEX }, { ".ihx", FIRMWARE_OUTPUT_HEX },
};

static gboolean
is_for_esp (FirmwareImage *image)
{
  return firmware_image_get_format (image) == &firmware_format_esp_archive;
}

static gboolean
parse_format (const char *text, FirmwareOutput *output)
{
  g_autoptr (GEnumClass) outputs = g_type_class_ref (FIRMWARE_TYPE_OUTPUT);
  const GEnumValue *value = g_enum_get_value_by_nick (outputs, text);

  if (value == NULL) {
    g_printerr (_ ("“%s” is no format to write. There are: %s."), text, "dfu, dfuse, bin, hex");
    g_printerr ("\n");
    return FALSE;
  }

  *output = (FirmwareOutput) value->value;
  return TRUE;
}

static gboolean
find_extension (const char *path, FirmwareOutput *output)
{
  g_autofree char *folded = g_ascii_strdown (path, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (extensions); i++) {
    if (g_str_has_suffix (folded, extensions[i].extension)) {
      *output = extensions[i].output;
      return TRUE;
    }
  }

  g_printerr (_ ("The name %s does not tell which format to write; say it with “--to”: %s."), path,
              "dfu, dfuse, bin, hex");
  g_printerr ("\n");
  return FALSE;
}

/* Firmware for an ESP chip is an archive, whether it is called dfu.bin or blink.dfu, unless gaps
 * are to be filled, of which an archive has none. Other bytes with addresses are kept at them, as
 * only DfuSe can in a .dfu. */
static gboolean
find_output (const CliConvertOptions *self, FirmwareImage *image, FirmwareOutput *output)
{
  if (self->format != NULL)
    return parse_format (self->format, output);

  if (!find_extension (self->output, output))
    return FALSE;

  if (is_for_esp (image) && *output == FIRMWARE_OUTPUT_BIN && self->fill == NULL)
    *output = FIRMWARE_OUTPUT_DFU;
  else if (!is_for_esp (image) && *output == FIRMWARE_OUTPUT_DFU &&
           (firmware_image_has_addresses (image) || self->address != NULL))
    *output = FIRMWARE_OUTPUT_DFUSE;

  return TRUE;
}

static gboolean
parse_byte (const char *text, const char *option, int *byte)
{
  guint32 number = 0;

  if (text == NULL)
    return TRUE;

  if (!cli_number_parse (text, option, G_MAXUINT8, &number))
    return FALSE;

  *byte = (int) number;
  return TRUE;
}

static gboolean
parse_address (const char *text, gint64 *address)
{
  guint32 number = 0;

  if (text == NULL)
    return TRUE;

  if (!cli_number_parse (text, "--address", G_MAXUINT32, &number))
    return FALSE;

  *address = number;
  return TRUE;
}

static gboolean
parse_device (const char *text, FirmwareConversion *conversion, FirmwareDfuSuffix *ids)
{
  *ids = (FirmwareDfuSuffix){ .device = FIRMWARE_DFU_SUFFIX_ANY_ID };

  if (text == NULL)
    return TRUE;

  conversion->ids = ids;
  return cli_ids_parse_device (text, ids);
}

/* An option that would do nothing was meant for something. */
static gboolean
check_use (const CliConvertOptions *self, FirmwareImage *image, FirmwareOutput output)
{
  const gboolean is_container = output == FIRMWARE_OUTPUT_DFUSE;
  const gboolean has_alternates = firmware_image_get_format (image) == &firmware_format_dfuse;
  const struct {
    const char *option;
    gboolean given;
    gboolean useful;
  } rows[] = {
    { "--device", self->device != NULL, is_container || output == FIRMWARE_OUTPUT_DFU },
    { "--address", self->address != NULL,
      !firmware_image_has_addresses (image) && (is_container || output == FIRMWARE_OUTPUT_HEX) },
    { "--alternate", self->alternate != NULL, is_container || has_alternates },
    { "--name", self->name != NULL, is_container },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (rows[i].given && !rows[i].useful) {
      g_printerr (_ ("“%s” means nothing for this input and output."), rows[i].option);
      g_printerr ("\n");
      return FALSE;
    }
  }

  return TRUE;
}

static gboolean
check_name (const char *name)
{
  if (name == NULL || (*name != '\0' && firmware_text_is_printable (name)))
    return TRUE;

  g_printerr ("%s\n", _ ("The name of a target must be text that can be printed."));
  return FALSE;
}

/**
 * cli_convert_options_clear:
 * @self: options
 *
 * Frees what they hold.
 */
void
cli_convert_options_clear (CliConvertOptions *self)
{
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->format, g_free);
  g_clear_pointer (&self->device, g_free);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->alternate, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->fill, g_free);
}

/* One file, and a name for the other. */
static gboolean
check_files (const CliConvertOptions *self, int argc)
{
  if (argc != 2) {
    g_printerr ("%s\n", argc < 2 ? _ ("Name the firmware file.") : _ ("Name one firmware file."));
    return FALSE;
  }

  if (self->output == NULL) {
    g_printerr ("%s\n", _ ("Say with “-o” which file to write."));
    return FALSE;
  }

  return cli_save_prepare (self->output);
}

/**
 * cli_convert_options_parse:
 * @self: options that nothing was said of
 * @argc: (inout): how many arguments the command has, with its own name; what is no option stays
 * @argv: (inout): these
 *
 * Returns: whether the options were understood, and one file is left; else it was said on standard
 *   error
 */
gboolean
cli_convert_options_parse (CliConvertOptions *self, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
      N_ ("The file to write; - for standard output"), "firmware.dfu" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &self->format,
      N_ ("The format to write, if the name does not tell"), "dfu|dfuse|bin|hex" },
    { "device", 'd', 0, G_OPTION_ARG_STRING, &self->device, N_ ("The device that it is for"),
      "0483:df11" },
    { "address", 'a', 0, G_OPTION_ARG_STRING, &self->address,
      N_ ("Where the first byte goes, if the input does not tell"), "0x08000000" },
    { "alternate", 0, 0, G_OPTION_ARG_STRING, &self->alternate,
      N_ ("Which memory of the device it is for"), "0" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &self->name, N_ ("What a DfuSe file calls that memory"),
      "Internal Flash" },
    { "fill", 0, 0, G_OPTION_ARG_STRING, &self->fill, N_ ("The byte to put into gaps"), "0xff" },
    { "raw", 0, 0, G_OPTION_ARG_NONE, &self->raw,
      N_ ("Take the input for raw bytes, whatever it looks like"), NULL },
    { 0 },
  };

  return cli_parse_options (&cli_command_convert, entries, argc, argv) && check_files (self, *argc);
}

/**
 * cli_convert_options_read:
 * @self: options, with an output
 * @image: what is to be converted
 * @conversion: (out caller-allocates): how; borrows from @self and @ids
 * @ids: (out caller-allocates): room for the device's ids
 *
 * Makes sense of the options; says on standard error what is wrong with them.
 *
 * Returns: whether they are right
 */
gboolean
cli_convert_options_read (const CliConvertOptions *self,
                          FirmwareImage *image,
                          FirmwareConversion *conversion,
                          FirmwareDfuSuffix *ids)
{
  *conversion = (FirmwareConversion){
    .address = FIRMWARE_CONVERSION_UNSET,
    .alternate = FIRMWARE_CONVERSION_UNSET,
    .fill = FIRMWARE_CONVERSION_UNSET,
    .name = self->name,
  };

  return find_output (self, image, &conversion->output) &&
         check_use (self, image, conversion->output) && check_name (self->name) &&
         parse_device (self->device, conversion, ids) &&
         parse_address (self->address, &conversion->address) &&
         parse_byte (self->alternate, "--alternate", &conversion->alternate) &&
         parse_byte (self->fill, "--fill", &conversion->fill);
}

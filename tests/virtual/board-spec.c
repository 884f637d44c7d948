/* board-spec.c: boards described by a line of text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "board-spec.h"

#include "board-dfuse.h"
#include "board-esp32s2.h"
#include "board-generic-dfu.h"
#include "board-nano-esp32.h"
#include "board-serial.h"

#include <string.h>

#define MIB (1024 * 1024)
#define DEFAULT_FLASH_MIB 4

static gboolean
refuse_option (const char *option, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "A board has no such option: “%s”",
               option);

  return FALSE;
}

/* An option with a file that every board with a flash has. */
static gboolean
take_flash_path (BoardSpec *self, const char *option)
{
  if (!g_str_has_prefix (option, "flash="))
    return FALSE;

  g_free (self->flash_path);
  self->flash_path = g_strdup (option + strlen ("flash="));

  return TRUE;
}

static gboolean
load_flash (BoardSpec *self, GError **error)
{
  if (self->flash_path == NULL || !g_file_test (self->flash_path, G_FILE_TEST_EXISTS))
    return TRUE;

  return nor_flash_load (board_get_flash (self->board), self->flash_path, error);
}

/* "name=N" */
static gboolean
take_number (const char *option, const char *name, guint64 max, guint64 *number)
{
  return g_str_has_prefix (option, name) && option[strlen (name)] == '=' &&
         g_ascii_string_to_unsigned (option + strlen (name) + 1, 10, 0, max, number, NULL);
}

static gboolean
parse_start (const char *mode, BoardEsp32s2Options *options)
{
  if (g_str_equal (mode, "runtime"))
    options->start = BOARD_ESP32S2_HOLD_BOOT;
  else if (g_str_equal (mode, "dfu"))
    options->start = BOARD_ESP32S2_REQUEST_DFU;
  else if (g_str_equal (mode, "app"))
    options->start = BOARD_ESP32S2_NOTHING;
  else
    return FALSE;

  options->has_usb_application |= options->start == BOARD_ESP32S2_NOTHING;

  return TRUE;
}

static gboolean
parse_esp_option (BoardSpec *self,
                  BoardEsp32s2Options *options,
                  gboolean *boot_held,
                  const char *option,
                  GError **error)
{
  guint64 mib;

  if (take_flash_path (self, option))
    return TRUE;

  if (take_number (option, "flash-mib", 128, &mib) && mib > 0) {
    options->flash_size = mib * MIB;
    return TRUE;
  }

  if (g_str_has_prefix (option, "mode=") && parse_start (option + strlen ("mode="), options))
    return TRUE;

  if (g_str_equal (option, "boot=held")) {
    *boot_held = TRUE;
    return TRUE;
  }

  return refuse_option (option, error);
}

static gboolean
make_esp (BoardSpec *self,
          const Esp32s2RomChip *chip,
          char **texts,
          const BoardTiming *timing,
          GError **error)
{
  BoardEsp32s2Options options = {
    .chip = chip,
    .start = BOARD_ESP32S2_HOLD_BOOT,
    .flash_timing = timing->flash,
    .md5_us_per_mib = timing->md5_us_per_mib,
    .flash_size = DEFAULT_FLASH_MIB * MIB,
  };
  gboolean boot_held = FALSE;

  for (; *texts != NULL; texts++) {
    if (!parse_esp_option (self, &options, &boot_held, *texts, error))
      return FALSE;
  }

  self->board = board_esp32s2_new (&options);
  self->board->boot_held = boot_held;

  return load_flash (self, error);
}

static gboolean
parse_generic_manner (BoardGenericDfuOptions *options, const char *option)
{
  static const struct {
    const char *option;
    BoardGenericDfuLeaves leaves;
    BoardGenericDfuReturns returns;
    BoardGenericDfuUploads uploads;
  } manners[] = {
    { .option = "leaves=inside", .leaves = BOARD_GENERIC_DFU_LEAVES_INSIDE },
    { .option = "leaves=after", .leaves = BOARD_GENERIC_DFU_LEAVES_AFTER },
    { .option = "leaves=status", .leaves = BOARD_GENERIC_DFU_LEAVES_STATUS },
    { .option = "leaves=done", .leaves = BOARD_GENERIC_DFU_LEAVES_DONE },
    { .option = "leaves=idle", .leaves = BOARD_GENERIC_DFU_LEAVES_IDLE },
    { .option = "returns=dfu", .returns = BOARD_GENERIC_DFU_RETURNS_DFU },
    { .option = "returns=never", .returns = BOARD_GENERIC_DFU_RETURNS_NEVER },
    { .option = "uploads=unoffered", .uploads = BOARD_GENERIC_DFU_UPLOADS_UNOFFERED },
    { .option = "uploads=refused", .uploads = BOARD_GENERIC_DFU_UPLOADS_REFUSED },
    { .option = "uploads=nothing", .uploads = BOARD_GENERIC_DFU_UPLOADS_NOTHING },
    { .option = "uploads=endless", .uploads = BOARD_GENERIC_DFU_UPLOADS_ENDLESS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (manners); i++)
    if (g_str_equal (option, manners[i].option)) {
      options->leaves = MAX (options->leaves, manners[i].leaves);
      options->returns = MAX (options->returns, manners[i].returns);
      options->uploads = MAX (options->uploads, manners[i].uploads);
      return TRUE;
    }

  return FALSE;
}

static gboolean
parse_generic_option (BoardSpec *self,
                      BoardGenericDfuOptions *options,
                      const char *option,
                      GError **error)
{
  guint64 number;

  if (take_flash_path (self, option) || g_str_equal (option, "mode=runtime"))
    return TRUE;

  if (g_str_equal (option, "mode=dfu"))
    options->starts_in_dfu_mode = TRUE;
  else if (g_str_equal (option, "detach=reset"))
    options->waits_for_reset = TRUE;
  else if (g_str_equal (option, "intolerant"))
    options->is_intolerant = TRUE;
  else if (g_str_equal (option, "ends=wait-reset"))
    options->wants_reset = TRUE;
  else if (g_str_equal (option, "memories=1"))
    options->has_one_memory = TRUE;
  else if (g_str_equal (option, "interfaces=2"))
    options->has_two_interfaces = TRUE;
  else if (g_str_equal (option, "serial=comma"))
    options->has_comma = TRUE;
  else if (take_number (option, "busy-ms", 100000, &number))
    options->busy_ms = number;
  else if (take_number (option, "manifest-ms", 100000, &number))
    options->manifest_ms = number;
  else if (!parse_generic_manner (options, option))
    return refuse_option (option, error);

  return TRUE;
}

static gboolean
make_generic (BoardSpec *self,
              const BoardGenericDfuPersona *persona,
              char **texts,
              const BoardTiming *timing,
              GError **error)
{
  BoardGenericDfuOptions options = { .persona = persona,
                                     .starts_in_dfu_mode = persona != NULL,
                                     .flash_timing = timing->flash };

  for (; *texts != NULL; texts++) {
    if (!parse_generic_option (self, &options, *texts, error))
      return FALSE;
  }

  self->board = board_generic_dfu_new (&options);

  return load_flash (self, error);
}

static gboolean
parse_dfuse_option (BoardSpec *self, BoardDfuseOptions *options, const char *option, GError **error)
{
  guint64 number;

  if (take_flash_path (self, option))
    return TRUE;

  if (g_str_equal (option, "protected"))
    options->is_protected = TRUE;
  else if (g_str_equal (option, "mode=runtime"))
    options->has_program = TRUE;
  else if (g_str_equal (option, "interfaces=each"))
    options->has_interfaces = TRUE;
  else if (take_number (option, "busy-ms", 100000, &number))
    options->busy_ms = number;
  else if (take_number (option, "erase-ms", 100000, &number))
    options->erase_ms = number;
  else if (take_number (option, "mass-erase-ms", 100000, &number))
    options->mass_erase_ms = number;
  else
    return refuse_option (option, error);

  return TRUE;
}

static gboolean
make_dfuse (BoardSpec *self, const DfusePart *part, char **texts, GError **error)
{
  BoardDfuseOptions options = { .part = part };

  for (; *texts != NULL; texts++) {
    if (!parse_dfuse_option (self, &options, *texts, error))
      return FALSE;
  }

  self->board = board_dfuse_new (&options);

  return load_flash (self, error);
}

static gboolean
make_nano (BoardSpec *self, char **texts, const BoardTiming *timing, GError **error)
{
  const BoardNanoEsp32Options options = { .flash_timing = timing->flash };

  for (; *texts != NULL; texts++) {
    if (!take_flash_path (self, *texts))
      return refuse_option (*texts, error);
  }

  self->board = board_nano_esp32_new (&options);

  return load_flash (self, error);
}

static gboolean
make_simple (BoardSpec *self, Board *board, char **texts, GError **error)
{
  self->board = board;

  return *texts == NULL || refuse_option (*texts, error);
}

static gboolean
make_board (BoardSpec *self,
            const char *kind,
            char **texts,
            const BoardTiming *timing,
            GError **error)
{
  if (g_str_equal (kind, "esp32s2"))
    return make_esp (self, &esp32s2_rom_chip_s2, texts, timing, error);
  if (g_str_equal (kind, "esp32s3"))
    return make_esp (self, &esp32s2_rom_chip_s3, texts, timing, error);
  if (g_str_equal (kind, "cp2102"))
    return make_simple (self, board_serial_new (&board_serial_cp2102), texts, error);

  if (g_str_equal (kind, "generic-dfu") || board_generic_dfu_find_persona (kind) != NULL)
    return make_generic (self, board_generic_dfu_find_persona (kind), texts, timing, error);
  if (g_str_equal (kind, "nano-esp32"))
    return make_nano (self, texts, timing, error);
  if (dfuse_part_find (kind) != NULL)
    return make_dfuse (self, dfuse_part_find (kind), texts, error);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "There is no board “%s”", kind);

  return FALSE;
}

BoardSpec *
board_spec_parse (const char *text, const BoardTiming *timing, GError **error)
{
  g_autoptr (BoardSpec) self = g_new0 (BoardSpec, 1);
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  char *at = parts[0] != NULL ? strchr (parts[0], '@') : NULL;

  if (at == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” does not say KIND@PATH",
                 text);
    return NULL;
  }

  *at = '\0';
  self->path = g_strdup (at + 1);
  if (!make_board (self, parts[0], parts + 1, timing, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
board_spec_free (BoardSpec *self)
{
  g_clear_pointer (&self->board, board_free);
  g_free (self->flash_path);
  g_free (self->path);
  g_free (self);
}

/* esp32s2-rom.h: the USB DFU loader in the mask ROM of the ESP32-S2 and its relatives
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * esp32s2-rom-requests.c    what the loader answers in which state
 * esp32s2-rom-descriptors.c what it is on the bus
 * esp32s2-rom-intake.c      how it takes a download apart
 * esp32s2-rom-writer.c      how it writes the parts to flash and checks them in the end
 */

#pragma once

#include "board-descriptors.h"
#include "nor-flash.h"

G_BEGIN_DECLS

#define ESP32S2_ROM_TRANSFER_SIZE 64
#define ESP32S2_ROM_MAX_FILES 64
#define ESP32S2_ROM_NAME_LENGTH 64
#define ESP32S2_ROM_RECORD_LENGTH 88
#define ESP32S2_ROM_GROUP_LENGTH 256
#define ESP32S2_ROM_MAX_NAMESIZE 5681

/* bRequest, DFU 1.1 table 3.2 */
typedef enum {
  ROM_DETACH = 0,
  ROM_DNLOAD = 1,
  ROM_UPLOAD = 2,
  ROM_GETSTATUS = 3,
  ROM_CLRSTATUS = 4,
  ROM_GETSTATE = 5,
  ROM_ABORT = 6,
} Esp32s2RomRequest;

/* bState: the ones that the loader uses */
typedef enum {
  ROM_APP_IDLE = 0,
  ROM_APP_DETACH = 1,
  ROM_DFU_IDLE = 2,
  ROM_DNLOAD_IDLE = 5,
  ROM_MANIFEST_SYNC = 6,
  ROM_UPLOAD_IDLE = 9,
  ROM_ERROR = 10,
} Esp32s2RomState;

/* bStatus: the ones that the loader uses */
typedef enum {
  ROM_STATUS_OK = 0x00,
  ROM_STATUS_TARGET = 0x01,
  ROM_STATUS_FILE = 0x02,
  ROM_STATUS_FIRMWARE = 0x0a,
  ROM_STATUS_UNKNOWN = 0x0e,
} Esp32s2RomStatus;

/* The flags of a file in dfuinfo0.dat */
enum {
  ROM_FILE_TO_RAM = 0x01,
  ROM_FILE_CALL = 0x02,
  ROM_FILE_PARAMETERS = 0x04,
  ROM_FILE_NO_ERASE = 0x08,
  ROM_FILE_NO_MD5 = 0x10,
};

/* A chip of the family: only names and numbers differ. */
typedef struct {
  const char *product;
  const char *serial;
  guint16 product_id; /* idProduct */
  guint16 release;    /* bcdDevice */
} Esp32s2RomChip;

/* A test may watch what the loader does to the flash: "attach", "erase", "write", "read". */
typedef void (*Esp32s2RomTrace) (const char *operation,
                                 guint32 address,
                                 guint32 length,
                                 gpointer user_data);

/* One line of dfuinfo0.dat, and what came of it. */
typedef struct {
  guint32 address;
  guint32 flags;
  char name[ESP32S2_ROM_NAME_LENGTH]; /* a name that fills it all is never found */
  guint8 md5[16];
  gboolean has_arrived;
  guint32 size;
} Esp32s2RomFile;

/* Writes files to flash. Knows nothing of archives. */
typedef struct {
  NorFlash *flash;
  guint32 chip_size; /* as far as the loader believes the flash to reach */
  guint64 md5_us_per_mib;
  guint64 bytes_checked; /* read back for MD5 since it was last asked */
  Esp32s2RomTrace trace;
  gpointer trace_data;

  Esp32s2RomFile files[ESP32S2_ROM_MAX_FILES];
  guint n_files;

  Esp32s2RomFile *current;
  gboolean is_erased;
  guint32 offset; /* into the current file, of the piece */
  guint8 piece[ESP32S2_ROM_GROUP_LENGTH];
  gsize piece_length;

  guint32 raw_address; /* where the next raw data go */
  guint8 stale[ESP32S2_ROM_TRANSFER_SIZE];
} Esp32s2RomWriter;

typedef enum {
  INTAKE_UNDECIDED,
  INTAKE_RAW,
  INTAKE_HEADER,
  INTAKE_NAME,
  INTAKE_DATA,
  INTAKE_PADDING,
  INTAKE_ENDED, /* by the trailer or an error: the rest is ignored */
} Esp32s2RomIntakePhase;

typedef enum {
  INTAKE_SKIP,
  INTAKE_TABLE,
  INTAKE_FILE,
} Esp32s2RomIntakeSink;

/* Takes a download apart, in groups of 256 bytes. */
typedef struct {
  Esp32s2RomWriter *writer;
  Esp32s2RomIntakePhase phase;
  Esp32s2RomIntakeSink sink;
  Esp32s2RomStatus error;
  gsize received;
  guint8 group[ESP32S2_ROM_GROUP_LENGTH];
  gsize group_length;

  guint8 header[110];
  char name[ESP32S2_ROM_MAX_NAMESIZE + 1];
  gsize field_length; /* of the header, name, data or padding so far */
  gsize name_size, name_length;
  guint32 file_size;
  gboolean has_table;
  guint8 table[ESP32S2_ROM_MAX_FILES * ESP32S2_ROM_RECORD_LENGTH];
} Esp32s2RomIntake;

typedef struct {
  const Esp32s2RomChip *chip;
  guint8 device_descriptor[BOARD_DEVICE_DESCRIPTOR_LENGTH];
  const char *strings[4];

  gboolean is_dfu_mode; /* which descriptors it shows */
  Esp32s2RomState state;
  guint8 status;
  guint8 configuration;
  gboolean is_configured; /* SET_CONFIGURATION has been seen since it came to the bus */
  guint16 alternate;      /* of SET_INTERFACE, remembered for UPLOAD */
  guint8 line_coding[7];

  guint8 buffer[ESP32S2_ROM_TRANSFER_SIZE];
  guint32 upload_address, upload_end;
  guint16 upload_block;

  gboolean was_abandoned; /* the host gave up on a transfer */
  gboolean hangs;         /* nothing is answered any more */

  Esp32s2RomWriter writer;
  Esp32s2RomIntake intake;
} Esp32s2Rom;

extern const Esp32s2RomChip esp32s2_rom_chip_s2;
extern const Esp32s2RomChip esp32s2_rom_chip_s3;

/**
 * esp32s2_rom_start:
 * @self: a loader
 * @chip: which chip it is in
 * @flash: the chip's flash
 * @is_dfu_mode: whether it was asked for DFU mode before the restart
 *
 * Starts the loader from nothing. Its clock for the MD5 pass and its trace stay as they were.
 */
void esp32s2_rom_start (Esp32s2Rom *self,
                        const Esp32s2RomChip *chip,
                        NorFlash *flash,
                        gboolean is_dfu_mode);

void
esp32s2_rom_control (Esp32s2Rom *self, const BoardSetup *setup, guint8 *data, BoardReply *reply);

/**
 * esp32s2_rom_bus_reset:
 * @self: a loader
 *
 * Returns: whether the chip restarts, which the caller has to see to
 */
gboolean esp32s2_rom_bus_reset (Esp32s2Rom *self);
void esp32s2_rom_abandon (Esp32s2Rom *self, const BoardSetup *setup);
void esp32s2_rom_set_error (Esp32s2Rom *self, guint8 status);

/* Descriptors */

void esp32s2_rom_set_up_descriptors (Esp32s2Rom *self);
void esp32s2_rom_standard_request (Esp32s2Rom *self,
                                   const BoardSetup *setup,
                                   guint8 *data,
                                   BoardReply *reply);

/* Intake */

void esp32s2_rom_intake_begin (Esp32s2RomIntake *self, Esp32s2RomWriter *writer);
void esp32s2_rom_intake_take (Esp32s2RomIntake *self, const guint8 *data, gsize length);

/**
 * esp32s2_rom_intake_end:
 * @self: an intake
 *
 * Looks at what has not filled a group, and checks every file in flash.
 */
void esp32s2_rom_intake_end (Esp32s2RomIntake *self);

/* Writer */

void esp32s2_rom_writer_attach (Esp32s2RomWriter *self);
void esp32s2_rom_writer_set_table (Esp32s2RomWriter *self, const guint8 *table, gsize length);

/**
 * esp32s2_rom_writer_begin_file:
 * @self: a writer
 * @name: a name
 * @size: how many bytes will follow
 *
 * Returns: whether the table has that name; otherwise the file is to be skipped
 */
gboolean esp32s2_rom_writer_begin_file (Esp32s2RomWriter *self, const char *name, guint32 size);
void esp32s2_rom_writer_write_file (Esp32s2RomWriter *self, const guint8 *data, gsize length);
void esp32s2_rom_writer_write_raw (Esp32s2RomWriter *self, const guint8 *data, gsize length);
Esp32s2RomStatus esp32s2_rom_writer_check (Esp32s2RomWriter *self);

/**
 * esp32s2_rom_writer_read:
 * @self: a writer
 * @address: a flash address
 * @length: at most 64
 *
 * Returns: what is there, or what was read last if that is beyond the chip as the loader knows it
 */
const guint8 *esp32s2_rom_writer_read (Esp32s2RomWriter *self, guint32 address, gsize length);

G_END_DECLS

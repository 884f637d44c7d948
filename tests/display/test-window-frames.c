/* test-window-frames.c: the window goes on drawing while a large file is looked at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include <time.h>

#include "test-flash.h"
#include "test-image.h"

#define CHIP_S2 0x0002
#define FLASH_SIZE (16 * 1024 * 1024)
#define APP_SIZE 0x200000

#define BEAT 20 /* milliseconds */

/* What one turn of the main loop took at most. Others may have the processor for a while, so only
 * the time that this thread had is judged; whoever looks at files here has it. */
typedef struct {
  gint64 last_time;
  gint64 last_work;
  gint64 longest_gap;
  gint64 longest_work;
  guint n_beats;
} Heart;

/* In microseconds. */
static gint64
get_own_work (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gboolean
beat_cb (gpointer user_data)
{
  Heart *heart = user_data;
  const gint64 now = g_get_monotonic_time ();
  const gint64 work = get_own_work ();

  if (heart->n_beats++ > 0) {
    heart->longest_gap = MAX (heart->longest_gap, now - heart->last_time - BEAT * 1000);
    heart->longest_work = MAX (heart->longest_work, work - heart->last_work);
  }
  heart->last_time = now;
  heart->last_work = work;

  return G_SOURCE_CONTINUE;
}

/* 16 MiB without an erased sector, in one file. */
static GBytes *
make_flash (void)
{
  g_autoptr (TestFlash) flash = test_flash_new (FLASH_SIZE);
  g_autoptr (GBytes) bootloader = test_image_new_bootloader (CHIP_S2, 0x2000);
  g_autoptr (GBytes) table = test_image_new_partition_table ();
  g_autoptr (GBytes) app = test_image_new_app (CHIP_S2, APP_SIZE, "blink", "1.0.3", "v5.2.1");
  g_autoptr (GBytes) data = test_image_new_pattern (FLASH_SIZE - TEST_IMAGE_STORAGE_ADDRESS, 5);

  test_flash_put (flash, 0x1000, bootloader);
  test_flash_put (flash, TEST_IMAGE_TABLE_ADDRESS, table);
  test_flash_put (flash, TEST_IMAGE_APP_ADDRESS, app);
  test_flash_put (flash, TEST_IMAGE_STORAGE_ADDRESS, data);

  return test_flash_get_all (flash);
}

/* What a window does once, for the first firmware that it shows, is not what this is about. */
static void
show_small_file (WindowFixture *self)
{
  g_autoptr (GBytes) contents = test_image_new (20000);

  window_fixture_open (self, "dfu.bin", contents);
  window_fixture_wait_for_text (GTK_WIDGET (self->window), "in 3 parts");
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* In microseconds, on this machine and as it is now. */
static gint64
measure_reading (GFile *file)
{
  const gint64 before = get_own_work ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FirmwareImage) image = firmware_image_load (file, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (image);

  return get_own_work () - before;
}

/* A turn in which the file was read would take longer than reading takes. What a person notices is
 * no limit: sanitizers and busy machines are slow. */
static void
test_large_file (void)
{
  g_autoptr (WindowFixture) self = window_fixture_new ();
  g_autoptr (GBytes) contents = make_flash ();
  g_autoptr (GFile) file = window_fixture_write_file ("flash.bin", contents);
  Heart heart = { 0 };
  gint64 reading = 0;
  gint64 start = 0;
  guint source = 0;

  show_small_file (self);
  source = g_timeout_add_full (G_PRIORITY_HIGH, BEAT, beat_cb, &heart, NULL);
  start = g_get_monotonic_time ();
  bootlace_window_open (self->window, &file, 1);
  window_fixture_wait_for_text (GTK_WIDGET (self->window), "in 6 parts");
  g_source_remove (source);
  beat_cb (&heart);

  reading = measure_reading (file);
  g_test_message ("16 MiB in %.0f ms; %u beats, longest pause %.1f ms, longest own work %.1f ms, "
                  "reading %.1f ms",
                  (double) (heart.last_time - start) / 1000, heart.n_beats,
                  (double) heart.longest_gap / 1000, (double) heart.longest_work / 1000,
                  (double) reading / 1000);
  g_assert_cmpint (heart.longest_work, <, reading);
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);

  g_test_add_func ("/window-frames/large-file", test_large_file);

  return g_test_run ();
}

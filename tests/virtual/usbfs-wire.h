/* usbfs-wire.h: what the preload library and the bus's host say to one another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each open device node has a SOCK_SEQPACKET connection. The first message is a hello, answered
 * with a reply that carries a descriptor: the writing end of a full pipe, which is what the program
 * gets from open(). It is writable when there is something to reap, and in error when the device
 * has gone, as usbfs promises. After that, each ioctl is one request and one reply.
 */

#pragma once

#include <stdint.h>

#define USBFS_WIRE_SOCKET "usbfs"
#define USBFS_WIRE_MONITORS "monitors"
#define USBFS_WIRE_MAX_DATA (64 * 1024)

typedef struct {
  uint32_t bus_number;
  uint32_t address;
} UsbfsWireHello;

/* Followed by the argument's bytes, or those of a transfer that goes out. */
typedef struct {
  uint64_t ioctl;
  uint64_t argument; /* as a number: it names the transfer of SUBMITURB and DISCARDURB */
  uint32_t type;     /* of SUBMITURB, as the three below */
  uint32_t endpoint;
  uint32_t flags;
  uint32_t length;
} UsbfsWireRequest;

/* Followed by the argument's bytes as changed, or those of a transfer that came in. */
typedef struct {
  int32_t result;
  int32_t error;     /* errno, when the result is negative */
  uint64_t argument; /* of REAPURB: the name of the transfer */
  int32_t status;
  uint32_t n_moved;
  uint32_t length;
  uint32_t unused;
} UsbfsWireReply;
